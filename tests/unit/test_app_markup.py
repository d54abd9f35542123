"""Everything that is not made by us is escaped, and tables are readable with a screen reader."""

from app.figure_tables import trend_table
from app.markup import Html, Table, element, join, link, table_html
from app.matrix import matrix_html
from tests.support_figures import absent, country, figure, indicator

EVIL = '<script>alert("x")</script>'


def test_text_and_attributes_are_escaped() -> None:
    made = element("p", EVIL, title='"><b>', _class="a")
    assert made == ('<p title="&quot;&gt;&lt;b&gt;" class="a">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>')


def test_what_is_html_already_is_not_escaped_again() -> None:
    assert join([element("b", "een"), " & ", Html("<i>twee</i>")]) == "<b>een</b> &amp; <i>twee</i>"


def test_an_absent_attribute_is_left_out() -> None:
    assert element("td", "x", _class=None) == "<td>x</td>"


def test_a_link_stays_in_the_window() -> None:
    assert link("naar", "regio?regio=ZK04&x=1") == '<a href="regio?regio=ZK04&amp;x=1" target="_self">naar</a>'


def test_a_table_has_caption_scopes_and_a_box_that_keyboards_reach() -> None:
    made = table_html(Table("Titel", ("Rij", "Melding"), [("1", EVIL)], numeric=frozenset({1})))
    assert "<caption>Titel</caption>" in made
    assert made.count('scope="col"') == 2
    assert '<th scope="row" data-label="Rij">1</th>' in made
    assert 'role="region" aria-label="Titel" tabindex="0"' in made
    assert "<script>" not in made


def test_trend_table_is_newest_first_and_shows_reasons() -> None:
    table = trend_table([figure(period_code="2026Q2"), absent("not_delivered")], indicator())
    assert [row[0] for row in table.rows] == ["3e kwartaal 2026", "2e kwartaal 2026"]
    assert "niet aangeleverd" in table.rows[0][1]


def test_matrix_starts_with_the_country_and_speaks_the_comparison() -> None:
    made = matrix_html(
        [figure(), country()], [indicator()], address=lambda page, code: f"{page}?{page}={code}", caption="Alles"
    )
    assert made.index("Nederland</th>") < made.index("Arnhem")
    assert 'href="regio?regio=ZK04"' in made
    assert 'href="indicator?indicator=PRE02"' in made
    assert "▲ gunstiger" in made
    assert "hoger dan Nederland, dus gunstiger" in made
    assert 'class="jzojp-better"' in made


def test_matrix_shows_an_absent_figure_as_words() -> None:
    made = matrix_html([absent("suppressed")], [indicator(), indicator("DIG01")], address=lambda *_: "", caption="x")
    assert '<td class="jzojp-absent">afgeschermd</td>' in made
    assert '<td class="jzojp-absent">geen cijfer</td>' in made
