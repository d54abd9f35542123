"""The parts of an XLSX beside its sheets: which sheets there are, the shared texts, the number formats.

Belongs here: finding and reading those parts. The rows of a sheet are for `xlsx_sheet.py`.
"""

import posixpath
import re
from typing import Final, NamedTuple

from expectations.reading.archives import Archive
from expectations.reading.cell_texts import NumberFormat, number_format
from expectations.reading.refusal import RefusedFileError
from expectations.reading.xml_parts import Attributes, attribute, is_true, read_part, read_whole_part, whole
from expectations.rules import Rule

_WORKBOOK: Final = "xl/workbook.xml"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = range(0xD800, 0xE000)


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it, and the part with its rows."""

    name: str
    is_hidden: bool
    part: str


class Relation(NamedTuple):
    """What a part refers to."""

    kind: str
    target: str
    is_external: bool


class Workbook(NamedTuple):
    """What the cells of all sheets share."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    raised: frozenset[int]
    """The numbers of the texts in which a part is raised, lowered or struck through."""
    formats: tuple[NumberFormat, ...]
    is_1904: bool


class RichText:
    """Collects the text of a shared or inline string, and whether a part of it is raised, lowered or struck through."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_text = False
        self._phonetic = 0
        self.is_raised = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element within the string begins."""
        if tag == "rPh":
            self._phonetic += 1
        elif tag == "t":
            self._is_text = not self._phonetic
        elif tag == "vertAlign":
            self.is_raised |= attribute(attributes, "val") != "baseline"
        elif tag == "strike":
            self.is_raised |= attribute(attributes, "val") not in ("0", "false")

    def end(self, tag: str) -> None:
        """An element within the string ends."""
        self._is_text = False
        self._phonetic -= tag == "rPh"

    def text(self, piece: str) -> None:
        """Characters within the string."""
        if self._is_text:
            self._pieces.append(piece)

    def take(self) -> str:
        """The text so far; begins another."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self.is_raised = False
        return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def read_workbook(archive: Archive) -> Workbook:
    """Read everything but the rows.

    Raises:
        RefusedFileError: a part is damaged or unsafe, or there is no sheet.
    """
    workbook = _workbook_part(archive)
    related = relations(archive, workbook)
    listed: list[Attributes] = []
    is_1904 = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal is_1904
        if tag == "sheet":
            listed.append(dict(attributes))
        elif tag == "workbookPr":
            is_1904 = is_true(attribute(attributes, "date1904"))

    read_whole_part(archive, workbook, start=start)
    sheets = tuple(_sheet(attributes, related) for attributes in listed if _is_worksheet(attributes, related, archive))
    if not sheets:
        raise RefusedFileError(Rule.FILE_DAMAGED)
    texts, raised = _shared_texts(archive, _part_of_kind(related, "sharedStrings", "xl/sharedStrings.xml"))
    formats = _formats(archive, _part_of_kind(related, "styles", "xl/styles.xml"))
    return Workbook(sheets, texts, raised, formats, is_1904)


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """What a part refers to, by identifier."""
    found: dict[str, Relation] = {}
    folder, name = posixpath.split(part)

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attribute(attributes, "Target"))).lstrip("/")
            kind = attribute(attributes, "Type").rpartition("/")[2]
            is_external = attribute(attributes, "TargetMode") == "External"
            found[attribute(attributes, "Id")] = Relation(kind, target, is_external)

    read_whole_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"), start=start)
    return found


def _unescaped(match: re.Match[str]) -> str:
    """The character that XML cannot hold; half a character stays as it is written."""
    number = int(match[1], 16)
    return match[0] if number in _SURROGATES else chr(number)


def _workbook_part(archive: Archive) -> str:
    named = _part_of_kind(relations(archive, ""), "officeDocument", _WORKBOOK)
    if named not in archive.names:
        raise RefusedFileError(Rule.FILE_DAMAGED)
    return named


def _part_of_kind(related: dict[str, Relation], kind: str, usual: str) -> str:
    return next((relation.target for relation in related.values() if relation.kind == kind), usual)


def _is_worksheet(attributes: Attributes, related: dict[str, Relation], archive: Archive) -> bool:
    relation = related.get(attribute(attributes, "id"))
    return relation is not None and relation.kind == "worksheet" and relation.target in archive.names


def _sheet(attributes: Attributes, related: dict[str, Relation]) -> SheetPart:
    is_hidden = attribute(attributes, "state") in ("hidden", "veryHidden")
    return SheetPart(attribute(attributes, "name"), is_hidden, related[attribute(attributes, "id")].target)


def _shared_texts(archive: Archive, part: str) -> tuple[tuple[str, ...], frozenset[int]]:
    texts: list[str] = []
    raised: set[int] = set()
    rich = RichText()

    def end(tag: str) -> None:
        if tag == "si":
            if rich.is_raised:
                raised.add(len(texts))
            texts.append(rich.take())
        else:
            rich.end(tag)

    if part in archive.names:
        for _ in read_part(archive, part, start=rich.start, end=end, text=rich.text):
            pass
    return tuple(texts), frozenset(raised)


def _formats(archive: Archive, part: str) -> tuple[NumberFormat, ...]:
    """What each style of a cell shows, by the number of the style."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    parents: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt" and parents[-1:] == ["numFmts"]:
            codes[whole(attribute(attributes, "numFmtId"))] = attribute(attributes, "formatCode")
        elif tag == "xf" and parents[-1:] == ["cellXfs"]:
            styles.append(whole(attribute(attributes, "numFmtId") or "0"))
        parents.append(tag)

    def end(_: str) -> None:
        parents.pop()

    if part in archive.names:
        for _ in read_part(archive, part, start=start, end=end):
            pass
    return tuple(number_format(number, codes.get(number)) for number in styles)
