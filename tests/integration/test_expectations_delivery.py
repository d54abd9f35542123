"""Judging deliveries with the real suite: sound files, every planted fault, many files at once."""

import time
from collections.abc import Mapping

import pytest

from expectations.canonical import CANONICAL_DTYPES
from expectations.columns import Column
from expectations.delivery import judge
from expectations.findings import MAXIMUM_LISTED, Outcome, Severity
from expectations.judgement import FileToJudge, Judgement
from expectations.rules import Rule, rule_texts
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import Stratum
from indicators.uitvraag import uitvraag_for
from tests.support_deliveries import FAULTS, PERIOD, REGION, Fault, Row, as_file, planted, row, sound_rows

NOT_IN_ONE_ROW_ALONE = {
    Rule.ROW_REPEATED, Rule.ROW_CONFLICTING, Rule.SMALL_COUNTS, Rule.AREAS_MISSING, Rule.STRATA_MISSING,
    Rule.DENOMINATOR_NOT_ASKED, Rule.DENOMINATOR_DIFFERS, Rule.CHANGE_LARGE, Rule.TREND_OUTLIER, Rule.TOTAL_DIFFERS,
    Rule.INDICATOR_NOT_ASKED,
}  # fmt: skip
"""Rules that need more than one row or something beside the file; here and in test_expectations_comparisons.py."""


def judged(*rows: Row, region: str = REGION, period: Period = PERIOD) -> Judgement:
    (judgement,) = judge([FileToJudge(as_file(rows).content, region, period)])
    return judgement


def rules(judgement: Judgement) -> set[str]:
    return {finding.rule for finding in judgement.findings if finding.rule != Rule.AREAS_MISSING}


@pytest.fixture(scope="module")
def sound() -> Judgement:
    return judged(*sound_rows())


def test_a_sound_file_is_accepted(sound: Judgement) -> None:
    assert sound.outcome is Outcome.ACCEPTED
    assert rules(sound) == set()
    assert sound.normalisations == ()
    assert sound.rows_read == len(sound_rows())
    assert sound.dataset_keys == tuple(sorted(asked.dataset.key for asked in uitvraag_for(PERIOD).required))


def test_its_canonical_rows_hold_every_number_of_the_file(sound: Judgement) -> None:
    frame = sound.canonical
    assert dict(frame.dtypes.astype(str)) == CANONICAL_DTYPES
    given = [
        cells[column] for cells in sound_rows() for column in (Column.NUMERATOR, Column.DENOMINATOR) if cells[column]
    ]
    assert sorted(frame["amount"]) == sorted(map(float, given))
    first = frame[frame["source_row"] == 2]
    measures = catalogue().measures
    assert first["measure_key"].tolist() == [measures["PRE02.teller"].key, measures["PRE02.noemer"].key]
    assert first["amount"].tolist() == [312.0, 2400.0]
    assert set(first["area_key"]) == {area_key(sound_rows()[0][Column.AREA_CODE])}
    assert set(first["period_key"]) == {PERIOD.key}


def test_a_stratum_gets_its_key() -> None:
    canonical = judged(row("OUD01", "GM0080", "70-74", "V")).canonical
    assert canonical["stratum_key"].tolist() == [Stratum.parse("70-74", "V").key]


@pytest.fixture(scope="module")
def judged_faults() -> Mapping[int, tuple[int, Judgement]]:
    """Every fault planted once, each in a file of its own, all judged together."""
    places = [_first_place(fault) for fault in FAULTS]
    files = [as_file(planted(sound_rows(), place, fault)) for place, fault in zip(places, FAULTS, strict=True)]
    return dict(enumerate(zip(places, judge(files), strict=True)))


def _first_place(fault: Fault) -> int:
    return next(n for n, cells in enumerate(sound_rows()) if cells[Column.INDICATOR] in fault.indicators)


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[f"{f.rule}-{f.column}" for f in FAULTS])
def test_each_fault_is_told_at_its_row_and_column(
    number: int, judged_faults: Mapping[int, tuple[int, Judgement]]
) -> None:
    fault, (place, judgement) = FAULTS[number], judged_faults[number]
    severity = rule_texts()[fault.rule].severity
    found = [finding for finding in judgement.findings if finding.severity is not Severity.INFO]
    assert [(finding.row, finding.column, finding.rule) for finding in found] == [(place + 2, fault.column, fault.rule)]
    assert judgement.outcome is (Outcome.REJECTED if severity is Severity.ERROR else Outcome.ACCEPTED_WITH_WARNINGS)
    assert judgement.canonical.empty == (severity is Severity.ERROR)
    assert (found[0].value or "") in found[0].message


