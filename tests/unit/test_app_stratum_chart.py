"""The section by age and sex: its words, drawing and table."""

import pytest

from app.markup import table_html
from app.records import GroupFigure
from app.stratum_chart import group_name, stratum_chart, stratum_note
from tests.support_figures import absent, country, figure, indicator

ITEM = indicator("OUD01")
CELLS = [
    GroupFigure("75-84", "M", country(value=310.0)),
    GroupFigure("75-84", "M", figure(value=300.0)),
    GroupFigure("85+", "V", country(value=510.0)),
    GroupFigure("85+", "V", absent("suppressed")),
]


@pytest.mark.parametrize(
    ("age", "sex", "name"), [("85+", "V", "85+, vrouwen"), ("85+", "totaal", "85+"), ("totaal", "M", "mannen")]
)
def test_a_group_is_named(age: str, sex: str, name: str) -> None:
    assert group_name(GroupFigure(age, sex, figure())) == name


def test_the_sentence_names_the_highest_and_the_lowest_group_and_what_is_absent() -> None:
    told = stratum_chart(CELLS, ITEM, region_name="Arnhem").description
    assert "het hoogst in de groep 85+, vrouwen (510,0)" in told
    assert "het laagst in de groep 75-84, mannen (310,0)" in told
    assert "Sommige groepen hebben geen cijfer." in told


def test_equal_groups_have_one_sentence() -> None:
    same = [GroupFigure(age, "M", country(value=1.0)) for age in ("75-84", "85+")]
    assert "in elke groep 1,0." in stratum_chart(same, ITEM, region_name="Arnhem").description


def test_an_absent_figure_is_no_point_and_says_why_in_the_table() -> None:
    chart = stratum_chart(CELLS, ITEM, region_name="Arnhem")
    assert [row["value"] for row in chart.spec["data"]["values"]] == [310.0, 300.0, 510.0]
    assert [row[0] for row in chart.table.rows] == ["75-84, mannen", "85+, vrouwen"]
    assert absent("suppressed").reason.words in str(table_html(chart.table))


def test_margins_are_drawn_where_there_is_nothing_within_them() -> None:
    margin = GroupFigure("85+", "totaal", country(value=510.0))
    hidden = GroupFigure("85+", "V", absent("suppressed"))
    assert [row["name"] for row in stratum_chart([margin, hidden], ITEM, region_name="A").spec["data"]["values"]] == [
        "85+"
    ]


def test_a_note_says_what_differs_from_the_total() -> None:
    assert "omgerekend" in stratum_note(ITEM)
    assert "altijd 1" in stratum_note(indicator("KOS01"))
    assert stratum_note(indicator("GGZ04")) == ""
