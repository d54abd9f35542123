"""Which definition version applies to which periods: what follows from the kernsets and `valid_from`.

A version applies from its `valid_from` until the next version that a kernset lists begins, or until its indicator is
retired. A version that no kernset ever listed is a draft: it applies to nothing.
Does not belong here: reading files (`definitions.py`), and figures (`models/core/indicator_period.sql`).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from indicators.definition_model import IndicatorDefinition
from indicators.kernset_model import Kernset, Retirement


class Validity(NamedTuple):
    """A definition version that was released, with the days of the periods to which it applies."""

    definition: IndicatorDefinition
    valid_from: date
    valid_until: date | None
    """The last day; None while it still applies."""
    is_current: bool
    """Whether the newest kernset lists it."""


def validities(kernsets: Iterable[Kernset], definitions: Mapping[str, IndicatorDefinition]) -> Mapping[str, Validity]:
    """Every version that a kernset lists, by id; by indicator in the order of versions.

    Args:
        kernsets: in the order of their numbers.
        definitions: at least those that the kernsets list, by id.
    """
    known = list(kernsets)
    released = {name for kernset in known for name in kernset.indicators}
    ended = {item.indicator: item for item in retirements(known)}
    by_code: dict[str, list[IndicatorDefinition]] = {}
    for name in sorted(released):
        by_code.setdefault(definitions[name].code, []).append(definitions[name])
    found: dict[str, Validity] = {}
    for code, versions in sorted(by_code.items()):
        ordered = sorted(versions, key=lambda item: item.version)
        ends = [later.valid_from.start - timedelta(days=1) for _, later in pairwise(ordered)]
        last = ended[code].last_period.end if code in ended else None
        for definition, end in zip(ordered, [*ends, last], strict=True):
            is_current = definition.id in known[-1].indicators
            found[definition.id] = Validity(definition, definition.valid_from.start, end, is_current)
    return found


def retirements(kernsets: Iterable[Kernset]) -> tuple[Retirement, ...]:
    """Every indicator that ever left, in the order in which they did."""
    return tuple(item for kernset in kernsets for item in kernset.retired)