def test_every_rule_of_the_suite_is_planted_here() -> None:
    from expectations.suite import metas

    told = {Rule(meta["rule"]) for meta in metas("delivery")}
    assert told - {fault.rule for fault in FAULTS} == NOT_IN_ONE_ROW_ALONE


def test_an_ended_gemeente_names_its_successor() -> None:
    (finding,) = judged(row("PRE02", "GM0457")).findings[:1]
    assert finding.rule == Rule.AREA_ENDED
    assert "Weesp" in finding.message
    assert "23-03-2022" in finding.message
    assert "GM0363 (Amsterdam)" in finding.remedy


def test_a_gemeente_that_ended_during_the_quarter_still_counts() -> None:
    period = Period.parse("2022Q1")
    cells = row("PRE02", "GM0457") | {Column.PERIOD: period.code}
    assert judged(cells, region="ZK21", period=period).outcome is Outcome.ACCEPTED


def test_an_equal_and_a_conflicting_row_name_the_first() -> None:
    first, other = row("PRE02", "GM0080"), row("PRE02", "GM1900")
    conflicting = other | {Column.NUMERATOR: "313", Column.VALUE: ""}
    judgement = judged(first, other, first, conflicting)
    found = [(finding.row, finding.rule) for finding in judgement.findings if finding.severity is Severity.ERROR]
    assert found == [(4, Rule.ROW_REPEATED), (5, Rule.ROW_CONFLICTING)]
    assert "Rij 4 is gelijk aan rij 2" in judgement.findings[0].message
    assert "Rij 5 en rij 3" in judgement.findings[1].message


def test_all_faults_are_told_in_one_pass() -> None:
    rows = [planted([row("PRE02", "GM0080")], 0, fault)[0] for fault in FAULTS if "PRE02" in fault.indicators]
    told = {finding.rule for finding in judged(*rows).findings}
    assert told >= {fault.rule for fault in FAULTS if "PRE02" in fault.indicators}


def test_signs_are_kept_and_small_counts_are_told_once() -> None:
    signs = ["<10", ".", "x", "7", "0"]
    codes = ["GM0080", "GM1900", "GM1970", "GM0093", "GM0059"]
    rows = [
        row("PRE02", code) | {Column.NUMERATOR: sign, Column.VALUE: ""} for code, sign in zip(codes, signs, strict=True)
    ]
    judgement = judged(*rows)
    assert judgement.outcome is Outcome.ACCEPTED
    assert rules(judgement) == {Rule.SMALL_COUNTS}
    numerators = judgement.canonical[judgement.canonical["measure_key"] == catalogue().measures["PRE02.teller"].key]
    assert numerators["sign_code"].tolist() == [1, 2, 3, 0, 0]
    assert numerators["amount"].fillna(-1).tolist() == [-1, -1, -1, 7, 0]


def test_what_is_missing_is_told_and_does_not_decide() -> None:
    judgement = judged(row("PRE02", "GM0080"), row("OUD01", "GM0080", "70-74", "V"))
    assert judgement.outcome is Outcome.ACCEPTED
    told = {finding.rule: finding.message for finding in judgement.findings}
    assert "17 gebieden" in told[Rule.AREAS_MISSING]
    assert "11 van de" in told[Rule.STRATA_MISSING]


def test_a_region_may_deliver_its_own_total() -> None:
    assert judged(row("PRE02", REGION)).outcome is Outcome.ACCEPTED


def test_a_denominator_that_is_not_asked_is_told_and_left_out() -> None:
    judgement = judged(row("OUD01", "GM0080", "70-74", "V") | {Column.DENOMINATOR: "100"})
    assert Rule.DENOMINATOR_NOT_ASKED in rules(judgement)
    assert judgement.canonical["amount"].tolist() == [312.0]


def test_provisional_rows_say_so() -> None:
    assert judged(row("PRE02", "GM0080") | {Column.STATUS: "Voorlopig"}).canonical["is_provisional"].all()


