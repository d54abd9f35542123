"""`jzojp compute`, `publish` and `rebuild`: from the register to figures, and from figures to a publication."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.commands.console import ExitCode, Format, errors, operator, print_json, print_pairs, progress
from orchestration.commands.options import FormatOption, GatewayOption
from register.home import Home
from register.publications import PublicationStatus

if TYPE_CHECKING:
    from orchestration.publishing import PublishReport
    from orchestration.transform import TransformReport


def compute(gateway: GatewayOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Reken de modellen door met wat het register nu zegt. Doet niets als er niets is veranderd."""
    from orchestration.pipeline import compute as run

    with progress("Rekenen") as say:
        report = run(Home.from_environment(), say=say, gateway=gateway)
    _print(format_, _transform_summary(report))
    _stop_unless_passed([audit for audit in report.audits if not audit.passed])


def publish(
    status: Annotated[
        PublicationStatus, typer.Option("--status", help="concept, voorlopig of definitief.")
    ] = PublicationStatus.CONCEPT,
    gateway: GatewayOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Reken door, controleer en maak een publicatie. Doet niets als de laatste publicatie al bij is."""
    from orchestration.pipeline import publish as run

    with progress("Rekenen en publiceren") as say:
        report = run(Home.from_environment(), status=status, actor=operator(), say=say, gateway=gateway)
    _print(format_, _publication_summary(report))
    _stop_unless_passed([check for check in report.checks if not check.passed])


def rebuild(gateway: GatewayOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Gooi alles weg wat opnieuw kan worden gemaakt en maak het opnieuw uit het register."""
    from orchestration.pipeline import rebuild as run

    with progress("Opnieuw opbouwen") as say:
        report = run(Home.from_environment(), say=say, gateway=gateway)
    _print(format_, _transform_summary(report))
    _stop_unless_passed([audit for audit in report.audits if not audit.passed])


def _transform_summary(report: "TransformReport") -> dict[str, object]:
    return {"is_changed": report.is_changed, "audit_count": len(report.audits), "seconds": round(report.seconds, 1)}


def _publication_summary(report: "PublishReport") -> dict[str, object]:
    manifest = report.manifest
    return {
        "publication": manifest.id if manifest else None,
        "status": manifest.status.value if manifest else None,
        "is_new": report.is_new,
        "indicators_changed": list(manifest.indicators_changed) if manifest else [],
        "input_count": len(manifest.inputs) if manifest else 0,
        "check_count": len(report.checks),
    }


def _print(format_: Format, summary: dict[str, object]) -> None:
    if format_ is Format.JSON:
        print_json(summary)
    else:
        print_pairs(summary)


def _stop_unless_passed(failed: Sequence[Any]) -> None:
    if not failed:
        return
    for check in failed:
        errors.print(f"Niet gehaald: {check.name} ({check.failing_count} rijen)", markup=False)
    errors.print("De cijfers in gebruik zijn niet veranderd. Herstel de invoer of het model en probeer het opnieuw.")
    raise typer.Exit(ExitCode.FAILURE)
