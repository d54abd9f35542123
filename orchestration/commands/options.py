"""The options that several commands share, so that they read and complain alike."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from indicators.areas import AreaLevel
from indicators.errors import UnknownCodeError
from indicators.periods import Period, read_period
from orchestration.commands.console import Format
from orchestration.gateways import GATEWAY_VARIABLE, Gateway


def period_option(text: str) -> Period:
    """A period in any spelling.

    Raises:
        BadParameter: the text is no period.
    """
    try:
        return read_period(text)
    except UnknownCodeError as error:
        raise typer.BadParameter(str(error)) from error


_LEVELS: Mapping[str, str] = {
    "region": AreaLevel.REGION,
    "regio": AreaLevel.REGION,
    "nl": AreaLevel.COUNTRY,
    "country": AreaLevel.COUNTRY,
} | {level.value: level for level in AreaLevel}


def level_option(text: str) -> str:
    """A level of areas by its Dutch name, `region`, `country`, or the code of another classification.

    Raises:
        BadParameter: there is no such level.
    """
    from indicators.classifications import classifications

    known = {**_LEVELS} | {code: code for code in classifications()}
    if text.lower() not in known:
        raise typer.BadParameter(f"'{text}' is geen niveau; kies uit {', '.join(known)}.")
    return known[text.lower()]


GatewayOption = Annotated[
    Gateway | None,
    typer.Option(
        "--gateway", envvar=GATEWAY_VARIABLE, help="De rekenmachine: duckdb, postgres of spark. Zonder keuze duckdb."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Voor een mens (text) of een machine (json).")]
RegionOption = Annotated[str, typer.Option("--region", help="De zorgkantoorregio, bijvoorbeeld ZK08.")]
PeriodOption = Annotated[
    Period, typer.Option("--period", parser=period_option, metavar="PERIODE", help="Bijvoorbeeld 2025Q4.")
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="REDEN", help="De reden; zij wordt bewaard.")]
FileArgument = Annotated[
    Path, typer.Argument(metavar="BESTAND", exists=True, dir_okay=False, readable=True, help="Het bestand.")
]
