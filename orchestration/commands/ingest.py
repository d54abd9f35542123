"""`jzojp ingest`: load open data, from files that the operator downloaded or from CBS StatLine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from expectations.open_data.statline_contract import TABLES, contract, period_code
from expectations.open_data.statline_document import Protocol, is_statline_document, pack
from indicators.periods import Period
from orchestration.commands.console import ExitCode, Format, errors, operator, print_json, print_text, progress, visible
from orchestration.commands.options import FormatOption, period_option
from orchestration.commands.receipt_text import print_findings
from register.errors import IngestRefusedError
from register.home import Home
from register.open_data import OpenDataSource

app = typer.Typer(
    name="ingest",
    help="Lees open data in: uit bestanden, of van CBS StatLine. Elk bestand telt helemaal of helemaal niet.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FilesArgument = Annotated[list[Path], typer.Argument(metavar="BESTAND...", exists=True, dir_okay=False, readable=True)]
YearOption = Annotated[
    Period | None,
    typer.Option(
        "--period",
        parser=period_option,
        metavar="JAAR",
        help="Het jaar waarover het bestand gaat, als dat niet uit de naam blijkt.",
    ),
]


@app.command()
def vektis(files: FilesArgument, period: YearOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Lees bestanden van Vektis in: Open Databestand Zvw per gemeente."""
    _ingest_files(OpenDataSource.VEKTIS, files, period, format_)


@app.command()
def population(files: FilesArgument, period: YearOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Lees inwoners in: een CSV met jaar, gebiedscode, leeftijd, geslacht en inwoners."""
    _ingest_files(OpenDataSource.POPULATION, files, period, format_)


@app.command()
def cbs(
    table: Annotated[
        str, typer.Argument(metavar="TABEL", help=f"De tabel, zoals CBS haar schrijft: {', '.join(TABLES)}.")
    ],
    period: Annotated[Period, typer.Option("--period", parser=period_option, metavar="JAAR", help="Het jaar.")],
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            exists=True,
            dir_okay=False,
            help="Lees antwoorden die met --save bewaard zijn, of een CSV van StatLine.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Bewaar de antwoorden in dit bestand en lees ze niet in."),
    ] = None,
    protocol: Annotated[
        Protocol | None, typer.Option("--protocol", help="De versie van OData; zonder: die van de afspraak.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="Een ander adres; ook JZOJP_STATLINE(_V3).")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Lees een jaar van een tabel van CBS StatLine in, van internet of uit een bewaard bestand."""
    source, name = OpenDataSource(contract(table).dataset), f"{table}_{period_code(period)}.json"
    if save and (file or save.exists()):
        raise typer.BadParameter(f"{save} bestaat al, of --file is ook gegeven; kies een nieuwe naam.")
    content = _kept_answers(file, table) if file else _downloaded(table, period, protocol, address)
    if save:
        save.write_bytes(content)
        print_text(f"De antwoorden staan in {save}. Lees ze in met 'jzojp ingest cbs {table} --period JAAR --file'.")
        return
    _ingest(source, [(file.name if file else name, content)], period, format_)


def _ingest_files(source: OpenDataSource, files: list[Path], period: Period | None, format_: Format) -> None:
    _ingest(source, ((file.name, file.read_bytes()) for file in files), period, format_)


def _kept_answers(file: Path, table: str) -> bytes:
    from expectations.open_data.statline_csv import is_statline_csv

    content = file.read_bytes()
    if not is_statline_document(content) and not is_statline_csv(content, table):
        raise typer.BadParameter(
            f"{file} is niet gemaakt met 'jzojp ingest cbs --save', en ook geen CSV van tabel {table} zoals StatLine "
            "die geeft."
        )
    return content


def _downloaded(table: str, period: Period, protocol: Protocol | None, address: str | None) -> bytes:
    from orchestration.statline.downloading import download

    with progress("CBS StatLine") as report:
        try:
            return pack(download(table, period, protocol=protocol, address=address, say=report))
        except IngestRefusedError as refused:
            raise _told(refused) from refused


def _ingest(
    source: OpenDataSource, contents: Iterable[tuple[str, bytes]], period: Period | None, format_: Format
) -> None:
    """Ingest one file after another and print what came of it; the first that is refused ends the command."""
    from register.ingest import ingest as ingest_file

    home, receipts = Home.from_environment(), []
    with progress("Inlezen") as report:
        for name, content in contents:
            report(f"Inlezen van {name}")
            try:
                receipts.append(ingest_file(home, source, content, name, operator(), period=period))
            except IngestRefusedError as refused:
                raise _told(refused) from refused
    if format_ is Format.JSON:
        print_json([receipt.model_dump(mode="json") for receipt in receipts])
        return
    for receipt in receipts:
        known = " (was er al)" if receipt.already_received else ""
        print_text(f"{receipt.file_name}: {receipt.period}, {receipt.rows_read} rijen{known}")
    print_text("Reken en publiceer met 'jzojp publish'.")


def _told(refused: IngestRefusedError) -> typer.Exit:
    """The end of the command, after a person was told why."""
    errors.print(visible(str(refused)), markup=False)
    print_findings(refused.findings, total=len(refused.findings))
    return typer.Exit(ExitCode.REFUSED_INPUT)
