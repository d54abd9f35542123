"""ZIP files within a budget: their directory is summed before anything, and no part unpacks to more than it said.

Nothing is ever written to disk, and a name in a ZIP is only compared with names that are known.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from expectations.reading.refusal import RefusedFileError
from expectations.rules import Rule

MAXIMUM_UNPACKED_BYTES: Final = 400_000_000
MAXIMUM_PARTS: Final = 500

_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_PLAIN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
_CHUNK: Final = 1 << 16
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    OSError,
    ValueError,
)
"""What the standard library raises on bytes that are no sound ZIP."""


class Archive:
    """The parts of one ZIP file, by name."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self._parts = {part.filename: part for part in opened.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, as the ZIP spells them."""
        return frozenset(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, in pieces; none when there is no such part.

        Raises:
            RefusedFileError: the part is damaged, or unpacks to more than the directory says.
        """
        if name not in self._parts:
            return
        with reading_damaged(), self._opened.open(self._parts[name]) as part:
            while chunk := part.read(_CHUNK):
                yield chunk


@contextmanager
def open_archive(content: bytes) -> Iterator[Archive]:
    """Open a ZIP of which the directory stays within the budget.

    Raises:
        RefusedFileError: it does not, or it is damaged or encrypted.
    """
    if content.count(_DIRECTORY_ENTRY) > MAXIMUM_PARTS:
        raise _too_large(unpacked=len(content), parts=content.count(_DIRECTORY_ENTRY))
    with reading_damaged():
        opened = zipfile.ZipFile(io.BytesIO(content))
    with opened:
        _check_budget(opened.infolist())
        yield Archive(opened)


def part_names(content: bytes) -> frozenset[str]:
    """The names in a ZIP that stays within the budget.

    Raises:
        RefusedFileError: it does not, or it is damaged or encrypted.
    """
    with open_archive(content) as archive:
        return archive.names


@contextmanager
def reading_damaged() -> Iterator[None]:
    """Turn what a damaged ZIP makes the standard library raise into a refusal."""
    try:
        yield
    except _DAMAGE as error:
        raise RefusedFileError(Rule.FILE_DAMAGED) from error


def _check_budget(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAXIMUM_UNPACKED_BYTES or len(parts) > MAXIMUM_PARTS:
        raise _too_large(unpacked=unpacked, parts=len(parts))
    if any(part.flag_bits & _ENCRYPTED or part.compress_type not in _PLAIN_METHODS for part in parts):
        raise RefusedFileError(Rule.FILE_DAMAGED)


def _too_large(*, unpacked: int, parts: int) -> RefusedFileError:
    limit = MAXIMUM_UNPACKED_BYTES // 1_000_000
    megabytes = -(-unpacked // 1_000_000)
    return RefusedFileError(
        Rule.FILE_UNPACKED_TOO_LARGE, megabytes=megabytes, parts=parts, limit=limit, parts_limit=MAXIMUM_PARTS
    )
