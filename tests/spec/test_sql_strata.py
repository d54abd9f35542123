"""Worked examples of figures by age and sex: counts checked by hand, and which breakdowns are published."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support_models import NL, ToyLanding, groups

QUARTER = 20231
EVENTS = {116: 12, 117: 8, 118: 6, 119: 4, 216: 10, 217: 15, 218: 9, 219: 11}
"""By stratum: 75-79, 80-84, 85-89 and 90+, men and then women."""
PEOPLE = {116: 400, 117: 200, 118: 100, 119: 50, 216: 500, 217: 300, 218: 150, 219: 100}
BY_HAND = {
    0: (75, 1800, None),
    5: (45, 1400, 32.142857),
    6: (30, 400, 75.0),
    100: (30, 750, 40.0),
    200: (45, 1050, 42.857143),
    105: (20, 600, 33.333333),
    106: (10, 150, 66.666667),
    205: (25, 800, 31.25),
    206: (20, 250, 80.0),
}
"""By group (5 is 75-84, 6 is 85+, hundreds the sex): events, people, and what is shown per 1,000 people."""
MARGINS = {5, 6, 100, 200}


def _landing(*regions: Mapping[int, float], kind: str = "dsr", **fields: Any) -> tuple[ToyLanding, int]:
    """Every region has one gemeente with these events by stratum."""
    landing = ToyLanding(region_count=len(regions), gemeente_count=1)
    landing.dataset(901, breakdown="age_sex")
    landing.measure(1, 901)
    landing.measure(2, 901, is_owner_protected=True)
    fields = {"multiplier": 1000.0, "age_from": 75, "is_by_stratum": True, **fields}
    version = landing.indicator(kind, {"numerator": 1, "denominator": 2}, **fields)
    for number, events in enumerate(regions, 1):
        for stratum, count in events.items():
            landing.figure(QUARTER, landing.gemeente(1, number), 1, count, stratum=stratum)
            landing.figure(QUARTER, landing.gemeente(1, number), 2, PEOPLE[stratum], stratum=stratum)
    return landing, version


def _shown(landing: ToyLanding, area: int, *, view: str = "published") -> dict[int, dict[str, Any]]:
    return {place[3]: row for place, row in groups(landing)[view].items() if place[1] == area}


@pytest.mark.parametrize("level", ["gemeente", "region", "country"])
def test_every_group_has_its_counts_and_the_rate_of_them(level: str) -> None:
    landing, _ = _landing(EVENTS)
    area = {"gemeente": landing.gemeente(), "region": landing.region(), "country": NL}[level]
    found = _shown(landing, area, view="own")
    assert found.keys() == BY_HAND.keys()
    for group, (events, people, value) in BY_HAND.items():
        assert (found[group]["numerator"], found[group]["denominator"]) == (events, people)
        if value is not None:
            assert found[group]["value"] == pytest.approx(value, abs=1e-6)


def test_the_interval_is_that_of_a_rate() -> None:
    landing, _ = _landing(EVENTS)
    found = _shown(landing, landing.region(), view="own")
    assert found[0]["interval_method"] == "dobson"
    twenty = found[105]
    assert twenty["interval_method"] == "byar"
    assert twenty["lower_95"] == pytest.approx(12.21 / 600 * 1000, abs=0.02)  # Byar's limits of 20 are 12.21 and 30.89
    assert twenty["upper_95"] == pytest.approx(30.89 / 600 * 1000, abs=0.02)


def test_a_group_is_named_by_sex_and_age() -> None:
    landing, _ = _landing(EVENTS)
    names = {key: (row["sex_code"], row["age_group_code"]) for key, row in _shown(landing, NL).items()}
    assert names[0] == (0, "totaal")
    assert names[206] == (2, "85+")
    assert names[5] == (0, "75-84")
    assert names[100] == (1, "totaal")


def test_a_ratio_to_what_is_expected_stays_one_within_a_group() -> None:
    other = {stratum: 2.0 * count for stratum, count in EVENTS.items()}
    landing, _ = _landing(EVENTS, other, kind="isr", multiplier=1.0)
    found = _shown(landing, landing.region(1), view="own")[105]
    assert found["expected"] == pytest.approx(30)  # 20 of the 60 events, half of the people
    assert found["value"] == pytest.approx(20 / 30)


def test_a_version_that_is_not_counted_so_has_a_total_only() -> None:
    landing, _ = _landing(EVENTS, is_by_stratum=False)
    assert _shown(landing, NL).keys() == {0}


def test_what_a_region_shows_is_rounded_and_the_country_is_exact() -> None:
    landing, _ = _landing({**EVENTS, 116: 13})
    region, country = _shown(landing, landing.region()), _shown(landing, NL)
    assert (region[105]["numerator"], region[5]["numerator"], region[106]["numerator"]) == (20, 45, 10)
    assert (country[105]["numerator"], country[5]["numerator"], country[106]["numerator"]) == (21, 46, 10)


def test_one_small_cell_hides_the_whole_table_everywhere_and_the_margins_stay() -> None:
    landing, _ = _landing(EVENTS, {**EVENTS, 118: 3, 119: 2})
    for area in (landing.region(1), landing.region(2), NL):
        shown = {key for key, row in _shown(landing, area).items() if row["numerator"] is not None}
        assert shown == {0, *MARGINS}


def test_a_small_margin_is_left_to_the_country() -> None:
    few_old = {**EVENTS, 118: 2, 119: 1, 218: 3, 219: 1}
    landing, _ = _landing(EVENTS, few_old)
    for area, expected in ((landing.region(1), {0, 100, 200}), (landing.region(2), {0, 100, 200}), (NL, {0, *MARGINS})):
        shown = {key for key, row in _shown(landing, area).items() if row["numerator"] is not None}
        assert shown == expected


def test_a_region_with_a_small_total_hides_what_has_small_counts() -> None:
    landing, _ = _landing(EVENTS, {**dict.fromkeys(EVENTS, 0.0), 116: 4.0})
    for area in (landing.region(1), NL):
        shown = {key for key, row in _shown(landing, area).items() if row["numerator"] is not None}
        assert shown == {0}


def test_gemeenten_show_what_their_owner_protected_and_nothing_else() -> None:
    landing, _ = _landing(EVENTS)
    assert {row["reason_code"] for key, row in _shown(landing, landing.gemeente()).items() if key} == {"suppressed"}
    landing, _ = _landing(EVENTS, is_owner_protected=True)
    assert _shown(landing, landing.gemeente())[106]["numerator"] == 10
