"""`jzojp values`: the figures of the current publication."""

import math
import sys
from typing import Annotated

import typer

from indicators.periods import Period
from orchestration.commands.console import Format, operator, print_table
from orchestration.commands.options import level_option, period_option
from register.home import Home
from register.values import By, History, View

_SHOWN = {
    "area_code": "gebied",
    "period_code": "periode",
    "numerator": "teller",
    "denominator": "noemer",
    "value": "waarde",
    "lower_95": "van",
    "upper_95": "tot",
    "reason_code": "reden",
}
_GROUP = {"age_group": "leeftijd", "sex": "geslacht"}
"""What a person sees of a figure, with the heading; csv and json have every column."""


def values(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Bijvoorbeeld PRE02.")],
    level: Annotated[
        str | None,
        typer.Option("--level", parser=level_option, metavar="NIVEAU", help="landelijk, region of ggd_regio."),
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help="Eén gebied, bijvoorbeeld ZK04.")] = None,
    period: Annotated[
        Period | None, typer.Option("--period", parser=period_option, metavar="PERIODE", help="2025Q4 of 2023.")
    ] = None,
    view: Annotated[View, typer.Option("--view", help="Beschermd (published) of exact (own).")] = View.PUBLISHED,
    history: Annotated[
        History,
        typer.Option("--history", help="Eerdere perioden onder de definitie van toen (then) of van nu (today)."),
    ] = History.THEN,
    by: Annotated[
        By, typer.Option("--by", help="Het totaal (total) of naar leeftijd en geslacht (age_sex).")
    ] = By.TOTAL,
    format_: Annotated[Format, typer.Option("--format", help="text, csv of json.")] = Format.TEXT,
) -> None:
    """Toon de cijfers van een indicator uit de laatste publicatie, met interval, standen, versie en publicatie."""
    from register.values import values as read_values

    found = read_values(
        Home.from_environment(),
        indicator,
        actor=operator(),
        level=level,
        area=area,
        period=period,
        view=view,
        history=history,
        by=by,
    )
    match format_:
        case Format.CSV:
            sys.stdout.write(found.to_csv(index=False, lineterminator="\n"))
        case Format.JSON:
            sys.stdout.write(found.to_json(orient="records", date_format="iso", indent=2, double_precision=15) + "\n")
        case Format.TEXT:
            publication = found["publication_id"].iloc[0] if len(found) else "geen cijfers"
            shown = (_GROUP if by is By.AGE_SEX else {}) | _SHOWN
            rows = [[_short(cell) for cell in row] for row in found[list(shown)].itertuples(index=False)]
            print_table(f"{indicator} - {publication}", list(shown.values()), rows)


def _short(cell: object) -> object:
    """A number with the digits that fit a table; an absent one is left out."""
    if isinstance(cell, float):
        return None if math.isnan(cell) else f"{cell:.10g}" if cell.is_integer() else f"{cell:.5g}"
    return cell
