"""Columns in which few different things stand: a million rows hold few distinct texts, codes and facts.

Belongs here: working per distinct thing instead of per row. Does not belong here: what the things mean.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes: TypeAlias = npt.NDArray[np.integer[Any]]
Numbers: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

_T = TypeVar("_T")
_A = TypeVar("_A")
_B = TypeVar("_B")


@dataclass(frozen=True)
class Distinct(Generic[_T]):
    """Per row the number of its thing, and the things by number; None stands for nothing."""

    codes: Codes
    things: Sequence[_T | None]

    def at(self, position: int) -> _T | None:
        """The thing of one row."""
        return self.things[int(self.codes[position])]

    def numbers(self, pick: Callable[[_T], float | None]) -> Numbers:
        """Per row the number that `pick` makes of its thing; NaN where there is none."""
        picked = [None if thing is None else pick(thing) for thing in self.things]
        return np.array(picked, dtype=np.float64)[self.codes]

    def flags(self, pick: Callable[[_T], bool], *, absent: bool = False) -> Flags:
        """Per row what `pick` says of its thing; `absent` where there is nothing."""
        picked = [absent if thing is None else pick(thing) for thing in self.things]
        return np.array(picked, dtype=np.bool_)[self.codes]

    def among(self, numbers: Iterable[int]) -> Flags:
        """Per row whether the number of its thing is one of these."""
        chosen = np.zeros(len(self.things), dtype=np.bool_)
        chosen[list(numbers)] = True
        return chosen[self.codes]


def paired(first: Distinct[_A], second: Distinct[_B], join: Callable[[_A, _B], _T | None]) -> Distinct[_T]:
    """Per row what `join` makes of two things, asked once per distinct pair; nothing where either is absent."""
    width = max(len(second.things), 1)
    combined = first.codes.astype(np.int64) * width + second.codes
    codes, pairs = pd.factorize(combined)
    return Distinct(
        codes, [_joined(first.things[int(at) // width], second.things[int(at) % width], join) for at in pairs]
    )


def _joined(one: _A | None, other: _B | None, join: Callable[[_A, _B], _T | None]) -> _T | None:
    return None if one is None or other is None else join(one, other)
