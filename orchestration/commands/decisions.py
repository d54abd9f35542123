"""`jzojp confirm`, `withdraw`, `reinstate`, `purge` and `complete`: what somebody decides about what was delivered."""

from typing import Annotated

import typer

from orchestration.commands.console import Format, operator, print_json, print_text
from orchestration.commands.options import FormatOption, PeriodOption, ReasonOption, RegionOption
from orchestration.commands.receipt_text import print_receipt
from register.home import Home

NumberArgument = Annotated[int, typer.Argument(metavar="NUMMER", help="Het nummer op het ontvangstbewijs.")]
OptionalReasonOption = Annotated[
    str | None, typer.Option("--reason", metavar="REDEN", help="De reden, waar daarom wordt gevraagd.")
]


def confirm(number: NumberArgument, reason: OptionalReasonOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Bevestig een aanlevering met waarschuwingen, zodat zij meetelt."""
    from register import decisions

    print_receipt(decisions.confirm(Home.from_environment(), number, reason=reason, actor=operator()), format_)


def withdraw(number: NumberArgument, reason: ReasonOption, format_: FormatOption = Format.TEXT) -> None:
    """Trek een aanlevering in; de aanlevering daarvoor telt weer."""
    from register import decisions

    print_receipt(decisions.withdraw(Home.from_environment(), number, reason=reason, actor=operator()), format_)


def reinstate(number: NumberArgument, reason: ReasonOption, format_: FormatOption = Format.TEXT) -> None:
    """Laat een vervangen of ingetrokken aanlevering weer gelden, alsof zij nu is ontvangen."""
    from register import decisions

    print_receipt(decisions.reinstate(Home.from_environment(), number, reason=reason, actor=operator()), format_)


def purge(number: NumberArgument, reason: ReasonOption, format_: FormatOption = Format.TEXT) -> None:
    """Wis een bestand met persoonsgegevens voorgoed; alleen de vingerafdruk en de reden blijven."""
    from register import decisions

    print_receipt(decisions.purge(Home.from_environment(), number, reason=reason, actor=operator()), format_)


def complete(
    region: RegionOption,
    period: PeriodOption,
    reason: OptionalReasonOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Meld een periode gereed voor een regio; ontbreekt er nog iets, dan is een reden nodig."""
    from register.completion import declare_complete

    found = declare_complete(Home.from_environment(), region, period, reason=reason, actor=operator())
    if format_ is Format.JSON:
        print_json(found.model_dump(mode="json"))
        return
    print_text(found.message)
