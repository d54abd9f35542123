"""Worked examples of the published view: suppress and round below the country (METHODS 5)."""

from typing import Any

import pytest

from indicators.calculation import proportion
from indicators.protection import POLICY, protect
from tests.support_models import NL, ToyLanding, mart, strata_frame, views

QUARTER = 20231


def _landing(counts: list[tuple[float, float]], kind: str = "proportion", **fields: Any) -> tuple[ToyLanding, int]:
    landing = ToyLanding(gemeente_count=len(counts))
    version = landing.indicator(kind, {"numerator": 1, "denominator": 2}, multiplier=100.0, **fields)
    for index, (numerator, denominator) in enumerate(counts, 1):
        landing.figure(QUARTER, landing.gemeente(index), 1, numerator)
        landing.figure(QUARTER, landing.gemeente(index), 2, denominator)
    return landing, version


def test_every_level_is_protected_from_its_own_raw_count() -> None:
    landing, version = _landing([(7, 103), (12, 98), (0, 61)])
    found = views(landing)
    shown = [found["published"][version, landing.gemeente(index), QUARTER] for index in (1, 2, 3)]
    assert [row["numerator"] for row in shown] == [None, 10, 0]
    assert [row["denominator"] for row in shown] == [105, 100, 60]
    region = found["published"][version, landing.region(), QUARTER]
    assert (region["numerator"], region["denominator"]) == (20, 260)
    country = found["published"][version, NL, QUARTER]
    assert (country["numerator"], country["denominator"]) == (19, 262)
    exact = found["own"][version, landing.gemeente(1), QUARTER]
    assert (exact["numerator"], exact["denominator"]) == (7, 103)


def test_published_values_and_intervals_come_from_published_counts() -> None:
    landing, version = _landing([(12, 98), (7, 103)])
    found = views(landing)["published"]
    shown, hidden = (found[version, landing.gemeente(index), QUARTER] for index in (1, 2))
    expected = proportion(10, 100, multiplier=100)
    assert [shown[name] for name in ("value", "lower_95", "upper_998")] == pytest.approx(
        [expected.value, expected.lower_95, expected.upper_998]
    )
    assert (hidden["value"], hidden["lower_95"], hidden["reason_code"]) == (None, None, "suppressed")
    assert hidden["is_suppressed"]


def test_the_rule_is_that_of_the_python_reference() -> None:
    counts = [(float(count), 5000.0) for count in range(41)]
    landing, version = _landing(counts)
    found = views(landing)["published"]
    for index, (count, _) in enumerate(counts, 1):
        shown = found[version, landing.gemeente(index), QUARTER]["numerator"]
        assert shown == protect(count, policy=POLICY).value


def test_a_part_that_its_owner_protected_stays_exact() -> None:
    landing = ToyLanding(gemeente_count=1)
    landing.measure(1)
    landing.measure(2, is_owner_protected=True)
    version = landing.indicator("rate", {"numerator": 1, "denominator": 2})
    landing.figure(QUARTER, landing.gemeente(), 1, 12)
    landing.figure(QUARTER, landing.gemeente(), 2, 123)
    shown = views(landing)["published"][version, landing.gemeente(), QUARTER]
    assert (shown["numerator"], shown["denominator"]) == (10, 123)


def test_a_definition_can_say_that_its_owner_protected_everything() -> None:
    landing, version = _landing([(3, 123)], is_owner_protected=True)
    shown = views(landing)["published"][version, landing.gemeente(1), QUARTER]
    assert (shown["numerator"], shown["denominator"]) == (3, 123)


def test_rounding_that_makes_the_part_larger_than_the_whole_hides_it() -> None:
    landing = ToyLanding(gemeente_count=1)
    landing.measure(1)
    landing.measure(2, is_owner_protected=True)
    version = landing.indicator("proportion", {"numerator": 1, "denominator": 2})
    landing.figure(QUARTER, landing.gemeente(), 1, 13)
    landing.figure(QUARTER, landing.gemeente(), 2, 14)
    shown = views(landing)["published"][version, landing.gemeente(), QUARTER]
    assert (shown["value"], shown["reason_code"]) == (None, "suppressed")


def _standardised(events: tuple[float, float]) -> tuple[ToyLanding, int]:
    landing = ToyLanding(gemeente_count=1, strata=strata_frame([2.0, 1.0]))
    landing.dataset(901, breakdown="age_sex")
    landing.measure(1, 901)
    landing.measure(2, 901, is_owner_protected=True)
    version = landing.indicator("dsr", {"numerator": 1, "denominator": 2}, multiplier=1000.0, decimals=1)
    for stratum, count in enumerate(events, 101):
        landing.figure(QUARTER, landing.gemeente(), 1, count, stratum=stratum)
        landing.figure(QUARTER, landing.gemeente(), 2, 777, stratum=stratum)
    return landing, version


def test_a_standardised_rate_is_exact_strata_rounded_as_the_definition_says() -> None:
    landing, version = _standardised((13, 8))
    found = views(landing)
    exact, shown = (found[view][version, landing.gemeente(), QUARTER] for view in ("own", "published"))
    assert exact["value"] == pytest.approx(1000 * (13 * 2 + 8) / 777 / 3)
    for name in ("value", "lower_95", "upper_95", "lower_998", "upper_998"):
        assert shown[name] == pytest.approx(round(exact[name], 1), abs=1e-9)
    assert (shown["numerator"], shown["denominator"]) == (20, 1554)


@pytest.mark.parametrize(("events", "numerator", "reason"), [((4, 5), None, "suppressed"), ((0, 0), 0, "few_events")])
def test_few_events_withhold_the_rate_and_the_count_follows_protection(
    events: tuple[float, float], numerator: float | None, reason: str
) -> None:
    landing, version = _standardised(events)
    found = views(landing)
    exact, shown = (found[view][version, landing.gemeente(), QUARTER] for view in ("own", "published"))
    assert (exact["numerator"], exact["reason_code"], exact["is_few_events"]) == (sum(events), "few_events", True)
    assert (shown["numerator"], shown["reason_code"], shown["value"]) == (numerator, reason, None)


def test_the_published_spread_knows_only_published_values() -> None:
    landing, _ = _landing([(12, 98), (7, 103), (30, 100)])
    rows = {row["view_code"]: row for row in mart(landing, "spread") if row["region_key"] == landing.region()}
    assert (rows["own"]["area_count"], rows["published"]["area_count"]) == (3, 2)
    assert rows["published"]["withheld_count"] == 1
    assert rows["published"]["median"] == pytest.approx(20)
