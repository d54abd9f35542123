"""Locks between processes on one data directory (flock: the system releases them when a process dies).

Belongs here: the writer lock of warehouse and publications, and the guard over half-written files.
The ledger needs neither: the database orders its writers.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from register.errors import LockedError
from register.home import Home

_POLL_SECONDS: Final = 0.05


@contextmanager
def writer_lock(home: Home, *, purpose: str = "jzojp", wait_seconds: float = 0) -> Iterator[None]:
    """Be the only one that changes warehouse and publications.

    Args:
        home: the data directory.
        purpose: what this process is doing, shown to whoever finds the lock held.
        wait_seconds: how long to wait for another process before giving up.

    Raises:
        LockedError: another process still held the lock after `wait_seconds`; the text says which.
    """
    home.create()
    with home.lock_path.open("a+", encoding="utf-8") as lock_file:
        if not _acquire(lock_file, wait_seconds):
            raise LockedError(
                f"De gegevensmap wordt nu bijgewerkt door {_holder(lock_file)}. "
                "Wacht tot dat klaar is en voer de opdracht daarna opnieuw uit."
            )
        _sign(lock_file, purpose)
        try:
            yield
        finally:
            fcntl.flock(lock_file, fcntl.LOCK_UN)


@contextmanager
def scratch(home: Home) -> Iterator[Path]:
    """The folder for half-written files; what is in it stays until every user of it has left."""
    home.create()
    with _locked_folder(home.tmp_path, fcntl.LOCK_SH):
        yield home.tmp_path


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Be the only one that makes or migrates the database in a folder; others wait."""
    with _locked_folder(folder, fcntl.LOCK_EX):
        yield


def clear_scratch(home: Home) -> int:
    """Remove what killed processes left half-written, unless somebody is writing now; returns how many."""
    home.create()
    try:
        with _locked_folder(home.tmp_path, fcntl.LOCK_EX | fcntl.LOCK_NB):
            leftovers = list(home.tmp_path.iterdir())
            for path in leftovers:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            return len(leftovers)
    except BlockingIOError:
        return 0


def _acquire(lock_file: IO[str], wait_seconds: float) -> bool:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)
        else:
            return True


def _sign(lock_file: IO[str], purpose: str) -> None:
    lock_file.seek(0)
    lock_file.truncate()
    since = datetime.now(UTC).astimezone().strftime("%d-%m-%Y %H:%M")
    lock_file.write(json.dumps({"purpose": purpose, "process": os.getpid(), "since": since}))
    lock_file.flush()


def _holder(lock_file: IO[str]) -> str:
    lock_file.seek(0)
    text = lock_file.read()
    if not text:
        return "een ander proces dat net is begonnen"
    signed = json.loads(text)
    return f"'{signed['purpose']}' (proces {signed['process']}, sinds {signed['since']})"


@contextmanager
def _locked_folder(folder: Path, kind: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)
