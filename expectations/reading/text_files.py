"""CSV in every dialect: separator by the header, quotes kept strictly, every cell as text.

A text without any quotation mark that has as many separators on every line is read by Arrow, ten times faster; all
else by the standard library. Both give the same, which a test with Hypothesis sees to.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as arrow_csv  # type: ignore[import-untyped]

from expectations.columns import recognised_count
from expectations.reading.decoding import UTF8, WINDOWS, EncodedText
from expectations.reading.kinds import DELIVERY_WANTED
from expectations.reading.notes import Notes
from expectations.reading.privacy import find_in_row
from expectations.reading.read_file import TEXT_TYPE, no_cells
from expectations.reading.refusal import RefusedFileError
from expectations.reading.tables import (
    HEADER_MINIMUM,
    HEADER_SEARCH_ROWS,
    Header,
    Record,
    TableBuilder,
    chunks,
    excerpt,
    filled_rows,
    header_in,
    no_header,
    one_array,
    tell_header,
)
from expectations.rules import Rule

SEPARATORS: Final = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "rechte streep (|)"}
_EXPECTED_SEPARATOR: Final = ";"
_ARROW_NAMES: Final = {UTF8: "utf8", WINDOWS: WINDOWS}
_LONGEST_FIELD: Final = 1_000_000
_SCORED: Final = 20_000
"""How much of a line is looked at to find the separator."""

csv.field_size_limit(_LONGEST_FIELD)


def read_text(text: EncodedText, notes: Notes) -> pa.Table:
    """The table of a CSV; without rows when it has no usable header or is broken off.

    Raises:
        RefusedFileError: it cannot be a table.
    """
    _refuse_endless_line(text.content)
    _say_line_ends(text.content, notes)
    separator = _separator(text)
    first = list(islice(_records(text, separator, notes), HEADER_SEARCH_ROWS))
    if notes.is_refused:
        return no_cells()
    header = header_in(first)
    if header is None:
        _tell_no_header(first, notes)
        return no_cells()
    tell_header(header, first, notes)
    if separator != _EXPECTED_SEPARATOR:
        notes.say(f"Het scheidingsteken is een {SEPARATORS[separator]} in plaats van een puntkomma.")
    return _table(text, separator, header, notes)


def _table(text: EncodedText, separator: str, header: Header, notes: Notes) -> pa.Table:
    builder = TableBuilder(header, notes)
    if not _add_regular(text, separator, header, builder):
        _add_irregular(text, separator, header, builder, notes)
    return no_cells() if notes.is_refused else builder.table()


def _add_regular(text: EncodedText, separator: str, header: Header, builder: TableBuilder) -> bool:
    """Add the rows with Arrow; nothing is added when the text is too irregular for that."""
    columns = _arrow_columns(text, separator, header)
    if columns is None:
        return False
    fields = [one_array(columns.pop(0).chunks, column) for column in header.columns]
    if any(_longest(texts) > _LONGEST_FIELD for texts in fields):
        return False
    rows = np.arange(header.row + 1, header.row + 1 + len(fields[0]), dtype=np.int64)
    is_filled = _is_filled(fields, len(rows))
    if not is_filled.all():
        fields = [texts.filter(pa.array(is_filled)) for texts in fields]
    builder.add_columns(fields, rows[is_filled])
    return True


def _arrow_columns(text: EncodedText, separator: str, header: Header) -> list[pa.ChunkedArray] | None:
    """The columns below the header as Arrow reads them, to be used up one by one; nothing when it cannot."""
    if b'"' in text.content:
        return None
    names = [str(number) for number in range(header.width)]
    read = arrow_csv.ReadOptions(
        column_names=names, skip_rows=header.row, use_threads=True, encoding=_ARROW_NAMES[text.encoding]
    )
    parse = arrow_csv.ParseOptions(delimiter=separator, quote_char=False, escape_char=False, ignore_empty_lines=False)
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, TEXT_TYPE), strings_can_be_null=False, null_values=[]
    )
    try:
        columns: list[pa.ChunkedArray] = arrow_csv.read_csv(pa.BufferReader(text.content), read, parse, convert).columns
    except pa.ArrowInvalid:
        return None
    return columns


def _longest(texts: pa.DictionaryArray) -> int:
    return int(pc.max(pc.binary_length(texts.dictionary)).as_py() or 0)


def _is_filled(fields: Sequence[pa.DictionaryArray], count: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Per row whether one of its cells is more than spaces; a column with few texts is looked at first."""
    is_filled = np.zeros(count, dtype=bool)
    for texts in sorted(fields, key=lambda texts: len(texts.dictionary)):
        is_filled |= filled_rows(texts)
        if is_filled.all():
            break
    return is_filled


