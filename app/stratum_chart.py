"""Figures by age and sex on the page *Indicator*: the words, the drawing and the table of one region and the country.

Belongs here: this one section. Does not belong here: which groups there are (`indicators/age_groups.py`) and which of
them may be shown (the models).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from app.chart_specs import ACCENT, GREY, Spec, drawing, quantity, tooltip
from app.charts import Chart
from app.figures import period_name
from app.markup import Content, Table, element, join
from app.records import Figure, GroupFigure, Indicator
from app.words import interval_text, states, value_text
from indicators.areas import COUNTRY
from indicators.definitions import CalculationKind
from indicators.strata import TOTAL, Sex

_SEXES: Final[Mapping[str, str]] = {Sex.M.code: "mannen", Sex.V.code: "vrouwen"}
_COUNTRY: Final = "Nederland"


def stratum_chart(figures: Sequence[GroupFigure], indicator: Indicator, *, region_name: str) -> Chart:
    """What the groups of the country and one region show.

    Args:
        figures: every group of both in one period, youngest first; at least one has a value.
        indicator: what the figures are about.
        region_name: which region it is.
    """
    period = period_name(figures[0].figure.period_code)
    return Chart(
        title=f"{indicator.name} naar leeftijd en geslacht, {period}",
        description=_sentence(figures, indicator, region_name),
        spec=_spec(figures, indicator, region_name),
        table=_table(figures, indicator, region_name),
    )


def stratum_note(indicator: Indicator) -> str:
    """What differs from the figure for everybody together; empty where nothing does."""
    if indicator.calculation.kind is CalculationKind.ISR:
        return "Elke groep is vergeleken met dezelfde groep in heel Nederland. Nederland zelf is daarom altijd 1."
    if indicator.calculation.kind is not CalculationKind.DSR:
        return ""
    return (
        "Het cijfer van iedereen samen is omgerekend naar één vaste opbouw van leeftijd en geslacht. "
        "Een cijfer per groep is dat niet. Het is het aantal in de groep, gedeeld door de inwoners van die groep."
    )


def group_name(item: GroupFigure) -> str:
    """The group in words: `65-74, vrouwen`, `85+`, `mannen`."""
    ages = [] if item.age_group == TOTAL else [item.age_group]
    return ", ".join([*ages, *([_SEXES[item.sex]] if item.sex in _SEXES else [])])


def _sentence(figures: Sequence[GroupFigure], indicator: Indicator, region_name: str) -> str:
    country = [item for item in _drawn(figures) if item.figure.is_country and item.figure.value is not None]
    told = []
    if country:
        highest = max(country, key=lambda item: item.figure.value or 0.0)
        lowest = min(country, key=lambda item: item.figure.value or 0.0)
        high, low = value_text(highest.figure, indicator), value_text(lowest.figure, indicator)
        told.append(
            f"In Nederland is het cijfer in elke groep {high}."
            if high == low
            else f"In Nederland is het cijfer het hoogst in de groep {group_name(highest)} ({high}) "
            f"en het laagst in de groep {group_name(lowest)} ({low})."
        )
    if any(item.figure.value is None for item in figures):
        told.append("Sommige groepen hebben geen cijfer. De reden staat in de tabel.")
    return " ".join([*told, f"Gevulde punten zijn {region_name}, open punten zijn Nederland."])


def _drawn(figures: Sequence[GroupFigure]) -> list[GroupFigure]:
    """Age groups by sex where those have a value, else the groups along one of the two."""
    crossed = [item for item in figures if TOTAL not in (item.age_group, item.sex)]
    return crossed if any(item.figure.value is not None for item in crossed) else list(figures)


def _spec(figures: Sequence[GroupFigure], indicator: Indicator, region_name: str) -> Spec:
    shown = _drawn(figures)
    rows = [_row(item, indicator, region_name) for item in shown if item.figure.value is not None]
    names = list(dict.fromkeys(group_name(item) for item in shown))
    place = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "scale": {"paddingInner": 0.3},
        "axis": {"title": None, "labelLimit": 190, "ticks": False},
    }
    series = [region_name, _COUNTRY]
    offset = {"field": "series", "type": "nominal", "scale": {"domain": series}}
    color = {"field": "series", "type": "nominal", "scale": {"domain": series, "range": [ACCENT, GREY]}}
    fill = {"field": "series", "type": "nominal", "scale": {"domain": series, "range": [ACCENT, "#ffffff"]}}
    bars = {
        "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55},
        "encoding": {
            "y": place,
            "yOffset": offset,
            "x": quantity("lower", indicator, zero=False),
            "x2": {"field": "upper"},
            "color": {**color, "legend": None},
        },
    }
    points = {
        "mark": {"type": "point", "shape": "circle", "size": 62, "strokeWidth": 1.6, "opacity": 1},
        "encoding": {
            "y": place,
            "yOffset": offset,
            "x": quantity("value", indicator, zero=False),
            "stroke": color,
            "fill": fill,
            "tooltip": tooltip(groep="name", gebied="series", waarde="text", interval="limits"),
        },
    }
    return drawing({"layer": [bars, points], "height": {"step": 16}}, rows)


def _row(item: GroupFigure, indicator: Indicator, region_name: str) -> dict[str, object]:
    return {
        "name": group_name(item),
        "series": _COUNTRY if item.figure.is_country else region_name,
        "value": item.figure.value,
        "lower": item.figure.lower_95,
        "upper": item.figure.upper_95,
        "text": value_text(item.figure, indicator),
        "limits": interval_text(item.figure, indicator),
    }


def _table(figures: Sequence[GroupFigure], indicator: Indicator, region_name: str) -> Table:
    by_name: dict[str, dict[str, Figure]] = {}
    for item in figures:
        area = COUNTRY if item.figure.is_country else region_name
        by_name.setdefault(group_name(item), {})[area] = item.figure
    rows = [
        (name, *(_cell(found.get(area), indicator) for area in (region_name, COUNTRY)))
        for name, found in by_name.items()
    ]
    caption = f"{indicator.name} ({indicator.unit}), naar leeftijd en geslacht"
    return Table(caption, ("Groep", region_name, _COUNTRY), rows, numeric=frozenset({1, 2}))


def _cell(figure: Figure | None, indicator: Indicator) -> Content:
    if figure is None:
        return ""
    if figure.value is None:
        return element("em", value_text(figure, indicator))
    told = [interval_text(figure, indicator), *states(figure)]
    return join([element("strong", value_text(figure, indicator)), *(element("small", words) for words in told)])
