"""In which character set a text was written: by its mark, else strictly UTF-8, else Windows-1252; and it as UTF-8.

Rows and columns are for `text_files.py`. Everything is decoded piece by piece: a text of Python takes up to four times
the room of its bytes.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from expectations.findings import Finding
from expectations.reading.kinds import CSV_WANTED, KIND_NAMES, UTF8_MARK, UTF16_MARKS, FileKind, kind_of
from expectations.reading.refusal import RefusedFileError
from expectations.rules import Rule

_PIECE: Final = 1 << 20
_OTHER_LETTERS: Final = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """The text of a file, or the finding that says why there is none."""

    text: str
    normalisations: tuple[str, ...] = ()
    finding: Finding | None = None


class Utf8(NamedTuple):
    """A text as UTF-8 (perhaps with its mark), and what was tidied to make it so."""

    content: bytes
    normalisations: tuple[str, ...] = ()


def decode(content: bytes) -> Decoded:
    """The whole text of a file that must be a CSV; for open data, which is small."""
    try:
        kind = kind_of(content, wanted=CSV_WANTED)
        if kind is not FileKind.TEXT:
            raise RefusedFileError(Rule.FILE_TYPE, kind=KIND_NAMES[kind], wanted=CSV_WANTED)
        text = to_utf8(content)
    except RefusedFileError as error:
        return Decoded("", (), error.finding)
    return Decoded(text.content.decode("utf-8-sig"), text.normalisations)


def to_utf8(content: bytes) -> Utf8:
    """Text in any of the character sets as UTF-8; bytes that are UTF-8 already are not copied.

    Raises:
        RefusedFileError: in no character set is it a text, or in two at once.
    """
    if content.startswith(UTF16_MARKS):
        return Utf8(_transcoded(content, "utf-16"), ("Het bestand is gelezen als UTF-16.",))
    wrong = _first_wrong(content, "utf-8")
    if wrong is None:
        return Utf8(content)
    if content.startswith(UTF8_MARK):
        raise RefusedFileError(Rule.FILE_ENCODING, line=wrong)
    _refuse_mixed(content)
    return Utf8(_transcoded(content, "cp1252"), ("Het bestand is geen UTF-8 en is gelezen als Windows-1252.",))


def _transcoded(content: bytes, encoding: str) -> bytes:
    wrong = _first_wrong(content, encoding)
    if wrong is not None:
        raise RefusedFileError(Rule.FILE_ENCODING, line=wrong)
    target = io.BytesIO()
    for piece in _decoded(content, encoding):
        target.write(piece.encode("utf-8"))
    return target.getvalue()


def _first_wrong(content: bytes, encoding: str) -> int | None:
    """The line, as far as pieces can tell it, of the first bytes that are no text in a character set."""
    lines = 1
    pieces = _decoded(content, encoding)
    try:
        for piece in pieces:
            lines += piece.count("\n")
    except UnicodeDecodeError as error:
        return lines + error.object[: error.start].count(b"\n")
    return None


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    for start in range(0, len(content), _PIECE):
        yield decoder.decode(view[start : start + _PIECE], final=start + _PIECE >= len(content))


def _refuse_mixed(content: bytes) -> None:
    """Refuse a text of which one line is UTF-8 with other letters than those of ASCII, and another line is not."""
    utf8_line = other_line = None
    for number, line in _lines_with_other_letters(content):
        if _is_utf8(line):
            utf8_line = utf8_line or number
        else:
            other_line = other_line or number
        if utf8_line and other_line:
            raise RefusedFileError(Rule.FILE_MIXED_ENCODING, utf8_line=utf8_line, other_line=other_line)


def _lines_with_other_letters(content: bytes) -> Iterator[tuple[int, bytes]]:
    number, counted = 1, 0
    found = _OTHER_LETTERS.search(content)
    while found:
        start = content.rfind(b"\n", 0, found.start()) + 1
        end = content.find(b"\n", found.start())
        end = len(content) if end < 0 else end
        number += content.count(b"\n", counted, start)
        counted = start
        yield number, content[start:end]
        found = _OTHER_LETTERS.search(content, end)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
