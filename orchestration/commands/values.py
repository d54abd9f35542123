"""`jzojp values`: the figures of the current publication."""

import sys
from typing import Annotated

import typer

from indicators.areas import AreaLevel
from indicators.periods import Period
from orchestration.commands.console import Format, operator, print_table
from orchestration.commands.options import level_option, period_option
from register.home import Home
from register.values import View

_SHOWN = ("area_code", "period_code", "numerator", "denominator", "value", "lower_95", "upper_95", "reason_code")


def values(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Bijvoorbeeld PRE02.")],
    level: Annotated[
        AreaLevel | None,
        typer.Option("--level", parser=level_option, metavar="NIVEAU", help="landelijk, region of gemeente."),
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help="Eén gebied, bijvoorbeeld ZK04.")] = None,
    period: Annotated[
        Period | None, typer.Option("--period", parser=period_option, metavar="PERIODE", help="2025Q4 of 2023.")
    ] = None,
    view: Annotated[View, typer.Option("--view", help="Beschermd (published) of exact (own).")] = View.PUBLISHED,
    format_: Annotated[Format, typer.Option("--format", help="text, csv of json.")] = Format.TEXT,
) -> None:
    """Toon de cijfers van een indicator uit de laatste publicatie, met interval, standen, versie en publicatie."""
    from register.values import values as read_values

    found = read_values(
        Home.from_environment(), indicator, actor=operator(), level=level, area=area, period=period, view=view
    )
    match format_:
        case Format.CSV:
            sys.stdout.write(found.to_csv(index=False, lineterminator="\n"))
        case Format.JSON:
            sys.stdout.write(found.to_json(orient="records", date_format="iso", indent=2, double_precision=15) + "\n")
        case Format.TEXT:
            publication = found["publication_id"].iloc[0] if len(found) else "geen cijfers"
            print_table(f"{indicator} - {publication}", _SHOWN, found[list(_SHOWN)].to_numpy(dtype=object).tolist())
