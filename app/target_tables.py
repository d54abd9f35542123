"""Tables of doelstellingen: all of them with the country beside each, and the regions beside one.

Belongs here: which columns, in which order and words. Does not belong here: HTML (`app/markup.py`), the mark of one
figure (`app/target_marks.py`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.choices import address_of
from app.figures import amount, period_name
from app.markup import Content, Table, element, join, link
from app.records import Figure, Indicator
from app.snapshots import sorting_name
from app.target_marks import Mark, Standing, mark_html, mark_of
from app.target_panel import STATUSES, level_words, number_words
from app.target_records import Target
from app.words import interval_text, value_text
from indicators.agreed_path import Direction
from indicators.trend_direction import TrendDirection

_OVERVIEW = ("Doelstelling", "Afgesproken", "Nederland", "Regio's", "Status")
_WITHOUT = ("Doelstelling", "Afgesproken", "Waarom er geen stand is", "Status")
_REGIONS = ("Regio", "Waarde", "95%-interval", "Verschil met het doel", "Stand")


class Beside(NamedTuple):
    """A target, the last figures of its indicator, and which way their series go, by area."""

    target: Target
    indicator: Indicator | None
    figures: Sequence[Figure]
    directions: Mapping[str, TrendDirection]

    @property
    def country(self) -> Figure | None:
        """The last figure of the Netherlands."""
        return next((figure for figure in self.figures if figure.is_country), None)

    @property
    def regions(self) -> list[Figure]:
        """The last figures of the regions, by name."""
        found = [figure for figure in self.figures if not figure.is_country]
        return sorted(found, key=lambda figure: sorting_name(figure.area_name))

    @property
    def is_comparable(self) -> bool:
        """Whether there are figures in the unit of the target."""
        return self.target.level_value is not None and any(figure.value is not None for figure in self.figures)

    def mark(self, figure: Figure) -> Mark | None:
        """The mark of one figure; None where it cannot stand beside the target."""
        if self.indicator is None:
            return None
        return mark_of(figure, self.indicator, self.target, self.directions.get(figure.area_code))

    def standings(self) -> list[Standing]:
        """Of every region with a figure."""
        return [mark.standing for figure in self.regions if (mark := self.mark(figure)) is not None]


def overview_table(beside: Sequence[Beside]) -> Table:
    """A row per target and indicator that can stand beside figures."""
    rows = [
        (_name(item), number_words(item.target), _country(item), _regions(item), STATUSES[item.target.status_code])
        for item in beside
    ]
    return Table("Doelstellingen met cijfers van de indicator, in dezelfde eenheid", _OVERVIEW, rows, stacks=True)


def without_table(beside: Sequence[Beside]) -> Table:
    """A row per target and indicator that cannot, with the reason."""
    rows = [(_name(item), number_words(item.target), _why(item), STATUSES[item.target.status_code]) for item in beside]
    return Table("Doelstellingen zonder stand", _WITHOUT, rows, stacks=True)


def regions_table(beside: Beside) -> Table:
    """A row per area beside one target, the country first."""
    ordered = [*filter(None, [beside.country]), *beside.regions]
    rows = [_area_row(beside, figure) for figure in ordered]
    return Table(f"{beside.target.issuer}: {beside.target.text}", _REGIONS, rows, numeric=frozenset({1, 2, 3}))


def beside_sentence(beside: Beside) -> str:
    """How many regions meet the target, and where the Netherlands stands."""
    indicator, country, found = beside.indicator, beside.country, beside.standings()
    if indicator is None:
        return ""
    shown = f"Nederland staat op **{value_text(country, indicator)}**" if country and country.value is not None else ""
    wanted = _wanted(beside.target, indicator)
    near = found.count(Standing.NEAR)
    close = f" Bij {near} ligt het doel binnen de onzekerheid van het cijfer." if near else ""
    met = f"{found.count(Standing.MET)} van de {len(found)} regio's met een cijfer halen het doel van {wanted}.{close}"
    return f"{shown}; {met}" if shown else met


def _name(item: Beside) -> Content:
    indicator = item.indicator
    about = (
        element("small", link(indicator.name, address_of("indicator", indicator=indicator.code)))
        if indicator
        else element("small", f"indicator {item.target.indicator_code} staat niet in de kernset")
    )
    return join([element("strong", item.target.issuer), element("small", item.target.text), about])


def _why(item: Beside) -> str:
    if item.target.level_value is None and item.target.gap_code is not None:
        return f"{item.target.gap_code.words.capitalize()}."
    return "Er zijn nog geen cijfers van deze indicator."


def _country(item: Beside) -> Content:
    figure = item.country
    if figure is None or item.indicator is None:
        return element("em", "geen cijfer")
    if figure.value is None:
        return join([element("em", "geen cijfer"), element("small", figure.reason.words)])
    mark = item.mark(figure)
    value = element("strong", value_text(figure, item.indicator))
    parts = [value, element("small", period_name(figure.period_code))]
    return join([*parts, *([] if mark is None else [element("div", mark_html(mark))])])


def _regions(item: Beside) -> Content:
    found = item.standings()
    return join([f"{found.count(Standing.MET)} van {len(found)}", element("small", "haalt het doel")])


def _area_row(beside: Beside, figure: Figure) -> Sequence[Content]:
    indicator, mark = beside.indicator, beside.mark(figure)
    if indicator is None:
        return (figure.area_name, "", "", "", "")
    if mark is None:
        return (figure.area_name, element("em", value_text(figure, indicator)), "", "", "")
    distance = (figure.value or 0.0) - (beside.target.level_value or 0.0)
    sign = "+" if distance > 0 else ""
    return (
        figure.area_name,
        element("strong", value_text(figure, indicator)),
        interval_text(figure, indicator),
        f"{sign}{amount(distance, indicator.unit, indicator.decimals)}",
        mark_html(mark),
    )


def _wanted(target: Target, indicator: Indicator) -> str:
    words = (target.direction_code or Direction.AT_LEAST).words
    return f"{words} {level_words(target, indicator)}"
