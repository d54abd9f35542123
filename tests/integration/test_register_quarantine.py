"""Files with personal data: set apart, not readable, not repeated anywhere, and gone after a purge."""

from pathlib import Path

import pytest

from expectations.findings import Outcome
from register.access import OPERATOR
from register.decisions import confirm, purge, reinstate, withdraw
from register.errors import AccessDeniedError, QuarantinedFileError, ReasonNeededError, WrongStateError
from register.events import Received
from register.history import raw_file, receipt
from register.home import Home
from register.intake import Delivery, dry_run, receive, resume
from register.ledger import Ledger
from register.raw_files import RawFiles, hash_of
from register.submissions import SubmissionState
from tests.support_register import (
    BSN,
    OFFICER,
    PERIOD,
    STRANGER,
    deliver,
    kinds,
    numbers_in_force,
    personal,
    row,
    sound,
)

FILE = personal(row("OUD08", 30))
SHA256 = hash_of(FILE)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def places_of_the_bsn(home: Home) -> list[str]:
    """Every file below the data directory in whose bytes or name the number stands."""
    return [
        str(path.relative_to(home.path))
        for path in home.path.rglob("*")
        if BSN in path.name or (path.is_file() and BSN.encode() in path.read_bytes())
    ]


def test_the_bytes_are_set_apart_and_nothing_repeats_them(home: Home) -> None:
    (told,) = deliver(home, FILE, actor=OFFICER)
    assert (told.outcome, told.state, told.has_personal_data) == (Outcome.REJECTED, SubmissionState.REJECTED, True)
    assert (told.can_purge, told.can_reinstate, told.can_withdraw) == (True, False, False)
    assert "persoonsgegevens" in " ".join(told.sentences)
    assert BSN not in told.model_dump_json()
    assert places_of_the_bsn(home) == [f"register/quarantine/{SHA256}"]
    assert numbers_in_force(home) == {}


def test_after_the_purge_the_number_is_nowhere(home: Home) -> None:
    receive(home, [Delivery(FILE, f"levering {BSN}.csv", "ZK08", PERIOD)], OFFICER)
    told = purge(home, 1, reason="bsn in de kolom teller", actor=OFFICER)
    assert (told.state, told.can_purge) == (SubmissionState.PURGED, False)
    assert places_of_the_bsn(home) == []
    assert kinds(home) == ["received", "rejected", "purged"]
    assert Ledger(home).verify() == 3


def test_purging_twice_is_harmless(home: Home) -> None:
    deliver(home, FILE)
    first = purge(home, 1, reason="bsn", actor=OFFICER)
    assert purge(home, 1, reason="nog eens", actor=OPERATOR) == first
    assert kinds(home) == ["received", "rejected", "purged"]


def test_set_apart_bytes_are_not_read(home: Home) -> None:
    deliver(home, FILE)
    with pytest.raises(QuarantinedFileError, match="persoonsgegevens"):
        RawFiles(home).read(SHA256)
    for reason in ("", "bsn"):
        with pytest.raises(QuarantinedFileError, match="gebruik uw eigen kopie"):
            raw_file(home, 1, actor=OFFICER)
        if reason:
            purge(home, 1, reason=reason, actor=OFFICER)


@pytest.mark.parametrize("is_purged", [False, True])
def test_the_same_bytes_again_are_not_stored_again(home: Home, is_purged: bool) -> None:
    deliver(home, FILE)
    if is_purged:
        purge(home, 1, reason="bsn", actor=OFFICER)
    (again,) = deliver(home, FILE)
    assert (again.submission, again.already_received) == (1, True)
    assert ("niet opnieuw bewaard" in again.message) is is_purged
    assert list(home.files_path.iterdir()) == []
    assert len(list(home.quarantine_path.iterdir())) == (0 if is_purged else 1)


