"""Looking back, what the judge sees beside a file, what is refused at the door, and reminders in a real ledger."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from expectations import delivery as judging
from expectations.findings import Outcome
from expectations.judgement import HISTORY_QUARTERS, FileToJudge, Judgement
from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from register.access import ANYONE, OPERATOR, Actor, Role
from register.deadlines import record_due
from register.decisions import withdraw
from register.delivery_status import DeliveryState, delivery_matrix
from register.door import LIMIT_VARIABLE, refuse_too_large
from register.errors import AccessDeniedError, RegisterError, UnknownSubmissionError
from register.events import Received, Reminded, UitvraagOpened
from register.history import history, raw_file, receipt
from register.home import Home
from register.ingest import ingest
from register.intake import Delivery, dry_run, receive, resume
from register.ledger import Ledger
from register.open_data import OpenDataSource
from register.raw_files import RawFiles
from register.rows import rows_path
from register.submissions import SubmissionState, today_in_the_netherlands
from tests.support_register import OFFICER, PERIOD, STRANGER, deliver, row, sound, warned

POLICY = Actor(name="beleid", role=Role.POLICY_OFFICER, region="ZK08")
STAFF = Actor(name="staf", role=Role.PROGRAMME_STAFF)
BEFORE = PERIOD.shifted(-1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[FileToJudge]:
    """What the judge was given."""
    given: list[FileToJudge] = []
    real = judging.judge

    def judge(files: Sequence[FileToJudge]) -> list[Judgement]:
        given.extend(files)
        return real(files)

    monkeypatch.setattr(judging, "judge", judge)
    return given


def test_a_receipt_can_be_read_again_as_the_submission_stands_now(home: Home) -> None:
    (first,) = deliver(home, sound(row("OUD08", 30)), actor=OFFICER)
    assert receipt(home, 1, actor=POLICY) == first
    deliver(home, sound(row("OUD08", 31)))
    now = receipt(home, 1, actor=OFFICER)
    assert (now.state, now.state_words, now.superseded_by) == (SubmissionState.SUPERSEDED, "vervangen", (3,))


@pytest.mark.parametrize("actor", [STRANGER, STAFF, ANYONE])
def test_numbers_tell_nothing_to_who_may_not_read(home: Home, actor: Actor) -> None:
    deliver(home, sound(row("OUD08", 30)))
    for read in (receipt, raw_file):
        texts = set()
        for number in (1, 2, 99):
            with pytest.raises(AccessDeniedError) as caught:
                read(home, number, actor=actor)
            texts.add(str(caught.value).replace(f" {number} ", " N "))
        assert len(texts) == 1
    with pytest.raises(UnknownSubmissionError):
        receipt(home, 2, actor=OPERATOR)


def test_the_history_is_newest_first_and_of_the_own_region(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)), b"", warned(row("DIG01", 30)))
    deliver(home, sound(row("OUD08", 30, "ZK10")), region="ZK10")
    deliver(home, sound(row("OUD08", 30, period=BEFORE)), period=BEFORE)
    own = history(home, actor=OFFICER)
    assert [item.submission for item in own] == [9, 3, 2, 1]
    assert [item.state for item in own] == [
        SubmissionState.ACCEPTED, SubmissionState.AWAITING_CONFIRMATION, SubmissionState.REJECTED,
        SubmissionState.ACCEPTED,
    ]  # fmt: skip
    assert [item.submission for item in history(home, period=BEFORE, actor=POLICY)] == [9]
    assert len(history(home, actor=OPERATOR)) == 5
    assert [item.region for item in history(home, region_code="ZK10", actor=OPERATOR)] == ["ZK10"]
    with pytest.raises(AccessDeniedError):
        history(home, region_code="ZK10", actor=OFFICER)
    for actor in (STAFF, ANYONE):
        with pytest.raises(AccessDeniedError):
            history(home, actor=actor)


def test_the_earlier_file_stays_retrievable(home: Home) -> None:
    first = sound(row("OUD08", 30))
    deliver(home, first)
    deliver(home, sound(row("OUD08", 31)))
    withdraw(home, 1, reason="x", actor=OFFICER)
    assert raw_file(home, 1, actor=OFFICER) == ("levering.csv", first)


def test_the_judge_sees_the_quarters_before_the_population_and_the_day(home: Home, seen: list[FileToJudge]) -> None:
    for steps in range(1, HISTORY_QUARTERS + 3):
        period = PERIOD.shifted(-steps)
        deliver(home, sound(row("OUD08", 30, period=period)), period=period)
    deliver(home, sound(row("OUD08", 30, "ZK10", BEFORE)), region="ZK10", period=BEFORE)
    seen.clear()
    deliver(home, sound(row("OUD08", 31)))
    (file,) = seen
    assert file.received_on == today_in_the_netherlands()
    history_rows = file.known.history
    assert set(history_rows["area_key"]) == {area_key("ZK08")}
    assert sorted(set(history_rows["period_key"])) == sorted(
        PERIOD.shifted(-steps).key for steps in range(1, HISTORY_QUARTERS + 1)
    )
    assert file.known.population.empty


def test_the_judge_sees_of_an_earlier_quarter_only_what_is_in_force(home: Home, seen: list[FileToJudge]) -> None:
    deliver(home, sound(row("OUD08", 30, period=BEFORE), row("DIG01", 300, period=BEFORE)), period=BEFORE)
    deliver(home, sound(row("OUD08", 33, period=BEFORE)), period=BEFORE)
    deliver(home, sound(row("GGZ03", 30, period=BEFORE)), warned(row("GGZ03", 99, period=BEFORE)), period=BEFORE)
    seen.clear()
    deliver(home, sound(row("OUD08", 31)))
    codes = {measure.key: code for code, measure in catalogue().measures.items()}
    rows = seen[0].known.history
    found = {codes[key]: amount for key, amount in zip(rows["measure_key"], rows["amount"], strict=True)}
    assert {code: found[code] for code in ("OUD08.teller", "DIG01.teller", "GGZ03.teller")} == {
        "OUD08.teller": 33, "DIG01.teller": 300, "GGZ03.teller": 30,
    }  # fmt: skip


def test_the_population_is_that_of_the_latest_year_not_after_the_period(
    home: Home, seen: list[FileToJudge], tmp_path: Path
) -> None:
    from orchestration.demo.files import Phase, generate

    files = generate(tmp_path / "demo", seed=3, last=PERIOD)
    years = []
    for file in files.write([f for f in files.of(Phase.OPEN_DATA) if f.source is OpenDataSource.POPULATION]):
        ingest(home, OpenDataSource.POPULATION, file.path.read_bytes(), file.path.name, OPERATOR, period=file.period)
        years.append(file.period)
    assert len(years) > 1
    for period in (PERIOD, Period.quarter(min(years).year, 4)):
        deliver(home, sound(row("OUD08", 31, period=period)), period=period)
        latest = max(year for year in years if year.year <= period.year)
        assert set(seen[-1].known.population["period_key"]) == {latest.key}


def test_a_verdict_that_comes_late_changes_nothing_in_what_came_after(home: Home) -> None:
    late = sound(row("OUD08", 30))
    delivery = Received(
        region="ZK08", period=PERIOD.code, uitvraag_version=1, sha256=RawFiles(home).store(late), size=len(late),
        file_name="a.csv",
    )  # fmt: skip
    Ledger(home).append([delivery], actor=OPERATOR)
    deliver(home, sound(row("OUD08", 35)))
    (told,) = resume(home, OPERATOR)
    assert (told.state, told.changes) == (SubmissionState.SUPERSEDED, None)


def test_rows_that_cannot_be_read_do_not_stop_the_file_that_mends_them(home: Home) -> None:
    (first,) = deliver(home, sound(row("OUD08", 30)))
    rows_path(home, sha256=str(first.sha256), region_code="ZK08", period_code=PERIOD.code).unlink()
    stored = home.files_path / str(first.sha256)
    stored.chmod(0o644)
    stored.write_bytes(b"bitrot")
    (mended,) = deliver(home, sound(row("OUD08", 31)))
    assert mended.outcome is Outcome.ACCEPTED


def test_a_correction_says_what_it_changes_also_beforehand(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30), row("DIG01", 300)))
    corrected = sound(row("OUD08", 35), row("GGZ03", 10))
    (tried,) = dry_run(home, [Delivery(corrected, "a.csv", "ZK08", PERIOD)], OFFICER)
    (sent,) = deliver(home, corrected)
    assert tried.changes == sent.changes
    changes = sent.changes
    assert changes is not None
    assert (changes.replaces, changes.added, changes.removed, changes.altered) == ((1,), 1, 0, 1)
    assert [(item.measure, item.before, item.after) for item in changes.differences] == [("OUD08.teller", 30, 35)]
    assert "Vergeleken met wat gold (aanlevering 1): 1 rij erbij, 1 rij anders." in sent.sentences
    assert receipt(home, int(sent.submission or 0), actor=OFFICER).changes == changes


def test_a_dry_run_holds_every_file_beside_the_ledger_alone(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)))
    files = [Delivery(sound(row("OUD08", n)), "a.csv", "ZK08", PERIOD) for n in (35, 36)]
    tried = dry_run(home, files, OFFICER)
    assert [item.changes.replaces for item in tried if item.changes] == [(1,), (1,)]


def test_in_one_batch_a_file_is_compared_with_the_one_before_it(home: Home) -> None:
    first, second = deliver(home, sound(row("OUD08", 30)), sound(row("OUD08", 35)))
    assert first.changes is None
    assert second.changes is not None
    assert (second.changes.replaces, second.changes.altered) == ((1,), 1)


def test_what_says_the_same_as_before_says_so(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)))
    (again,) = deliver(home, sound(row("OUD08", "30")) + b"\r\n")
    assert again.changes is not None
    assert again.changes.is_empty
    assert "verandert er niets" in " ".join(again.sentences)


def test_the_receipt_says_whether_it_was_in_time(home: Home) -> None:
    (late,) = deliver(home, sound(row("OUD08", 30)))
    assert (late.due_date, late.is_on_time) == (date(2026, 2, 14), today_in_the_netherlands() <= date(2026, 2, 14))
    (unasked,) = deliver(home, sound(row("OUD08", 30)), period=Period.parse("2019Q1"))
    assert (unasked.due_date, unasked.is_on_time) == (None, None)


def test_a_file_that_is_too_large_is_refused_and_not_stored(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, "1")
    large = Delivery(b"x" * 1_000_001, "groot.csv", "ZK08", PERIOD)
    good = Delivery(sound(row("OUD08", 30)), "a.csv", "ZK08", PERIOD)
    refused, taken = receive(home, [large, good], OFFICER)
    assert (refused.outcome, refused.submission, refused.sha256) == (Outcome.REJECTED, None, None)
    assert [finding.rule for finding in refused.findings] == ["bestand.te_groot"]
    assert "2 MB, toegestaan is 1 MB" in refused.message
    assert "niet bewaard" in refused.message
    assert taken.submission == 1
    assert len(list(home.files_path.iterdir())) == 1
    assert refuse_too_large("groot.csv", 1_000_001, "ZK08", PERIOD) == refused
    assert dry_run(home, [large, good], OFFICER)[0] == refused


@pytest.mark.parametrize("value", ["0", "-1", "veel", "1.5", "101", "²"])
def test_a_limit_that_is_no_number_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT_VARIABLE, value)
    with pytest.raises(RegisterError, match="geen aantal megabytes"):
        refuse_too_large("a", 1, "ZK08", PERIOD)


def test_the_matrix_shows_each_role_what_it_may_see(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)))
    today = date(2026, 1, 20)
    own = delivery_matrix(home, today=today, periods=[PERIOD], actor=POLICY)
    assert [(cell.region, cell.state) for cell in own] == [("ZK08", DeliveryState.RECEIVED)]
    assert len(delivery_matrix(home, today=today, periods=[PERIOD, BEFORE], actor=STAFF)) == 62
    with pytest.raises(AccessDeniedError):
        delivery_matrix(home, today=today, periods=[PERIOD], actor=ANYONE)


def test_reminders_are_recorded_once_in_the_ledger(home: Home) -> None:
    day = date(2026, 2, 1)
    added = record_due(home, today=day, actor=OPERATOR)
    assert [type(event.content) for event in added[:2]] == [UitvraagOpened, Reminded]
    assert len(added) == 32
    assert record_due(home, today=day, actor=OPERATOR) == []
    with pytest.raises(AccessDeniedError):
        record_due(home, today=day, actor=OFFICER)
    assert Ledger(home).verify() == 32
