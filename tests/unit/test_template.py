"""The template: every row that is asked, last quarter beside it, and nothing that a spreadsheet would calculate."""

import csv
from collections import Counter

import pytest

from expectations.canonical import SignCode, canonical_frame
from expectations.columns import REFERENCE_HEADERS, Column, ReferenceColumn, is_reference, recognise, recognised_count
from expectations.csv_cells import safe_cell
from expectations.template import HEADERS, Template, make_template, template_rows
from expectations.template_csv import csv_template
from expectations.template_sheets import SIGN_MEANINGS, code_list, instruction
from expectations.template_workbook import count_formula, xlsx_template
from indicators.areas import AreaLevel, area_key, area_register, level_of
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from tests.support_landing import canonical
from tests.support_workbooks import formula, has_formula, sheets_of, validations

QUARTER = Period.parse("2025Q4")
BEFORE = QUARTER.shifted(-1)
LEEUWARDEN = "GM0080"


@pytest.fixture(scope="module")
def friesland() -> Template:
    rows = [
        (BEFORE.key, LEEUWARDEN, "PRE02.teller", 0, 801.0, 0),
        (BEFORE.key, LEEUWARDEN, "PRE02.noemer", 0, None, int(SignCode.BELOW_TEN)),
        (BEFORE.key, LEEUWARDEN, "OUD01.teller", 114, 12.0, 0),
        (QUARTER.key, "GM0072", "PRE02.teller", 0, 555.0, 0),
    ]
    return make_template("ZK08", QUARTER, canonical_frame(canonical(rows)))


def lines(template: Template) -> list[dict[str, str]]:
    return list(csv.DictReader(csv_template(template).decode("utf-8-sig").splitlines(), delimiter=";"))


def test_every_row_that_is_asked_is_there_once(friesland: Template) -> None:
    gemeenten = len(area_register().gemeenten_of("ZK08", QUARTER.end))
    per_dataset = Counter(row.asked.code for row in friesland.rows)
    assert list(per_dataset) == [asked.code for asked in uitvraag_for(QUARTER).asks]
    for asked in uitvraag_for(QUARTER).asks:
        areas = gemeenten if asked.levels[0] is AreaLevel.GEMEENTE else 1
        assert per_dataset[asked.code] == areas * len(asked.strata), asked.code
    assert len({(row.asked.code, row.area.code, row.stratum) for row in friesland.rows}) == len(friesland.rows)


def test_codes_and_names_are_filled_in_and_counts_are_not(friesland: Template) -> None:
    for line in lines(friesland):
        assert line["Periode"] == "2025Q4"
        assert line["Gebiedsnaam"] == area_register().area(line["Gebiedscode"]).name
        assert line["Status"] == "definitief"
        assert [line[name] for name in ("Teller", "Noemer", "Waarde", "Toelichting")] == [""] * 4


def test_last_quarter_stands_beside_it_and_no_other_quarter(friesland: Template) -> None:
    told = {
        (line["Indicator"], line["Gebiedscode"], line["Leeftijd"], line["Geslacht"]): tuple(
            line[name] for name in ReferenceColumn
        )
        for line in lines(friesland)
        if any(line[name] for name in ReferenceColumn)
    }
    assert told == {
        ("PRE02", LEEUWARDEN, "totaal", "totaal"): ("801", "<10"),
        ("OUD01", LEEUWARDEN, "65-69", "M"): ("12", ""),
    }


def test_without_an_earlier_quarter_the_reference_is_empty() -> None:
    rows = template_rows("ZK08", QUARTER)
    assert {(row.previous_numerator, row.previous_denominator) for row in rows} == {(None, None)}


def test_the_headers_are_those_of_the_format_and_of_the_reference(friesland: Template) -> None:
    assert {header for header in HEADERS if recognise(header)} == set(Column)
    assert [header for header in HEADERS if is_reference(header)] == list(ReferenceColumn)
    assert is_reference(" vorig-kwartaal TELLER")
    assert not is_reference("Vorig kwartaal")
    assert len(REFERENCE_HEADERS) == 2
    assert tuple(lines(friesland)[0]) == HEADERS


