"""Small spreadsheets made by hand, byte by byte where that is what a test is about: XLSX, ODS and XLS."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from expectations.columns import Column

HEADER: Final = [column.value for column in Column if column not in (Column.AGE_BAND, Column.SEX)]
ROW: Final = ["PRE02", "2025Q4", "GM1900", "Súdwest-Fryslân", "312", "2400", "13,0", "definitief", ""]

MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_SPREADSHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"


def text_cell(place: str, text: str) -> str:
    """A cell with an inline string."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of cells that are XML, or texts that become inline strings from column A."""
    parts = [
        cell if cell.startswith("<") else text_cell(f"{chr(ord('A') + at)}{number}", cell)
        for at, cell in enumerate(cells)
        if cell
    ]
    return f'<row r="{number}" {attributes}>{"".join(parts)}</row>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part with these rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def sheet_of(*rows: Sequence[str]) -> str:
    """A worksheet part with rows of texts."""
    return sheet(*(row(number, *cells) for number, cells in enumerate(rows, start=1)))


def workbook(
    *sheets: str,
    names: Sequence[str] = (),
    states: Sequence[str] = (),
    shared: str = "",
    styles: str = "",
    properties: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """An XLSX of worksheet parts.

    Args:
        sheets: the parts.
        names: the names of the sheets; Blad1, Blad2 without.
        states: `visible`, `hidden` or `veryHidden` per sheet.
        shared: the `si` elements of the shared strings.
        styles: what is in `styleSheet`.
        properties: attributes of `workbookPr`.
        parts: further parts, or others in the place of those made here; an empty one is left out.
    """
    numbers = range(1, len(sheets) + 1)
    names, states = names or [f"Blad{number}" for number in numbers], states or ["visible"] * len(sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, name, state in zip(numbers, names, states, strict=True)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    made = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {_PACKAGE}><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}"><workbookPr {properties}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{related}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>" if shared else "",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>" if styles else "",
        **{f"xl/worksheets/sheet{number}.xml": part for number, part in zip(numbers, sheets, strict=True)},
    }
    return zipped({name: part for name, part in {**made, **(parts or {})}.items() if part})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def ods(rows: Iterable[Sequence[str | float]], *, doctype: str = "") -> bytes:
    """An ODS with one sheet; a number that is none is a cell with an error, as in `xls`."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"{doctype}<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Levering">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": _SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def _ods_cell(value: str | float) -> str:
    if value != value:
        kind = 'office:value-type="string" office:string-value=""'
        return f"<table:table-cell {kind}><text:p>{_ERROR}</text:p></table:table-cell>"
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if not value:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


_ERROR: Final = "#DIV/0!"
_DIVISION_BY_ZERO: Final = 7
_SECTOR: Final = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows: Iterable[Sequence[str | float]]) -> bytes:
    """An XLS (BIFF8) with one sheet, in the compound file that Excel 97 wrote."""
    cells = b"".join(
        _xls_cell(number, at, value)
        for number, values in enumerate(rows)
        for at, value in enumerate(values)
        if value != ""
    )
    name = b"Levering"
    begin, end = struct.pack("<HHHHI", 0x0600, 5, 0, 0, 0)[:8], _record(0x0A, b"")
    bound = struct.pack("<HBB", 0, len(name), 0) + name
    globals_length = len(_record(0x809, begin + bytes(8))) + len(_record(0x85, bytes(4) + bound)) + len(end)
    stream = _record(0x809, begin + bytes(8)) + _record(0x85, struct.pack("<I", globals_length) + bound) + end
    stream += _record(0x809, struct.pack("<HH", 0x0600, 0x10) + bytes(12)) + cells + end
    return _compound("Workbook", stream)


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _xls_cell(row_number: int, at: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row_number, at, 0)
    if value != value:
        return _record(0x205, place + bytes([_DIVISION_BY_ZERO, 1]))
    if isinstance(value, float):
        return _record(0x203, place + struct.pack("<d", value))
    return _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream: the header, a table of sectors, the directory, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    chain = [_TABLE, _END, *range(3, sectors + 2), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0)
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 2, len(stream), child=_FREE)
    return header.ljust(_SECTOR, b"\xff") + table + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
