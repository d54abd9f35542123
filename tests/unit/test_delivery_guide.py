"""docs/aanleveren.md says what the format, the uitvraag and the register say."""

import re
from pathlib import Path

from expectations.canonical import SIGN_SPELLINGS
from expectations.columns import Column, ReferenceColumn
from indicators.areas import AreaLevel
from indicators.uitvraag import uitvragen
from register.submissions import SubmissionState

TEXT = (Path(__file__).parents[2] / "docs" / "aanleveren.md").read_text("utf-8")


def rows_of(header: str) -> list[list[str]]:
    """The rows of the table with this first header."""
    table = TEXT.split(f"| {header} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_column_is_explained_in_order() -> None:
    assert [row[0] for row in rows_of("kolom")] == list(Column)
    assert all(header in TEXT for header in ReferenceColumn)


def test_every_sign_is_explained() -> None:
    assert {row[0].strip("`") for row in rows_of("teken")} == set(SIGN_SPELLINGS.values())


def test_every_state_is_explained() -> None:
    assert len(rows_of("stand")) == len(SubmissionState)


def test_every_indicator_is_named_with_its_beginning_its_levels_and_whether_it_is_optional() -> None:
    last = uitvragen()[-1]
    told = {row[0].split(",")[0]: row for row in rows_of("indicator")}
    assert list(told) == [asked.code for asked in last.asks]
    for asked in last.asks:
        name, _, where = told[asked.code]
        begins = next(uitvraag for uitvraag in uitvragen() if uitvraag.asked(asked.code))
        assert (f"vanaf {begins.valid_from}" in name) is (begins is not uitvragen()[0]), asked.code
        assert ("vrijwillig" in name) is asked.is_optional, asked.code
        words = {AreaLevel.REGION: "regio", AreaLevel.GEMEENTE: "gemeente"}
        assert where.startswith(words[asked.levels[0]]), asked.code
        assert ("wijk" in where) is (AreaLevel.WIJK in asked.levels), asked.code
        assert ("ook per gemeente" in where) is (asked.levels == (AreaLevel.REGION, AreaLevel.GEMEENTE)), asked.code


def test_the_days_are_those_of_every_uitvraag() -> None:
    days = [int(number) for number in re.findall(r"(\d+) dagen", TEXT)]
    for uitvraag in uitvragen():
        assert days == [uitvraag.due_days, *uitvraag.reminder_days]
