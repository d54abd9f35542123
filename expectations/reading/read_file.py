"""What reading a delivery gives, and how that travels from the process that reads to the one that asked."""

import json
from dataclasses import dataclass
from mmap import mmap
from typing import Final, NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]

from expectations.columns import Column
from expectations.findings import Finding
from expectations.rules import Rule

TEXT_TYPE: Final = pa.dictionary(pa.int32(), pa.string())
SOURCE_ROW: Final = "source_row"
SCHEMA: Final = pa.schema([*((column.value, TEXT_TYPE) for column in Column), (SOURCE_ROW, pa.int64())])

_METADATA_KEY: Final = b"read_file"


class Unlisted(NamedTuple):
    """How many findings of one rule in one column there are beside those that are listed."""

    rule: Rule
    column: str | None
    further: int


@dataclass(frozen=True)
class ReadFile:
    """The text cells of one delivery, or of a workbook that is none (`workbook_texts.py` has its columns).

    `cells` of a delivery has a column per `Column` (empty text where the file lacks it) and `source_row`, the row as a
    spreadsheet shows it. A file that cannot be read has no rows and an error among its findings.
    """

    cells: pa.Table
    findings: tuple[Finding, ...] = ()
    normalisations: tuple[str, ...] = ()
    has_personal_data: bool = False
    unlisted: tuple[Unlisted, ...] = ()


def no_cells() -> pa.Table:
    """A table without rows."""
    return SCHEMA.empty_table()


def refused(finding: Finding) -> ReadFile:
    """A file of which nothing is read, and why."""
    return ReadFile(no_cells(), (finding,))


def as_table(file: ReadFile) -> pa.Table:
    """The cells of a file; what is no cell is JSON in the schema."""
    rest = {
        "findings": [finding.model_dump(mode="json") for finding in file.findings],
        "normalisations": file.normalisations,
        "has_personal_data": file.has_personal_data,
        "unlisted": file.unlisted,
    }
    return file.cells.replace_schema_metadata({_METADATA_KEY: json.dumps(rest).encode()})


def stream_size(table: pa.Table) -> int:
    """How many bytes `write_stream` writes."""
    size = pa.MockOutputStream()
    _write(table, size)
    return int(size.size())


def write_stream(table: pa.Table, room: mmap | bytearray) -> None:
    """Write the table of a file as an Arrow stream.

    Args:
        table: what `as_table` made.
        room: as many bytes as `stream_size` says.
    """
    _write(table, pa.FixedSizeBufferWriter(pa.py_buffer(room)))


def _write(table: pa.Table, sink: pa.NativeFile) -> None:
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)


def from_stream(content: mmap | bytearray) -> ReadFile:
    """The file that `write_stream` wrote; its cells stay where they are, nothing is copied."""
    with pa.ipc.open_stream(content) as reader:
        table = reader.read_all()
    rest = json.loads(table.schema.metadata[_METADATA_KEY])
    return ReadFile(
        table.replace_schema_metadata(None),
        tuple(Finding.model_validate(finding) for finding in rest["findings"]),
        tuple(rest["normalisations"]),
        has_personal_data=rest["has_personal_data"],
        unlisted=tuple(Unlisted(Rule(rule), column, further) for rule, column, further in rest["unlisted"]),
    )
