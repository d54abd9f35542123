"""The nasty files of ../shared/badfiles: each gets the outcome that its entry in index.json asks."""

import json
import runpy
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge, Judgement
from expectations.reading import read_deliveries
from expectations.reading.kinds import MAXIMUM_BYTES
from expectations.reading.sandbox import Sandbox
from expectations.reading.sandbox_limits import Limits
from indicators.periods import Period
from tests.conftest import SHARED
from tests.support_processes import peak_memory

ACCEPTED: Final = {Outcome.ACCEPTED}
OUTCOMES: Final[Mapping[str, set[Outcome]]] = {
    "accept": ACCEPTED,
    "accept_normalised": ACCEPTED,
    "accept_with_warning": {Outcome.ACCEPTED_WITH_WARNINGS},
    "reject_rows": {Outcome.REJECTED},
    "reject_file": {Outcome.REJECTED},
}
COLUMNS: Final = {
    "indicator_code": Column.INDICATOR,
    "periode": Column.PERIOD,
    "gebied_code": Column.AREA_CODE,
    "gebied_naam": Column.AREA_NAME,
    "teller": Column.NUMERATOR,
    "noemer": Column.DENOMINATOR,
    "waarde": Column.VALUE,
    "status": Column.STATUS,
    "toelichting": Column.NOTE,
}


def _cases() -> list[Any]:
    index = SHARED / "badfiles" / "index.json"
    cases = json.loads(index.read_text("utf-8"))["cases"] if index.is_file() else []
    here = [case for case in cases if (SHARED / "badfiles" / case["file"]).is_file()]
    return [pytest.param(case, id=case["file"]) for case in here]


@pytest.fixture(scope="module")
def judgements(shared: Path) -> Mapping[str, Judgement]:
    """All files judged together."""
    cases = [parameter.values[0] for parameter in _cases()]
    files = [
        FileToJudge(
            (shared / "badfiles" / case["file"]).read_bytes(),
            case["submitter_region"],
            Period.parse(case["submission_period"]),
        )
        for case in cases
    ]
    return {case["file"]: judgement for case, judgement in zip(cases, judge(files), strict=True)}


@pytest.mark.parametrize("case", _cases())
def test_a_bad_file_gets_its_outcome(case: dict[str, Any], judgements: Mapping[str, Judgement]) -> None:
    judgement = judgements[case["file"]]
    asked = {case["expected"], *case.get("also_acceptable", ())}
    assert judgement.outcome in {outcome for name in asked for outcome in OUTCOMES[name]}
    assert judgement.rows_read or "reject_file" in asked
    if case["data_rows"] and judgement.rows_read:
        assert judgement.rows_read == case["data_rows"]
    if judgement.rows_read or case["expected"] == "reject_file":
        for finding in case["findings"]:
            assert any(_tells(told, finding) for told in judgement.findings), finding
    if case["expected"] == "reject_rows":
        named = {finding.row for finding in judgement.findings if finding.severity is Severity.ERROR}
        assert None not in named
        assert named >= {finding["rij"] for finding in case["findings"] if finding["ernst"] == "fout"}


def test_a_bomb_is_refused_within_seconds_and_without_its_memory(shared: Path, tmp_path: Path) -> None:
    makers = runpy.run_path(str(shared / "badfiles" / "generate.py"))
    makers["zipbom_10gb"](tmp_path / "z01.xlsx", gigabytes=1)
    sandbox = Sandbox()
    reader = sandbox.fork()
    began = time.monotonic()
    answer = reader.ask((tmp_path / "z01.xlsx").read_bytes(), 30, Limits().memory_bytes)
    elapsed = time.monotonic() - began
    peak = peak_memory(reader.process_id)
    reader.end()
    sandbox.stop()
    assert answer is not None
    (finding,) = answer.findings
    assert "te groot" in finding.message
    assert elapsed < 10
    assert peak < 500_000_000


def test_one_endless_line_is_refused_at_once(shared: Path, tmp_path: Path) -> None:
    makers = runpy.run_path(str(shared / "badfiles" / "generate.py"))
    makers["one_line_500mb"](tmp_path / "z04.csv")
    content = (tmp_path / "z04.csv").read_bytes()
    began = time.monotonic()
    (file,) = read_deliveries([content])
    assert time.monotonic() - began < 1
    assert "te groot" in file.findings[0].message
    (file,) = read_deliveries([content[:MAXIMUM_BYTES]])
    assert "veel te lange cel" in file.findings[0].message


def _tells(told: Any, wanted: dict[str, Any]) -> bool:
    """Whether a finding has the row and names everything that it must name."""
    place = f"{told.row} {told.column} {COLUMNS.get(wanted['veld'] or '', '')}"
    words = f"{place} {told.message} {told.remedy}".lower()
    names = [str(COLUMNS.get(name, name)).lower() for name in wanted["moet_noemen"]]
    is_there = told.row == wanted["rij"] or told.row is None
    return is_there and all(name in words for name in names)
