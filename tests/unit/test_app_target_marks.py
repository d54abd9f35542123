"""One mark says how a figure stands beside a target and which way it goes, in words too."""

import pytest

from app.target_marks import Standing, mark_html, mark_of
from app.target_tables import Beside, beside_sentence, overview_table, regions_table, without_table
from indicators.agreed_path import Direction
from indicators.targets import ProgressGap
from indicators.trend_direction import TrendDirection
from tests.support_figures import absent, country, figure, indicator
from tests.unit.test_app_target_panel import changed

LOW = {"value": 13.1, "lower_95": 12.4, "upper_95": 13.7}


@pytest.mark.parametrize(
    ("value", "limits", "standing"),
    [
        (14.0, (13.0, 15.0), Standing.MET),
        (13.5, (12.9, 14.1), Standing.NEAR),
        (13.1, (12.4, 13.7), Standing.UNMET),
        (13.1, (None, None), Standing.UNMET),
    ],
)
def test_a_value_meets_the_target_or_not_or_cannot_be_told_apart(
    value: float, limits: tuple[float | None, float | None], standing: Standing
) -> None:
    item = figure(value=value, lower_95=limits[0], upper_95=limits[1])
    mark = mark_of(item, indicator(), changed(), TrendDirection.LEVEL)
    assert mark is not None
    assert mark.standing is standing


def test_where_lower_is_better_a_lower_value_meets_the_target() -> None:
    target = changed(direction_code=Direction.AT_MOST, level_value=30.0)
    low = mark_of(figure(value=29.0), indicator("GGZ03"), target, TrendDirection.FALLING)
    high = mark_of(figure(value=34.0), indicator("GGZ03"), target, TrendDirection.RISING)
    assert low is not None
    assert high is not None
    assert low.words == "doel gehaald, daalt (gunstig)"
    assert high.words == "doel niet gehaald, stijgt (ongunstig)"


@pytest.mark.parametrize("direction", [None, *TrendDirection])
def test_every_mark_has_words_beside_its_sign(direction: TrendDirection | None) -> None:
    mark = mark_of(figure(**LOW), indicator(), changed(), direction)
    assert mark is not None
    made = mark_html(mark)
    assert mark.words in made
    assert 'aria-hidden="true"' in made


def test_without_value_or_number_there_is_no_mark() -> None:
    assert mark_of(absent("suppressed"), indicator(), changed(), None) is None
    assert mark_of(figure(), indicator(), changed(level_value=None), None) is None


def beside(**fields: object) -> Beside:
    figures = (country(), figure(area_code="ZK01", area_name="Groningen", value=14.5), figure(**LOW))
    return Beside(changed(**fields), indicator(), figures, {"ZK01": TrendDirection.RISING})


def test_the_table_counts_the_regions_that_meet_the_target() -> None:
    (row,) = overview_table([beside()]).rows
    assert "1 van 2" in row[3]
    assert "Nederland staat op **12,0" in beside_sentence(beside())
    assert "1 van de 2 regio's met een cijfer halen het doel van ten minste 14" in beside_sentence(beside())


def test_every_region_has_its_distance_and_its_mark() -> None:
    rows = {str(row[0]): row for row in regions_table(beside()).rows}
    assert list(rows) == ["Nederland", "Arnhem", "Groningen"]
    assert str(rows["Groningen"][3]).startswith("+0,5")
    assert "doel gehaald, stijgt (gunstig)" in str(rows["Groningen"][4])
    assert "richting niet te bepalen" in str(rows["Arnhem"][4])


def test_a_target_without_a_stand_says_why() -> None:
    other_unit = beside(level_value=None, gap_code=ProgressGap.OTHER_UNIT)
    assert not other_unit.is_comparable
    (row,) = without_table([other_unit]).rows
    assert row[2] == "Het doel is in een andere eenheid dan de indicator."
    empty = Beside(changed(), indicator(), (), {})
    (row,) = without_table([empty]).rows
    assert row[2] == "Er zijn nog geen cijfers van deze indicator."
