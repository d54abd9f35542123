"""The worked values of METHODS 1, the worked example of every definition, and what is refused."""

from collections.abc import Callable
from functools import partial

import pytest
from pydantic import TypeAdapter

from indicators.calculation import (
    Cell,
    Counts,
    difference,
    directly_standardised_rate,
    estimate,
    expected_number,
    index,
    indirectly_standardised_ratio,
    mean,
    proportion,
    rate,
    ratio,
)
from indicators.definitions import IndicatorDefinition, WorkedExample, WorkedStratum, definitions
from indicators.errors import NotCalculableError
from indicators.intervals import Estimate, poisson_method
from indicators.kinds import Calculation, CalculationKind
from indicators.reference_tables import standard_population

CELL = Cell(Counts(12, 80), weight=5500, reference=Counts(100, 1000), other=Counts(30, 100), squares=40)


def _stratum_cell(stratum: WorkedStratum) -> Cell:
    reference = None
    if stratum.reference_numerator is not None and stratum.reference_denominator is not None:
        reference = Counts(stratum.reference_numerator, stratum.reference_denominator)
    return Cell(
        Counts(stratum.numerator, stratum.denominator),
        weight=standard_population()[stratum.age_band],
        reference=reference,
    )


def _total_cell(example: WorkedExample) -> Cell:
    other = None
    if example.other_numerator is not None and example.other_denominator is not None:
        other = Counts(example.other_numerator, example.other_denominator)
    return Cell(Counts(example.numerator, example.denominator), other=other, squares=example.squares)


@pytest.mark.parametrize("definition", definitions().values(), ids=lambda definition: definition.id)
def test_worked_example_of_every_definition(definition: IndicatorDefinition) -> None:
    example = definition.worked_example
    cells = [_stratum_cell(stratum) for stratum in example.strata] or [_total_cell(example)]
    found = estimate(definition.calculation, cells, multiplier=definition.multiplier)
    assert round(found.value, definition.decimals) == example.value
    assert (found.method != "none") == definition.has_interval()


def test_wilson() -> None:
    found = proportion(65, 100, multiplier=1)
    assert (found.lower_95, found.upper_95) == pytest.approx((0.5525444329688797, 0.7363575175690247), rel=1e-14)


def test_exact() -> None:
    found = rate(1, 100, multiplier=100)
    assert (found.lower_95, found.upper_95) == pytest.approx((0.025317807984289897, 5.571643390938898), rel=1e-14)


def test_byar() -> None:
    found = rate(222, 3215, multiplier=100)
    assert (found.lower_95, found.upper_95) == pytest.approx((6.026574877652675, 7.87572937087185), rel=1e-14)


@pytest.mark.parametrize(("events", "method"), [(0, "exact"), (9, "exact"), (0.4, "byar"), (9.4, "byar"), (10, "byar")])
def test_exact_for_whole_numbers_below_ten(events: float, method: str) -> None:
    found = rate(events, 1000, multiplier=1000)
    assert poisson_method(events) == found.method == method
    assert found.lower_95 is not None
    assert found.upper_95 is not None
    assert found.lower_95 <= events <= found.upper_95


def test_ratio_allows_negative_parts_and_has_no_interval() -> None:
    assert ratio(-50.5, 100, multiplier=1) == Estimate(-0.505)


def test_costs_have_no_poisson_interval() -> None:
    cells = [Cell(Counts(1_250_000.5, 400), reference=Counts(90_000_000, 30_000))]
    assert indirectly_standardised_ratio(cells, multiplier=1, interval="none") == Estimate(1_250_000.5 / 1_200_000)


def test_stratum_without_population_expects_nothing() -> None:
    empty = Cell(Counts(0, 0), reference=Counts(0, 0))
    full = Cell(Counts(3, 10), reference=Counts(100, 1000))
    assert expected_number([empty, full]) == 1.0


def test_index_against_the_base() -> None:
    """By hand: standard error of the logarithm √(1/150 + 1/200) = 0.10801; 75 · e^∓(1.95996 · 0.10801)."""
    found = index(Counts(150, 1000), Counts(200, 1000))
    assert found.value == pytest.approx(75)
    assert (found.lower_95, found.upper_95) == pytest.approx((60.69, 92.68), abs=0.005)
    assert index(Counts(0, 1000), Counts(200, 1000)) == Estimate(0.0)


def test_difference_of_newcombe_1998() -> None:
    """Table II of Newcombe 1998, case (a), method 10: 56/70 - 48/80 has the limits 0.0524 and 0.3339."""
    found = difference(Counts(56, 70), Counts(48, 80), multiplier=1)
    assert found.value == pytest.approx(0.2)
    assert found.lower_95 == pytest.approx(0.0524, abs=5e-5)
    assert found.upper_95 == pytest.approx(0.3339, abs=5e-5)


def test_without_an_interval_the_value_is_the_same() -> None:
    """A difference may then be one of any quotients: 70,5 - 57,2 years."""
    strata = [Cell(Counts(12, 40), weight=1), Cell(Counts(9, 10), weight=3)]
    assert proportion(5, 20, multiplier=100, interval="none") == Estimate(25.0)
    assert directly_standardised_rate(strata, multiplier=1, interval="none") == Estimate(0.75)
    assert difference(Counts(3, 4), Counts(1, 4), multiplier=1, interval="none") == Estimate(0.5)
    years = difference(Counts(7_050_000, 100_000), Counts(5_720_000, 100_000), multiplier=1, interval="none")
    assert (round(years.value, 1), years.method) == (13.3, "none")