def test_every_clean_up_is_listed() -> None:
    cells = row("PRE02", "GM0080") | {
        Column.PERIOD: "4e kwartaal 2024",
        Column.NUMERATOR: "1.234",
        Column.DENOMINATOR: "12 340",
        Column.VALUE: "10.0",
    }
    judgement = judged(cells, cells | {Column.AREA_CODE: "gm1900", Column.AREA_NAME: ""})
    assert judgement.outcome is Outcome.ACCEPTED
    assert judgement.normalisations == (
        "Kolom Periode: '4e kwartaal 2024' gelezen als '2024Q4' (rij 2 en 1 keer verderop).",
        "Kolom Gebiedscode: 'gm1900' gelezen als 'GM1900' (rij 3).",
        "Kolom Teller: '1.234' gelezen als '1234' (rij 2 en 1 keer verderop).",
        "Kolom Noemer: '12 340' gelezen als '12340' (rij 2 en 1 keer verderop).",
        "Kolom Waarde: '10.0' gelezen als '10,0' (rij 2 en 1 keer verderop).",
    )


def test_a_period_about_which_nothing_is_asked_is_refused() -> None:
    judgement = judged(row("PRE02", "GM0080"), period=Period.parse("2019Q4"))
    assert rules(judgement) == {Rule.PERIOD_NOT_ASKED}


def test_a_check_that_did_not_run_rejects_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    meta = {"rule": "waarde.past_niet", "column": "Waarde", "report": "row"}
    misspelt = {"type": "expect_no_rows_where", "kwargs": {"condition": "valeu > 0"}, "meta": meta}
    monkeypatch.setattr("expectations.suite._read", lambda _: (misspelt,))
    for judgement in judge([as_file(sound_rows()), as_file([row("PRE02", "GM0080")])]):
        assert judgement.outcome is Outcome.REJECTED
        assert [finding.rule for finding in judgement.findings] == [Rule.NOT_CHECKED]
        assert "waarde.past_niet" in judgement.findings[0].message


def test_a_thousand_findings_are_listed_and_all_are_counted() -> None:
    rows = [row("PRE02", "GM0363")] * 1_500
    judgement = judged(*rows)
    assert len(judgement.findings) == MAXIMUM_LISTED
    assert judgement.finding_counts[Severity.ERROR] == 1_500 + 1_499 + 1
    assert judgement.findings[0].rule == Rule.FILE_TOO_MANY_ERRORS
    assert "1.500 van de 1.500" in judgement.findings[0].message
    counts = {group.rule: group.count for group in judgement.groups if group.severity is Severity.ERROR}
    assert counts == {Rule.AREA_OTHER_REGION: 1_500, Rule.ROW_REPEATED: 1_499, Rule.FILE_TOO_MANY_ERRORS: 1}


def test_one_bad_file_does_not_touch_the_others() -> None:
    files = [as_file(sound_rows()), FileToJudge(b"%PDF", REGION, PERIOD), as_file([row("PRE02", "GM0363")])]
    outcomes = [judgement.outcome for judgement in judge([*files, files[0]])]
    assert outcomes == [Outcome.ACCEPTED, Outcome.REJECTED, Outcome.REJECTED, Outcome.ACCEPTED]


def test_a_small_file_is_judged_within_a_second() -> None:
    judge([as_file(sound_rows())])
    start = time.process_time()
    judge([as_file(sound_rows())])
    assert time.process_time() - start < 1


@pytest.mark.parametrize(("quarter", "is_taken"), [("2025Q4", False), ("2026Q1", True)])
def test_a_wijk_is_taken_beside_its_gemeente_from_2026_on(quarter: str, is_taken: bool) -> None:
    period = Period.parse(quarter)
    gemeente = row("OUD10", "GM0080") | {Column.PERIOD: quarter, Column.DENOMINATOR: "2400", Column.VALUE: ""}
    rows = [gemeente, gemeente | {Column.AREA_CODE: "WK008001", Column.AREA_NAME: ""}]
    judgement = judged(*rows, period=period)
    told = [(finding.row, finding.rule) for finding in judgement.findings if finding.severity is Severity.ERROR]
    assert told == ([] if is_taken else [(3, Rule.AREA_LEVEL)])
    assert set(judgement.canonical["area_key"]) == ({area_key("GM0080"), area_key("WK008001")} if is_taken else set())
