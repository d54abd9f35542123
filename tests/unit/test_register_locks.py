"""One writer at a time, and half-written files are only removed when nobody is writing."""

import os
from pathlib import Path

import pytest

from register.errors import LockedError
from register.home import Home
from register.locks import clear_scratch, scratch, writer_lock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


def test_a_second_writer_is_told_who_holds_the_lock(home: Home) -> None:
    with (
        writer_lock(home, purpose="compute"),
        pytest.raises(LockedError, match=rf"'compute' \(proces {os.getpid()}, sinds .*opnieuw"),
        writer_lock(home, purpose="publish"),
    ):
        pass


def test_the_lock_is_free_afterwards_also_after_an_error(home: Home) -> None:
    with pytest.raises(ZeroDivisionError), writer_lock(home):
        raise ZeroDivisionError
    with writer_lock(home):
        pass


def test_waiting_ends_with_an_error_when_the_lock_stays_held(home: Home) -> None:
    with writer_lock(home), pytest.raises(LockedError), writer_lock(home, wait_seconds=0.01):
        pass


def test_leftovers_are_removed(home: Home) -> None:
    home.create()
    (home.tmp_path / "half").write_bytes(b"half")
    (home.tmp_path / "map").mkdir()
    assert clear_scratch(home) == 2
    assert list(home.tmp_path.iterdir()) == []


def test_files_of_a_writer_at_work_stay(home: Home) -> None:
    with scratch(home) as tmp:
        (tmp / "half").write_bytes(b"half")
        assert clear_scratch(home) == 0
        assert (tmp / "half").exists()
