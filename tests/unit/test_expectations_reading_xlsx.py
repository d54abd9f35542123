"""XLSX to text cells: every kind of cell, every way in which a sheet can mislead, and what is refused."""

from typing import Any

import pytest

from expectations.columns import Column
from expectations.findings import Severity
from expectations.numbers import read_count, read_value
from expectations.reading import ReadFile, read_delivery
from tests.support_spreadsheets import HEADER, MAIN, ROW, row, sheet, sheet_of, workbook, zipped

SUPERSCRIPT = '<r><t>198</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def rules(file: ReadFile) -> list[str]:
    return [finding.rule for finding in file.findings]


def texts(file: ReadFile, column: str) -> list[Any]:
    cells: list[Any] = file.cells.column(column).to_pylist()
    return cells


def said(file: ReadFile, words: str) -> bool:
    return any(words in sentence for sentence in file.normalisations)


def cell(xml: str) -> str:
    """The text of one cell of a data row, in the column of the names."""
    file = read_delivery(workbook(sheet(row(1, *HEADER), row(2, *ROW[:3], xml, *ROW[4:])), **EXTRA))
    assert not file.findings
    text: str = texts(file, Column.AREA_NAME)[0]
    return text


EXTRA: dict[str, Any] = {
    "shared": "<si><t>gedeeld</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t>delen</t></r></si>"
    "<si><t>漢字</t><rPh sb='0' eb='2'><t>kanji</t></rPh></si><si><t>a_x000D_b_xD800_</t></si>",
    "styles": '<numFmts count="2"><numFmt numFmtId="164" formatCode="mmm\\-yy"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.0&quot;dag&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/>'
    '<xf numFmtId="20"/></cellXfs><dxfs><dxf><numFmt numFmtId="165" formatCode="d-m-yyyy"/></dxf></dxfs>',
}


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="D2"><v>312</v></c>', "312"),
        ('<c r="D2"><v>0</v></c>', "0"),
        ('<c r="D2"><v>-7</v></c>', "-7"),
        ('<c r="D2"><v>13.0</v></c>', "13"),
        ('<c r="D2"><v>13.5</v></c>', "13,5"),
        ('<c r="D2"><v>1.5E-3</v></c>', "0,0015"),
        ('<c r="D2"><v>13.200000000000001</v></c>', "13,2"),
        ('<c r="D2" t="n"><v>12.987012987012987</v></c>', "12,987012987013"),
        ('<c r="D2"><v>1E+16</v></c>', "10000000000000000"),
        ('<c r="D2"><v>1E999</v></c>', "1E999"),
        ('<c r="D2" s="1"><v>45931</v></c>', "2025-10-01"),
        ('<c r="D2" s="2"><v>45931.5</v></c>', "2025-10-01 12:00:00"),
        ('<c r="D2" s="3"><v>45931</v></c>', "45931"),
        ('<c r="D2" s="4"><v>0.131</v></c>', "13,1%"),
        ('<c r="D2" s="5"><v>0.25</v></c>', "06:00:00"),
        ('<c r="D2" s="1"><v>60</v></c>', "1900-02-29"),
        ('<c r="D2" s="1"><v>59</v></c>', "1900-02-28"),
        ('<c r="D2" s="1"><v>1</v></c>', "1900-01-01"),
        ('<c r="D2" s="1"><v>-1</v></c>', "-1"),
        ('<c r="D2" s="1"><v>99999999</v></c>', "99999999"),
        ('<c r="D2" s="99"><v>1</v></c>', "1"),
        ('<c r="D2" t="b"><v>1</v></c>', "WAAR"),
        ('<c r="D2" t="b"><v>0</v></c>', "ONWAAR"),
        ('<c r="D2" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="D2" t="d"><v>2025-10-01</v></c>', "2025-10-01"),
        ('<c r="D2" t="str"><f>A1</f><v>uitkomst</v></c>', "uitkomst"),
        ('<c r="D2" t="str"><f>A1</f><v></v></c>', ""),
        ('<c r="D2" t="s"><v>0</v></c>', "gedeeld"),
        ('<c r="D2" t="s"><v>1</v></c>', "in delen"),
        ('<c r="D2" t="s"><v>2</v></c>', "漢字"),
        ('<c r="D2" t="s"><v>3</v></c>', "a\rb_xD800_"),
        ('<c r="D2" t="inlineStr"><is><r><t>los</t></r><r><t>se</t></r></is></c>', "losse"),
        ('<c r="D2" s="1"/>', ""),
        ('<c r="D2"><v></v></c>', ""),
    ],
)
def test_a_cell_reads_as_the_user_sees_it(xml: str, text: str) -> None:
    assert cell(xml) == text


