"""The tools that judge the same delivery: ours, and others with the same rules written as an expert would.

Belongs here: what a contender is, and the rules that they share. Each tool has a module of its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Report: TypeAlias = Mapping[str, "Sequence[int] | npt.NDArray[Any]"]
"""Per rule the rows that break it, numbered as in the file."""


class Contender(Protocol):
    """A tool that finds the bad rows of a delivery: those with an error, not those with only a warning."""

    def load(self) -> None:
        """Import the tool; counted apart."""
        ...

    def report(self, path: Path) -> Report:
        """Judge a file, from its bytes on disk to the rows per rule."""
        ...


def bad_rows(report: Report) -> "npt.NDArray[np.int64]":
    """The rows that break any rule, ascending."""
    found = [np.asarray(rows, dtype=np.int64) for rows in report.values()]
    return np.unique(np.concatenate(found)) if found else np.array([], dtype=np.int64)
