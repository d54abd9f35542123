"""`jzojp template`: the file that a region fills in for a quarter."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.console import Format, answers, operator, print_json
from orchestration.commands.options import FormatOption, PeriodOption, RegionOption
from register.home import Home
from register.templates import TemplateFormat


def template(
    region: RegionOption,
    period: PeriodOption,
    *,
    as_: Annotated[TemplateFormat, typer.Option("--as", help="Excel (xlsx) of CSV (csv).")] = TemplateFormat.XLSX,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="BESTAND", help="Waar het komt; anders in deze map.")
    ] = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Maak het sjabloon van een regio en kwartaal, met de cijfers van vorig kwartaal ernaast.

    Het antwoord is de plaats van het bestand. Een bestand dat er al is, wordt nooit overschreven.
    """
    from register.templates import template as make

    made = make(Home.from_environment(), region, period, as_, actor=operator())
    path = output or Path(made.file_name)
    _write_new(path, made.content)
    if format_ is Format.JSON:
        print_json({"path": str(path.resolve()), "region": region, "period": period.code, "bytes": len(made.content)})
    else:
        answers.print(str(path), markup=False)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there; somebody may have filled in the one that is.

    Raises:
        BadParameter: there is something already, or the folder is absent.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise typer.BadParameter(f"'{path}' bestaat al; kies met --output een andere naam.") from error
    except FileNotFoundError as error:
        raise typer.BadParameter(f"De map '{path.parent}' bestaat niet; maak haar of kies een andere.") from error
