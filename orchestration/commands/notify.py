"""`jzojp notify`: send the notices that are due, and show how each stands."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.commands.console import ExitCode, Format, operator, print_json, print_text
from orchestration.commands.options import FormatOption
from register.home import Home

if TYPE_CHECKING:
    from register.notice_states import SentNotice

app = typer.Typer(
    name="notify",
    help="Verstuur berichten over signalen en leveringen, en toon wat verstuurd, mislukt of onzeker is.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def send(format_: FormatOption = Format.TEXT) -> None:
    """Verstuur de berichten waarvoor het tijd is. Nog eens doen verstuurt niets dubbel."""
    from orchestration.notice_settings import SMTP, WEBHOOKS, NoticeSettings
    from orchestration.notifying import notify

    settings = NoticeSettings.from_environment()
    report = notify(Home.from_environment(), actor=operator(), settings=settings)
    if format_ is Format.JSON:
        print_json({"is_configured": settings.is_configured, "sent": report.sent, "failed": len(report.failed)})
    elif not settings.is_configured:
        print_text(f"Er is niets ingesteld om mee te versturen ({SMTP}, {WEBHOOKS}). Zie docs/notifications.md.")
    else:
        print_text(f"Verstuurd: {report.sent}. Mislukt: {len(report.failed)}.")
    if report.failed:
        raise typer.Exit(ExitCode.FAILURE)


@app.command()
def status(
    every: Annotated[bool, typer.Option("--all", help="Ook wat is verstuurd.")] = False,  # noqa: FBT002 - a flag
    format_: FormatOption = Format.TEXT,
) -> None:
    """Toon de berichten die mislukt of onzeker zijn, met wanneer ze opnieuw gaan."""
    from register.notice_states import NoticeState
    from register.notices import notices

    found = notices(Home.from_environment(), actor=operator())
    shown = [item for item in found if every or item.state is not NoticeState.SENT]
    if format_ is Format.JSON:
        print_json([asdict(item) for item in shown])
        return
    if not shown:
        print_text("Er is geen bericht mislukt of onzeker.")
        return
    for item in shown:
        print_text(_line(item))


def _line(item: "SentNotice") -> str:
    parts = [
        f"{item.number}: {item.receiver} ({item.cadence}), {item.state.words}",
        item.reason and item.reason.words,
        f"poging {item.attempt} op {item.at:%d-%m-%Y %H:%M} UTC",
        item.next_attempt_at and f"opnieuw vanaf {item.next_attempt_at:%d-%m-%Y %H:%M} UTC",
        f"over gebeurtenis {', '.join(map(str, item.about))}",
    ]
    return "; ".join(part for part in parts if part)
