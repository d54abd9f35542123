"""The funnel of the page *Indicator*: every region by its size, between the limits of chance around the country.

Belongs here: the curves and points of this one drawing. Does not belong here: the limits (`indicators/funnel.py`).
"""

from collections.abc import Callable, Sequence
from typing import Final

from app.chart_specs import ACCENT, GREY, Spec, class_shapes, comparison_class, drawing, quantity, tooltip
from app.figures import number
from app.records import Figure, Indicator
from app.words import direction, interval_text, value_text
from indicators.definitions import CalculationKind
from indicators.funnel import proportion_funnel, rate_funnel
from indicators.intervals import Interval
from indicators.quantiles import CONFIDENCE_95, CONFIDENCE_998, Confidence

FUNNELS: Final[dict[CalculationKind, Callable[[float, float, Confidence], Interval]]] = {
    CalculationKind.PROPORTION: proportion_funnel,
    CalculationKind.RATE: rate_funnel,
}
_STEPS: Final = 40
_DASHES: Final = {"95": [4, 3], "99,8": [1, 0]}


def has_funnel(figures: Sequence[Figure], indicator: Indicator, country: Figure | None) -> bool:
    """Whether there are regions of different size to set around a value of the country."""
    sizes = {figure.denominator for figure in figures if figure.has_interval and figure.denominator}
    return indicator.calculation.kind in FUNNELS and len(sizes) > 1 and country is not None and bool(country.value)


def funnel_spec(figures: Sequence[Figure], indicator: Indicator, *, country: Figure) -> Spec:
    """Regions as points over the size of their denominator, with the limits at 95 % and 99.8 % as curves.

    Args:
        figures: regions; those without an interval or a denominator are left out.
        indicator: what the figures are about.
        country: with a value.
    """
    shown = [figure for figure in figures if figure.has_interval and figure.denominator]
    rows = [_row(figure, indicator) for figure in shown]
    size = {"field": "size", "type": "quantitative", "scale": {"zero": False, "nice": True}}
    across = {**size, "axis": {"title": "noemer", "format": ",.0f", "tickCount": 5, "grid": False}}
    value = quantity("value", indicator, zero=False)
    sizes = [figure.denominator or 0.0 for figure in shown]
    curves = {
        "data": {"values": _curves(min(sizes), max(sizes), indicator, country.value or 0.0)},
        "mark": {"type": "line", "color": GREY, "strokeWidth": 1.2},
        "encoding": {
            "x": across,
            "y": quantity("limit", indicator, zero=False),
            "detail": {"field": "side", "type": "nominal"},
            "strokeDash": {
                "field": "level",
                "type": "nominal",
                "scale": {"domain": list(_DASHES), "range": list(_DASHES.values())},
                "legend": None,
            },
        },
    }
    middle = {
        "data": {"values": [{"value": country.value}]},
        "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 1.5},
        "encoding": {"y": value},
    }
    points = {
        "mark": {"type": "point", "size": 62, "strokeWidth": 1.6, "opacity": 1},
        "encoding": {
            "x": across,
            "y": value,
            **class_shapes([str(row["class"]) for row in rows]),
            "tooltip": tooltip(
                regio="name", noemer="size_text", waarde="text", interval="limits", vergelijking="comparison"
            ),
        },
    }
    return drawing({"layer": [middle, curves, points], "height": 320}, rows)


def _curves(smallest: float, largest: float, indicator: Indicator, country_value: float) -> list[dict[str, object]]:
    """The limits at sizes that lie evenly apart, in the unit of the indicator."""
    funnel, factor = FUNNELS[indicator.calculation.kind], indicator.calculation.denominator_factor
    found: list[dict[str, object]] = []
    for step in range(_STEPS + 1):
        size = smallest + (largest - smallest) * step / _STEPS
        for name, confidence in (("95", CONFIDENCE_95), ("99,8", CONFIDENCE_998)):
            limits = funnel(country_value / indicator.multiplier, size * factor, confidence)
            found += [
                {"size": size, "level": name, "side": f"{side} {name}", "limit": indicator.multiplier * limit}
                for side, limit in zip(("onder", "boven"), limits, strict=True)
            ]
    return found


def _row(figure: Figure, indicator: Indicator) -> dict[str, object]:
    return {
        "name": figure.area_name,
        "size": figure.denominator,
        "size_text": number(figure.denominator or 0.0),
        "value": figure.value,
        "text": value_text(figure, indicator),
        "limits": interval_text(figure, indicator),
        "class": comparison_class(figure.comparison_code),
        "comparison": direction(figure.comparison_code) if figure.comparison_code else "niet vergeleken",
    }
