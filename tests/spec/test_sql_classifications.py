"""Worked examples of rolling up gemeenten to another classification than that of the zorgkantoorregio's."""

from typing import Any

import pytest

from tests.support_models import NL, ToyLanding, _area, values, views

QUARTER, YEAR = 20231, 20230
FIRST, SECOND = 5_000_001, 5_000_002


def _landing(*, kind: str = "proportion", **fields: Any) -> tuple[ToyLanding, int]:
    """Two regions of two gemeenten; the first area takes one gemeente of each region, the second the other two."""
    landing = ToyLanding(region_count=2)
    settings = {"is_classification_level": True, "multiplier": 100.0, **fields}
    version = landing.indicator(kind, {"numerator": 1, "denominator": 2}, **settings)
    landing.dataset(1, code="population", frequency="year")
    landing.measure(9, 1)
    for at, area in ((1, FIRST), (2, SECOND)):
        landing.extra_areas.append(_area(area, f"GG{at:04}", "ggd_regio", None))
        for region in (1, 2):
            landing.members.append(("ggd_regio", area, landing.gemeente(at, region), True))
            landing.figure(YEAR, landing.gemeente(at, region), 9, 1000.0 * at)
    return landing, version


def _deliver(landing: ToyLanding, area: int, numerator: float | None, denominator: float, *, sign: int = 0) -> None:
    landing.figure(QUARTER, area, 1, numerator, sign=sign)
    landing.figure(QUARTER, area, 2, denominator)


def _deliver_all(landing: ToyLanding) -> None:
    for region in (1, 2):
        _deliver(landing, landing.gemeente(1, region), 90 * region, 300)
        _deliver(landing, landing.gemeente(2, region), 10 * region, 100)


def test_counts_are_added_over_regions_and_compared_with_the_country() -> None:
    landing, version = _landing()
    _deliver_all(landing)
    found = values(landing)
    area, other, country = (found[version, key, QUARTER] for key in (FIRST, SECOND, NL))
    assert (area["numerator"], area["denominator"], area["coverage"]) == (270, 600, 1)
    assert area["value"] == pytest.approx(45)
    assert (area["level_code"], area["area_code"], area["region_code"]) == ("ggd_regio", "GG0001", None)
    assert area["country_value"] == country["value"] == pytest.approx(100 * 300 / 800)
    assert area["comparison_code"] == "clearly_higher"
    assert area["numerator"] + other["numerator"] == country["numerator"]
    assert area["denominator"] + other["denominator"] == country["denominator"]


def test_a_definition_with_a_part_that_is_not_per_gemeente_is_not_rolled_up() -> None:
    landing, version = _landing(is_classification_level=False)
    _deliver_all(landing)
    assert (version, FIRST, QUARTER) not in values(landing)


def test_a_missing_gemeente_leaves_the_sum_incomplete_and_uncompared() -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1, 1), 90, 300)
    area = values(landing)[version, FIRST, QUARTER]
    assert (area["numerator"], area["coverage"], area["is_incomplete"]) == (90, 0.5, True)
    assert area["comparison_code"] is None
    other = values(landing)[version, SECOND, QUARTER]
    assert (other["reason_code"], other["coverage"]) == ("not_delivered", 0)


def test_what_a_region_delivers_itself_is_not_divided_over_classifications() -> None:
    landing, version = _landing()
    _deliver(landing, landing.region(1), 100, 400)
    _deliver(landing, landing.gemeente(1, 2), 90, 300)
    _deliver(landing, landing.gemeente(2, 2), 10, 100)
    found = values(landing)
    assert found[version, NL, QUARTER]["coverage"] == 1
    assert (found[version, FIRST, QUARTER]["numerator"], found[version, FIRST, QUARTER]["coverage"]) == (90, 0.5)


def test_a_possible_member_counts_nowhere_and_leaves_both_areas_incomplete() -> None:
    landing, version = _landing()
    doubtful = landing.gemeente(2, 2)
    landing.members = [member for member in landing.members if member[2] != doubtful]
    landing.members += [("ggd_regio", area, doubtful, False) for area in (FIRST, SECOND)]
    _deliver_all(landing)
    found = values(landing)
    assert (found[version, FIRST, QUARTER]["numerator"], found[version, SECOND, QUARTER]["numerator"]) == (270, 10)
    assert found[version, FIRST, QUARTER]["coverage"] == pytest.approx(2000 / 4000)
    assert all(found[version, area, QUARTER]["is_incomplete"] for area in (FIRST, SECOND))


def test_a_gemeente_below_ten_leaves_its_area_incomplete() -> None:
    landing, version = _landing(minimum_coverage=0.1)
    _deliver(landing, landing.gemeente(1, 1), 90, 300)
    _deliver(landing, landing.gemeente(1, 2), None, 300, sign=1)
    area = values(landing)[version, FIRST, QUARTER]
    assert (area["numerator"], area["is_incomplete"], area["is_suppressed"]) == (90, True, False)


def test_small_numbers_are_protected_from_the_raw_sum() -> None:
    landing, version = _landing()
    for at, numerator in ((1, 4), (2, 6)):
        for region in (1, 2):
            _deliver(landing, landing.gemeente(at, region), numerator, 102)
    found = views(landing)
    assert found["own"][version, FIRST, QUARTER]["numerator"] == 8
    hidden, shown = (found["published"][version, area, QUARTER] for area in (FIRST, SECOND))
    assert (hidden["numerator"], hidden["value"], hidden["reason_code"]) == (None, None, "suppressed")
    # 6 + 6 is rounded once, each gemeente alone would be hidden; 102 + 102 is 204
    assert (shown["numerator"], shown["denominator"]) == (10, 205)
    assert shown["value"] == pytest.approx(100 * 10 / 205)


def test_an_area_one_gemeente_apart_from_another_is_hidden_unless_its_owner_protected_the_counts() -> None:
    landing, version = _landing()
    _deliver_all(landing)
    landing.extra_areas[0]["is_one_apart"] = True
    found = views(landing)
    assert found["own"][version, FIRST, QUARTER]["numerator"] == 270
    hidden, beside = (found["published"][version, area, QUARTER] for area in (FIRST, SECOND))
    assert (hidden["numerator"], hidden["denominator"], hidden["reason_code"]) == (None, None, "suppressed")
    assert beside["numerator"] == 30
    for measure in (1, 2):
        landing.measures[measure]["is_owner_protected"] = True
    assert views(landing)["published"][version, FIRST, QUARTER]["numerator"] == 270


def test_an_incomplete_area_is_hidden_where_counts_were_delivered() -> None:
    landing, version = _landing()
    _deliver(landing, landing.gemeente(1, 1), 90, 300)
    found = views(landing)
    assert found["own"][version, FIRST, QUARTER]["numerator"] == 90
    assert found["published"][version, FIRST, QUARTER]["reason_code"] == "suppressed"
