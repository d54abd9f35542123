"""Properties that every calculation must have, whatever the numbers."""

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.calculation import (
    Cell,
    Counts,
    difference,
    directly_standardised_rate,
    index,
    indirectly_standardised_ratio,
    mean,
    proportion,
    rate,
)
from indicators.comparison import compare
from indicators.intervals import Estimate

populations = st.integers(1, 20_000_000)
events = st.integers(0, 1_000_000)
fractions = st.tuples(populations, st.floats(0, 1)).map(lambda pair: Counts(round(pair[0] * pair[1]), pair[0]))
strata = st.lists(
    st.builds(
        lambda events, population, weight, reference: Cell(Counts(events, population), weight, reference),
        events,
        populations,
        st.integers(1, 10_000),
        st.builds(Counts, st.integers(1, 10_000), populations),
    ),
    min_size=1,
    max_size=19,
)


def _assert_nested(estimate: Estimate, *, slack: float = 1e-9) -> None:
    """The value lies in the 95 % interval and that in the 99.8 % interval."""
    limits = (estimate.lower_998, estimate.lower_95, estimate.value, estimate.upper_95, estimate.upper_998)
    found = [limit for limit in limits if limit is not None]
    assert len(found) == 5
    room = slack * max(1e-12, *(abs(limit) for limit in found))
    assert all(earlier <= later + room for earlier, later in pairwise(found)), limits


@given(fractions)
def test_proportion_lies_within_its_intervals_and_the_unit(counts: Counts) -> None:
    found = proportion(*counts, multiplier=1)
    _assert_nested(found)
    assert found.lower_998 is not None
    assert found.upper_998 is not None
    assert 0 <= found.lower_998 <= found.upper_998 <= 1


@given(fractions)
def test_proportion_of_the_rest_mirrors(counts: Counts) -> None:
    found = proportion(*counts, multiplier=1)
    rest = proportion(counts.denominator - counts.numerator, counts.denominator, multiplier=1)
    assert found.lower_95 is not None
    assert rest.upper_95 is not None
    assert abs(found.lower_95 - (1 - rest.upper_95)) < 1e-9


@given(events, populations, st.sampled_from([1.0, 100.0, 100_000.0]))
def test_rate_scales_with_its_multiplier(count: int, population: int, multiplier: float) -> None:
    found, plain = rate(count, population, multiplier=multiplier), rate(count, population, multiplier=1)
    _assert_nested(found)
    assert found.value == multiplier * plain.value
    assert found.upper_95 == (plain.upper_95 or 0) * multiplier


@given(events, populations)
def test_more_events_never_lower_the_limits(count: int, population: int) -> None:
    fewer, more = rate(count, population, multiplier=1), rate(count + 1, population, multiplier=1)
    assert (fewer.lower_95 or 0) <= (more.lower_95 or 0)
    assert (fewer.upper_95 or 0) <= (more.upper_95 or 0)


@given(strata)
def test_directly_standardised_rate_lies_between_the_stratum_rates(cells: list[Cell]) -> None:
    assume(sum(cell.counts.numerator for cell in cells) >= 10)
    found = directly_standardised_rate(cells, multiplier=1)
    rates = [cell.counts.numerator / cell.counts.denominator for cell in cells]
    assert min(rates) * (1 - 1e-9) <= found.value <= max(rates) * (1 + 1e-9)
    _assert_nested(found)


@given(strata, st.floats(0.1, 10))
def test_an_area_like_its_reference_has_ratio_one(cells: list[Cell], scale: float) -> None:
    same = [
        Cell(Counts(cell.reference.numerator * scale, cell.reference.denominator * scale), reference=cell.reference)
        for cell in cells
        if cell.reference
    ]
    assert abs(indirectly_standardised_ratio(same, multiplier=1, interval="none").value - 1) < 1e-9


@given(strata)
def test_indirectly_standardised_ratio_is_nested(cells: list[Cell]) -> None:
    _assert_nested(indirectly_standardised_ratio(cells, multiplier=1, interval="poisson"))


@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=50))
def test_mean_lies_within_its_intervals(values: list[float]) -> None:
    squares = sum(value**2 for value in values)
    _assert_nested(mean(sum(values), len(values), sum_of_squares=squares, multiplier=1))


@given(st.integers(1, 10_000), populations)
def test_index_of_the_base_itself_is_100(count: int, population: int) -> None:
    found = index(Counts(count, population), Counts(count, population))
    assert abs(found.value - 100) < 1e-9
    _assert_nested(found)


@given(fractions, fractions)
def test_difference_turns_round(first: Counts, second: Counts) -> None:
    found, turned = difference(first, second, multiplier=100), difference(second, first, multiplier=100)
    _assert_nested(found, slack=1e-6)
    assert abs(found.value + turned.value) < 1e-9
    assert abs((found.lower_95 or 0) + (turned.upper_95 or 0)) < 1e-6


@given(fractions, st.floats(0, 100))
def test_comparison_follows_the_side_of_the_benchmark(counts: Counts, benchmark: float) -> None:
    found = proportion(*counts, multiplier=100)
    comparison = compare(found, benchmark)
    assert comparison is not None
    assert comparison == "similar" or comparison.is_up == (found.value > benchmark)
