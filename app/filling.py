"""Which indicators of a publication have figures, and why the others have none yet.

Belongs here: that one decision, and the words for it. Does not belong here: the query behind it (`app/queries.py`), and
why one area has no figure in one period (`indicators.states`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app import queries
from app.choices import address_of
from app.markup import Html, Table, element, join, link, table_html
from app.records import Indicator
from app.snapshots import Snapshot
from app.words import THEMES
from indicators.definitions import Theme

NOTHING_DELIVERED = "Er zijn nog geen cijfers aangeleverd."
_HEADINGS = ("Indicator", "Waarom er nog geen cijfers zijn")


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
    """Why an indicator without figures has none: what its definition says, or that nobody delivered them."""
    return indicator.not_filled or NOTHING_DELIVERED


def filling_sentence(found: Filling) -> str:
    """How many indicators have figures, such as `10 van de 37 indicatoren hebben cijfers`."""
    count, total = len(found.filled), len(found.filled) + len(found.not_filled)
    if count == total:
        return f"Alle {total} indicatoren hebben cijfers." if total > 1 else "De indicator heeft cijfers."
    if count == 0:
        return (
            f"Geen van de {total} indicatoren heeft cijfers." if total > 1 else "De indicator heeft nog geen cijfers."
        )
    return f"{count} van de {total} indicatoren {'heeft' if count == 1 else 'hebben'} cijfers."


def choosable_names(found: Filling) -> Mapping[str, str]:
    """Code and words for a drop-down list: figures first; the others begin with their mark, never cut off."""
    filled = {item.code: f"{item.name} ({item.code})" for item in found.filled}
    return filled | {item.code: f"(niet gevuld) {item.name} ({item.code})" for item in found.not_filled}


def not_filled_html(indicators: Sequence[Indicator]) -> Html:
    """Indicators without figures with their reason, a small table per theme."""
    themes = [theme for theme in Theme if any(item.theme is theme for item in indicators)]
    return join(
        table_html(
            Table(
                f"{THEMES[theme]}: niet gevuld",
                _HEADINGS,
                [_row(item) for item in indicators if item.theme is theme],
                stacks=True,
            )
        )
        for theme in themes
    )


def _row(indicator: Indicator) -> tuple[Html, str]:
    name = link(indicator.name, address_of("indicator", indicator=indicator.code))
    plain = element("small", indicator.plain_name) if indicator.plain_name else ""
    return join([name, plain]), reason_not_filled(indicator)
