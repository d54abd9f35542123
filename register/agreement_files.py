"""Reading a file with afspraken, XLSX or JSON, into loose values with their places; nothing is judged yet.

Belongs here: which value of the file comes in which field, and what is wrong with the file as a table. Does not belong
here: what the values must keep to (`agreement_rules.py`) and what is done with them (`agreement_import.py`).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from expectations.personal_data import echo
from expectations.reading import SheetCell, read_workbook
from register.agreement_faults import AgreementFault, AgreementRule, Path, fault
from register.agreement_sheets import INDICATORS, KEY, MAIN, MILESTONES, PARTS, SHEETS, SheetPlan
from register.agreement_workbook import FORMAT, FORMAT_VERSION

MAXIMUM_FILE_BYTES: Final = 10_000_000
_ZIP: Final = b"PK"


class Place(NamedTuple):
    """A cell of a file."""

    sheet: str
    row: int
    column: str | None


@dataclass
class FileAgreement:
    """One afspraak in a file: loose values, and where they stand."""

    label: str
    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)

    def placed(self, item: AgreementFault) -> AgreementFault:
        """A fault with its place in the file: that of its value, or else of what it is part of."""
        for length in range(len(item.path), -1, -1):
            if found := self.places.get(item.path[:length]):
                at = {"sheet": found.sheet, "row": found.row, "column": found.column}
                return item.model_copy(update=at | {"agreement": echo(self.label)})
        return item.model_copy(update={"agreement": echo(self.label)})


class ReadAgreements(NamedTuple):
    """The afspraken of a file, and what is wrong with the file."""

    agreements: list[FileAgreement]
    faults: list[AgreementFault]


def read_agreements(content: bytes) -> ReadAgreements:
    """Read a file; never raises on bad input."""
    if len(content) > MAXIMUM_FILE_BYTES:
        limit = MAXIMUM_FILE_BYTES // 1_000_000
        return _refused(f"Het bestand is groter dan {limit} MB.", "Verdeel de afspraken over meer bestanden.")
    return _of_workbook(content) if content.startswith(_ZIP) else _of_json(content)


def _refused(message: str, remedy: str) -> ReadAgreements:
    return ReadAgreements([], [fault((), AgreementRule.FILE, message, remedy)])


def _of_json(content: bytes) -> ReadAgreements:
    remedy = "Gebruik een bestand dat de dienst heeft uitgevoerd (.xlsx of .json) als voorbeeld."
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _refused("Dit is geen Excel-werkmap (.xlsx) en geen JSON.", remedy)
    is_ours = isinstance(document, dict) and document.get("format") == FORMAT
    if not is_ours or document.get("format_version") != FORMAT_VERSION:
        return _refused(
            f"Dit is geen JSON met afspraken ('format': '{FORMAT}', 'format_version': {FORMAT_VERSION}).", remedy
        )
    entries = document.get("agreements")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return _refused("Onder 'agreements' staat geen lijst van afspraken.", remedy)
    found = [_of_entry(number, entry) for number, entry in enumerate(entries, start=1)]
    twice = [label for label, count in Counter(item.label for item in found).items() if count > 1]
    return ReadAgreements(found, [_twice(label) for label in twice])


def _twice(label: str) -> AgreementFault:
    return fault(
        ("code",), AgreementRule.FILE, f"'{echo(label)}' staat er meer dan een keer.",
        "Laat van elke afspraak één regel staan.", value=label,
    )  # fmt: skip


def _of_entry(number: int, entry: Mapping[str, Any]) -> FileAgreement:
    code = entry.get("code")
    values = {name: value for name, value in entry.items() if name != "code"}
    return FileAgreement(code if isinstance(code, str) and code else f"nieuw {number}", values)


def _of_workbook(content: bytes) -> ReadAgreements:
    found = read_workbook(content)
    if found.finding is not None:
        return _refused(found.finding.message, found.finding.remedy)
    reader = _WorkbookReader(found.cells)
    reader.read()
    return ReadAgreements(list(reader.found.values()), reader.faults)


class _Row(NamedTuple):
    """A row of a sheet below the header: its texts by header."""

    sheet: str
    number: int
    values: Mapping[str, str]

    def place(self, header: str | None = None) -> Place:
        """The cell under a header, or the row."""
        return Place(self.sheet, self.number, header)


class _WorkbookReader:
    """Puts the cells of a workbook together, sheet by sheet."""

    def __init__(self, cells: Iterable[SheetCell]) -> None:
        self.found: dict[str, FileAgreement] = {}
        self.faults: list[AgreementFault] = []
        self._cells: dict[str, dict[int, dict[int, str]]] = {}
        for cell in cells:
            self._cells.setdefault(cell.sheet, {}).setdefault(cell.row, {})[cell.column] = cell.text

    def read(self) -> None:
        """Read every sheet; a sheet other than the first may be absent."""
        for number, row in enumerate(self._rows(MAIN), start=1):
            self._take_main(row, number)
        for plan in PARTS:
            for row in self._rows(plan):
                self._take_part(plan, row)
        for row in self._rows(MILESTONES):
            self._take_milestone(row)

    def _rows(self, plan: SheetPlan) -> Iterable[_Row]:
        rows = dict(self._cells.get(plan.name, {}))
        if not rows:
            if plan is MAIN:
                sheets = ", ".join(item.name for item in SHEETS)
                self._tell(f"Het blad '{MAIN.name}' ontbreekt of is leeg.", f"De bladen heten {sheets}.")
            return []
        first = min(rows)
        headers = {column: text.strip() for column, text in rows.pop(first).items()}
        self._tell_headers(plan, first, headers)
        return [self._row(plan, number, cells, headers) for number, cells in sorted(rows.items())]

    def _tell_headers(self, plan: SheetPlan, number: int, headers: Mapping[int, str]) -> None:
        names = list(headers.values())
        for name in plan.headers:
            if names.count(name) != 1:
                told = "ontbreekt" if name not in names else "staat er meer dan een keer"
                self._tell(
                    f"De kolom '{name}' {told}.", "Gebruik de kolommen van een uitgevoerd bestand.",
                    Place(plan.name, number, name),
                )  # fmt: skip
        for name in names:
            if name not in plan.headers:
                self._tell(
                    f"De kolom '{echo(name)}' is onbekend.", f"Verwijder haar of kies uit: {', '.join(plan.headers)}.",
                    Place(plan.name, number, echo(name)),
                )  # fmt: skip

    def _row(self, plan: SheetPlan, number: int, cells: Mapping[int, str], headers: Mapping[int, str]) -> _Row:
        for column in sorted(set(cells) - set(headers)):
            self._tell(
                "Hier staat iets in een kolom zonder naam.", "Verwijder het of geef de kolom een naam.",
                Place(plan.name, number, f"nummer {column + 1}"),
            )  # fmt: skip
        values = {headers[column]: text for column, text in cells.items() if column in headers}
        return _Row(plan.name, number, values)

    def _take_main(self, row: _Row, number: int) -> None:
        label = row.values.get(KEY, f"nieuw {number}").strip()
        if label in self.found:
            self._put(_twice(label), row.place(KEY))
            return
        self.found[label] = FileAgreement(label, {}, {(): row.place(), ("code",): row.place(KEY)})
        self._fill(self.found[label], MAIN, row, self.found[label].raw, ())

    def _take_part(self, plan: SheetPlan, row: _Row) -> None:
        owner = self._owner(row)
        if owner is not None:
            parts: list[Any] = owner.raw.setdefault(str(plan.field), [])
            path: Path = (str(plan.field), len(parts))
            parts.append({})
            owner.places[path] = row.place()
            self._fill(owner, plan, row, parts[-1], path)

    def _take_milestone(self, row: _Row) -> None:
        owner = self._owner(row)
        if owner is None:
            return
        code = row.values.get("Indicator", "").strip()
        indicators: list[Any] = owner.raw.get(str(INDICATORS.field), [])
        place = next((n for n, item in enumerate(indicators) if str(item.get("indicator", "")).strip() == code), None)
        if place is None:
            self._tell(
                f"'{echo(code)}' staat bij deze afspraak niet op het blad {INDICATORS.name}.",
                "Zet de indicator daar, of verbeter de code.", row.place("Indicator"),
            )  # fmt: skip
            return
        levels: list[Any] = indicators[place].setdefault("milestones", [])
        path: Path = (str(INDICATORS.field), place, "milestones", len(levels))
        levels.append({})
        owner.places[path] = row.place()
        self._fill(owner, MILESTONES, row, levels[-1], path)
        levels[-1].pop("indicator", None)

    def _owner(self, row: _Row) -> FileAgreement | None:
        """The afspraak to which a row belongs."""
        label = row.values.get(KEY, "").strip()
        if label not in self.found:
            self._tell(
                f"'{echo(label)}' staat niet op het blad {MAIN.name}.",
                "Schrijf in deze kolom hetzelfde als daar.", row.place(KEY),
            )  # fmt: skip
        return self.found.get(label)

    def _fill(self, owner: FileAgreement, plan: SheetPlan, row: _Row, target: dict[str, Any], at: Path) -> None:
        """Put the texts of a row in their fields, and remember where each stands."""
        for column in plan.columns:
            owner.places[(*at, *column.path)] = row.place(column.header)
            if column.header in row.values:
                values = target
                for name in column.path[:-1]:
                    values = values.setdefault(name, {})
                values[column.path[-1]] = row.values[column.header]

    def _tell(self, message: str, remedy: str, place: Place | None = None) -> None:
        self._put(fault((), AgreementRule.FILE, message, remedy), place)

    def _put(self, item: AgreementFault, place: Place | None) -> None:
        at = {"sheet": place.sheet, "row": place.row, "column": place.column} if place else {}
        self.faults.append(item.model_copy(update=at))
