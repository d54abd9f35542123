"""Figures and an indicator made by hand, for tests of words, sentences, tables and charts."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.records import Figure, Indicator
from indicators.definitions import current_definition
from indicators.periods import Period

FIGURE = Figure(
    indicator_code="PRE02",
    indicator_version=1,
    area_code="ZK04",
    area_name="Arnhem",
    level_code="zorgkantoorregio",
    period_code="2026Q3",
    period_start=date(2026, 7, 1),
    numerator=1310.0,
    denominator=10_000.0,
    value=13.1,
    lower_95=12.44,
    upper_95=13.78,
    coverage=1.0,
    is_provisional=False,
    is_revised=False,
    is_estimated=False,
    is_break=False,
    is_converted=False,
    is_incomplete=False,
    reason_code=None,
    comparison_code="higher",
    country_value=12.0,
)


def figure(**changes: Any) -> Figure:
    """The figure above with other content; a period code brings its first day."""
    if "period_code" in changes:
        changes["period_start"] = Period.parse(changes["period_code"]).start
    return replace(FIGURE, **changes)


def absent(reason_code: str, **changes: Any) -> Figure:
    """A figure without a value."""
    nothing = dict.fromkeys(("value", "lower_95", "upper_95", "comparison_code"))
    return figure(**nothing, reason_code=reason_code, **changes)


def country(**changes: Any) -> Figure:
    """The figure of the Netherlands."""
    own = {"area_code": "NL", "area_name": "Nederland", "level_code": "landelijk", "comparison_code": None}
    return figure(**own, country_value=None, **{"value": 12.0, **changes})


def indicator(code: str = "PRE02") -> Indicator:
    """The current definition of an indicator, as a publication carries it."""
    return Indicator.model_validate_json(current_definition(code).model_dump_json())
