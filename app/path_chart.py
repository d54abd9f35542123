"""The figures of one region beside the path that it agreed: a Vega-Lite specification.

Belongs here: what is drawn. Does not belong here: showing it (`app/charts.py`).
"""

from collections.abc import Sequence

from app.chart_specs import ACCENT, INK, Spec, drawing, quantity, tooltip
from app.figures import period_name
from app.records import Figure, Indicator
from app.words import value_text
from indicators.agreed_path import AgreedPath


def path_spec(figures: Sequence[Figure], path: AgreedPath, indicator: Indicator) -> Spec:
    """A line of figures and a dashed line through baseline, milestones and target."""
    rows = [
        {
            "start": figure.period_start.isoformat()[:10],
            "period": period_name(figure.period_code),
            "value": figure.value,
            "text": value_text(figure, indicator),
        }
        for figure in figures
    ]
    points = [
        {"start": level.period.start.isoformat(), "period": period_name(level.period.code), "value": level.value}
        for level in path.points
    ]
    x = {"field": "start", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": "year"}}
    y = quantity("value", indicator, zero=False)
    agreed = {
        "data": {"values": points},
        "mark": {"type": "line", "point": {"filled": False, "size": 60}, "color": INK, "strokeDash": [6, 3]},
        "encoding": {"x": x, "y": y, "tooltip": tooltip(periode="period", afgesproken="value")},
    }
    found = {
        "mark": {"type": "line", "point": {"filled": True, "size": 22}, "color": ACCENT, "strokeWidth": 2},
        "encoding": {"x": x, "y": y, "tooltip": tooltip(periode="period", waarde="text")},
    }
    return drawing({"layer": [agreed, found], "height": 230}, rows)
