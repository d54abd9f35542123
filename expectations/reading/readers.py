"""Which reader a process is asked for, by a letter that is sent before the file.

Belongs here: that list. Does not belong here: the readers themselves, and the process (`sandbox.py`).
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from expectations.reading.delivery_reader import read_delivery
from expectations.reading.read_file import ReadFile
from expectations.reading.workbook_texts import read_workbook_texts


class Reader(Enum):
    """What is read of a file."""

    DELIVERY = b"d"
    WORKBOOK = b"w"


_READERS: Final[Mapping[Reader, Callable[[bytes], ReadFile]]] = {
    Reader.DELIVERY: read_delivery,
    Reader.WORKBOOK: read_workbook_texts,
}


def read_here(reader: Reader, content: bytes) -> ReadFile:
    """Read a file in this process; never raises on bad input."""
    return _READERS[reader](content)
