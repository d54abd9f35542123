"""How a value is made: the slow, obvious reference for every calculation kind (METHODS 1).

The same formulas stand in SQL in `models/`; tests hold the two equal to 1e-9 relative. Rates are never averaged:
a caller adds counts first and calculates once.
Does not belong here: which measures are added up (`definitions.py`), the limits themselves (`intervals.py`), what is
withheld because of small numbers (`protection.py`), how a value compares with another (`comparison.py`).
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Literal, NamedTuple, TypeVar, assert_never

from indicators import intervals
from indicators.errors import NotCalculableError
from indicators.intervals import Estimate, Interval, IntervalMethod, with_intervals
from indicators.kinds import (
    Calculation,
    Difference,
    DirectlyStandardisedRate,
    Index,
    IndirectlyStandardisedRatio,
    Mean,
    Proportion,
    Rate,
    Ratio,
)
from indicators.states import ReasonCode

FEWEST_EVENTS = 10
"""A directly standardised rate of fewer events is withheld."""

T = TypeVar("T")


class Counts(NamedTuple):
    """A numerator and a denominator that belong together."""

    numerator: float
    denominator: float


class Cell(NamedTuple):
    """What one stratum, or one total, brings to a calculation.

    `weight` is that of the standard population, `reference` the same stratum of the reference area, `other` the counts
    of the base quarter (index) or of the proportion that is taken off (difference), `squares` a sum of squared values.
    """

    counts: Counts
    weight: float | None = None
    reference: Counts | None = None
    other: Counts | None = None
    squares: float | None = None


def proportion(
    numerator: float, denominator: float, *, multiplier: float, interval: Literal["wilson", "none"] = "wilson"
) -> Estimate:
    """Part of a whole, with Wilson's interval unless the counts are estimates or clustered.

    Raises:
        NotCalculableError: not 0 <= numerator <= denominator, or the denominator is 0.
    """
    _require_counts(numerator, denominator)
    if numerator > denominator:
        raise NotCalculableError(f"Teller {numerator} is groter dan noemer {denominator}.", ReasonCode.IMPOSSIBLE)
    if interval == "none":
        return ratio(numerator, denominator, multiplier=multiplier)
    return with_intervals(
        numerator / denominator,
        lambda confidence: intervals.wilson(numerator, denominator, confidence),
        IntervalMethod.WILSON,
        multiplier=multiplier,
    )


def rate(events: float, population: float, *, multiplier: float) -> Estimate:
    """Events per population; the interval is that of the count (exact below 10 events, Byar's from 10).

    Raises:
        NotCalculableError: the events are negative or the population is not above 0.
    """
    _require_counts(events, population)
    return with_intervals(
        events / population,
        lambda confidence: Interval(*(limit / population for limit in intervals.poisson(events, confidence))),
        intervals.poisson_method(events),
        multiplier=multiplier,
    )


def ratio(numerator: float, denominator: float, *, multiplier: float) -> Estimate:
    """Quotient of additive quantities such as costs, of which parts may be negative; no interval.

    Raises:
        NotCalculableError: the denominator is not above 0.
    """
    _require_denominator(numerator, denominator)
    return Estimate(multiplier * numerator / denominator)


def directly_standardised_rate(
    strata: Sequence[Cell], *, multiplier: float, interval: Literal["dobson", "none"] = "dobson"
) -> Estimate:
    """Rate at the age and sex of a standard population, with Dobson's interval unless the events are clustered.

    `strata` is complete: a stratum without events is present, with numerator 0.

    Raises:
        NotCalculableError: fewer than 10 events in all, or a stratum without population.
    """
    cells = [(*cell.counts, _given(cell.weight, "weight")) for cell in strata]
    total_events = sum(events for events, _, _ in cells)
    if total_events < FEWEST_EVENTS:
        raise NotCalculableError(f"{total_events} gebeurtenissen is minder dan 10.", ReasonCode.FEW_EVENTS)
    for events, population, _ in cells:
        _require_counts(events, population)
    total_weight = sum(weight for _, _, weight in cells)
    value = sum(events * weight / population for events, population, weight in cells) / total_weight
    if interval == "none":
        return Estimate(multiplier * value)
    variance = sum(events * (weight / population) ** 2 for events, population, weight in cells) / total_weight**2
    return with_intervals(
        value,
        lambda confidence: intervals.dobson(value, variance, total_events, confidence),
        IntervalMethod.DOBSON,
        multiplier=multiplier,
    )


def expected_number(strata: Sequence[Cell]) -> float:
    """What an area would have at the stratum rates of the reference area.

    Raises:
        NotCalculableError: the area has population in a stratum in which the reference has none.
    """
    expected = 0.0
    for (_, population), reference in ((cell.counts, _given(cell.reference, "reference")) for cell in strata):
        if population:
            _require_denominator(*reference)
            expected += population * reference.numerator / reference.denominator
    return expected


def indirectly_standardised_ratio(
    strata: Sequence[Cell], *, multiplier: float, interval: Literal["poisson", "none"]
) -> Estimate:
    """Observed over expected; with `poisson` the limits are those of the observed count over the expected number.

    Raises:
        NotCalculableError: nothing is expected, or an observed count is negative where it must be a count.
    """
    observed, expected = sum(cell.counts.numerator for cell in strata), expected_number(strata)
    calculate = ratio if interval == "none" else rate
    return calculate(observed, expected, multiplier=multiplier)


def mean(total: float, count: float, *, sum_of_squares: float | None, multiplier: float) -> Estimate:
    """Sum over number; Student's t where the sum of squares is known and there are at least two values.

    Raises:
        NotCalculableError: the number is not above 0.
    """
    _require_denominator(total, count)
    value = total / count
    if sum_of_squares is None or count < 2:
        return Estimate(multiplier * value)
    variance = max(0.0, sum_of_squares - total * value) / (count - 1)
    return with_intervals(
        value,
        lambda confidence: intervals.student(value, variance, count, confidence),
        IntervalMethod.STUDENT,
        multiplier=multiplier,
    )


def index(now: Counts, base: Counts) -> Estimate:
    """100 times the rate now over the rate in the same quarter of the base year; log method.

    Without events now the value is 0 and the log method has no interval.

    Raises:
        NotCalculableError: the base has no events or no denominator, or a count is impossible.
    """
    _require_counts(*now)
    if base.numerator <= 0 or base.denominator <= 0:
        raise NotCalculableError("Het cijfer van het basisjaar ontbreekt of is nul.", ReasonCode.NO_BASE)
    if now.numerator == 0:
        return Estimate(0.0)
    value = (now.numerator / now.denominator) / (base.numerator / base.denominator)
    return with_intervals(
        value,
        lambda confidence: intervals.log_ratio(value, now.numerator, base.numerator, confidence),
        IntervalMethod.LOG,
        multiplier=100,
    )


def difference(
    first: Counts, second: Counts, *, multiplier: float, interval: Literal["newcombe", "none"] = "newcombe"
) -> Estimate:
    """One proportion minus another, independent one; Newcombe's interval from the Wilson limits of both.

    With `none` the two may be any quotients, and there is no interval.

    Raises:
        NotCalculableError: either is no proportion, or with `none` a denominator is not above 0.
    """
    if interval == "none":
        above, below = (ratio(*counts, multiplier=multiplier).value for counts in (first, second))
        return Estimate(above - below)
    values = Interval(*(proportion(*counts, multiplier=1).value for counts in (first, second)))
    return with_intervals(
        values.lower - values.upper,
        lambda confidence: intervals.newcombe(
            values, intervals.wilson(*first, confidence), intervals.wilson(*second, confidence)
        ),
        IntervalMethod.NEWCOMBE,
        multiplier=multiplier,
    )


def estimate(calculation: Calculation, cells: Sequence[Cell], *, multiplier: float) -> Estimate:
    """Calculate any kind from its cells: the strata of a standardised kind, else cells that are added up first.

    The denominator factor is applied here; `age_from` is not, because `cells` holds only what counts.

    Raises:
        NotCalculableError: see the function of the kind.
    """
    scaled = [_scaled(cell, calculation.denominator_factor) for cell in cells]
    match calculation:
        case DirectlyStandardisedRate():
            return directly_standardised_rate(scaled, multiplier=multiplier, interval=calculation.interval)
        case IndirectlyStandardisedRatio():
            return indirectly_standardised_ratio(scaled, multiplier=multiplier, interval=calculation.interval)
        case Index() | Difference():
            return _of_two(calculation, scaled, multiplier=multiplier)
        case Proportion() | Rate() | Ratio() | Mean():
            return _of_one(calculation, scaled, multiplier=multiplier)
        case _:
            assert_never(calculation)


def _of_one(calculation: Proportion | Rate | Ratio | Mean, cells: Sequence[Cell], *, multiplier: float) -> Estimate:
    counts = _added(cell.counts for cell in cells)
    if isinstance(calculation, Mean):
        squares = [cell.squares for cell in cells]
        total = None if None in squares else sum(square for square in squares if square is not None)
        return mean(*counts, sum_of_squares=total, multiplier=multiplier)
    if isinstance(calculation, Proportion):
        return proportion(*counts, multiplier=multiplier, interval=calculation.interval)
    return (rate if isinstance(calculation, Rate) else ratio)(*counts, multiplier=multiplier)


def _of_two(calculation: Index | Difference, cells: Sequence[Cell], *, multiplier: float) -> Estimate:
    counts = _added(cell.counts for cell in cells)
    other = _added(_given(cell.other, "other") for cell in cells)
    if isinstance(calculation, Index):
        return index(counts, other)
    return difference(counts, other, multiplier=multiplier, interval=calculation.interval)


def _scaled(cell: Cell, factor: float) -> Cell:
    scaled = [
        counts and counts._replace(denominator=counts.denominator * factor) for counts in (cell.reference, cell.other)
    ]
    return cell._replace(
        counts=cell.counts._replace(denominator=cell.counts.denominator * factor), reference=scaled[0], other=scaled[1]
    )


def _added(counts: Iterable[Counts]) -> Counts:
    numerators, denominators = zip(*counts, strict=True)
    return Counts(sum(numerators), sum(denominators))


def _given(part: T | None, name: str) -> T:
    if part is None:
        raise TypeError(f"a cell of this calculation needs its {name}")
    return part


def _require_denominator(numerator: float, denominator: float) -> None:
    if denominator == 0:
        raise NotCalculableError("De noemer is nul.", ReasonCode.ZERO_DENOMINATOR)
    if not (isfinite(numerator) and isfinite(denominator)) or denominator < 0:
        raise NotCalculableError(f"Teller {numerator} en noemer {denominator} kunnen niet.", ReasonCode.IMPOSSIBLE)


def _require_counts(numerator: float, denominator: float) -> None:
    _require_denominator(numerator, denominator)
    if numerator < 0:
        raise NotCalculableError(f"Teller {numerator} is negatief.", ReasonCode.IMPOSSIBLE)