def test_mean_without_squares_or_of_one_value_has_no_interval() -> None:
    assert mean(30, 4, sum_of_squares=None, multiplier=1) == Estimate(7.5)
    assert mean(30, 1, sum_of_squares=900, multiplier=1) == Estimate(30)


def test_mean_of_equal_values_has_a_point_as_interval() -> None:
    found = mean(0.3, 3, sum_of_squares=0.03, multiplier=1)
    assert (found.lower_95, found.upper_95) == pytest.approx((0.1, 0.1))


DSR = partial(directly_standardised_rate, multiplier=1000)
ISR = partial(indirectly_standardised_ratio, multiplier=1, interval="poisson")


@pytest.mark.parametrize(
    ("calculate", "reason"),
    [
        (lambda: proportion(11, 10, multiplier=100), "impossible"),
        (lambda: proportion(-1, 10, multiplier=100), "impossible"),
        (lambda: proportion(0, 0, multiplier=100), "zero_denominator"),
        (lambda: proportion(float("nan"), 10, multiplier=100), "impossible"),
        (lambda: rate(-1, 10, multiplier=100), "impossible"),
        (lambda: rate(1, 0, multiplier=100), "zero_denominator"),
        (lambda: ratio(1, -5, multiplier=1), "impossible"),
        (lambda: ratio(1, 0, multiplier=1), "zero_denominator"),
        (lambda: mean(1, 0, sum_of_squares=None, multiplier=1), "zero_denominator"),
        (lambda: DSR([Cell(Counts(9, 100), weight=1)]), "few_events"),
        (lambda: DSR([Cell(Counts(10, 100), weight=1), Cell(Counts(0, 0), weight=1)]), "zero_denominator"),
        (lambda: DSR([Cell(Counts(20, 100), weight=1), Cell(Counts(-1, 9), weight=1)]), "impossible"),
        (lambda: ISR([Cell(Counts(1, 0), reference=Counts(1, 10))]), "zero_denominator"),
        (lambda: ISR([Cell(Counts(1, 5), reference=Counts(0, 0))]), "zero_denominator"),
        (lambda: index(Counts(1, 10), Counts(0, 10)), "no_base"),
        (lambda: index(Counts(1, 10), Counts(1, 0)), "no_base"),
        (lambda: index(Counts(1, 0), Counts(1, 10)), "zero_denominator"),
        (lambda: difference(Counts(11, 10), Counts(1, 10), multiplier=1), "impossible"),
        (lambda: difference(Counts(11, 10), Counts(1, 0), multiplier=1, interval="none"), "zero_denominator"),
        (lambda: proportion(11, 10, multiplier=1, interval="none"), "impossible"),
        (lambda: DSR([Cell(Counts(9, 100), weight=1)], interval="none"), "few_events"),
    ],
)
def test_what_cannot_be_calculated_says_why(calculate: Callable[[], Estimate], reason: str) -> None:
    with pytest.raises(NotCalculableError) as raised:
        calculate()
    assert raised.value.reason == reason


EXTRA: dict[CalculationKind, dict[str, object]] = {
    CalculationKind.DSR: {"standard_population": "esp2013"},
    CalculationKind.ISR: {"interval": "poisson"},
    CalculationKind.MEAN: {"squares": "A.squares"},
    CalculationKind.INDEX: {"base_year": 2019},
    CalculationKind.DIFFERENCE: {"minus_numerator": ("A.c",), "minus_denominator": ("A.d",)},
}
DIRECT: dict[CalculationKind, Estimate] = {
    CalculationKind.PROPORTION: proportion(12, 40, multiplier=10),
    CalculationKind.RATE: rate(12, 40, multiplier=10),
    CalculationKind.RATIO: ratio(12, 40, multiplier=10),
    CalculationKind.DSR: directly_standardised_rate([Cell(Counts(12, 40), weight=5500)], multiplier=10),
    CalculationKind.ISR: rate(12, 8, multiplier=10),
    CalculationKind.MEAN: mean(12, 40, sum_of_squares=40, multiplier=10),
    CalculationKind.INDEX: index(Counts(12, 40), Counts(30, 50)),
    CalculationKind.DIFFERENCE: difference(Counts(12, 40), Counts(30, 50), multiplier=10),
}


@pytest.mark.parametrize("kind", CalculationKind)
def test_dispatcher_reaches_every_kind_and_applies_the_denominator_factor(kind: CalculationKind) -> None:
    names = {"kind": kind, "numerator": ("A.a",), "denominator": ("A.b",), "denominator_factor": 0.5}
    calculation: Calculation = TypeAdapter[Calculation](Calculation).validate_python(names | EXTRA.get(kind, {}))
    assert estimate(calculation, [CELL], multiplier=10) == DIRECT[kind]


def test_a_cell_without_what_the_kind_needs_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="weight"):
        directly_standardised_rate([Cell(Counts(20, 100))], multiplier=1)