@pytest.mark.parametrize("is_purged", [False, True])
def test_the_same_bytes_for_another_region_are_refused_unread(home: Home, is_purged: bool) -> None:
    deliver(home, FILE)
    if is_purged:
        purge(home, 1, reason="bsn", actor=OFFICER)
    (other,) = deliver(home, FILE, region="ZK10")
    assert (other.outcome, other.has_personal_data, other.rows_read) == (Outcome.REJECTED, True, 0)
    assert [finding.rule for finding in other.findings] == ["bestand.bekende_persoonsgegevens"]
    assert list(home.files_path.iterdir()) == []
    assert purge(home, int(other.submission or 0), reason="bsn", actor=OPERATOR).state is SubmissionState.PURGED
    assert places_of_the_bsn(home) == []


def test_the_same_bytes_twice_in_one_batch_are_both_set_apart(home: Home) -> None:
    receipts = receive(home, [Delivery(FILE, "a.csv", region, PERIOD) for region in ("ZK08", "ZK10", "ZK08")], OPERATOR)
    assert [item.has_personal_data for item in receipts] == [True, True, True]
    assert list(home.files_path.iterdir()) == []


def test_a_dry_run_stores_and_repeats_nothing(home: Home) -> None:
    (told,) = dry_run(home, [Delivery(FILE, "a.csv", "ZK08", PERIOD)], OFFICER)
    assert told.has_personal_data
    assert BSN not in told.model_dump_json()
    assert not home.path.exists()


@pytest.mark.parametrize("decide", [confirm, withdraw, reinstate])
def test_nothing_else_can_be_done_with_it(home: Home, decide: object) -> None:
    assert callable(decide)
    deliver(home, FILE)
    with pytest.raises(WrongStateError):
        decide(home, 1, reason="toch", actor=OFFICER)


def test_only_a_file_with_personal_data_can_be_purged(home: Home) -> None:
    deliver(home, sound(row("OUD08", 30)), b"")
    for number in (1, 2):
        with pytest.raises(WrongStateError, match="alleen een bestand dat is afgekeurd om persoonsgegevens"):
            purge(home, number, reason="weg ermee", actor=OFFICER)
    assert len(list(home.files_path.iterdir())) == 2


def test_purging_needs_a_reason_and_the_right(home: Home) -> None:
    deliver(home, FILE)
    with pytest.raises(ReasonNeededError):
        purge(home, 1, reason="", actor=OFFICER)
    with pytest.raises(AccessDeniedError):
        purge(home, 1, reason="bsn", actor=STRANGER)
    assert RawFiles(home).is_quarantined(SHA256)


def test_a_verdict_that_a_crash_left_out_is_given_without_the_bytes(home: Home) -> None:
    deliver(home, FILE)
    purge(home, 1, reason="bsn", actor=OFFICER)
    unjudged = Received(
        region="ZK10", period="2025Q4", uitvraag_version=1, sha256=SHA256, size=len(FILE), file_name="a.csv"
    )
    Ledger(home).append([unjudged], actor=OPERATOR)
    (told,) = resume(home, OPERATOR)
    assert told.has_personal_data


def test_bytes_that_a_restored_backup_brought_back_are_destroyed_at_the_start(home: Home) -> None:
    deliver(home, FILE)
    purge(home, 1, reason="bsn", actor=OFFICER)
    (home.files_path / SHA256).write_bytes(FILE)
    (home.quarantine_path / SHA256).write_bytes(FILE)
    resume(home, OPERATOR)
    assert places_of_the_bsn(home) == []


def test_the_history_of_a_purged_one_says_when_by_whom_and_why(home: Home) -> None:
    deliver(home, FILE, actor=OFFICER)
    purge(home, 1, reason="bsn in de kolom teller", actor=OFFICER)
    told = receipt(home, 1, actor=OFFICER)
    assert [(act.kind, act.reason) for act in told.acts] == [
        ("received", None), ("rejected", None), ("purged", "bsn in de kolom teller"),
    ]  # fmt: skip
    assert "gewist" in told.message
