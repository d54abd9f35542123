"""A template filled in and sent back is accepted, for every region and at both ends of every uitvraag."""

import csv
import io
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge
from expectations.rules import Rule
from expectations.template import Template, TemplateRow, make_template
from expectations.template_csv import csv_template
from indicators.areas import AreaLevel, area_register
from indicators.periods import Period
from indicators.uitvraag import uitvragen

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
