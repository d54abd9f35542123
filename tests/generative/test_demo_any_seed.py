"""Whatever the seed, region and quarter: a delivery of the demo is possible."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.areas import AreaLevel, area_register
from indicators.periods import Period
from orchestration.demo.deliveries import delivery_rows
from orchestration.demo.levels import COURSES, region_level
from orchestration.demo.setting import Setting

LAST = Period.quarter(2026, 3)
REGIONS = [region.code for region in area_register().existing(AreaLevel.REGION, LAST.end)]
settings_of_a_demo = st.builds(Setting, st.integers(0, 2**63), st.just(LAST))
quarters = st.integers(0, 19).map(lambda ago: LAST.shifted(-ago))


@settings(max_examples=20, deadline=None)
@given(setting=settings_of_a_demo, region_code=st.sampled_from(REGIONS), quarter=quarters)
def test_counts_are_possible_and_repeatable(setting: Setting, region_code: str, quarter: Period) -> None:
    rows = delivery_rows(setting, region_code, quarter)
    assert rows == delivery_rows(setting, region_code, quarter)
    for row in rows:
        assert int(row.numerator) >= 0
        assert row.denominator == "" or int(row.numerator) <= int(row.denominator)
        assert area_register().region_of(row.area_code, quarter.end) == region_code


@pytest.mark.parametrize("dataset_code", COURSES)
@given(setting=settings_of_a_demo, region_code=st.sampled_from(REGIONS), quarter=quarters)
def test_levels_stay_near_the_country(dataset_code: str, setting: Setting, region_code: str, quarter: Period) -> None:
    course = COURSES[dataset_code]
    level = region_level(setting, course, region_code, quarter)
    assert course.level_2024 / 3 < level < course.level_2024 * 3
