"""Which indicators of a publication have figures, and why the others have none yet.

Belongs here: that one decision, and the words for it. Does not belong here: the query behind it (`app/queries.py`), and
why one area has no figure in one period (`indicators.states`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app import queries
from app.choices import address_of
from app.markup import Html, element, join, link
from app.records import Indicator, Retired
from app.snapshots import Snapshot
from indicators.definition_words import THEMES
from indicators.definitions import Theme

NOTHING_DELIVERED = "Er zijn nog geen cijfers aangeleverd of ingelezen."


class Filling(NamedTuple):
    """The indicators of the kernset with figures and those without, both in the order of the pages."""

    filled: tuple[Indicator, ...]
    not_filled: tuple[Indicator, ...]

    def of(self, theme: Theme) -> "Filling":
        """The same for one theme."""
        return Filling(*(tuple(item for item in part if item.theme is theme) for part in self))


def filling(snapshot: Snapshot) -> Filling:
    """What the publication itself has figures of; the reason in a definition never hides figures that are there."""
    known, with_figures = queries.indicators(snapshot), queries.codes_with_figures(snapshot)
    return Filling(
        filled=tuple(item for item in known if item.code in with_figures),
        not_filled=tuple(item for item in known if item.code not in with_figures),
    )


def reason_not_filled(indicator: Indicator) -> str:
    """Why an indicator without figures has none: what its definition says, or that nobody delivered or loaded them."""
    return indicator.not_filled or NOTHING_DELIVERED


def filling_sentence(found: Filling) -> str:
    """How many indicators have figures, and where on the page the others stand."""
    count, total = len(found.filled), len(found.filled) + len(found.not_filled)
    if not count:
        return "Nog geen enkele indicator heeft cijfers. Hieronder staat per indicator waarom."
    told = f"{count} van de {total} indicatoren {'heeft' if count == 1 else 'hebben'} cijfers."
    return f"{told} De andere staan onderaan, met de reden." if count < total else told


def choosable_names(found: Filling, retired: Iterable[Retired] = ()) -> Mapping[str, str]:
    """Code and words for a drop-down list: figures first; the others begin with their mark, never cut off."""
    gone = {item.indicator.code: f"(vervallen) {item.indicator.name} ({item.indicator.code})" for item in retired}
    filled = {item.code: f"{item.name} ({item.code})" for item in found.filled}
    return filled | {item.code: f"(niet gevuld) {item.name} ({item.code})" for item in found.not_filled} | gone


def not_filled_html(indicators: Sequence[Indicator]) -> Html:
    """Indicators without figures and their reasons, as a list per theme."""
    themes = [theme for theme in Theme if any(item.theme is theme for item in indicators)]
    return join(_theme(theme, [item for item in indicators if item.theme is theme]) for theme in themes)


def _theme(theme: Theme, indicators: Sequence[Indicator]) -> Html:
    rows = [join([element("dt", _names(item)), element("dd", reason_not_filled(item))]) for item in indicators]
    return join([element("h3", THEMES[theme]), element("dl", *rows, _class="jzojp-not-filled")])


def _names(indicator: Indicator) -> Html:
    name = link(indicator.name, address_of("indicator", indicator=indicator.code))
    return join([name, element("small", indicator.plain_name)]) if indicator.plain_name else name
