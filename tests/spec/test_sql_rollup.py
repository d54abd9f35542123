"""Worked examples of adding up: gemeente to region to country, with coverage (METHODS 1)."""

from typing import Any

import pytest

from tests.support_models import NL, ToyLanding, values

QUARTER, YEAR = 20231, 20230
INHABITANTS = {1: 30_000.0, 2: 10_000.0}


def _landing(*, region_count: int = 1, **fields: Any) -> tuple[ToyLanding, int]:
    """A proportion of measure 1 over measure 2, with known population: gemeente 1 has three quarters of a region."""
    landing = ToyLanding(region_count=region_count)
    version = landing.indicator("proportion", {"numerator": 1, "denominator": 2}, multiplier=100.0, **fields)
    landing.dataset(1, code="population", frequency="year")
    landing.measure(9, 1)
    for region in range(1, region_count + 1):
        for index, inhabitants in INHABITANTS.items():
            landing.figure(YEAR, landing.gemeente(index, region), 9, inhabitants)
    return landing, version


def _deliver(landing: ToyLanding, area: int, numerator: float | None, denominator: float, *, sign: int = 0) -> None:
    landing.figure(QUARTER, area, 1, numerator, sign=sign)
    landing.figure(QUARTER, area, 2, denominator)


def test_counts_are_added_and_rates_never_averaged() -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, landing.gemeente(2), 100, 1000)
    region = values(landing)[version, landing.region(), QUARTER]
    assert (region["numerator"], region["denominator"], region["coverage"]) == (190, 1100, 1)
    assert region["value"] == pytest.approx(100 * 190 / 1100)
    assert not region["is_incomplete"]


def test_whole_counts_stay_whole_through_every_sum() -> None:
    counts = [9.0, 42_192.0, 17_590_672.0, 999_983.0, 1.0, 10.0]
    landing = ToyLanding(gemeente_count=len(counts))
    version = landing.indicator("rate", {"numerator": 1, "denominator": 2})
    for index, count in enumerate(counts, 1):
        _deliver(landing, landing.gemeente(index), count, count)
    found = values(landing)
    assert [found[version, landing.gemeente(index), QUARTER]["numerator"] for index in range(1, 7)] == counts
    assert found[version, landing.gemeente(1), QUARTER]["interval_method"] == "exact"
    assert found[version, NL, QUARTER]["denominator"] == sum(counts)


def test_a_missing_gemeente_leaves_the_sum_incomplete_with_its_coverage() -> None:
    landing, version = _landing(region_count=2)
    _deliver(landing, landing.gemeente(1), 90, 100)
    for index in INHABITANTS:
        _deliver(landing, landing.gemeente(index, 2), 10, 100)
    found = values(landing)
    region = found[version, landing.region(1), QUARTER]
    assert region["is_incomplete"]
    assert region["coverage"] == pytest.approx(0.75)
    assert (region["numerator"], region["denominator"]) == (90, 100)
    country = found[version, NL, QUARTER]
    assert country["is_incomplete"]
    assert country["coverage"] == pytest.approx(70 / 80)
    # nothing incomplete is compared, nor anything with something incomplete
    assert region["comparison_code"] is None
    assert found[version, landing.region(2), QUARTER]["comparison_code"] is None
    missing = found[version, landing.gemeente(2), QUARTER]
    assert (missing["reason_code"], missing["is_not_delivered"], missing["coverage"]) == ("not_delivered", True, 0)


def test_coverage_above_the_minimum_of_the_definition_is_complete() -> None:
    landing, version = _landing(minimum_coverage=0.7)
    _deliver(landing, landing.gemeente(1), 90, 100)
    region = values(landing)[version, landing.region(), QUARTER]
    assert not region["is_incomplete"]
    assert region["coverage"] == pytest.approx(0.75)


def test_a_part_below_ten_leaves_the_sum_incomplete_whatever_the_coverage() -> None:
    landing, version = _landing(minimum_coverage=0.1)
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, landing.gemeente(2), None, 50, sign=1)
    found = values(landing)
    part = found[version, landing.gemeente(2), QUARTER]
    assert (part["reason_code"], part["is_suppressed"], part["numerator"]) == ("suppressed", True, None)
    region = found[version, landing.region(), QUARTER]
    assert region["is_incomplete"]
    assert (region["numerator"], region["denominator"]) == (90, 100)
    assert found[version, NL, QUARTER]["is_incomplete"]


@pytest.mark.parametrize("sign", [2, 3])
def test_an_unknown_or_secret_part_is_unknown_and_left_out(sign: int) -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, landing.gemeente(2), None, 50, sign=sign)
    found = values(landing)
    assert found[version, landing.gemeente(2), QUARTER]["is_unknown"]
    assert found[version, landing.region(), QUARTER]["coverage"] == pytest.approx(0.75)


