"""How a value compares with a benchmark, usually the country (METHODS 3).

The same rule stands in SQL in `models/mart/`. Whether a comparison is allowed at all (never with itself, never of an
incomplete value, never across a break) is decided where both values are known, in `models/`.
Does not belong here: symbols and sentences (`app/`).
"""

from enum import StrEnum

from indicators.definitions import Polarity
from indicators.intervals import Estimate


class Comparison(StrEnum):
    """Where a benchmark lies against the intervals of a value, as `mart.indicator_value.comparison_code` says it."""

    SIMILAR = "similar"
    HIGHER = "higher"
    LOWER = "lower"
    CLEARLY_HIGHER = "clearly_higher"
    CLEARLY_LOWER = "clearly_lower"

    @property
    def words(self) -> str:
        """The comparison in Dutch, without a judgement."""
        return _WORDS[self]

    @property
    def is_up(self) -> bool:
        """Whether the value is above the benchmark."""
        return self in (Comparison.HIGHER, Comparison.CLEARLY_HIGHER)

    def is_better(self, polarity: Polarity) -> bool | None:
        """Whether the value is on the better side; None where nothing can be said or neither direction is better."""
        if self is Comparison.SIMILAR or polarity is Polarity.NEUTRAL:
            return None
        return self.is_up == (polarity is Polarity.HIGHER_BETTER)


_WORDS = {
    Comparison.SIMILAR: "niet aantoonbaar anders",
    Comparison.HIGHER: "hoger",
    Comparison.LOWER: "lager",
    Comparison.CLEARLY_HIGHER: "duidelijk hoger",
    Comparison.CLEARLY_LOWER: "duidelijk lager",
}


def compare(estimate: Estimate, benchmark: float) -> Comparison | None:
    """Compare a value with a benchmark by its intervals; None where the value has none.

    A benchmark on a limit counts as inside the interval.
    """
    _, lower_95, upper_95, lower_998, upper_998, _ = estimate
    if lower_95 is None or upper_95 is None or lower_998 is None or upper_998 is None:
        return None
    if benchmark < lower_95:
        return Comparison.CLEARLY_HIGHER if benchmark < lower_998 else Comparison.HIGHER
    if benchmark > upper_95:
        return Comparison.CLEARLY_LOWER if benchmark > upper_998 else Comparison.LOWER
    return Comparison.SIMILAR
