"""All regions over time beside the value of a target: a Vega-Lite specification.

Belongs here: what is drawn. Does not belong here: showing it (`app/charts.py`).
"""

from collections.abc import Iterator, Sequence

from app.chart_specs import ACCENT, INK, Spec, drawing, quantity, tooltip
from app.figures import period_name
from app.records import Figure, Indicator
from app.target_panel import level_words
from app.target_records import Target
from app.words import value_text

_REGION, _COUNTRY = "een regio", "Nederland"


def paths_spec(figures: Sequence[Figure], indicator: Indicator, targets: Sequence[Target], *, chosen: str) -> Spec:
    """A thin line per region, a thick one for the country and the chosen region, and the value of every version.

    Args:
        figures: of regions and the country, in order of time.
        indicator: of which they are.
        targets: every version of one target, the first one first.
        chosen: the name of the region that stands out; empty where none does.
    """
    rows = [_row(figure, indicator, chosen) for figure in figures if figure.value is not None]
    domain = [_COUNTRY, *([chosen] if chosen else []), _REGION]
    range_ = [INK, *([ACCENT] if chosen else []), "#b4bdc6"]
    width = {"condition": {"test": f"datum.series === '{_REGION}'", "value": 1}, "value": 2.5}
    lines = {
        "mark": {"type": "line"},
        "encoding": {
            "x": {"field": "start", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": "year"}},
            "y": quantity("value", indicator, zero=False),
            "detail": {"field": "area", "type": "nominal"},
            "color": {"field": "series", "type": "nominal", "scale": {"domain": domain, "range": range_}},
            "strokeWidth": width,
            "order": {"field": "start", "type": "temporal"},
            "tooltip": tooltip(gebied="area", periode="period", waarde="text"),
        },
    }
    return drawing({"layer": [*_levels(targets, indicator, figures), lines], "height": 280}, rows)


def _row(figure: Figure, indicator: Indicator, chosen: str) -> dict[str, object]:
    stands_out = _COUNTRY if figure.is_country else chosen if figure.area_name == chosen else _REGION
    return {
        "start": figure.period_start.isoformat()[:10],
        "period": period_name(figure.period_code),
        "area": figure.area_name,
        "series": stands_out,
        "value": figure.value,
        "text": value_text(figure, indicator),
    }


def _levels(targets: Sequence[Target], indicator: Indicator, figures: Sequence[Figure]) -> Iterator[Spec]:
    """The value of each version from the day it holds until the next one."""
    known = [target for target in targets if target.level_value is not None]
    if not known or not figures:
        return
    first, last = figures[0].period_start.isoformat()[:10], figures[-1].period_start.isoformat()[:10]
    starts = [first if target.valid_from is None else target.valid_from.isoformat()[:10] for target in known]
    data = {
        "values": [
            {"from": start, "to": until, "level": target.level_value, "name": f"doel {level_words(target, indicator)}"}
            for target, start, until in zip(known, starts, [*starts[1:], last], strict=True)
        ]
    }
    x, x2 = {"field": "from", "type": "temporal"}, {"field": "to"}
    y = {"field": "level", "type": "quantitative"}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [6, 3]}
    text = {"type": "text", "color": INK, "align": "left", "dx": 4, "dy": -7, "fontSize": 13}
    yield {"data": data, "mark": rule, "encoding": {"x": x, "x2": x2, "y": y}}
    yield {"data": data, "mark": text, "encoding": {"x": x, "y": y, "text": {"field": "name"}}}