@pytest.mark.parametrize("stored", ["0.5", "1.234", "12.5", "1234.5", "0.001", "1e-7", "99.95", "1234567"])
def test_the_text_of_a_number_has_one_reading(stored: str) -> None:
    assert read_value(cell(f'<c r="D2"><v>{stored}</v></c>')).amount == float(stored)


@pytest.mark.parametrize("stored", ["0", "7", "312", "1234", "1234567", "1E6"])
def test_the_text_of_a_count_has_one_reading(stored: str) -> None:
    assert read_count(cell(f'<c r="D2"><v>{stored}</v></c>')).amount == float(stored)


def test_the_other_date_system_does_not_shift_a_date() -> None:
    content = workbook(
        sheet(row(1, *HEADER), row(2, "PRE02", '<c r="B2" s="1"><v>44469</v></c>', *ROW[2:])),
        properties='date1904="1"',
        **EXTRA,
    )
    assert texts(read_delivery(content), Column.PERIOD) == ["2025-10-01"]


def test_a_plain_workbook_is_read_without_a_word() -> None:
    file = read_delivery(workbook(sheet_of(HEADER, ROW, [*ROW[:8], "geen"])))
    assert not file.findings
    assert not file.normalisations
    assert texts(file, Column.AREA_NAME) == ["Súdwest-Fryslân"] * 2
    assert texts(file, Column.NOTE) == ["", "geen"]
    assert texts(file, Column.AGE_BAND) == ["", ""]
    assert texts(file, "source_row") == [2, 3]


def test_cells_and_rows_without_their_place_follow_one_another() -> None:
    cells = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in HEADER)
    other = "".join(f"<c t='str'><v>{text}</v></c>" for text in ROW)
    file = read_delivery(workbook(sheet(f"<row>{cells}</row><row>{other}</row>")))
    assert texts(file, Column.NUMERATOR) == ["312"]
    assert texts(file, "source_row") == [2]


def test_a_namespace_with_a_prefix_makes_no_difference() -> None:
    part = sheet_of(HEADER, ROW).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert texts(read_delivery(workbook(part)), Column.NUMERATOR) == ["312"]


def test_blank_rows_keep_the_numbers_and_are_told() -> None:
    file = read_delivery(workbook(sheet(row(3, *HEADER), row(4, *ROW), row(6, "", " "), row(9, *ROW))))
    assert texts(file, "source_row") == [4, 9]
    assert said(file, "4 lege regels")


def test_a_title_above_the_header_is_told() -> None:
    file = read_delivery(workbook(sheet_of(["Levering Friesland"], HEADER, ROW)))
    assert said(file, "Rij 1 boven de kopregel is overgeslagen: 'Levering Friesland'")


def test_formulas_are_not_calculated() -> None:
    kept = '<c r="E2"><f>1+311</f><v>312</v></c>'
    lost = '<c r="E3"><f>1+1</f></c>'
    rows = row(2, *ROW[:4], kept, *ROW[5:]), row(3, *ROW[:4], lost, *ROW[5:])
    file = read_delivery(workbook(sheet(row(1, *HEADER), *rows)))
    assert texts(file, Column.NUMERATOR) == ["312", ""]
    assert said(file, "uitkomst die in het bestand staat: 1.")
    assert [(found.rule, found.row, found.column) for found in file.findings] == [
        ("cel.formule_zonder_uitkomst", 3, "Teller")
    ]


