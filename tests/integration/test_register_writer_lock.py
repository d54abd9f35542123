"""The writer lock between processes: who is killed does not keep it, and who waits gets it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from register.errors import LockedError
from register.home import Home
from register.locks import writer_lock

HOLDER = """
import sys, time
from pathlib import Path
from register.home import Home
from register.locks import writer_lock

with writer_lock(Home(Path(sys.argv[1])), purpose="publish"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def hold(home: Home) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_killed_process_does_not_keep_the_lock(home: Home) -> None:
    with hold(home) as process:
        with pytest.raises(LockedError, match=rf"'publish' \(proces {process.pid}"), writer_lock(home):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        with writer_lock(home):
            pass


def test_who_waits_gets_the_lock_when_it_is_free(home: Home) -> None:
    with hold(home) as process:
        assert process.stdin is not None
        process.stdin.close()
        with writer_lock(home, wait_seconds=10):
            pass
