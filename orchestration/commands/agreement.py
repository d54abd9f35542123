"""`jzojp agreement`: the afspraken of regions, out to a file and back in.

Belongs here: files and what is printed. Does not belong here: what afspraken must keep to (`register/`).
"""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.console import ExitCode, Format, answers, operator, print_json, print_table, print_text
from orchestration.commands.options import FileArgument, FormatOption, ReasonOption
from register.agreement_export import AgreementFormat
from register.home import Home

app = typer.Typer(
    name="agreement",
    help="Toon afspraken van regio's, voer ze uit naar een bestand en lees een bestand in.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
OptionalRegionOption = Annotated[
    str | None, typer.Option("--region", help="Eén zorgkantoorregio, bijvoorbeeld ZK08; anders alle.")
]


@app.command("list")
def list_agreements(region: OptionalRegionOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Toon de afspraken, zonder de ingetrokken."""
    from register.agreements import agreements

    found = agreements(Home.from_environment(), region, actor=operator())
    if format_ is Format.JSON:
        print_json([
            {"code": view.code, "version": view.version, "status": view.status.status}
            | view.draft.model_dump(mode="json", exclude={"contacts"})
            for view in found
        ])  # fmt: skip
        return
    print_table("Afspraken", ("code", "thema", "doel", "functie", "eigenaar", "einde", "stand"), [
        (view.code, view.agreement.theme, view.agreement.doel, view.agreement.functie, view.agreement.owner,
         view.agreement.end_date, view.status.status.words)
        for view in found
    ])  # fmt: skip


@app.command()
def export(
    region: OptionalRegionOption = None,
    *,
    as_: Annotated[AgreementFormat, typer.Option("--as", help="Excel (xlsx) of JSON (json).")] = AgreementFormat.XLSX,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="BESTAND", help="Waar het komt; anders in deze map.")
    ] = None,
) -> None:
    """Voer de afspraken uit, ook contactpersonen en bedragen; een bestand dat er al is, wordt nooit overschreven."""
    from register.agreement_export import export as exported

    made = exported(Home.from_environment(), region, as_, actor=operator())
    path = output or Path(made.file_name)
    if path.exists():
        raise typer.BadParameter(f"'{path}' bestaat al; kies met --output een andere naam.")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"De map '{path.parent}' bestaat niet; maak haar of kies een andere.")
    path.write_bytes(made.content)
    answers.print(str(path), markup=False)


@app.command("import")
def import_file(
    file: FileArgument,
    reason: ReasonOption,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Leg niets vast; zeg alleen wat er zou gebeuren.")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Maak en wijzig afspraken uit een bestand (.xlsx of .json): alles of niets."""
    from register.agreement_import import import_agreements
    from register.errors import AgreementRefusedError

    try:
        report = import_agreements(
            Home.from_environment(), file.read_bytes(), reason=reason, dry_run=dry_run, actor=operator()
        )
    except AgreementRefusedError as error:
        if format_ is Format.JSON:
            print_json({"faults": [item.model_dump(mode="json") for item in error.faults]})
        else:
            print_text(str(error))
        raise typer.Exit(ExitCode.REFUSED_INPUT) from error
    if format_ is Format.JSON:
        lines = [{"label": line.label, "code": line.code, "effect": line.effect,
                  "changes": [change._asdict() for change in line.changes]} for line in report.lines]  # fmt: skip
        print_json({"is_dry_run": report.is_dry_run, "lines": lines})
        return
    if report.is_dry_run:
        print_text("Er is niets vastgelegd. Dit zou er gebeuren:")
    print_table("Afspraken", ("in het bestand", "code", "gevolg", "velden"), [
        (line.label, line.code, line.effect, "; ".join(change.field for change in line.changes))
        for line in report.lines
    ])  # fmt: skip