@pytest.mark.parametrize("mark", ['<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"])
def test_a_footnote_in_a_count_is_refused_and_in_a_name_is_not(mark: str) -> None:
    rich = SUPERSCRIPT.replace('<vertAlign val="superscript"/>', mark)
    inline = [f'<c r="{place}2" t="inlineStr"><is>{rich}</is></c>' for place in "DE"]
    file = read_delivery(workbook(sheet(row(1, *HEADER), row(2, *ROW[:3], *inline, *ROW[5:]))))
    assert [(found.rule, found.row, found.column, found.value) for found in file.findings] == [
        ("cel.opgemaakte_tekst", 2, "Teller", "1981")
    ]
    shared = [f'<c r="{place}2" t="s"><v>0</v></c>' for place in "DE"]
    content = workbook(sheet(row(1, *HEADER), row(2, *ROW[:3], *shared, *ROW[5:])), shared=f"<si>{rich}</si>")
    assert read_delivery(content).findings == file.findings


def test_merged_cells_in_the_data_are_a_warning() -> None:
    after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="I2:K2"/><mergeCell ref="A1:C1"/></mergeCells>'
    file = read_delivery(workbook(sheet(row(1, *HEADER), row(2, *ROW), row(3, "", *ROW[1:]), after=after)))
    assert [(found.rule, found.row, found.column, found.severity) for found in file.findings] == [
        ("cel.samengevoegd", 2, "Indicator", Severity.WARNING)
    ]
    assert "A2:A3" in file.findings[0].message


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    content = workbook(
        sheet(
            row(1, *HEADER),
            row(2, *ROW),
            row(3, *ROW, attributes='hidden="1"'),
            before='<cols><col min="6" max="7" hidden="1"/></cols>',
        ),
        sheet_of(HEADER, ROW),
        names=["Levering", "Oud"],
        states=["visible", "veryHidden"],
    )
    file = read_delivery(content)
    assert texts(file, "source_row") == [2, 3]
    assert said(file, "Aantal verborgen rijen, die gewoon gelezen zijn: 1 (rij 3)")
    assert said(file, "Noemer, Waarde")
    assert said(file, "'Oud' (verborgen)")


def test_a_lone_cell_far_away_is_a_warning_and_costs_nothing() -> None:
    lone = '<c r="XFD1048576" t="str"><v>x</v></c>'
    file = read_delivery(workbook(sheet(row(1, *HEADER), row(2, *ROW), row(1048576, lone))))
    assert [(found.rule, found.row, found.column) for found in file.findings] == [("cel.buiten_tabel", 1048576, "XFD")]
    assert "XFD1048576" in file.findings[0].message
    assert texts(file, "source_row") == [2]
    assert not file.normalisations


def test_a_column_without_a_header_is_a_warning_with_its_number_of_cells() -> None:
    header = [*HEADER[:8], "", HEADER[8]]
    rows = [[*ROW[:8], "los", "geen"]] * 3
    file = read_delivery(workbook(sheet_of(header, *rows)))
    assert rules(file) == ["cel.buiten_tabel"]
    assert "I2" in file.findings[0].message
    assert "3" in file.findings[0].message
    assert texts(file, Column.NOTE) == ["geen"] * 3


def test_the_sheet_with_the_data_is_found_wherever_it_is() -> None:
    codes = sheet_of(["Gebiedscode", "Gebiedsnaam", "Indicator"], ["GM0080", "Leeuwarden", "PRE02"])
    content = workbook(
        sheet_of(["Lees dit eerst"]), codes, sheet_of(HEADER, ROW), names=["Uitleg", "Codes", "Levering"]
    )
    file = read_delivery(content)
    assert texts(file, Column.NUMERATOR) == ["312"]
    assert said(file, "Gelezen is het blad 'Levering'; niet gelezen: 'Uitleg', 'Codes'.")


def test_two_sheets_that_could_be_the_delivery_are_not_guessed_between() -> None:
    file = read_delivery(workbook(sheet_of(HEADER, ROW), sheet_of(HEADER[:5], ROW[:5]), names=["A", "B"]))
    assert rules(file) == ["bestand.meerdere_bladen"]
    assert "'A', 'B'" in file.findings[0].message
    assert not file.cells.num_rows


def test_an_empty_second_form_does_not_count() -> None:
    file = read_delivery(workbook(sheet_of(HEADER), sheet_of(HEADER, ROW)))
    assert texts(file, Column.NUMERATOR) == ["312"]


def test_a_hidden_sheet_is_read_when_there_is_no_other_and_that_is_told() -> None:
    file = read_delivery(workbook(sheet_of(["Uitleg"]), sheet_of(HEADER, ROW), states=["visible", "hidden"]))
    assert texts(file, Column.NUMERATOR) == ["312"]
    assert said(file, "verborgen blad 'Blad2'")


@pytest.mark.parametrize(
    ("sheets", "rule", "words"),
    [
        ([sheet_of(["Uitleg", "en zo"])], "kop.ontbreekt", "Uitleg;en zo"),
        ([sheet_of(HEADER)], "bestand.geen_rijen", "geen gegevens"),
        ([sheet()], "bestand.leeg", "leeg"),
        ([sheet_of([*HEADER[:4], *HEADER[5:]], ROW)], "kop.kolom_ontbreekt", "'Teller'"),
        ([sheet_of([*HEADER, "aantal"], ROW)], "kop.dubbel", "'Teller'"),
        ([sheet(row(21, *HEADER))], "bestand.leeg", "leeg"),
        (
            [sheet(row(1, *HEADER, '<c r="XFD1"><v>1</v></c>'))],
            "kop.te_veel_kolommen",
            "16384",
        ),
    ],
)
def test_a_sheet_that_is_no_delivery_says_why(sheets: list[str], rule: str, words: str) -> None:
    file = read_delivery(workbook(*sheets))
    assert rules(file) == [rule]
    assert words in file.findings[0].message
    assert not file.cells.num_rows


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_a_document_type_is_refused_in_every_part(part: str) -> None:
    file = read_delivery(workbook(sheet_of(HEADER, ROW), parts={part: f"{DOCTYPE}<x>&e;</x>"}))
    assert rules(file) == ["bestand.onveilig"]
    assert "opnieuw" in file.findings[0].remedy


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": "<workbook><sheets>"},
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/workbook.xml": ""},
        {"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData><row r='x'/></sheetData></worksheet>"},
        {"xl/worksheets/sheet1.xml": sheet(row(2, *HEADER), row(1, *ROW))},
        {"xl/worksheets/sheet1.xml": sheet(row(1, *HEADER), row(2, '<c r="A3"><v>1</v></c>'))},
        {"xl/worksheets/sheet1.xml": sheet(row(1, *HEADER), row(2, '<c r="ZZZZ2"><v>1</v></c>'))},
        {"xl/worksheets/sheet1.xml": sheet(row(1, *HEADER), row(2, '<c r="A2" t="s"><v>7</v></c>'))},
        {"xl/worksheets/sheet1.xml": sheet_of(HEADER, ROW)[:-30]},
        {"xl/worksheets/sheet1.xml": sheet(after='<mergeCells><mergeCell ref="nergens"/></mergeCells>')},
        {"xl/worksheets/sheet1.xml": "geen xml"},
        {"xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="veel"/></cellXfs></styleSheet>'},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
    ],
)
def test_a_damaged_workbook_is_refused(parts: dict[str, str]) -> None:
    assert rules(read_delivery(workbook(sheet_of(HEADER, ROW), parts=parts))) == ["bestand.beschadigd"]


def test_what_is_no_part_of_a_workbook_is_left_alone_and_told() -> None:
    external = '<Relationship Id="rId1" Type="x/hyperlink" Target="http://evil.example" TargetMode="External"/>'
    parts = {
        "../../../tmp/evil.txt": "x",
        "xl/vbaProject.bin": "x",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{external}</Relationships>",
    }
    file = read_delivery(workbook(sheet_of(HEADER, ROW), parts=parts))
    assert not file.findings
    for words in ("niet gelezen zijn: 1", "macro's", "andere bestanden zijn niet geopend", "op het blad"):
        assert said(file, words)
    assert "evil" not in " ".join(file.normalisations)


def test_an_absent_part_of_the_package_is_looked_for_where_it_usually_is() -> None:
    file = read_delivery(workbook(sheet_of(HEADER, ROW), parts={"_rels/.rels": ""}))
    assert texts(file, Column.NUMERATOR) == ["312"]
    assert rules(read_delivery(zipped({"xl/anders.xml": "x"}))) == ["bestand.beschadigd"]


def test_personal_data_is_found_beside_the_table_too() -> None:
    file = read_delivery(workbook(sheet(row(1, *HEADER), row(2, *ROW, '<c r="K2"><v>111222333</v></c>'))))
    assert rules(file) == ["cel.buiten_tabel", "privacy.bsn"]
    assert file.has_personal_data
    assert "111222333" not in repr(file)
