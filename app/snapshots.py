"""Which snapshot a visitor gets to see: a publication, or a region's exact figures.

Belongs here: from actor and area to a file. Does not belong here: who may do what (`register.access`) and which
publication somebody reads (`register.values`).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from indicators.areas import REPORTING_YEAR, AreaLevel, area_register
from register.access import Action, Actor, may, require
from register.home import Home
from register.values import readable_publication


class Snapshot(NamedTuple):
    """One immutable DuckDB file: a publication, or the own snapshot that was made with it."""

    publication_id: str
    path: str
    is_own: bool = False


def published(home: Home, actor: Actor, area_code: str) -> Snapshot:
    """The publication that `actor` reads for an area (`NL`: for all areas together).

    Raises:
        NoPublicationError: there is none yet that the actor may read.
        AccessDeniedError: the actor may not read published figures.
    """
    require(actor, Action.READ_PUBLISHED, area_code)
    found = readable_publication(home, actor, area_code)
    return Snapshot(found, str(home.publication_database_path(found)))


def own(home: Home, actor: Actor, region_code: str) -> Snapshot:
    """The exact figures of a region, made with the publication that `actor` reads for it.

    Raises:
        AccessDeniedError: they are another region's.
        NoPublicationError: there is no publication yet.
    """
    require(actor, Action.READ_OWN, region_code)
    found = readable_publication(home, actor, region_code)
    return Snapshot(found, str(home.own_database_path(found, region_code)), is_own=True)


def regions_for(actor: Actor, action: Action) -> Mapping[str, str]:
    """Code and name of the regions for which `actor` may do something."""
    return {code: name for code, name in region_names().items() if may(actor, action, code)}


@cache
def region_names() -> Mapping[str, str]:
    """Code and name of every zorgkantoorregio in the reporting indeling, in the order of their names."""
    areas = area_register().existing(AreaLevel.REGION, date(REPORTING_YEAR, 1, 1))
    return {area.code: area.name for area in sorted(areas, key=lambda area: sorting_name(area.name))}


def sorting_name(name: str) -> str:
    """Under which letters a name stands in a list: `'t Gooi` under g."""
    return name.lower().removeprefix("'t ").removeprefix("'s-")
