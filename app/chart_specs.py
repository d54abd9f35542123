"""Vega-Lite specifications as plain dicts: trend, intervals of all regions, spread over gemeenten.

Belongs here: what is drawn and how. Does not belong here: showing it (`app/charts.py`), which demands a
description and the same data as a table.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from app.records import Figure, Indicator, Spread
from app.words import direction, interval_text, value_text

Spec: TypeAlias = dict[str, Any]

ACCENT = "#154273"
GREY = "#5f6b76"
INK = "#1b1b1b"
_LINE = "#d9dee3"
_TINT = "#b9cce0"

_CONFIG: Spec = {
    "font": '"Source Sans", "Source Sans Pro", sans-serif',
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": GREY,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": _LINE,
        "domainColor": _LINE,
        "tickColor": _LINE,
        "labelPadding": 6,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 13,
        "title": None,
        "orient": "top",
        "symbolStrokeWidth": 2,
        "labelLimit": 0,
        "columns": 2,
    },
    "locale": {
        "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    },
}
_CLASSES = ("niet aantoonbaar anders", "hoger of lager", "duidelijk hoger of lager", "niet vergeleken")


class SpreadData(NamedTuple):
    """What a picture of the spread shows: the region's figure, its gemeenten and their spread."""

    region: Figure
    gemeenten: Sequence[Figure]
    spread: Spread


def trend_spec(figures: Sequence[Figure], indicator: Indicator, *, area_name: str) -> Spec:
    """Lines of one area and the country with the area's 95 % band; absent periods leave a gap, a break a marked one."""
    breaks = sorted({figure.period_start for figure in figures if figure.is_break})
    rows = [
        {**_trend_row(figure, indicator, area_name), "part": sum(day <= figure.period_start for day in breaks)}
        for figure in figures
    ]
    time = {"field": "start", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": "year"}}
    value = quantity("value", indicator, zero=False)
    own = {"filter": f"datum.series !== '{_COUNTRY}'"}
    part = {"detail": {"field": "part", "type": "nominal"}}
    band = {
        "transform": [own],
        "mark": {"type": "area", "color": ACCENT, "opacity": 0.15, "interpolate": "linear"},
        "encoding": {"x": time, "y": quantity("lower", indicator, zero=False), "y2": {"field": "upper"}, **part},
    }
    scale = {"domain": [area_name, _COUNTRY], "range": [ACCENT, GREY]}
    dash = {"domain": [area_name, _COUNTRY], "range": [[1, 0], [5, 4]]}
    lines = {
        "mark": {"type": "line", "point": {"size": 22, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": time,
            "y": value,
            "color": {"field": "series", "type": "nominal", "scale": scale},
            "strokeDash": {"field": "series", "type": "nominal", "scale": dash},
            "tooltip": tooltip(periode="period", gebied="series", waarde="text", interval="limits"),
            **part,
        },
    }
    return drawing({"layer": [*_breaks(breaks), band, lines], "height": 230}, rows)


def _breaks(days: Sequence[date]) -> list[Spec]:
    """Where a definition begins that cannot be compared with the one before."""
    at = {"field": "at", "type": "temporal"}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1, "strokeDash": [2, 3]}
    text = {"type": "text", "color": INK, "fontSize": 13, "align": "right", "dx": -4, "baseline": "top", "dy": 2}
    data = {"values": [{"at": day.isoformat()[:10], "name": "andere definitie"} for day in days]}
    if not days:
        return []
    return [
        {"data": data, "mark": rule, "encoding": {"x": at}},
        {"data": data, "mark": text, "encoding": {"x": at, "y": {"value": 0}, "text": {"field": "name"}}},
    ]


_COUNTRY = "Nederland"


def interval_spec(
    figures: Sequence[Figure], indicator: Indicator, *, country: Figure | None, target: float | None
) -> Spec:
    """Every region on its own line, highest value first, with interval and the value of the country."""
    rows = [_interval_row(figure, indicator) for figure in figures]
    names = [row["name"] for row in rows]
    present = [str(row["class"]) for row in rows]
    place = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "labelLimit": 190, "ticks": False, "domain": False, "grid": False},
    }
    shown = quantity("value", indicator, zero=False)
    bars = {
        "mark": {"type": "rule", "color": GREY, "strokeWidth": 2, "opacity": 0.55},
        "encoding": {"y": place, "x": quantity("lower", indicator, zero=False), "x2": {"field": "upper"}},
    }
    points = {
        "mark": {"type": "point", "size": 62, "strokeWidth": 1.6, "opacity": 1},
        "encoding": {
            "y": place,
            "x": shown,
            **class_shapes(present),
            "tooltip": tooltip(regio="name", waarde="text", interval="limits", vergelijking="comparison"),
        },
    }
    lines: list[Spec] = []
    if country is not None and country.value is not None:
        lines += _vertical(country.value, "Nederland", ACCENT, [1, 0])
    if target is not None:
        lines += _vertical(target, "doelstelling", INK, [3, 3])
    return drawing({"layer": [*lines, bars, points], "height": {"step": 22}}, rows)


