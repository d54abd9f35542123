"""Raw files: once, read-only, whole or absent, and a damaged one is never used."""

import hashlib
import stat
from pathlib import Path

import pytest

from register.errors import DamagedFileError, StorageError
from register.failpoints import VARIABLE
from register.home import Home
from register.raw_files import RawFiles

CONTENT = "Indicator;Gebied\nPRE02;'s-Gravenhage é\n".encode()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


@pytest.fixture
def files(home: Home) -> RawFiles:
    return RawFiles(home)


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"", CONTENT, bytes(range(256)) * 4_000])
def test_bytes_come_back_under_their_hash(files: RawFiles, content: bytes) -> None:
    sha256 = files.store(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert files.read(sha256) == content


def test_a_stored_file_is_read_only_and_leaves_nothing_half_written(home: Home, files: RawFiles) -> None:
    path = home.files_path / files.store(CONTENT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert list(home.tmp_path.iterdir()) == []


def test_the_same_bytes_are_stored_once(home: Home, files: RawFiles) -> None:
    first = files.store(CONTENT)
    written_at = (home.files_path / first).stat().st_ino
    assert files.store_all([CONTENT, b"anders", CONTENT]) == [first, hashlib.sha256(b"anders").hexdigest(), first]
    assert (home.files_path / first).stat().st_ino == written_at
    assert len(list(home.files_path.iterdir())) == 2


def test_every_flipped_byte_is_noticed_before_use(home: Home, files: RawFiles) -> None:
    sha256 = files.store(CONTENT)
    for place in range(len(CONTENT)):
        flip(home.files_path / sha256, place)
        assert not files.verify(sha256)
        with pytest.raises(DamagedFileError, match=sha256):
            files.read(sha256)
        flip(home.files_path / sha256, place)
    assert files.verify(sha256)


def test_a_missing_file_is_named(files: RawFiles) -> None:
    with pytest.raises(DamagedFileError, match=f"{'0' * 64} ontbreekt"):
        files.read("0" * 64)


def test_sending_the_same_bytes_again_mends_a_damaged_copy(home: Home, files: RawFiles) -> None:
    sha256 = files.store(CONTENT)
    flip(home.files_path / sha256, 3)
    files.store(CONTENT)
    assert files.read(sha256) == CONTENT


def test_a_full_disk_stores_nothing_and_the_same_call_works_later(
    home: Home, files: RawFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "store.before_rename:full")
    with pytest.raises(StorageError, match=r"No space left.*Er is niets ontvangen.*opnieuw"):
        files.store(CONTENT)
    assert list(home.files_path.iterdir()) == []
    monkeypatch.delenv(VARIABLE)
    assert files.verify(files.store(CONTENT))
