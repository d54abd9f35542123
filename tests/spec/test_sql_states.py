"""Worked examples of values that are absent or special, and of comparison with the country (METHODS 1-3)."""

from typing import Any

import pytest

from indicators.comparison import compare
from indicators.intervals import Estimate, IntervalMethod
from tests.support_models import NL, ToyLanding, mart, strata_frame, values

QUARTER = 20231


def _one(kind: str, numerator: float, denominator: float, **fields: Any) -> dict[str, Any]:
    landing = ToyLanding(gemeente_count=1)
    version = landing.indicator(kind, {"numerator": 1, "denominator": 2}, **fields)
    landing.figure(QUARTER, landing.gemeente(), 1, numerator)
    landing.figure(QUARTER, landing.gemeente(), 2, denominator)
    return values(landing)[version, landing.gemeente(), QUARTER]


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "fields", "reason", "state"),
    [
        ("proportion", 11, 10, {}, "impossible", "is_impossible"),
        ("rate", -1, 10, {}, "impossible", "is_impossible"),
        ("rate", 3, 0, {}, "zero_denominator", "is_not_filled"),
        ("rate", 3, 40, {"minimum_denominator": 50.0}, "small_denominator", "is_not_filled"),
        ("index", 3, 40, {"base_year": 2019}, "no_base", "is_not_filled"),
    ],
)
def test_why_there_is_no_value(
    kind: str, numerator: float, denominator: float, fields: dict[str, Any], reason: str, state: str
) -> None:
    found = _one(kind, numerator, denominator, **fields)
    assert (found["value"], found["reason_code"], found["interval_method"]) == (None, reason, "none")
    assert found[state]
    assert (found["numerator"], found["denominator"]) == (numerator, denominator)


def test_a_rate_may_have_more_events_than_people_and_costs_may_be_negative() -> None:
    assert _one("rate", 30, 10)["value"] == 3
    costs = _one("ratio", -30, 10)
    assert (costs["value"], costs["lower_95"], costs["interval_method"]) == (-3, None, "none")


def test_a_delivered_zero_is_a_zero() -> None:
    found = _one("proportion", 0, 50)
    assert (found["value"], found["numerator"], found["reason_code"]) == (0, 0, None)


def test_a_missing_stratum_makes_a_standardised_rate_incomplete() -> None:
    landing = ToyLanding(gemeente_count=2, strata=strata_frame([2.0, 1.0]))
    landing.dataset(901, breakdown="age_sex")
    for measure in (1, 2):
        landing.measure(measure, 901)
        for index in (1, 2):
            landing.figure(QUARTER, landing.gemeente(index), measure, 50.0 * measure, stratum=101)
        landing.figure(QUARTER, landing.gemeente(1), measure, 50.0 * measure, stratum=102)
    version = landing.indicator("dsr", {"numerator": 1, "denominator": 2})
    found = values(landing)
    assert found[version, landing.gemeente(1), QUARTER]["value"] == 0.5
    assert found[version, landing.gemeente(2), QUARTER]["reason_code"] == "incomplete"
    assert found[version, landing.region(), QUARTER]["coverage"] == 0.5


def test_strata_that_a_protecting_owner_leaves_out_do_not_count_as_missing() -> None:
    landing = ToyLanding(gemeente_count=1, strata=strata_frame([1.0, 1.0]))
    landing.dataset(901, breakdown="age_sex")
    for measure in (1, 2):
        landing.measure(measure, 901, is_owner_protected=True)
        landing.figure(QUARTER, landing.gemeente(), measure, 50.0, stratum=101)
    version = landing.indicator("isr", {"numerator": 1, "denominator": 2}, has_interval=False)
    found = values(landing)[version, landing.gemeente(), QUARTER]
    assert (found["value"], found["coverage"], found["lower_95"]) == (1, 1, None)


def test_only_ages_from_the_youngest_count() -> None:
    landing = ToyLanding(gemeente_count=1, strata=strata_frame([1.0, 1.0], age_from=[60, 65]))
    landing.dataset(901, breakdown="age_sex")
    for measure in (1, 2):
        landing.measure(measure, 901)
        for stratum in (101, 102):
            landing.figure(QUARTER, landing.gemeente(), measure, 10.0 * measure, stratum=stratum)
    version = landing.indicator("rate", {"numerator": 1, "denominator": 2}, age_from=65)
    assert values(landing)[version, landing.gemeente(), QUARTER]["denominator"] == 20


def test_comparison_with_the_country_follows_the_intervals() -> None:
    counts = [(500, 1000), (540, 1000), (470, 1000), (560, 1000), (440, 1000), (900, 1000), (100, 1000), (5, 10)]
    landing = ToyLanding(gemeente_count=len(counts))
    version = landing.indicator("proportion", {"numerator": 1, "denominator": 2})
    for index, (numerator, denominator) in enumerate(counts, 1):
        landing.figure(QUARTER, landing.gemeente(index), 1, numerator)
        landing.figure(QUARTER, landing.gemeente(index), 2, denominator)
    found = values(landing)
    country = found[version, NL, QUARTER]
    assert country["comparison_code"] is None
    codes = set()
    for index in range(1, len(counts) + 1):
        row = found[version, landing.gemeente(index), QUARTER]
        limits = (row["lower_95"], row["upper_95"], row["lower_998"], row["upper_998"])
        assert row["comparison_code"] == compare(
            Estimate(row["value"], *limits, IntervalMethod.WILSON), country["value"]
        )
        assert row["country_value"] == country["value"]
        codes.add(row["comparison_code"])
    assert codes == {"similar", "higher", "lower", "clearly_higher", "clearly_lower"}


def test_values_without_interval_are_not_compared() -> None:
    landing = ToyLanding(gemeente_count=2)
    landing.indicator("ratio", {"numerator": 1, "denominator": 2})
    for index in (1, 2):
        landing.figure(QUARTER, landing.gemeente(index), 1, 10.0 * index)
        landing.figure(QUARTER, landing.gemeente(index), 2, 10)
    assert {row["comparison_code"] for row in values(landing).values()} == {None}


def test_a_correction_marks_every_level_as_revised() -> None:
    landing = ToyLanding(gemeente_count=1)
    landing.indicator("proportion", {"numerator": 1, "denominator": 2})
    for period in (QUARTER, QUARTER + 1):
        for measure in (1, 2):
            landing.figure(period, landing.gemeente(), measure, 10)
    landing.corrections.add((QUARTER, 900))
    assert all(row["is_revised"] == (row["period_key"] == QUARTER) for row in values(landing).values())


def test_spread_is_the_linear_quantile_of_gemeenten_with_a_value() -> None:
    landing = ToyLanding(region_count=2, gemeente_count=4)
    version = landing.indicator("ratio", {"numerator": 1, "denominator": 2})
    for index, numerator in enumerate((10, 40, 20, 0), 1):
        landing.figure(QUARTER, landing.gemeente(index), 1, numerator)
        landing.figure(QUARTER, landing.gemeente(index), 2, 10 if index < 4 else 0)
    rows = {row["region_key"]: row for row in mart(landing, "spread") if row["view_code"] == "own"}
    one = rows[landing.region(1)]
    assert one["version_key"] == version
    assert [one[name] for name in ("p10", "median", "p90")] == pytest.approx([1.2, 2.0, 3.6])
    assert (one["area_count"], one["withheld_count"]) == (3, 1)
    assert (rows[NL]["area_count"], rows[NL]["withheld_count"]) == (3, 5)
    empty = rows[landing.region(2)]
    assert (empty["median"], empty["area_count"], empty["withheld_count"]) == (None, 0, 4)
