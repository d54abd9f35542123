"""Killing the process at every named place: nothing that was acknowledged is lost, and the call can be repeated.

One helper process imports the heavy libraries once and forks a child per attempt, so that each attempt is a process
of its own that can really be killed.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from register.events import Accepted, Received
from register.failpoints import VARIABLE, Failpoint
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.locks import clear_scratch
from register.raw_files import RawFiles
from register.submissions import submissions

HELPER = f"""
import json, os, sys
from pathlib import Path
from expectations.delivery import judge
from expectations.judgement import FileToJudge
from indicators.periods import Period
from register.access import OPERATOR
from register.home import Home
from register.intake import Delivery, receive, resume

HEADER = "Indicator;Periode;Gebiedscode;Leeftijd;Geslacht;Teller;Noemer"

def file_of(teller):
    return f"{{HEADER}}\\r\\nOUD08;2025Q4;ZK08;totaal;totaal;{{teller}};1200\\r\\n".encode()

def attempt(task):
    os.environ["{VARIABLE}"] = task["failpoint"]
    home = Home(Path(task["home"]))
    if task["tellers"] is None:
        receipts = resume(home, OPERATOR)
    else:
        period = Period.quarter(2025, 4)
        deliveries = [Delivery(file_of(teller), "a.csv", "ZK08", period) for teller in task["tellers"]]
        receipts = receive(home, deliveries, OPERATOR)
    return [receipt.model_dump(mode="json") for receipt in receipts]

def child(task, writing):
    try:
        os.write(writing, json.dumps({{"receipts": attempt(task)}}).encode())
    except Exception as error:
        os.write(writing, json.dumps({{"error": type(error).__name__, "text": str(error)}}).encode())
    finally:
        os._exit(0)

def run(tasks):
    started = []
    for task in tasks:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            child(task, writing)
        os.close(writing)
        started.append((pid, reading))
    for pid, reading in started:
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        yield {{"status": status, **(json.loads(text) if text else {{}})}}

judge([FileToJudge(file_of(1), "ZK08", Period.quarter(2025, 4))])
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(list(run(json.loads(line)))), flush=True)
"""

PUBLISHING = (Failpoint.PUBLISH_BEFORE_RENAME, Failpoint.POINTER_BEFORE_RENAME)
"""Places that receiving a file does not pass; tests/integration/test_publishing.py breaks there."""


class Attempts:
    """Runs attempts in forked children of one warm process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, home: Home, *attempts: tuple[str, Sequence[int] | None]) -> list[dict[str, Any]]:
        """All attempts at once: per attempt a failpoint and the tellers of the files (None: resume)."""
        tasks = [{"home": str(home.path), "failpoint": place, "tellers": tellers} for place, tellers in attempts]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(tasks), file=self._process.stdin, flush=True)
        answers: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return answers

    def receipts(self, home: Home, tellers: Sequence[int] | None) -> list[dict[str, object]]:
        """What an attempt that nothing disturbs gives."""
        found: list[dict[str, object]] = self.run(home, ("", tellers))[0]["receipts"]
        return found

    def one(self, home: Home, failpoint: str, tellers: Sequence[int] | None) -> dict[str, Any]:
        return self.run(home, (failpoint, tellers))[0]


@pytest.fixture(scope="module")
def attempts() -> Iterator[Attempts]:
    with subprocess.Popen(
        [sys.executable, "-c", HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Attempts(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def undisturbed(attempts: Attempts, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same two deliveries without a fault."""
    home = Home(tmp_path_factory.mktemp("ongestoord") / "var")
    attempts.receipts(home, [30, 31])
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def check_invariants(home: Home) -> None:
    """The chain holds, what the ledger says has bytes, nothing is double, leftovers are only in tmp."""
    ledger = Ledger(home)
    ledger.verify()
    files = RawFiles(home)
    found = submissions(ledger.events())
    verdicts = [event.content.submission for event in ledger.events() if isinstance(event.content, Accepted)]
    assert all(files.verify(item.delivery.sha256) for item in found.values())
    assert len(verdicts) == len(set(verdicts))
    assert len({item.key for item in found.values()}) == len(found)
    assert all(len(path.name) == 64 and files.verify(path.name) for path in home.files_path.iterdir())
    clear_scratch(home)
    assert list(home.tmp_path.iterdir()) == []


def final_state(home: Home) -> list[tuple[object, ...]]:
    return [
        (batch.dataset_code, batch.sha256, batch.canonical_hash) for batch in batches_in_force(Ledger(home).events())
    ]


@pytest.mark.parametrize("place", [place for place in Failpoint if place not in PUBLISHING])
def test_after_a_kill_anywhere_in_receive_the_call_can_be_repeated(
    attempts: Attempts, home: Home, undisturbed: Home, place: Failpoint
) -> None:
    assert attempts.one(home, f"{place}:kill", [30, 31]) == {"status": -signal.SIGKILL}
    check_invariants(home)
    receipts = attempts.receipts(home, [30, 31])
    check_invariants(home)
    assert [receipt["outcome"] for receipt in receipts] == ["accepted", "accepted"]
    assert final_state(home) == final_state(undisturbed)
    assert Ledger(home).head() == Ledger(undisturbed).head() == 4


@pytest.mark.parametrize("second", [Failpoint.RECEIVE_BEFORE_VERDICT, Failpoint.APPEND_BEFORE_COMMIT])
def test_a_second_kill_during_recovery_loses_nothing_either(attempts: Attempts, home: Home, second: Failpoint) -> None:
    assert attempts.one(home, f"{Failpoint.RECEIVE_BEFORE_JUDGE}:kill", [30])["status"] == -signal.SIGKILL
    assert attempts.one(home, f"{second}:kill", None)["status"] == -signal.SIGKILL
    check_invariants(home)
    (receipt,) = attempts.receipts(home, None)
    assert (receipt["submission"], receipt["outcome"]) == (1, "accepted")
    assert attempts.receipts(home, None) == []
    check_invariants(home)


def test_a_full_disk_acknowledges_nothing_and_needs_no_manual_step(attempts: Attempts, home: Home) -> None:
    refused = attempts.one(home, f"{Failpoint.STORE_BEFORE_FSYNC}:full", [30])
    assert refused["error"] == "StorageError"
    assert "Maak ruimte" in str(refused["text"])
    assert Ledger(home).head() == 0
    (receipt,) = attempts.receipts(home, [30])
    assert receipt["submission"] == 1
    check_invariants(home)


def test_at_once_every_file_is_accepted_exactly_once_and_the_same_file_is_one_submission(
    attempts: Attempts, home: Home
) -> None:
    answers = attempts.run(home, *[("", [30 + number % 2]) for number in range(4)])
    check_invariants(home)
    assert [answer["status"] for answer in answers] == [0] * 4
    receipts = [receipt for answer in answers for receipt in answer["receipts"]]
    assert {receipt["outcome"] for receipt in receipts} == {"accepted"}
    assert sorted(receipt["already_received"] for receipt in receipts) == [False] * 2 + [True] * 2
    events = Ledger(home).events()
    assert sum(isinstance(event.content, Received) for event in events) == 2
    assert len(events) == 4


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
