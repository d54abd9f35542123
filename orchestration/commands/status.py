"""`jzojp status`: who delivered what and until when, what is in force, and whether the publication holds it.

Belongs here: which of that is shown, and how it reads. Does not belong here: what follows from the ledger
(`register.delivery_status`, `register.reports`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from indicators.periods import Period, last_complete_quarter
from orchestration.commands.console import Format, operator, print_json, print_pairs, print_table
from orchestration.commands.options import FormatOption, period_option
from register.home import Home

if TYPE_CHECKING:
    from register.delivery_status import DeliveryCell
    from register.reports import Reminder
    from register.summaries import DeliverySummary

_SHOWN: Final = 20
"""How many deliveries and reminders a person sees; a machine gets all."""


def status(
    region: Annotated[
        str | None, typer.Option("--region", help="Alleen deze zorgkantoorregio, bijvoorbeeld ZK08.")
    ] = None,
    period: Annotated[
        Period | None,
        typer.Option("--period", parser=period_option, metavar="PERIODE", help="Alleen deze periode: 2025Q4."),
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Toon per periode wie heeft aangeleverd en tot wanneer dat kan, de herinneringen, en of de publicatie bij is."""
    from register.history import history
    from register.summaries import summaries

    home = Home.from_environment()
    sent = summaries(history(home, region_code=region, period=period, actor=operator()))
    summary = _summary(home, sent)
    cells = _cells(home, region, [period] if period else _periods(sent))
    reminded = _reminders(home, region, period)
    if format_ is Format.JSON:
        print_json({
            **summary,
            "periods": [cell.model_dump(mode="json") for cell in cells],
            "reminders": [item._asdict() for item in reminded],
            "submissions": [item.model_dump(mode="json") for item in reversed(sent)],
        })  # fmt: skip
        return
    print_pairs(summary)
    _print_cells(cells, is_one_region=region is not None)
    _print_sent(sent)
    _print_reminders(reminded)


def _summary(home: Home, sent: Sequence["DeliverySummary"]) -> Mapping[str, Any]:
    from orchestration.backlog import compare, latest_manifest
    from register.ledger import Ledger

    events, manifest = Ledger(home).events(), latest_manifest(home)
    return {
        "home": str(home.path),
        "ledger_sequence": events[-1].sequence if events else 0,
        "publication": manifest.id if manifest else None,
        "publication_status": manifest.status.value if manifest else None,
        "is_behind": compare(events, manifest).is_behind,
        "submission_counts": dict(Counter(item.state.value for item in sent)),
    }


def _periods(sent: Sequence["DeliverySummary"]) -> list[Period]:
    """Every period about which something was sent, and the one that regions deliver now."""
    from register.submissions import today_in_the_netherlands

    return sorted({Period.parse(item.period) for item in sent} | {last_complete_quarter(today_in_the_netherlands())})


def _cells(home: Home, region: str | None, periods: Sequence[Period]) -> list["DeliveryCell"]:
    from register.delivery_status import delivery_matrix
    from register.submissions import today_in_the_netherlands

    cells = delivery_matrix(home, today=today_in_the_netherlands(), periods=periods, actor=operator())
    return [cell for cell in cells if region in {None, cell.region}]


def _reminders(home: Home, region: str | None, period: Period | None) -> list["Reminder"]:
    from register.reports import reminders

    return [
        item
        for item in reminders(home, actor=operator())
        if region in {None, item.region} and (period is None or item.period == period.code)
    ]


def _print_cells(cells: Sequence["DeliveryCell"], *, is_one_region: bool) -> None:
    """One line for each period: of one region what lacks, of all of them how many stand how."""
    if is_one_region:
        headings = ("periode", "uiterlijk", "stand", "dagen erna", "compleet", "ontbreekt")
        print_table("Periodes", headings, [_line(cell) for cell in cells])
        return
    counts: dict[tuple[str, date], Counter[str]] = {}
    for cell in cells:
        counts.setdefault((cell.period, cell.due_date), Counter())[cell.state.words] += 1
    print_table("Regio's per periode", ("periode", "uiterlijk", "stand"), [
        (*place, ", ".join(f"{words} {count}" for words, count in states.most_common()))
        for place, states in counts.items()
    ])  # fmt: skip


def _line(cell: "DeliveryCell") -> Sequence[object]:
    share, missing = _share(cell.completeness_pct), " ".join(cell.missing_datasets)
    return cell.period, cell.due_date, cell.state.words, cell.days_late, share, missing or None


def _share(percentage: float | None) -> str | None:
    return None if percentage is None else f"{percentage:.0f}%"


def _print_sent(sent: Sequence["DeliverySummary"]) -> None:
    headings = ("nummer", "regio", "periode", "stand", "ontvangen", "bestand")
    print_table("Laatste aanleveringen", headings, [
        (item.submission, item.region, item.period, item.state_words, _moment(item.received_at), item.file_name)
        for item in reversed(sent[:_SHOWN])
    ])  # fmt: skip


def _print_reminders(reminded: Sequence["Reminder"]) -> None:
    if reminded:
        print_table("Laatste herinneringen", ("regio", "periode", "uiterlijk", "herinnering", "vastgelegd"), [
            (item.region, item.period, item.due_date, _words(item), _moment(item.recorded_at))
            for item in reversed(reminded[:_SHOWN])
        ])  # fmt: skip


def _words(reminder: "Reminder") -> str:
    return "te laat" if reminder.days is None else f"nog {reminder.days} dagen"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
