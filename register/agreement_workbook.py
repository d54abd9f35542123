"""Afspraken as XLSX and JSON: what `agreement_import.py` reads back as exactly the same.

Belongs here: writing. Does not belong here: which afspraken (`agreement_export.py`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from expectations.reading.cell_texts import spelled
from expectations.workbooks import HEADER, TEXT, WRAPPED, Formats, workbook_bytes
from indicators.agreed_path import Direction
from indicators.definition_model import Movement, Theme
from indicators.functies import Functie
from register.agreement_fields import AgreementStatus, MoneyKind, Owner
from register.agreement_sheets import EXPLANATION, HEAD, KEY, MAIN, MILESTONES, PARTS, SheetPlan
from register.agreement_values import NO, YES, number_text
from register.agreement_views import AgreementView

FORMAT: Final = "jzojp-afspraken"
FORMAT_VERSION: Final = 1
_WIDTH, _NARROW = 26, 14
_EXTRA_ROWS: Final = 200
"""Rows below the filled ones in which a list can be chosen from too."""
_CHOICES: Final[Mapping[tuple[str, ...], Sequence[str]]] = {
    ("theme",): tuple(Theme),
    ("movement",): tuple(Movement),
    ("owner",): tuple(Owner),
    ("is_public",): (YES, NO),
    ("status",): tuple(AgreementStatus),
    ("kind",): tuple(MoneyKind),
    ("direction",): tuple(direction.words for direction in Direction),
}


def json_file(views: Sequence[AgreementView]) -> bytes:
    """The afspraken as JSON."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "agreements": [{"code": view.code} | _head(view) | view.draft.model_dump(mode="json") for view in views],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def xlsx_file(views: Sequence[AgreementView], functies: Mapping[str, Functie]) -> bytes:
    """The afspraken as a workbook; equal afspraken give equal bytes."""

    def fill(workbook: Any, formats: Formats) -> None:
        for plan in (MAIN, *PARTS, MILESTONES):
            _fill_sheet(workbook.add_worksheet(plan.name), plan, list(_rows(plan, views)), formats)
        _fill_explanation(workbook.add_worksheet(EXPLANATION), functies, formats)

    return workbook_bytes("Afspraken", fill)


def _head(view: AgreementView) -> dict[str, Any]:
    status = view.status
    values = (view.version, status.status.value, status.since.isoformat(), status.reason or None)
    return dict(zip(HEAD, values, strict=True))


def _rows(plan: SheetPlan, views: Sequence[AgreementView]) -> Iterator[list[Any]]:
    """The rows of a sheet: the code, and a value per column."""
    for view in views:
        draft = view.draft.model_dump(mode="json")
        if plan is MAIN:
            yield [view.code, *(_value(_head(view) | draft, column.path) for column in plan.columns)]
        elif plan is MILESTONES:
            for indicator in draft["indicators"]:
                for level in indicator["milestones"]:
                    yield [view.code, indicator["indicator"], level["value"], level["period"]]
        else:
            for part in draft[str(plan.field)]:
                yield [view.code, *(_value(part, column.path) for column in plan.columns)]


def _value(values: Mapping[str, Any], path: Sequence[str]) -> Any:
    found: Any = values
    for name in path:
        found = found[name]
    if path == ("direction",) and found is not None:
        return Direction(found).words
    if isinstance(found, bool):
        return YES if found else NO
    return found


def _fill_sheet(sheet: Any, plan: SheetPlan, rows: Sequence[Sequence[Any]], formats: Formats) -> None:
    for number, header in enumerate(plan.headers):
        sheet.set_column(number, number, _NARROW if header == KEY else _WIDTH, formats.of(TEXT))
        sheet.write_string(0, number, header, formats.of(HEADER))
    for number, column in enumerate(plan.columns, start=1):
        if allowed := _CHOICES.get(column.path):
            told = {"error_title": column.header, "error_message": f"Kies uit: {', '.join(allowed)}."}
            check = {"validate": "list", "source": list(allowed)} | told
            sheet.data_validation(1, number, len(rows) + _EXTRA_ROWS, number, check)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats)
    sheet.freeze_panes(1, 1)


def _write(sheet: Any, row: int, column: int, value: Any, formats: Formats) -> None:
    """A number as a number where a spreadsheet keeps all its digits, anything else as text."""
    if value is None:
        return
    if isinstance(value, int | float):
        exact = number_text(float(value))
        if spelled(float(value)) == exact:
            sheet.write_number(row, column, value, formats.of({"num_format": "General"}))
        else:
            sheet.write_string(row, column, exact, formats.of(TEXT))
    else:
        sheet.write_string(row, column, value, formats.of(TEXT, WRAPPED))


def _fill_explanation(sheet: Any, functies: Mapping[str, Functie], formats: Formats) -> None:
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, 100)
    for number, (name, text) in enumerate(_explanation(functies)):
        sheet.write_string(number, 0, name, formats.of(HEADER))
        sheet.write_string(number, 1, text, formats.of(WRAPPED))


def _explanation(functies: Mapping[str, Functie]) -> Iterator[tuple[str, str]]:
    yield KEY, "De code van de afspraak. Voor een nieuwe afspraak een eigen woord, zoals nieuw1, op elk blad hetzelfde."
    yield "Versie", "Laat staan: zo ziet de dienst of iemand anders de afspraak intussen heeft gewijzigd."
    yield "Alles of niets", "Is er iets fout, dan wordt van het hele bestand niets vastgelegd en ziet u elke fout."
    yield "Thema", ", ".join(Theme)
    yield "Beweging", ", ".join(Movement)
    yield "Eigenaar", ", ".join(Owner)
    yield "Richting", ", ".join(direction.words for direction in Direction)
    yield "Soort (geld)", ", ".join(MoneyKind)
    yield "Stand", ", ".join(AgreementStatus)
    for functie in functies.values():
        yield functie.code, f"{functie.name} ({functie.kind}, {functie.theme})"
