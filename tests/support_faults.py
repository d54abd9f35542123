"""Attempts that can be killed: one warm process forks a child per attempt, so that each is a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from register.events import Accepted
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.locks import clear_scratch
from register.personal_data import set_apart
from register.raw_files import RawFiles
from register.submissions import submissions

HELPER = """
import json, os, sys
from pathlib import Path
from expectations import delivery
from expectations.judgement import FileToJudge
from indicators.periods import Period
from register.access import OPERATOR
from register.decisions import confirm, purge, reinstate, withdraw
from register.home import Home
from register.intake import Confirmation, Delivery, receive, resume
from tests.support_register import personal, row, sound, warned

DECISIONS = {"confirm": confirm, "withdraw": withdraw, "reinstate": reinstate, "purge": purge}
FILES = {"sound": sound, "warned": warned, "personal": personal}

def send(home, files, region, confirmation):
    deliveries = [
        Delivery(FILES[kind](row("OUD08", teller, region)), "a.csv", region, Period.quarter(2025, 4))
        for kind, teller in files
    ]
    return receive(home, deliveries, OPERATOR, confirmation=Confirmation("klopt") if confirmation else None)

def attempt(task):
    os.environ["JZOJP_FAILPOINT"] = task["failpoint"]
    home = Home(Path(task["home"]))
    if task["do"] == "resume":
        receipts = resume(home, OPERATOR)
    elif task["do"] in DECISIONS:
        receipts = [DECISIONS[task["do"]](home, task["number"], reason="proef", actor=OPERATOR)]
    else:
        receipts = send(home, task["files"], task["region"], task["do"] == "send_and_confirm")
    return [receipt.model_dump(mode="json") for receipt in receipts]

def child(task, writing):
    try:
        os.write(writing, json.dumps({"receipts": attempt(task)}).encode())
    except Exception as error:
        os.write(writing, json.dumps({"error": type(error).__name__, "text": str(error)}).encode())
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
        yield {"status": status, **(json.loads(text) if text else {})}

delivery.judge([FileToJudge(sound(row("OUD08", 1)), "ZK08", Period.quarter(2025, 4))])
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(list(run(json.loads(line)))), flush=True)
"""

ROOT = Path(__file__).resolve().parents[2]


class Task(NamedTuple):
    """What one attempt does: send files (kind and count), resume, or decide about a submission."""

    do: str = "send"
    files: Sequence[tuple[str, int]] = ()
    number: int = 0
    region: str = "ZK08"
    failpoint: str = ""


TWO = Task(files=[("sound", 30), ("sound", 31)])
ONE = Task(files=[("sound", 30)])
RESUME = Task("resume")


class Attempts:
    """Runs attempts in forked children of one warm process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def at_once(self, home: Home, *tasks: Task) -> list[dict[str, Any]]:
        """All tasks at the same time, each in a process of its own."""
        lines = [{"home": str(home.path), **task._asdict()} for task in tasks]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(lines), file=self._process.stdin, flush=True)
        answers: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return answers

    def one(self, home: Home, task: Task) -> dict[str, Any]:
        return self.at_once(home, task)[0]

    def receipts(self, home: Home, task: Task) -> list[dict[str, Any]]:
        """What a task that nothing disturbs gives."""
        found: list[dict[str, Any]] = self.one(home, task)["receipts"]
        return found

    def killed(self, home: Home, task: Task, place: str) -> None:
        """Do a task and be killed at a place."""
        assert self.one(home, task._replace(failpoint=f"{place}:kill")) == {"status": -signal.SIGKILL}


@contextmanager
def warm_process() -> Iterator[Attempts]:
    """A process that has loaded everything, for the attempts of one module."""
    with subprocess.Popen(
        [sys.executable, "-c", HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Attempts(process)
        assert process.stdin is not None
        process.stdin.close()


def check_invariants(home: Home) -> None:
    """The chain holds, what the ledger says has bytes, nothing is double, leftovers are only in tmp."""
    ledger = Ledger(home)
    ledger.verify()
    files = RawFiles(home)
    found = submissions(ledger.events())
    apart = set_apart(ledger.events()).all
    verdicts = [event.content.submission for event in ledger.events() if isinstance(event.content, Accepted)]
    assert all(files.verify(item.delivery.sha256) for item in found.values() if item.delivery.sha256 not in apart)
    assert len(verdicts) == len(set(verdicts))
    assert len({item.key for item in found.values()}) == len(found)
    assert all(len(path.name) == 64 and files.verify(path.name) for path in home.files_path.iterdir())
    clear_scratch(home)
    assert list(home.tmp_path.iterdir()) == []


def final_state(home: Home) -> list[tuple[object, ...]]:
    return [
        (batch.dataset_code, batch.sha256, batch.canonical_hash) for batch in batches_in_force(Ledger(home).events())
    ]
