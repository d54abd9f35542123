"""The demo goes through the real intake: what should be accepted is, and the rejected file is for its own faults."""

from pathlib import Path

import pytest

from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge, Judgement
from indicators.periods import Period
from orchestration.demo.files import DemoFile, Phase, Version, generate
from orchestration.demo.stories import RejectedFile

LAST = Period.quarter(2026, 3)


@pytest.fixture(scope="module")
def judged() -> list[tuple[DemoFile, Judgement]]:
    """The last quarter, the first one (with gemeenten that ended since) and the correction."""
    demo = generate(Path("unused"), seed=1, last=LAST)
    files = [file for file in demo.files if file.region_code and file.period in (LAST, LAST.shifted(-19))]
    files += demo.of(Phase.CORRECTION)
    verdicts = judge([FileToJudge(demo.content(file), file.region_code or "", file.period) for file in files])
    return list(zip(files, verdicts, strict=True))


def test_every_file_is_accepted_without_warning_but_the_faulty_one(judged: list[tuple[DemoFile, Judgement]]) -> None:
    refused = [file.version for file, verdict in judged if verdict.outcome is not Outcome.ACCEPTED]
    assert refused == [Version.REJECTED]
    assert len(judged) == 31 + 32 + 1


def test_the_faulty_file_has_one_error_per_fault(judged: list[tuple[DemoFile, Judgement]]) -> None:
    (verdict,) = [verdict for file, verdict in judged if file.version is Version.REJECTED]
    found = [(item.row, item.column, item.value) for item in verdict.findings if item.severity is Severity.ERROR]
    numerator, code, last_row = "Teller", "Gebiedscode", verdict.rows_read + 1
    assert [(row, column) for row, column, _ in found] == [(2, numerator), (3, numerator), (4, code), (last_row, code)]
    assert [value for _, column, value in found if column == code] == ["GM0501", "GM0344"]


def test_a_file_judged_alone_gets_the_verdict_that_it_gets_in_a_batch(judged: list[tuple[DemoFile, Judgement]]) -> None:
    demo = generate(Path("unused"), seed=1, last=LAST)
    for file, together in judged:
        if isinstance(file.story, RejectedFile):
            (alone,) = judge([FileToJudge(demo.content(file), file.region_code or "", file.period)])
            assert (alone.outcome, alone.findings) == (together.outcome, together.findings)
            assert alone.canonical.equals(together.canonical)
