"""`jzojp ingest`: load files of open data that the operator downloaded."""

from pathlib import Path
from typing import Annotated

import typer

from indicators.periods import Period
from orchestration.commands.console import ExitCode, Format, errors, operator, print_json, print_text, progress, visible
from orchestration.commands.options import FormatOption, period_option
from orchestration.commands.receipt_text import print_findings
from register.errors import IngestRefusedError
from register.home import Home
from register.open_data import OpenDataSource


def ingest(
    source: Annotated[OpenDataSource, typer.Argument(metavar="BRON", help="vektis of population.")],
    files: Annotated[list[Path], typer.Argument(metavar="BESTAND...", exists=True, dir_okay=False, readable=True)],
    period: Annotated[
        Period | None,
        typer.Option(
            "--period",
            parser=period_option,
            metavar="JAAR",
            help="Het jaar waarover het bestand gaat, als dat niet uit de naam blijkt.",
        ),
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Lees open data in. Elk bestand wordt helemaal gebruikt of helemaal geweigerd."""
    from register.ingest import ingest as ingest_file

    home, receipts = Home.from_environment(), []
    with progress("Inlezen") as report:
        for file in files:
            report(f"Inlezen van {file.name}")
            try:
                receipts.append(ingest_file(home, source, file.read_bytes(), file.name, operator(), period=period))
            except IngestRefusedError as refused:
                errors.print(visible(str(refused)), markup=False)
                print_findings(refused.findings, total=len(refused.findings))
                raise typer.Exit(ExitCode.REFUSED_INPUT) from refused
    if format_ is Format.JSON:
        print_json([receipt.model_dump(mode="json") for receipt in receipts])
        return
    for receipt in receipts:
        known = " (was er al)" if receipt.already_received else ""
        print_text(f"{receipt.file_name}: {receipt.period}, {receipt.rows_read} rijen{known}")
    print_text("Reken en publiceer met 'jzojp publish'.")