def _add_irregular(text: EncodedText, separator: str, header: Header, builder: TableBuilder, notes: Notes) -> None:
    """Add the rows with the standard library, up to the first that breaks the rules of quoting."""
    records = _records(text, separator, notes)
    below = islice(records, header.row, None)
    for chunk in chunks(below, header.width):
        builder.add_records([_of_width(record, header.width, separator, notes) for record in chunk])


def _of_width(record: Record, width: int, separator: str, notes: Notes) -> Record:
    """The row with as many fields as the header; another number is found."""
    found = len(record.fields)
    if found == width:
        return record
    if found < width or any(cell.strip() for cell in record.fields[width:]):
        find_in_row(record.row, record.fields[width:], notes)
        last = separator.join(record.fields[width - 1 :]) or None
        notes.find(Rule.ROW_FIELD_COUNT, row=record.row, value=last, found=found, expected=width)
    return Record(record.row, [*record.fields[:width], *[""] * (width - found)])


def _records(text: EncodedText, separator: str, notes: Notes) -> Iterator[Record]:
    """The rows of the file, up to the first that breaks the rules of quoting; that is found."""
    reader = csv.reader(text.lines(), delimiter=separator, strict=True)
    line = 1
    try:
        for number, fields in enumerate(reader, start=1):
            yield Record(number, fields)
            line = reader.line_num + 1
    except csv.Error as error:
        _tell_broken_off(text, line, str(error), notes)


def _tell_broken_off(text: EncodedText, line: int, problem: str, notes: Notes) -> None:
    """Find why the rows from this line on cannot be read."""
    if problem.startswith("field larger"):
        raise _endless_line(line)
    broken = next(islice(text.lines(), line - 1, None), "")
    notes.find(Rule.FILE_QUOTE, line=line, excerpt=excerpt([broken.rstrip("\n")]))


def _refuse_endless_line(content: bytes) -> None:
    """Refuse a text with so many bytes without a line end that it is no table."""
    for start in range(0, len(content), _LONGEST_FIELD):
        end = start + _LONGEST_FIELD
        if end <= len(content) and content.find(b"\n", start, end) < 0 and content.find(b"\r", start, end) < 0:
            before = content[:start].replace(b"\r\n", b"\n")
            raise _endless_line(before.count(b"\n") + before.count(b"\r") + 1)


def _endless_line(line: int) -> RefusedFileError:
    return RefusedFileError(
        Rule.FILE_TYPE, kind=f"een tekstbestand met op regel {line} een veel te lange cel", wanted=DELIVERY_WANTED
    )


def _say_line_ends(content: bytes, notes: Notes) -> None:
    """Say so when a file has several kinds of line ends."""
    crlf = content.count(b"\r\n")
    kinds = sum((crlf > 0, content.count(b"\n") > crlf, content.count(b"\r") > crlf))
    if kinds > 1:
        notes.say("Het bestand heeft verschillende soorten regeleinden; ze zijn gelijk gelezen.")


def _separator(text: EncodedText) -> str:
    """The separator that makes the most known headers of one of the first lines; at a tie the expected one."""
    lines = [line[:_SCORED] for line in islice(text.lines(), HEADER_SEARCH_ROWS)]
    scores = {mark: max((recognised_count(line.split(mark)) for line in lines), default=0) for mark in SEPARATORS}
    return max(scores, key=lambda mark: (scores[mark], mark == _EXPECTED_SEPARATOR))


def _tell_no_header(first: Sequence[Record], notes: Notes) -> None:
    """Say why there is no header: each row may stand as a whole between quotation marks."""
    filled = next((record for record in first if record.is_filled), None)
    if (
        filled
        and len(filled.fields) == 1
        and any(recognised_count(filled.fields[0].split(mark)) >= HEADER_MINIMUM for mark in SEPARATORS)
    ):
        notes.find(Rule.FILE_ONE_COLUMN)
    else:
        no_header(first, notes)
