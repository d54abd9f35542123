"""Tables of figures: the indicators of a region, the areas of an indicator, the periods of a trend.

Belongs here: which columns, in which order and words. Does not belong here: HTML (`app/markup.py`).
"""

from collections.abc import Sequence

from app.choices import address_of
from app.figures import amount, number, period_name
from app.markup import Content, Table, element, join, link
from app.matrix import comparison_html
from app.records import Figure, Indicator
from app.words import interval_text, states, unit_text, value_text

_PERIODS = ("Periode", "Waarde", "95%-interval", "Nederland", "Vergelijking")
_INDICATORS = ("Indicator", "Waarde en 95%-interval", "Nederland", "Vergelijking")


def summary_table(figures: Sequence[Figure], indicators: Sequence[Indicator], *, area_name: str) -> Table:
    """The last figure of every indicator for one area.

    Args:
        figures: one region and the country in all periods, oldest first.
        indicators: one row each.
        area_name: the region's name, for the caption.
    """
    last = {item.indicator_code: item for item in figures if not item.is_country}
    rows = [_summary_row(last.get(indicator.code), indicator) for indicator in indicators]
    return Table(f"Laatste cijfers van {area_name}", _INDICATORS, rows, numeric=frozenset({1, 2}))


def trend_table(figures: Sequence[Figure], indicator: Indicator) -> Table:
    """One area in all its periods, newest first, with the country beside it."""
    rows = [_period_row(figure, indicator) for figure in reversed(figures)]
    caption = f"{indicator.name} ({indicator.unit}), {figures[-1].area_name}"
    return Table(caption, _PERIODS, rows, numeric=frozenset({1, 2, 3}))


def area_table(figures: Sequence[Figure], indicator: Indicator, *, caption: str, area_word: str) -> Table:
    """Several areas in one period, in the order given."""
    rows = [
        (figure.area_name, _value(figure, indicator), interval_text(figure, indicator), _comparison(figure, indicator))
        for figure in figures
    ]
    return Table(caption, (area_word, "Waarde", "95%-interval", "Vergelijking"), rows, numeric=frozenset({1, 2}))


def size_table(figures: Sequence[Figure], indicator: Indicator, *, area_word: str) -> Table:
    """Several areas in one period with the size of their denominator, the largest first."""
    rows = [
        (
            figure.area_name,
            number(figure.denominator) if figure.denominator else "",
            _value(figure, indicator),
            _comparison(figure, indicator),
        )
        for figure in figures
    ]
    caption = f"{indicator.name} ({indicator.unit}), naar grootte"
    return Table(caption, (area_word, "Noemer", "Waarde", "Vergelijking"), rows, numeric=frozenset({1, 2}))


def _summary_row(figure: Figure | None, indicator: Indicator) -> Sequence[Content]:
    name = link(indicator.name, address_of("indicator", indicator=indicator.code))
    unit = element("small", unit_text(indicator))
    if figure is None:
        return (join([name, unit]), element("em", "nog geen cijfer"), "", "")
    heading = join([name, unit, element("small", period_name(figure.period_code))])
    limits = element("small", interval_text(figure, indicator))
    return (
        heading,
        join([_value(figure, indicator), limits]),
        _country(figure, indicator),
        _comparison(figure, indicator),
    )


def _country(figure: Figure, indicator: Indicator) -> str:
    value = figure.country_value
    return "" if value is None else amount(value, indicator.unit, indicator.decimals)


def _period_row(figure: Figure, indicator: Indicator) -> Sequence[Content]:
    return (
        period_name(figure.period_code),
        _value(figure, indicator),
        interval_text(figure, indicator),
        _country(figure, indicator),
        _comparison(figure, indicator),
    )


def _value(figure: Figure, indicator: Indicator) -> Content:
    text = value_text(figure, indicator)
    told = states(figure)
    shown = element("em", text) if figure.value is None else element("strong", text)
    return join([shown, *(element("small", word) for word in told)])


def _comparison(figure: Figure, indicator: Indicator) -> Content:
    return comparison_html(figure, indicator) or element("small", "niet vergeleken" if figure.value is not None else "")
