"""`jzojp submit`: deliver a file for a region and period."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from expectations.findings import Outcome
from orchestration.commands.console import ExitCode, Format, operator, progress
from orchestration.commands.options import FileArgument, FormatOption, PeriodOption, RegionOption
from orchestration.commands.receipt_text import print_receipt
from register.home import Home

if TYPE_CHECKING:
    from register.receipts import Receipt


def submit(
    file: FileArgument,
    region: RegionOption,
    period: PeriodOption,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Alleen controleren; er wordt niets bewaard.")] = False,
    confirm: Annotated[
        str | None,
        typer.Option("--confirm", metavar="REDEN", help="Bevestig waarschuwingen meteen, met deze reden."),
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Lever een bestand aan voor een regio en periode.

    Het antwoord zegt wat er met het bestand is gedaan en welke fouten erin staan. Zijn er waarschuwingen, dan telt
    het bestand pas mee na 'jzojp confirm' of met --confirm. Einde met code 1 als het bestand is afgekeurd; er telt
    dan niets van mee.
    """
    with progress("Bewaren en controleren"):
        receipt = _received(file, region, period, is_dry_run=dry_run, reason=confirm)
    print_receipt(receipt, format_)
    raise typer.Exit(ExitCode.REFUSED_INPUT if receipt.outcome is Outcome.REJECTED else ExitCode.DONE)


def _received(
    file: Path, region: RegionOption, period: PeriodOption, *, is_dry_run: bool, reason: str | None
) -> "Receipt":
    """The receipt of the file; its size says whether it is read at all."""
    from register.door import Delivery, check_sender, is_too_large, refuse_too_large
    from register.intake import Confirmation, dry_run, receive

    home, actor, size = Home.from_environment(), operator(), file.stat().st_size
    if is_too_large(size):
        check_sender(region, period, actor)
        return refuse_too_large(file.name, size, region, period)
    delivery = Delivery(file.read_bytes(), file.name, region, period)
    if is_dry_run:
        return dry_run(home, [delivery], actor)[0]
    confirmation = None if reason is None else Confirmation(reason)
    return receive(home, [delivery], actor, confirmation=confirmation)[0]
