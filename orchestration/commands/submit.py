"""`jzojp submit`: deliver a file for a region and period."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from expectations.findings import Finding, Outcome
from orchestration.commands.console import (
    ExitCode,
    Format,
    answers,
    operator,
    print_json,
    print_pairs,
    print_table,
    progress,
)
from orchestration.commands.options import FileArgument, FormatOption, PeriodOption, RegionOption
from register.home import Home

if TYPE_CHECKING:
    from register.receipts import Receipt

SHOWN = 40
"""How many findings a person sees in the terminal; a machine gets all that are listed."""


def submit(
    file: FileArgument,
    region: RegionOption,
    period: PeriodOption,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Alleen controleren; er wordt niets bewaard.")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Lever een bestand aan voor een regio en periode.

    Het antwoord zegt wat er met het bestand is gedaan en welke fouten erin staan. Einde met code 1 als het
    bestand is afgekeurd; er telt dan niets van mee.
    """
    with progress("Bewaren en controleren"):
        receipt = _received(file, region, period, is_dry_run=dry_run)
    if format_ is Format.JSON:
        print_json(receipt.model_dump(mode="json"))
    else:
        _print_receipt(receipt)
    raise typer.Exit(ExitCode.REFUSED_INPUT if receipt.outcome is Outcome.REJECTED else ExitCode.DONE)


def _received(file: Path, region: RegionOption, period: PeriodOption, *, is_dry_run: bool) -> "Receipt":
    from register.intake import Delivery, dry_run, receive

    home = Home.from_environment()
    delivery = Delivery(file.read_bytes(), file.name, region, period)
    if is_dry_run:
        return dry_run(home, [delivery], operator())[0]
    return receive(home, [delivery], operator())[0]


def _print_receipt(receipt: "Receipt") -> None:
    answers.print(receipt.message, markup=False)
    print_pairs(
        {
            "nummer": receipt.submission or "geen (proef)",
            "regio en periode": f"{receipt.region} {receipt.period}",
            "gelezen rijen": receipt.rows_read,
            "SHA-256": receipt.sha256,
        }
    )
    for sentence in receipt.normalisations:
        answers.print(f"aangepast bij het lezen: {sentence}", markup=False)
    print_findings(receipt.findings)


def print_findings(findings: tuple[Finding, ...]) -> None:
    """Print the first findings as a table, and how many more there are."""
    rows = [(item.severity, item.row, item.column, item.value, item.message, item.remedy) for item in findings]
    if rows:
        print_table("Bevindingen", ("ernst", "rij", "kolom", "waarde", "melding", "herstel"), rows[:SHOWN])
    if len(rows) > SHOWN:
        answers.print(f"... en nog {len(rows) - SHOWN}; met --format json staan ze er allemaal.")
