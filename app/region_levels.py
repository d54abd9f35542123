"""Which division into regions a page shows: the zorgkantoorregio's, or another classification that has figures.

Belongs here: the choice and its words. Does not belong here: which gemeenten are in an area
(`indicators/classifications.py`).
"""

from typing import Final, NamedTuple

from app import queries
from app.choices import choose
from app.snapshots import Snapshot
from indicators.areas import REPORTING_YEAR, AreaLevel
from indicators.classifications import Classification, classifications


class RegionLevel(NamedTuple):
    """A level between gemeente and country, in the words of a page."""

    code: str
    name: str
    word: str
    heading: str
    note: str | None = None


_OWN: Final = RegionLevel(AreaLevel.REGION, "zorgkantoorregio", "Regio", "Alle regio's")


def choose_level(snapshot: Snapshot, indicator_code: str) -> RegionLevel:
    """The division that the visitor chooses out of those in which the indicator has figures."""
    found = queries.region_levels(snapshot, indicator_code)
    known = [_OWN, *(_level(item) for code, item in classifications().items() if code in found)]
    names = {level.code: _capitalised(level.name) for level in known}
    chosen = choose("Indeling", "indeling", names, default=_OWN.code)
    return next(level for level in known if level.code == chosen)


def _level(item: Classification) -> RegionLevel:
    note = (
        f"Opgeteld uit de gemeenten. Welke gemeente bij welke regio hoort, is van {item.valid_from.year} en overgezet "
        f"naar de gemeenten van {REPORTING_YEAR}. Regio's die daarna zijn veranderd, staan hier zoals ze toen waren."
    )
    return RegionLevel(item.code, item.name, _capitalised(item.name), f"Per {item.name}", note)


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
