"""The nasty files of ../shared/badfiles: each gets the outcome that its entry in index.json asks.

What the reader does not handle yet is named in `LATER`; those tests must fail until it does.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import Outcome, Severity
from expectations.judgement import FileToJudge, Judgement
from indicators.periods import Period
from tests.conftest import SHARED

LATER: Final = {
    "f05_bsn_en_persoonsgegevens.csv": "personal data in the explanation",
    "x02_getallen_als_tekst.xlsx": "XLSX",
    "x05_samengevoegde_datacellen.xlsx": "XLSX",
    "x08_meerdere_bladen.xlsx": "XLSX",
    "x11_formules_met_cache.xlsx": "XLSX",
    "x14_datum1904.xlsx": "XLSX",
    "x21_opgemaakte_tekst_voetnoot.xlsx": "XLSX",
    "x25_xxe.xlsx": "XLSX: the message must say what is unsafe in it",
    "x33_externe_verwijzing.xlsx": "XLSX",
    "x35_lege_rijen_tussendoor.xlsx": "XLSX",
}
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
    marks = {name: [pytest.mark.xfail(reason=reason, strict=True)] for name, reason in LATER.items()}
    return [
        pytest.param(case, id=case["file"], marks=marks.get(case["file"], []))
        for case in cases
        if (SHARED / "badfiles" / case["file"]).is_file()
    ]


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


def _tells(told: Any, wanted: dict[str, Any]) -> bool:
    """Whether a finding has the row and names everything that it must name."""
    place = f"{told.row} {told.column} {COLUMNS.get(wanted['veld'] or '', '')}"
    words = f"{place} {told.message} {told.remedy}".lower()
    names = [str(COLUMNS.get(name, name)).lower() for name in wanted["moet_noemen"]]
    is_there = told.row == wanted["rij"] or told.row is None
    return is_there and all(name in words for name in names)
