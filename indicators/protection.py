"""Protection of small numbers: suppress and round, as a versioned policy (METHODS 5).

Applies below the country, to every count separately and before anything is calculated from it: published values come
from protected counts only. The same rule stands in SQL in `models/core/protected_component.sql`. Figures that their
owner already protected are exempt by definition (`definitions.Protection`).
Does not belong here: who may see exact figures (`register/access.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import NamedTuple

from indicators.errors import NotCalculableError, PolicyError
from indicators.states import ReasonCode

LOWEST_THRESHOLD = 10
LOWEST_ROUNDING_BASE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Below `threshold` a count is hidden; from it a count is rounded to a multiple of `rounding_base`.

    Raises:
        PolicyError: either is lower than METHODS 5 allows, or the threshold is no multiple of the base (a rounded
            count could then fall below the threshold, and be hidden the second time).
    """

    version: int
    threshold: int = LOWEST_THRESHOLD
    rounding_base: int = LOWEST_ROUNDING_BASE

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD or self.rounding_base < LOWEST_ROUNDING_BASE:
            raise PolicyError(
                f"policy {self.version} has threshold {self.threshold} and rounding base {self.rounding_base}; "
                f"the lowest allowed are {LOWEST_THRESHOLD} and {LOWEST_ROUNDING_BASE}"
            )
        if self.threshold % self.rounding_base:
            raise PolicyError(
                f"policy {self.version}: threshold {self.threshold} must be a multiple of the rounding base "
                f"{self.rounding_base}"
            )


POLICY = Policy(version=1)
"""The policy in force."""


class ProtectedCount(NamedTuple):
    """A count as everybody may see it; None is the one marker, whatever the reason."""

    value: int | None

    @property
    def is_suppressed(self) -> bool:
        """Whether the count is hidden."""
        return self.value is None


def protect(count: float, policy: Policy) -> ProtectedCount:
    """Hide or round a count; a true 0 stays 0, and a half is rounded up.

    `count` may have a fraction, where a herindeling divided a gemeente.

    Raises:
        NotCalculableError: the count is negative or no number.
    """
    if not 0 <= count < float("inf"):
        raise NotCalculableError(f"{count} is geen aantal.", ReasonCode.IMPOSSIBLE)
    if count == 0:
        return ProtectedCount(0)
    if count < policy.threshold:
        return ProtectedCount(None)
    return ProtectedCount(floor(count / policy.rounding_base + 0.5) * policy.rounding_base)


class Visibility(StrEnum):
    """Where a breakdown of a count by age, by sex or by both is shown."""

    EVERYWHERE = "everywhere"
    COUNTRY = "country"
    NOWHERE = "nowhere"


def breakdown_visibility(
    regions: Iterable[float], country: Iterable[float], totals: Iterable[float], *, is_crossed: bool, policy: Policy
) -> Visibility:
    """A breakdown is shown whole or not at all, so that nothing hidden follows from what stands beside it.

    `regions` are its counts in every region, `country` those of the country, `totals` those that it divides, of every
    region and the country. Why this is enough: decision 0023.
    """
    country_counts = list(country)
    if not _any_small([*regions, *country_counts], policy):
        return Visibility.EVERYWHERE
    if is_crossed or _any_small([*country_counts, *totals], policy):
        return Visibility.NOWHERE
    return Visibility.COUNTRY


def _any_small(counts: Iterable[float], policy: Policy) -> bool:
    return any(protect(count, policy).is_suppressed for count in counts)
