"""A template filled in and sent back is accepted, for every region and at both ends of every uitvraag."""

import csv
import io
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.canonical import canonical_frame
from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge
from expectations.rules import Rule
from expectations.template import Template, TemplateRow, make_template
from expectations.template_csv import csv_template
from expectations.template_workbook import xlsx_template
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period
from indicators.uitvraag import uitvragen
from tests.support_landing import canonical
from tests.support_workbooks import with_numbers

OPEN_END = Period.parse("2026Q4")
"""A last period of the uitvraag that has none yet."""
ENDS = [
    period
    for uitvraag, later in zip(uitvragen(), [*uitvragen()[1:], None], strict=True)
    for period in (uitvraag.valid_from, later.valid_from.shifted(-1) if later else OPEN_END)
]
PLACES = [
    (region.code, period) for period in ENDS for region in area_register().existing(AreaLevel.REGION, period.start)
]

Fill = Callable[[TemplateRow], dict[str, str]]


def filled(template: Template, fill: Fill) -> bytes:
    """The CSV with cells filled in, as a spreadsheet saves it; everything else as it was."""
    lines = list(csv.DictReader(csv_template(template).decode("utf-8-sig").splitlines(), delimiter=";"))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*lines[0]], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**line, **fill(row)} for line, row in zip(lines, template.rows, strict=True))
    return text.getvalue().encode("utf-8-sig")


def counts(chance: random.Random) -> Fill:
    """A possible pair of counts in every row."""

    def fill(row: TemplateRow) -> dict[str, str]:
        denominator = chance.randint(1, 10_000)
        numerator = chance.randint(0, denominator)
        filled_in: dict[str, str] = {Column.NUMERATOR: str(numerator)}
        return filled_in | ({Column.DENOMINATOR: str(denominator)} if row.asks_denominator else {})

    return fill


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_template_with_counts_in_every_row_is_accepted_everywhere(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    files = [FileToJudge(filled(make_template(*place), counts(chance)), *place) for place in PLACES]
    for place, file, verdict in zip(PLACES, files, judge(files), strict=True):
        told = [finding for finding in verdict.findings if finding.severity is not Severity.INFO]
        assert (verdict.outcome, told) == (Outcome.ACCEPTED, []), place
        assert verdict.normalisations == (), place
        assert verdict.rows_read == len(file.content.splitlines()) - 1
        expected = sum(2 if row.asks_denominator else 1 for row in make_template(*place).rows)
        assert len(verdict.canonical) == expected, place


@pytest.mark.parametrize("period", ENDS, ids=str)
def test_an_untouched_template_is_answered_with_one_error_and_not_with_one_a_row(period: Period) -> None:
    (verdict,) = judge([FileToJudge(csv_template(make_template("ZK08", period)), "ZK08", period)])
    errors = [finding.rule for finding in verdict.findings if finding.severity is Severity.ERROR]
    assert (verdict.outcome, errors) == (Outcome.REJECTED, [Rule.FILE_NOT_FILLED])
    assert len(verdict.findings) == 1


@pytest.mark.parametrize("period", ENDS, ids=str)
def test_one_indicator_filled_in_counts_and_the_rest_is_said_not_to_be_delivered(period: Period) -> None:
    template = make_template("ZK08", period)
    of_one = counts(random.Random(1))  # noqa: S311 - no secret
    content = filled(template, lambda row: of_one(row) if row.asked.code == "PRE02" else {})
    (verdict,) = judge([FileToJudge(content, "ZK08", period)])
    assert verdict.outcome is Outcome.ACCEPTED
    assert {finding.severity for finding in verdict.findings} <= {Severity.INFO}
    assert len(verdict.dataset_keys) == 1
    assert verdict.dataset_rows["PRE02"].delivered == verdict.dataset_rows["PRE02"].asked


def filled_sheet(template: Template, fill: Fill) -> bytes:
    """The spreadsheet with its blank cells filled in, everything else as it was made."""
    columns = {Column.NUMERATOR: "G", Column.DENOMINATOR: "H"}
    numbers = {
        f"{columns[Column(header)]}{place}": int(text)
        for place, row in enumerate(template.rows, start=2)
        for header, text in fill(row).items()
    }
    return with_numbers(xlsx_template(template), numbers)


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32), place=st.sampled_from(PLACES))
def test_the_spreadsheet_says_what_the_csv_says(seed: int, place: tuple[str, Period]) -> None:
    template = make_template(*place)
    contents = [write(template, counts(random.Random(seed))) for write in (filled, filled_sheet)]  # noqa: S311
    as_csv, as_sheet = judge([FileToJudge(content, *place) for content in contents])
    assert as_sheet.outcome is Outcome.ACCEPTED, [finding.message for finding in as_sheet.findings]
    assert as_sheet.canonical.equals(as_csv.canonical)
    assert as_sheet.findings == as_csv.findings
    assert as_sheet.rows_read == as_csv.rows_read == len(template.rows)


def test_an_untouched_spreadsheet_is_answered_like_an_untouched_csv() -> None:
    template = make_template("ZK08", OPEN_END)
    contents = [csv_template(template), xlsx_template(template)]
    as_csv, as_sheet = judge([FileToJudge(content, "ZK08", OPEN_END) for content in contents])
    assert [finding.rule for finding in as_sheet.findings] == [Rule.FILE_NOT_FILLED]
    assert as_sheet.findings == as_csv.findings


def test_last_quarters_figures_beside_it_are_not_read() -> None:
    before = OPEN_END.shifted(-1)
    previous = canonical(
        [(before.key, "ZK08", "OUD08.teller", 0, 120.0, 0), (before.key, "ZK08", "DIG01.teller", 0, None, 1)]
    )
    template = make_template("ZK08", OPEN_END, canonical_frame(previous))
    assert sum(row.previous_numerator is not None for row in template.rows) == 2
    for content in (csv_template(template), xlsx_template(template)):
        (verdict,) = judge([FileToJudge(content, "ZK08", OPEN_END)])
        assert [finding.rule for finding in verdict.findings] == [Rule.FILE_NOT_FILLED]
