"""The questions that pages ask a publication, each asked once per publication.

Belongs here: SQL on the tables of a publication (docs/architecture.md) and the cache.
Does not belong here: which publication somebody may see (`app/snapshots.py`), words and layout.

Every function takes a `Snapshot`, whose id and path are the key of the cache: publications never change.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from app.records import Figure, Indicator, PublicationFacts, Spread, Target, records
from app.snapshots import Snapshot
from indicators.areas import COUNTRY, AreaLevel
from indicators.definitions import Theme
from indicators.states import ReasonCode
from register.publications import PublicationReader

_KEPT = 400
"""How many answers of each kind are kept; the largest is some hundreds of kilobytes."""
_OPEN = 40
"""How many snapshots stay open: the current publication, its own snapshots and a few of before."""

_FIGURES = """
    with shown as (
        select v.*
        from value as v
        join indicator as i using (indicator_code, indicator_version)
        where i.is_current
    ),
    latest as (
        select indicator_code, max(period_start) as period_start
        from shown
        where level_code in ('zorgkantoorregio', 'landelijk')
        group by indicator_code
    )
    select v.*, a.area_name
    from shown as v
    join latest as l on l.indicator_code = v.indicator_code
    join area as a on a.area_code = v.area_code
"""


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def publication_facts(snapshot: Snapshot) -> PublicationFacts:
    """What the publication says about itself."""
    return records(PublicationFacts, _ask(snapshot, "select * from publication"))[0]


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def indicators(snapshot: Snapshot) -> tuple[Indicator, ...]:
    """The definitions in the kernset, in the order of the themes and then by code."""
    frame = _ask(snapshot, "select definition_json from indicator where is_current")
    order = list(Theme)
    found = map(Indicator.model_validate_json, frame["definition_json"])
    return tuple(sorted(found, key=lambda item: (order.index(item.theme), item.code)))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def codes_with_figures(snapshot: Snapshot) -> frozenset[str]:
    """The indicators of which anything was delivered for a region or the country, in any period.

    A row that only says "not delivered" is not enough: it also stands where a denominator, such as the population, is
    known and nothing else. A row with another reason is: then there is something to tell about each area.
    """
    sql = """
        select distinct v.indicator_code
        from value as v
        join indicator as i using (indicator_code, indicator_version)
        where i.is_current and v.level_code in ('zorgkantoorregio', 'landelijk')
            and v.reason_code is distinct from $not_delivered
    """
    return frozenset(_ask(snapshot, sql, not_delivered=ReasonCode.NOT_DELIVERED)["indicator_code"])


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def latest_figures(snapshot: Snapshot) -> tuple[Figure, ...]:
    """Every region and the country, in the last period of each indicator."""
    where = " where v.period_start = l.period_start and v.level_code in ('zorgkantoorregio', 'landelijk')"
    return records(Figure, _ask(snapshot, _FIGURES + where))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def trend(snapshot: Snapshot, area_code: str) -> tuple[Figure, ...]:
    """One region and the country, in all periods, oldest first."""
    where = " where v.area_code in ($area, $country) order by v.period_start, v.area_code"
    return records(Figure, _ask(snapshot, _FIGURES + where, area=area_code, country=COUNTRY))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def gemeente_figures(snapshot: Snapshot, region_code: str) -> tuple[Figure, ...]:
    """The gemeenten of a region by name, in the last period of each indicator."""
    where = " where v.period_start = l.period_start and v.level_code = 'gemeente' and v.region_code = $region"
    return records(Figure, _ask(snapshot, _FIGURES + where + " order by a.area_name", region=region_code))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def indicator_figures(
    snapshot: Snapshot, indicator_code: str, period_code: str, level_code: str = AreaLevel.REGION
) -> tuple[Figure, ...]:
    """Every area of a level and the country for one indicator in one period."""
    where = " where v.indicator_code = $indicator and v.period_code = $period and v.level_code in ($level, 'landelijk')"
    parameters = {"indicator": indicator_code, "period": period_code, "level": level_code}
    return records(Figure, _ask(snapshot, _FIGURES + where, **parameters))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def periods(snapshot: Snapshot, indicator_code: str) -> tuple[str, ...]:
    """The periods in which an indicator has figures of regions, newest first."""
    sql = """
        select distinct period_code, period_start from value
        where indicator_code = $indicator and level_code in ('zorgkantoorregio', 'landelijk')
        order by period_start desc
    """
    return tuple(_ask(snapshot, sql, indicator=indicator_code)["period_code"])


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def region_levels(snapshot: Snapshot, indicator_code: str) -> frozenset[str]:
    """The levels between gemeente and country at which an indicator has figures."""
    sql = """
        select distinct level_code from value
        where indicator_code = $indicator and level_code not in ('wijk', 'gemeente', 'landelijk')
    """
    return frozenset(_ask(snapshot, sql, indicator=indicator_code)["level_code"])


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def spreads(snapshot: Snapshot, region_code: str) -> Mapping[str, Spread]:
    """The last known spread over the gemeenten of a region, by indicator code."""
    sql = """
        select s.* from spread as s join indicator as i using (indicator_code, indicator_version)
        where s.area_code = $region and i.is_current
        order by s.period_code
    """
    found = records(Spread, _ask(snapshot, sql, region=region_code))
    return {spread.indicator_code: spread for spread in found}


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def targets(snapshot: Snapshot, indicator_code: str) -> tuple[Target, ...]:
    """The national doelstellingen that name an indicator."""
    sql = "select * from target where indicator_code = $indicator order by target_code"
    return records(Target, _ask(snapshot, sql, indicator=indicator_code))


@st.cache_resource(max_entries=_OPEN, show_spinner=False)
def _reader(snapshot: Snapshot) -> PublicationReader:
    return PublicationReader(Path(snapshot.path))


def _ask(snapshot: Snapshot, sql: str, **parameters: str) -> pd.DataFrame:
    return _reader(snapshot).query(sql, parameters)
