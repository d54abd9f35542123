"""The matrix of regions by indicators: latest value and how it compares with the Netherlands.

Belongs here: the table of the page *Overzicht*. Does not belong here: the choice of theme (`views/overzicht.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from app.figures import period_name
from app.markup import Html, element, hidden, join, link, scroll_box
from app.records import Figure, Indicator
from app.snapshots import sorting_name
from app.words import (
    comparison_sentence,
    interval_text,
    is_favourable,
    judgement,
    states,
    symbol,
    unit_text,
    value_text,
)
from indicators.areas import COUNTRY
from indicators.definition_words import THEMES

Address = Callable[[str, str], str]
"""From kind of page (`regio`, `indicator`) and code to an address."""


def matrix_html(figures: Sequence[Figure], indicators: Sequence[Indicator], *, address: Address, caption: str) -> Html:
    """One row per area, the country first and then the regions by name; one column per indicator."""
    found = {(figure.area_code, figure.indicator_code): figure for figure in figures}
    names = {figure.area_code: figure.area_name for figure in figures}
    order = sorted(names, key=lambda code: (code != COUNTRY, sorting_name(names[code])))
    rows = [_row(code, names[code], indicators, found, address) for code in order]
    head = element("thead", _theme_row(indicators), _indicator_row(indicators, figures, address))
    table = element("table", element("caption", caption), head, element("tbody", *rows), _class="jzojp-matrix")
    return scroll_box(table, label=caption)


def _theme_row(indicators: Sequence[Indicator]) -> Html:
    groups = [(theme, len(list(group))) for theme, group in groupby(indicators, key=lambda item: item.theme)]
    cells = [
        element("th", THEMES[theme], scope="colgroup", colspan=str(width), _class="jzojp-theme")
        for theme, width in groups
    ]
    return element("tr", element("td", ""), *cells)


def _indicator_row(indicators: Sequence[Indicator], figures: Sequence[Figure], address: Address) -> Html:
    periods = {figure.indicator_code: figure.period_code for figure in figures}
    with_interval = {figure.indicator_code for figure in figures if figure.has_interval}
    cells = [
        element(
            "th",
            link(item.name, address("indicator", item.code)),
            element("small", unit_text(item)),
            element("small", period_name(periods[item.code]) if item.code in periods else "geen cijfers"),
            "" if item.code in with_interval else element("small", "geen interval, niet vergeleken"),
            scope="col",
        )
        for item in indicators
    ]
    return element("tr", element("th", "Regio", scope="col"), *cells)


def _row(
    code: str,
    name: str,
    indicators: Sequence[Indicator],
    found: Mapping[tuple[str, str], Figure],
    address: Address,
) -> Html:
    heading = name if code == COUNTRY else link(name, address("regio", code))
    cells = [_cell(found.get((code, item.code)), item) for item in indicators]
    kind = "jzojp-country" if code == COUNTRY else None
    return element("tr", element("th", heading, scope="row"), *cells, _class=kind)


def _cell(figure: Figure | None, indicator: Indicator) -> Html:
    if figure is None:
        return element("td", "geen cijfer", _class="jzojp-absent")
    if figure.value is None:
        return element("td", figure.reason.words, _class="jzojp-absent")
    limits = interval_text(figure, indicator) if figure.has_interval else ""
    return element(
        "td",
        element("span", value_text(figure, indicator), _class="jzojp-value"),
        element("small", limits, _class="jzojp-limits") if limits else "",
        comparison_html(figure, indicator),
        *(element("small", word) for word in states(figure)),
        _class=_tint(figure, indicator),
    )


def comparison_html(figure: Figure, indicator: Indicator) -> Html:
    """Symbol and word for the eye, a whole phrase for a screen reader."""
    if figure.is_country or figure.value is None:
        return Html("")
    if figure.comparison_code is None:
        return element("small", "niet vergeleken") if figure.has_interval else Html("")
    seen = f"{symbol(figure.comparison_code)} {judgement(figure.comparison_code, indicator.polarity)}"
    spoken = hidden(comparison_sentence(figure, indicator))
    return element("small", join([element("span", seen, aria_hidden="true"), spoken]), _class="jzojp-comparison")


def _tint(figure: Figure, indicator: Indicator) -> str | None:
    if figure.comparison_code is None:
        return None
    favourable = is_favourable(figure.comparison_code, indicator.polarity)
    return None if favourable is None else "jzojp-better" if favourable else "jzojp-worse"
