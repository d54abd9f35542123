"""ODS and XLS: the same table as from any other file, and what calamine does not tell is said."""

from collections.abc import Callable

import pytest

from expectations.columns import Column
from expectations.reading import ReadFile, read_delivery
from tests.support_spreadsheets import HEADER, ods, xls, zipped

Cells = list[str | float]
ROW: Cells = ["PRE02", "2025Q4", "GM1900", "Súdwest-Fryslân", 312.0, 2400.0, 13.5, "definitief", ""]


def _table(file: ReadFile) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = file.cells.to_pylist()
    return rows


@pytest.mark.parametrize(("content", "said"), [(ods([HEADER, ROW]), ".ods"), (xls([HEADER, ROW]), ".xls")])
def test_the_cells_are_text_and_the_kind_is_told(content: bytes, said: str) -> None:
    file = read_delivery(content)
    assert not file.findings
    assert said in file.normalisations[0]
    assert "fout" in file.normalisations[0]
    (row,) = _table(file)
    assert row[Column.AREA_NAME] == "Súdwest-Fryslân"
    assert (row[Column.NUMERATOR], row[Column.DENOMINATOR], row[Column.VALUE]) == ("312", "2400", "13,5")
    assert row["source_row"] == 2


@pytest.mark.parametrize("make", [ods, xls])
def test_rows_keep_their_numbers_below_empty_ones(make: Callable[..., bytes]) -> None:
    rows: list[Cells] = [[""], ["", "Levering"], [*HEADER], ROW, [""], ROW]
    file = read_delivery(make(rows))
    assert file.cells.column("source_row").to_pylist() == [4, 6]
    assert any("Rij 2 boven de kopregel" in sentence for sentence in file.normalisations)
    assert any("1 lege regel " in sentence for sentence in file.normalisations)


@pytest.mark.parametrize("make", [ods, xls])
def test_a_column_keeps_its_letter_beside_empty_ones(make: Callable[..., bytes]) -> None:
    rows: list[Cells] = [["", *HEADER], ["", *ROW, "los"]]
    file = read_delivery(make(rows))
    assert [(found.rule, found.column) for found in file.findings] == [("cel.buiten_tabel", "K")]
    assert file.cells.num_rows == 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (ods([HEADER, ROW], doctype='<!DOCTYPE x [<!ENTITY e "e">]>'), "bestand.onveilig"),
        (ods([HEADER]), "bestand.geen_rijen"),
        (zipped({"content.xml": "geen xml"}), "bestand.beschadigd"),
        (xls([HEADER, ROW])[:1600], "bestand.beschadigd"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, rule: str) -> None:
    file = read_delivery(content)
    assert [finding.rule for finding in file.findings] == [rule]
    assert not file.cells.num_rows