@pytest.mark.parametrize("start", ["=1+1", "+31", "-5", "@SOM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(start: str) -> None:
    assert safe_cell(start) == f"'{start}"


@pytest.mark.parametrize("text", ["'s-Gravenhage", "<10", ".", "x", "65-69", "90+", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("code", ["ZK99", "GM0080", "NL", "ZK05"])
def test_only_a_region_of_that_period_has_a_template(code: str) -> None:
    with pytest.raises(UnknownCodeError, match=code):
        make_template(code, QUARTER)


def test_a_period_about_which_nothing_is_asked_has_no_template() -> None:
    with pytest.raises(UnknownCodeError, match="2020Q4"):
        make_template("ZK08", Period.parse("2020Q4"))


def test_equal_templates_give_equal_bytes(friesland: Template) -> None:
    assert xlsx_template(friesland) == xlsx_template(friesland)
    assert csv_template(friesland) == csv_template(friesland)


def test_the_sheet_holds_what_the_csv_holds(friesland: Template) -> None:
    sheet = sheets_of(xlsx_template(friesland))["Levering"]
    assert [[_text(cell) for cell in row] for row in sheet] == [
        list(HEADERS),
        *([*line.values()] for line in lines(friesland)),
    ]
    assert not has_formula(xlsx_template(friesland))


def _text(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def test_only_one_sheet_looks_like_a_delivery(friesland: Template) -> None:
    sheets = sheets_of(xlsx_template(friesland))
    assert list(sheets) == ["Levering", "Instructie", "Codelijst"]
    for name in ("Instructie", "Codelijst"):
        assert max(recognised_count([str(cell) for cell in row]) for row in sheets[name]) <= 1, name


def test_counts_are_checked_while_typing_in_every_row_and_below(friesland: Template) -> None:
    found = validations(xlsx_template(friesland))
    numerators = sorted(_span(place) for place in found if place.startswith("G"))
    assert [first for first, _ in numerators] == [2, *(last + 1 for _, last in numerators[:-1])]
    assert numerators[-1][1] == len(friesland.rows) + 1 + 200
    assert formula(found["G2:G19"]) == 'IF(ISNUMBER(G2),AND(G2>=0,INT(G2)=G2),OR(G2="<10",G2=".",G2="x"))'
    assert found["G2:G19"].attrib["errorTitle"] == "Geen aantal"
    assert formula(found["H38:H253"]) == "FALSE", "OUD01 has no denominator of its own"


def _span(place: str) -> tuple[int, int]:
    first, _, last = place.replace("G", "").partition(":")
    return int(first), int(last or first)


def test_the_formula_names_its_own_cell() -> None:
    assert count_formula(41, 7).startswith("=IF(ISNUMBER(H42),")


def test_choices_are_lists(friesland: Template) -> None:
    lists = [formula(item) for item in validations(xlsx_template(friesland)).values() if item.attrib["type"] == "list"]
    assert lists == [
        '"65-69,70-74,75-79,80-84,85-89,90+,totaal"',
        '"totaal,M,V"',
        '"definitief,voorlopig"',
    ]


def test_the_instruction_names_region_quarter_due_date_and_every_sign(friesland: Template) -> None:
    text = "\n".join(" | ".join(line.cells) for line in instruction(friesland))
    assert "Friesland (ZK08), 4e kwartaal 2025 (2025Q4)" in text
    assert "14-02-2026" in text
    assert "Vrijwillig | OUD10." in text
    assert set(SIGN_MEANINGS) == set(SignCode) - {SignCode.NUMBER}


def test_the_code_list_has_every_indicator_and_every_area(friesland: Template) -> None:
    codes = [line.cells[0] for line in code_list(friesland) if line.cells]
    assert set(codes) >= {asked.code for asked in uitvraag_for(QUARTER).asks}
    areas = [code for code in codes if code.startswith(("GM", "ZK"))]
    assert {level_of(code) for code in areas} == {AreaLevel.REGION, AreaLevel.GEMEENTE}
    assert len(areas) == 1 + len(area_register().gemeenten_of("ZK08", QUARTER.end))
    assert {area_key(code) for code in areas} == {area_key(row.area.code) for row in friesland.rows}


@pytest.mark.parametrize("dataset", catalogue().delivered(), ids=lambda dataset: dataset.code)
def test_the_meaning_of_every_measure_fits_in_the_hint_of_a_cell(dataset) -> None:  # type: ignore[no-untyped-def]
    assert all(len(measure.name) < 255 for measure in dataset.measures)