def test_a_total_that_the_region_delivers_wins() -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, landing.region(), 120, 400)
    found = values(landing)
    region = found[version, landing.region(), QUARTER]
    assert (region["numerator"], region["denominator"], region["coverage"]) == (120, 400, 1)
    assert found[version, NL, QUARTER]["numerator"] == 120
    assert found[version, landing.gemeente(1), QUARTER]["numerator"] == 90


def test_a_delivered_numerator_takes_the_denominators_of_all_gemeenten() -> None:
    landing, version = _landing()
    landing.figure(QUARTER, landing.region(), 1, 30)
    landing.figure(QUARTER, landing.gemeente(1), 2, 100)
    landing.figure(QUARTER, landing.gemeente(2), 2, 200)
    region = values(landing)[version, landing.region(), QUARTER]
    assert (region["numerator"], region["denominator"], region["coverage"]) == (30, 300, 1)


def test_a_delivered_numerator_has_no_value_over_part_of_the_denominators() -> None:
    landing, version = _landing()
    landing.figure(QUARTER, landing.region(), 1, 30)
    landing.figure(QUARTER, landing.gemeente(1), 2, 100)
    region = values(landing)[version, landing.region(), QUARTER]
    assert (region["value"], region["reason_code"]) == (None, "incomplete")


def test_the_country_is_the_sum_of_regions_that_deliver_directly() -> None:
    landing, version = _landing(region_count=3, is_gemeente_level=False, delivered_level="zorgkantoorregio")
    for region, numerator in ((1, 10), (2, 20), (3, 60)):
        _deliver(landing, landing.region(region), numerator, 100)
    found = values(landing)
    country = found[version, NL, QUARTER]
    assert (country["numerator"], country["denominator"], country["coverage"]) == (90, 300, 1)
    assert {area for _, area, _ in found} == {NL, *(landing.region(number) for number in (1, 2, 3))}


def test_without_population_every_gemeente_weighs_the_same() -> None:
    landing = ToyLanding(gemeente_count=4)
    version = landing.indicator("proportion", {"numerator": 1, "denominator": 2})
    _deliver(landing, landing.gemeente(1), 1, 2)
    assert values(landing)[version, landing.region(), QUARTER]["coverage"] == pytest.approx(0.25)


def test_counts_of_an_ended_gemeente_are_divided_and_marked() -> None:
    landing, version = _landing()
    ended = 3_009_999
    landing.extra_areas.append(
        {
            "area_key": ended,
            "area_code": "GM9999",
            "area_name": "Haaren",
            "level_code": "gemeente",
            "region_key": None,
            "region_code": None,
            "is_reporting": False,
        }
    )
    landing.conversions += [(ended, landing.gemeente(1), 0.25), (ended, landing.gemeente(2), 0.75)]
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, landing.gemeente(2), 10, 100)
    _deliver(landing, ended, 40, 200)
    found = values(landing)
    assert found[version, landing.gemeente(1), QUARTER]["numerator"] == 100
    assert found[version, landing.gemeente(2), QUARTER]["denominator"] == 250
    assert found[version, landing.gemeente(1), QUARTER]["is_converted"]
    assert found[version, landing.region(), QUARTER]["numerator"] == 140
    assert not found[version, NL, QUARTER]["is_converted"]
    assert (version, ended, QUARTER) not in found


def test_what_is_delivered_for_the_country_as_a_whole_is_its_figure() -> None:
    landing, version = _landing(is_region_level=False, is_gemeente_level=False)
    _deliver(landing, NL, 30, 120)
    country = values(landing)[version, NL, QUARTER]
    assert (country["value"], country["coverage"], country["reason_code"]) == (25, 1, None)
    assert not country["is_not_delivered"]


def test_the_whole_country_wins_over_the_sum_of_its_regions() -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1), 90, 100)
    _deliver(landing, NL, 30, 120)
    found = values(landing)
    assert (found[version, NL, QUARTER]["numerator"], found[version, NL, QUARTER]["coverage"]) == (30, 1)
    assert found[version, landing.region(), QUARTER]["numerator"] == 90


def test_one_part_for_the_country_does_not_mix_with_a_sum() -> None:
    landing, version = _landing()
    for index in INHABITANTS:
        _deliver(landing, landing.gemeente(index), 10, 100)
    landing.figure(QUARTER, NL, 1, 99)
    country = values(landing)[version, NL, QUARTER]
    assert (country["numerator"], country["denominator"], country["coverage"]) == (20, 200, 1)


@pytest.mark.parametrize(("sign", "reason"), [(1, "suppressed"), (2, "unknown")])
def test_a_sign_for_the_country_leaves_no_figure(sign: int, reason: str) -> None:
    landing, version = _landing()
    _deliver(landing, NL, None, 120, sign=sign)
    country = values(landing)[version, NL, QUARTER]
    assert (country["value"], country["reason_code"]) == (None, reason)
