"""The gate before a publication: a sound one passes every check, and each fault is caught by the check for it."""

import json
import time
from collections.abc import Callable
from importlib.resources import files

import pandas as pd
import pytest

from expectations.publication import CheckResult, judge_publication
from expectations.publication_frame import KEY
from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from indicators.definitions import IndicatorDefinition, current_definition
from indicators.measures import Frequency
from indicators.periods import Period
from indicators.states import ValueState

DAY = Period.parse(str(REPORTING_YEAR)).end
QUARTERS = [Period.quarter(2025, 1)]


def sound_values(codes: tuple[str, ...] = ("PRE02", "OUD08"), quarters: list[Period] = QUARTERS) -> pd.DataFrame:
    """Published values without a fault, for all areas of each definition."""
    return pd.DataFrame([row for code in codes for row in _rows_of(current_definition(code), quarters)])


def _rows_of(definition: IndicatorDefinition, quarters: list[Period]) -> list[dict[str, object]]:
    periods = quarters if definition.frequency is Frequency.QUARTER else [Period.parse("2023")]
    areas = [area for level in definition.levels for area in area_register().existing(AreaLevel(level), DAY)]
    states: dict[str, object] = {state.column: False for state in ValueState}
    return [
        states
        | {
            "indicator_code": definition.code,
            "indicator_version": definition.version,
            "area_code": area.code,
            "level_code": area.level.value,
            "region_code": area_register().region_of(area.code, DAY),
            "period_code": period.code,
            "period_start": period.start,
            "numerator": 250.0,
            "denominator": 1000.0,
            "value": 25.0,
            "lower_95": 22.0,
            "upper_95": 28.0,
            "lower_998": 20.0,
            "upper_998": 30.0,
            "interval_method": "wilson",
            "coverage": 1.0,
            "reason_code": None,
        }
        for period in periods
        for area in areas
    ]


def failed(results: list[CheckResult]) -> set[str]:
    return {result.name for result in results if not result.passed}


def test_a_sound_publication_passes_every_check() -> None:
    results = judge_publication(sound_values(), None)
    assert failed(results) == set()
    assert all(result.failing_count == 0 for result in results)


def _changed(**columns: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Change the first row of a gemeente."""

    def change(values: pd.DataFrame) -> pd.DataFrame:
        row = values.index[values["level_code"] == "gemeente"][0]
        for column, value in columns.items():
            values[column] = values[column].astype(object)
            values.loc[row, [column]] = pd.Series({column: value}, dtype=object)
        return values.infer_objects()

    return change


NO_VALUE = {
    "value": None,
    "lower_95": None,
    "upper_95": None,
    "lower_998": None,
    "upper_998": None,
    "interval_method": "none",
}

FAULTS = {
    "sleutel_uniek": lambda values: pd.concat([values, values.iloc[[-1]]]),
    "definitie_bekend": _changed(indicator_version=99),
    "gebied_bekend": _changed(area_code="GM9999"),
    "niveau_gevraagd": lambda values: values.assign(level_code=values["level_code"].replace("gemeente", "wijk")),
    "gebieden_volledig": lambda values: values[values["area_code"] != "ZK08"],
    "klein_aantal_teller": _changed(numerator=5.0),
    "klein_aantal_noemer": _changed(denominator=5.0),
    "afronding_teller": _changed(numerator=251.0),
    "afronding_noemer": _changed(denominator=1001.0),
    "waarde_zonder_teller": _changed(numerator=None),
    "waarde_zonder_noemer": _changed(denominator=None),
    "reden_bij_geen_waarde": _changed(**NO_VALUE),
    "geen_reden_bij_waarde": _changed(reason_code="suppressed", is_suppressed=True),
    "reden_bekend": _changed(**NO_VALUE, reason_code="vergeten"),
    "status_past_bij_reden": _changed(**NO_VALUE, reason_code="suppressed"),
    "waarde_eindig": _changed(value=float("inf"), upper_95=float("inf"), upper_998=float("inf")),
    "aandeel_tussen_grenzen": _changed(value=101.0, upper_95=102.0, upper_998=103.0),
    "dekking_tussen_grenzen": _changed(coverage=1.5),
    "methode_bekend": _changed(interval_method="gok"),
    "interval_heel": _changed(lower_998=None),
    "waarde_in_interval": _changed(lower_95=26.0),
    "interval_in_ruimer": _changed(lower_998=23.0),
}
FILLED = (*KEY, "level_code", "period_start", "interval_method", "coverage")
FAULTS |= {f"gevuld_{column}": _changed(**{column: None}) for column in FILLED}
SECOND_COMPLAINTS = {
    "waarde_eindig": {"aandeel_tussen_grenzen"},
    "gevuld_indicator_code": {"definitie_bekend"},
    "gevuld_indicator_version": {"definitie_bekend"},
    "gevuld_area_code": {"gebied_bekend"},
    "gevuld_level_code": {"niveau_gevraagd"},
}
TESTED_APART = {"tabel_gevuld", "indicatoren_aanwezig"}


def test_every_check_of_the_suite_has_a_fault_that_it_catches() -> None:
    raw = json.loads(files("expectations").joinpath("suites", "publication.json").read_text("utf-8"))
    checks = {expectation["meta"]["check"] for expectation in raw["expectations"]}
    assert checks == set(FAULTS) | TESTED_APART


@pytest.mark.parametrize("check", FAULTS)
def test_each_fault_is_caught_by_its_check(check: str) -> None:
    results = judge_publication(FAULTS[check](sound_values()), None)
    found = failed(results)
    assert check in found
    assert found <= {check} | SECOND_COMPLAINTS.get(check, set())
    caught = next(result for result in results if result.name == check)
    assert caught.failing_count >= 1
    assert "Dit geldt niet voor" in caught.message


def test_open_data_that_its_owner_protected_may_show_small_counts() -> None:
    values = sound_values(("KOS01",)).assign(numerator=7.0, denominator=7.0)
    assert failed(judge_publication(values, None)) == set()


def test_an_indicator_that_was_there_before_must_still_be_there() -> None:
    results = judge_publication(sound_values(("PRE02",)), sound_values())
    assert failed(results) == {"indicatoren_aanwezig"}


def test_an_empty_publication_is_refused() -> None:
    assert "tabel_gevuld" in failed(judge_publication(sound_values().iloc[:0], None))


def test_a_column_that_is_not_there_is_not_passed() -> None:
    results = judge_publication(sound_values().assign(period_start=None).drop(columns="period_start"), None)
    unchecked = next(result for result in results if result.name == "gevuld_period_start")
    assert not unchecked.passed
    assert "niet gecontroleerd" in unchecked.message


def test_ten_thousand_rows_are_judged_within_three_seconds() -> None:
    quarters = [Period.quarter(2021, 1).shifted(step) for step in range(20)]
    values = sound_values(("PRE02", "OUD01", "OUD08", "GGZ03", "DIG01"), quarters)
    assert len(values) > 15_000
    judge_publication(values.head(10), None)
    start = time.perf_counter()
    judge_publication(values, None)
    assert time.perf_counter() - start < 3
