"""The worked example of every definition through the SQL of the models: one gemeente that delivers the example.

The rest of the country is what a reference needs beside it. The example in Python is in test_calculation_worked.py.
"""

import pytest

from indicators.definitions import IndicatorDefinition, WorkedExample, definitions
from indicators.kinds import CalculationKind, Part
from indicators.reference_tables import standard_population
from indicators.strata import Stratum
from orchestration.landing_tables import indicator_row
from tests.support_models import ToyLanding, strata_frame, values

NOW, BASE_QUARTER = 20261, 1
DATASET = 901
ALL = list(definitions().values())
IN_STRATA = [item for item in ALL if item.worked_example.strata]
IN_TOTAL = [item for item in ALL if not item.worked_example.strata]


def _add(landing: ToyLanding, item: IndicatorDefinition, measures: dict[str, int]) -> int:
    """The definition as the models read it, per quarter and at every level, so that one gemeente shows its value."""
    fields = dict(indicator_row(item))
    changes = {"frequency_code": "quarter", "window_code": "period", "is_gemeente_level": True}
    return landing.indicator(item.calculation.kind.value, measures, key=item.key, **(fields | changes))


def _assert_example(item: IndicatorDefinition, landing: ToyLanding, version: int) -> None:
    found = values(landing)[version, landing.gemeente(), NOW]
    assert found["reason_code"] is None
    assert round(found["value"], item.decimals) == item.worked_example.value
    assert (found["interval_method"] != "none") == item.has_interval()
    assert (found["lower_95"] is not None) == item.has_interval()


def _amounts(example: WorkedExample) -> dict[str, float | None]:
    return {
        Part.NUMERATOR: example.numerator,
        Part.DENOMINATOR: example.denominator,
        Part.SQUARES: example.squares,
        Part.MINUS_NUMERATOR: example.other_numerator,
        Part.MINUS_DENOMINATOR: example.other_denominator,
    }


@pytest.mark.parametrize("item", IN_TOTAL, ids=lambda item: item.id)
def test_worked_example_without_strata(item: IndicatorDefinition) -> None:
    landing = ToyLanding(gemeente_count=1)
    amounts = _amounts(item.worked_example)
    measures = {part.value: number for number, part in enumerate(item.parts(), 1)}
    version = _add(landing, item, measures)
    for part, measure in measures.items():
        landing.figure(NOW, landing.gemeente(), measure, amounts[part])
    if item.calculation.kind is CalculationKind.INDEX:
        base = item.calculation.base_year * 10 + BASE_QUARTER
        landing.figure(base, landing.gemeente(), 1, item.worked_example.other_numerator)
        landing.figure(base, landing.gemeente(), 2, item.worked_example.other_denominator)
    _assert_example(item, landing, version)


@pytest.mark.parametrize("item", IN_STRATA, ids=lambda item: item.id)
def test_worked_example_with_strata(item: IndicatorDefinition) -> None:
    strata = item.worked_example.strata
    weights = [standard_population()[cell.age_band] for cell in strata]
    ages = [Stratum.parse(cell.age_band, cell.sex).age_from for cell in strata]
    landing = ToyLanding(gemeente_count=2, strata=strata_frame(weights, age_from=ages))
    landing.dataset(DATASET, breakdown="age_sex")
    landing.measure(1, DATASET)
    landing.measure(2, DATASET)
    version = _add(landing, item, {Part.NUMERATOR: 1, Part.DENOMINATOR: 2})
    for stratum, cell in enumerate(strata, 101):
        landing.figure(NOW, landing.gemeente(1), 1, cell.numerator, stratum=stratum)
        landing.figure(NOW, landing.gemeente(1), 2, cell.denominator, stratum=stratum)
        rest = (cell.reference_numerator or cell.numerator, cell.reference_denominator or cell.denominator)
        landing.figure(NOW, landing.gemeente(2), 1, rest[0] - cell.numerator, stratum=stratum)
        landing.figure(NOW, landing.gemeente(2), 2, rest[1] - cell.denominator, stratum=stratum)
    _assert_example(item, landing, version)