def spread_spec(data: SpreadData, indicator: Indicator, *, country_value: float | None) -> Spec:
    """Gemeenten as thin strokes, p10 to p90 as a bar with the median, the region as a diamond."""
    rows = [
        {"name": item.area_name, "value": item.value, "text": value_text(item, indicator)}
        for item in data.gemeenten
        if item.value is not None
    ]
    across = quantity("value", indicator, zero=False)
    strokes = {
        "mark": {"type": "tick", "color": GREY, "thickness": 1.5, "height": 26, "opacity": 0.75},
        "encoding": {"x": across, "tooltip": tooltip(gemeente="name", waarde="text")},
    }
    layers = [_country_rule(country_value, across), _bar(data.spread, across), strokes, _median(data.spread, across)]
    layers.append(_diamond(data.region, across))
    return drawing({"layer": [layer for layer in layers if layer], "height": 46}, rows)


def _trend_row(figure: Figure, indicator: Indicator, area_name: str) -> Mapping[str, object]:
    return {
        "start": figure.period_start.isoformat()[:10],
        "period": figure.period_code,
        "series": _COUNTRY if figure.is_country else area_name,
        "value": figure.value,
        "lower": figure.lower_95,
        "upper": figure.upper_95,
        "text": value_text(figure, indicator),
        "limits": interval_text(figure, indicator),
    }


def _interval_row(figure: Figure, indicator: Indicator) -> dict[str, object]:
    return {
        "name": figure.area_name,
        "value": figure.value,
        "lower": figure.lower_95,
        "upper": figure.upper_95,
        "text": value_text(figure, indicator),
        "limits": interval_text(figure, indicator),
        "class": comparison_class(figure.comparison_code),
        "comparison": direction(figure.comparison_code) if figure.comparison_code else "niet vergeleken",
    }


def comparison_class(code: str | None) -> str:
    """Under which sign of the legend a comparison falls."""
    if code is None:
        return _CLASSES[3]
    return _CLASSES[0] if code == "similar" else _CLASSES[2] if code.startswith("clearly") else _CLASSES[1]


def class_shapes(present: Sequence[str]) -> Spec:
    """How a point shows its comparison: by shape as well as by colour; the key has the classes that are present."""
    return {
        "shape": _classified(["circle", "circle", "diamond", "square"], present),
        "fill": _classified(["#ffffff", ACCENT, ACCENT, "#ffffff"], present),
        "stroke": _classified([GREY, ACCENT, ACCENT, GREY], present),
    }


def _classified(values: Sequence[str], present: Sequence[str]) -> Spec:
    domain = {name: value for name, value in zip(_CLASSES, values, strict=True) if name in present}
    scale = {"domain": list(domain), "range": list(domain.values())}
    return {"field": "class", "type": "nominal", "scale": scale, "legend": {"offset": 24, "columns": 1}}


def _vertical(value: float, name: str, color: str, dash: Sequence[int]) -> list[Spec]:
    """A line over the full height with its name above it."""
    at = {"field": "at", "type": "quantitative"}
    data = {"values": [{"at": value, "name": name}]}
    rule = {"type": "rule", "color": color, "strokeWidth": 1.5, "strokeDash": list(dash)}
    text = {"type": "text", "color": color, "fontSize": 13, "baseline": "bottom", "dy": -4}
    return [
        {"data": data, "mark": rule, "encoding": {"x": at}},
        {"data": data, "mark": text, "encoding": {"x": at, "y": {"value": 0}, "text": {"field": "name"}}},
    ]


def _country_rule(value: float | None, across: Spec) -> Spec:
    if value is None:
        return {}
    return _one_row(value, across, {"type": "rule", "color": GREY, "strokeDash": [5, 4], "strokeWidth": 2})


def _bar(spread: Spread, across: Spec) -> Spec:
    if spread.p10 is None or spread.p90 is None:
        return {}
    layer = _one_row(spread.p10, across, {"type": "bar", "color": _TINT, "height": 16})
    layer["data"]["values"][0]["end"] = spread.p90
    layer["encoding"]["x2"] = {"field": "end"}
    return layer


def _median(spread: Spread, across: Spec) -> Spec:
    if spread.median is None:
        return {}
    return _one_row(spread.median, across, {"type": "tick", "color": ACCENT, "thickness": 3, "height": 22})


def _diamond(region: Figure, across: Spec) -> Spec:
    if region.value is None:
        return {}
    mark = {"type": "point", "shape": "diamond", "size": 110, "fill": "#ffffff", "stroke": ACCENT, "strokeWidth": 2}
    return _one_row(region.value, across, {**mark, "opacity": 1})


def _one_row(value: float, across: Spec, mark: Spec) -> Spec:
    return {"data": {"values": [{"value": value}]}, "mark": mark, "encoding": {"x": dict(across)}}


def quantity(field: str, indicator: Indicator, *, zero: bool) -> Spec:
    """An axis of values of an indicator."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": zero, "nice": True},
        "axis": {"title": None, "format": f",.{indicator.decimals}~f", "tickCount": 5},
    }


def tooltip(**fields: str) -> list[Spec]:
    """What appears beside the pointer: title and field."""
    return [{"field": field, "type": "nominal", "title": title.capitalize()} for title, field in fields.items()]


def drawing(layers: Spec, rows: Sequence[Mapping[str, object]]) -> Spec:
    """A whole specification: layers or one mark with its encoding, the rows it draws, and the style of the site."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [dict(row) for row in rows]},
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _CONFIG,
        **layers,
    }
