"""Killing and racing what comes after receiving: confirming, withdrawing, setting apart and purging."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from register.failpoints import Failpoint
from register.home import Home
from register.ledger import Ledger
from register.personal_data import set_apart
from register.raw_files import RawFiles
from tests.support_faults import RESUME, Attempts, Task, check_invariants, final_state, warm_process


@pytest.fixture(scope="module")
def attempts() -> Iterator[Attempts]:
    with warm_process() as process:
        yield process


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def test_confirming_and_withdrawing_at_once_is_one_after_the_other(attempts: Attempts, home: Home) -> None:
    attempts.receipts(home, Task(files=[("warned", 30)]))
    attempts.at_once(home, Task("confirm", number=1), Task("withdraw", number=1))
    check_invariants(home)
    kinds = [event.content.kind for event in Ledger(home).events()][2:]
    assert kinds in (["confirmed", "withdrawn"], ["withdrawn"])
    assert final_state(home) == []


def test_confirming_the_same_at_once_records_it_once(attempts: Attempts, home: Home) -> None:
    attempts.receipts(home, Task(files=[("warned", 30)]))
    answers = attempts.at_once(home, *[Task("confirm", number=1)] * 3)
    assert {answer["receipts"][0]["state"] for answer in answers} == {"accepted"}
    assert [event.content.kind for event in Ledger(home).events()] == ["received", "accepted", "confirmed"]


@pytest.mark.parametrize(
    "place", [Failpoint.APPEND_BEFORE_INSERT, Failpoint.APPEND_BEFORE_COMMIT, Failpoint.APPEND_AFTER_COMMIT]
)
@pytest.mark.parametrize("decision", ["confirm", "withdraw"])
def test_a_decision_that_was_killed_happened_or_did_not_and_can_be_repeated(
    attempts: Attempts, home: Home, place: Failpoint, decision: str
) -> None:
    attempts.receipts(home, Task(files=[("warned", 30)]))
    attempts.killed(home, Task(decision, number=1), place)
    check_invariants(home)
    is_done = place is Failpoint.APPEND_AFTER_COMMIT
    assert Ledger(home).head() == (3 if is_done else 2)
    again = attempts.one(home, Task(decision, number=1))
    assert (again.get("error") == "WrongStateError") is (is_done and decision == "withdraw")
    assert Ledger(home).head() == 3


@pytest.mark.parametrize("place", [Failpoint.RECEIVE_BEFORE_VERDICT, Failpoint.RECEIVE_AFTER_VERDICT])
def test_a_file_that_is_confirmed_as_it_is_sent_is_confirmed_when_it_is_sent_again_after_a_kill(
    attempts: Attempts, home: Home, place: Failpoint
) -> None:
    task = Task("send_and_confirm", files=[("warned", 30)])
    attempts.killed(home, task, place)
    attempts.receipts(home, RESUME)
    (receipt,) = attempts.receipts(home, task)
    assert receipt["state"] == "accepted"
    assert [event.content.kind for event in Ledger(home).events()] == ["received", "accepted", "confirmed"]
    check_invariants(home)


PERSONAL = Task(files=[("personal", 30)])


def check_set_apart(home: Home, *, is_destroyed: bool) -> None:
    """No bytes with personal data among the files; in quarantine while they are not destroyed."""
    check_invariants(home)
    assert list(home.files_path.iterdir()) == []
    assert len(list(home.quarantine_path.iterdir())) == (0 if is_destroyed else 1)


@pytest.mark.parametrize("second", [None, Failpoint.QUARANTINE_BEFORE_RENAME, Failpoint.QUARANTINE_AFTER_RENAME])
@pytest.mark.parametrize(
    "first",
    [Failpoint.RECEIVE_BEFORE_JUDGE, Failpoint.RECEIVE_AFTER_VERDICT, Failpoint.QUARANTINE_BEFORE_RENAME,
     Failpoint.QUARANTINE_AFTER_RENAME],
)  # fmt: skip
def test_setting_apart_that_was_killed_is_finished_at_the_start(
    attempts: Attempts, home: Home, first: Failpoint, second: Failpoint | None
) -> None:
    attempts.killed(home, PERSONAL, first)
    if second is not None and first is not Failpoint.QUARANTINE_AFTER_RENAME:
        attempts.killed(home, RESUME, second)
    attempts.receipts(home, RESUME)
    check_set_apart(home, is_destroyed=False)
    (again,) = attempts.receipts(home, PERSONAL)
    assert (again["submission"], again["has_personal_data"]) == (1, True)
    check_set_apart(home, is_destroyed=False)


@pytest.mark.parametrize("second", [None, Failpoint.PURGE_BEFORE_UNLINK])
@pytest.mark.parametrize(
    "first",
    [Failpoint.APPEND_BEFORE_COMMIT, Failpoint.APPEND_AFTER_COMMIT, Failpoint.PURGE_BEFORE_UNLINK,
     Failpoint.PURGE_AFTER_UNLINK],
)  # fmt: skip
def test_purging_that_was_killed_happened_or_did_not_and_is_finished_at_the_start(
    attempts: Attempts, home: Home, first: Failpoint, second: Failpoint | None
) -> None:
    attempts.receipts(home, PERSONAL)
    attempts.killed(home, Task("purge", number=1), first)
    is_recorded = first is not Failpoint.APPEND_BEFORE_COMMIT
    if second is not None and first in (Failpoint.APPEND_AFTER_COMMIT, Failpoint.PURGE_BEFORE_UNLINK):
        attempts.killed(home, RESUME, second)
    attempts.receipts(home, RESUME)
    check_set_apart(home, is_destroyed=is_recorded)
    (purged,) = attempts.receipts(home, Task("purge", number=1))
    assert purged["state"] == "purged"
    check_set_apart(home, is_destroyed=True)
    assert Ledger(home).head() == 3


def test_purging_while_the_same_bytes_come_again_leaves_nothing(attempts: Attempts, home: Home) -> None:
    attempts.receipts(home, PERSONAL)
    elsewhere = PERSONAL._replace(region="ZK10")
    attempts.at_once(home, Task("purge", number=1), PERSONAL, elsewhere, PERSONAL)
    check_invariants(home)
    assert set_apart(Ledger(home).events()).destroyed
    assert RawFiles(home).has(next(iter(set_apart(Ledger(home).events()).destroyed))) is False
