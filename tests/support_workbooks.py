"""Reading back, in tests, what the service writes as a spreadsheet: cells by calamine, the rest from the XML."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

_NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets_of(content: bytes) -> Mapping[str, Sequence[Sequence[object]]]:
    """Every sheet with its rows; an empty cell is an empty text."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


def sheet_xml(content: bytes, number: int = 1) -> ET.Element:
    """The XML of a sheet, counted from 1."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file


def validations(content: bytes) -> Mapping[str, ET.Element]:
    """The data validations of the first sheet, by the cells to which they apply."""
    return {item.attrib["sqref"]: item for item in sheet_xml(content).findall(".//x:dataValidation", _NAMESPACE)}


def formula(validation: ET.Element) -> str:
    """The formula or list of a data validation."""
    return str(validation.findtext("x:formula1", namespaces=_NAMESPACE))


def comments(content: bytes) -> Mapping[str, str]:
    """The comments of the first sheet, by cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("xl/comments1.xml"))  # noqa: S314 - our own file
    found = root.findall(".//x:comment", _NAMESPACE)
    return {
        item.attrib["ref"]: "".join(text.text or "" for text in item.iter(f"{{{_NAMESPACE['x']}}}t")) for item in found
    }


def has_formula(content: bytes) -> bool:
    """Whether any sheet has a cell that is calculated."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if re.search(r"worksheets/sheet\d+\.xml", name)]
    return any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def with_numbers(content: bytes, numbers: Mapping[str, int]) -> bytes:
    """The workbook with these cells of its first sheet filled in, as a spreadsheet stores a number; they were blank."""

    def filled(match: re.Match[str]) -> str:
        number = numbers.get(match["cell"])
        return match[0] if number is None else f'<c r="{match["cell"]}"{match["style"]}><v>{number}</v></c>'

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>[^>]*)/>', filled, part.decode()).encode()
            copy.writestr(name, part)
    return target.getvalue()
