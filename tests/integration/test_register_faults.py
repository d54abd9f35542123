"""Killing the process at every named place: nothing that was acknowledged is lost, and the call can be repeated."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from register.events import Received
from register.failpoints import Failpoint
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from tests.support_faults import ONE, RESUME, TWO, Attempts, Task, check_invariants, final_state, warm_process

ELSEWHERE = (
    Failpoint.QUARANTINE_BEFORE_RENAME,
    Failpoint.QUARANTINE_AFTER_RENAME,
    Failpoint.PURGE_BEFORE_UNLINK,
    Failpoint.PURGE_AFTER_UNLINK,
    Failpoint.PUBLISH_BEFORE_RENAME,
    Failpoint.POINTER_BEFORE_RENAME,
    Failpoint.NOTICE_BEFORE_SEND,
    Failpoint.NOTICE_AFTER_SEND,
)
"""Places that receiving a sound file does not pass; the tests of setting apart, of publishing
and of notifying break there."""


@pytest.fixture(scope="module")
def attempts() -> Iterator[Attempts]:
    with warm_process() as process:
        yield process


@pytest.fixture(scope="module")
def undisturbed(attempts: Attempts, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same two deliveries without a fault."""
    home = Home(tmp_path_factory.mktemp("ongestoord") / "var")
    attempts.receipts(home, TWO)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


@pytest.mark.parametrize("place", [place for place in Failpoint if place not in ELSEWHERE])
def test_after_a_kill_anywhere_in_receive_the_call_can_be_repeated(
    attempts: Attempts, home: Home, undisturbed: Home, place: Failpoint
) -> None:
    attempts.killed(home, TWO, place)
    check_invariants(home)
    receipts = attempts.receipts(home, TWO)
    check_invariants(home)
    assert [receipt["outcome"] for receipt in receipts] == ["accepted", "accepted"]
    assert final_state(home) == final_state(undisturbed)
    assert Ledger(home).head() == Ledger(undisturbed).head() == 4


@pytest.mark.parametrize("second", [Failpoint.RECEIVE_BEFORE_VERDICT, Failpoint.APPEND_BEFORE_COMMIT])
def test_a_second_kill_during_recovery_loses_nothing_either(attempts: Attempts, home: Home, second: Failpoint) -> None:
    attempts.killed(home, ONE, Failpoint.RECEIVE_BEFORE_JUDGE)
    attempts.killed(home, RESUME, second)
    check_invariants(home)
    (receipt,) = attempts.receipts(home, RESUME)
    assert (receipt["submission"], receipt["outcome"]) == (1, "accepted")
    assert attempts.receipts(home, RESUME) == []
    check_invariants(home)


def test_a_full_disk_acknowledges_nothing_and_needs_no_manual_step(attempts: Attempts, home: Home) -> None:
    refused = attempts.one(home, ONE._replace(failpoint=f"{Failpoint.STORE_BEFORE_FSYNC}:full"))
    assert refused["error"] == "StorageError"
    assert "Maak ruimte" in str(refused["text"])
    assert Ledger(home).head() == 0
    (receipt,) = attempts.receipts(home, ONE)
    assert receipt["submission"] == 1
    check_invariants(home)


def test_at_once_every_file_is_accepted_exactly_once_and_the_same_file_is_one_submission(
    attempts: Attempts, home: Home
) -> None:
    answers = attempts.at_once(home, *[Task(files=[("sound", 30 + number % 2)]) for number in range(4)])
    check_invariants(home)
    assert [answer["status"] for answer in answers] == [0] * 4
    receipts = [receipt for answer in answers for receipt in answer["receipts"]]
    assert {receipt["outcome"] for receipt in receipts} == {"accepted"}
    assert sorted(receipt["already_received"] for receipt in receipts) == [False] * 2 + [True] * 2
    events = Ledger(home).events()
    assert sum(isinstance(event.content, Received) for event in events) == 2
    assert len(events) == 4


def test_two_regions_at_once_are_both_in_force(attempts: Attempts, home: Home) -> None:
    tasks = [Task(files=[("sound", 30)], region=region) for region in ("ZK08", "ZK10")]
    answers = attempts.at_once(home, *tasks)
    check_invariants(home)
    assert [answer["receipts"][0]["state"] for answer in answers] == ["accepted", "accepted"]
    assert sorted(batch.region_code for batch in batches_in_force(Ledger(home).events())) == ["ZK08", "ZK10"]


FULL_DATABASE = """
import resource, sys
from pathlib import Path
from register.access import OPERATOR
from register.errors import StorageError
from register.events import Withdrawn
from register.home import Home
from register.ledger import Ledger

ledger = Ledger(Home(Path(sys.argv[1])))
small = Withdrawn(submission=1, reason="klein")
ledger.append([small], actor=OPERATOR)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
try:
    ledger.append([Withdrawn(submission=1, reason="x" * 2_000)] * 100, actor=OPERATOR)
except StorageError as error:
    print(error)
assert ledger.verify() == 1
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
ledger.append([small], actor=OPERATOR)
print(ledger.verify())
"""


def test_a_database_that_cannot_grow_takes_nothing_and_works_again_afterwards(home: Home) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FULL_DATABASE, str(home.path)], capture_output=True, text=True, check=True
    )
    said, count = answer.stdout.splitlines()
    assert "Er is niets vastgelegd" in said
    assert count == "2"
