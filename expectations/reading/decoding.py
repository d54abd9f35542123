"""In which character set a text was written: by its mark, else strictly UTF-8, else Windows-1252.

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

UTF8: Final = "utf-8-sig"
"""UTF-8, with or without its mark."""
WINDOWS: Final = "cp1252"

_PIECE: Final = 1 << 20
_OTHER_LETTERS: Final = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """The text of a file, or the finding that says why there is none."""

    text: str
    normalisations: tuple[str, ...] = ()
    finding: Finding | None = None


class EncodedText(NamedTuple):
    """The bytes of a text in a character set in which separators and line ends are single bytes."""

    content: bytes
    encoding: str
    normalisations: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The lines, all with one kind of line end; a mark at the beginning is left out."""
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline=None)


def decode(content: bytes) -> Decoded:
    """The whole text of a file that must be a CSV; for open data, which is small."""
    try:
        kind = kind_of(content, wanted=CSV_WANTED)
        if kind is not FileKind.TEXT:
            raise RefusedFileError(Rule.FILE_TYPE, kind=KIND_NAMES[kind], wanted=CSV_WANTED)
        text = encoded_text(content)
    except RefusedFileError as error:
        return Decoded("", (), error.finding)
    return Decoded(text.content.decode(text.encoding), text.normalisations)


def encoded_text(content: bytes) -> EncodedText:
    """A text in the character set that it was written in; one in UTF-16 is made UTF-8, the others are not copied.

    Raises:
        RefusedFileError: in no character set is it a text, or in two at once.
    """
    if content.startswith(UTF16_MARKS):
        _require(content, "utf-16")
        return EncodedText(_as_utf8(content), UTF8, ("Het bestand is gelezen als UTF-16.",))
    if content.startswith(UTF8_MARK) or _first_wrong(content, "utf-8") is None:
        _require(content, "utf-8")
        return EncodedText(content, UTF8)
    _refuse_mixed(content)
    _require(content, WINDOWS)
    return EncodedText(content, WINDOWS, ("Het bestand is geen UTF-8 en is gelezen als Windows-1252.",))


def _require(content: bytes, encoding: str) -> None:
    wrong = _first_wrong(content, encoding)
    if wrong is not None:
        raise RefusedFileError(Rule.FILE_ENCODING, line=wrong)


def _as_utf8(content: bytes) -> bytes:
    target = io.BytesIO()
    for piece in _decoded(content, "utf-16"):
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
