"""The questions that pages ask a publication, each asked once per publication.

Belongs here: SQL on the tables of a publication (docs/architecture.md) and the cache.
Does not belong here: which publication somebody may see (`app/snapshots.py`), words and layout.

Every function takes a `Snapshot`, whose id and path are the key of the cache: publications never change.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from app.records import (
    Cause,
    Figure,
    GroupFigure,
    Indicator,
    PublicationFacts,
    Retired,
    Spread,
    plain_rows,
    records,
)
from app.snapshots import Snapshot
from indicators.areas import COUNTRY, AreaLevel
from indicators.definitions import Theme
from indicators.states import ReasonCode
from register.publications import PublicationReader

KEPT = 400
"""How many answers of each kind are kept; the largest is some hundreds of kilobytes."""
_OPEN = 40
"""How many snapshots stay open: the current publication, its own snapshots and a few of before."""

_IN_KERNSET = "indicator_code in (select indicator_code from indicator where is_current)"
FIGURES = "select v.*, a.area_name from value as v join area as a using (area_code)"
_LATEST = f"""
    with latest as (
        select indicator_code, max(period_start) as period_start
        from value
        where level_code in ('zorgkantoorregio', 'landelijk') and {_IN_KERNSET}
        group by indicator_code
    )
    {FIGURES} join latest using (indicator_code, period_start)
"""  # noqa: S608 - the parts are ours
_TODAY = """
    with today as (
        select * from recomputed
        union all by name
        select v.* from value as v join indicator as i using (indicator_code, indicator_version)
        where i.is_current and v.indicator_code in (select indicator_code from recomputed)
    )
    select v.* replace (false as is_break), a.area_name from today as v join area as a using (area_code)
"""
"""Indicators whose past was computed under the version of today; within one version there is no break."""
_TREND = " where v.area_code in ($area, $country) order by v.period_start, v.area_code"


@st.cache_data(max_entries=KEPT, show_spinner=False)
def publication_facts(snapshot: Snapshot) -> PublicationFacts:
    """What the publication says about itself."""
    return records(PublicationFacts, ask(snapshot, "select * from publication"))[0]


@st.cache_data(max_entries=KEPT, show_spinner=False)
def indicators(snapshot: Snapshot) -> tuple[Indicator, ...]:
    """The definitions in the kernset, in the order of the themes and then by code."""
    frame = ask(snapshot, "select definition_json from indicator where is_current")
    order = list(Theme)
    return tuple(sorted(_definitions(frame), key=lambda item: (order.index(item.theme), item.code)))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def versions(snapshot: Snapshot, indicator_code: str) -> tuple[Indicator, ...]:
    """Every version of an indicator that was ever in force, oldest first."""
    sql = "select definition_json from indicator where indicator_code = $indicator order by indicator_version"
    return _definitions(ask(snapshot, sql, indicator=indicator_code))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def retired(snapshot: Snapshot) -> tuple[Retired, ...]:
    """The indicators that left the kernset, by code, with their last version."""
    if not has_table(snapshot, "retirement"):
        return ()
    rows = plain_rows(ask(snapshot, "select * from retirement order by indicator_code"))
    return tuple(
        Retired(
            indicator=versions(snapshot, row["indicator_code"])[-1],
            last_period_code=row["last_period_code"],
            successor_code=row["successor_code"],
            reason=row["reason"],
        )
        for row in rows
    )


@st.cache_data(max_entries=KEPT, show_spinner=False)
def codes_with_figures(snapshot: Snapshot) -> frozenset[str]:
    """The indicators of which anything was delivered for a region or the country, in any period.

    A row that only says "not delivered" is not enough: it also stands where a denominator, such as the population, is
    known and nothing else. A row with another reason is: then there is something to tell about each area.
    """
    sql = f"""
        select distinct indicator_code from value
        where {_IN_KERNSET} and level_code in ('zorgkantoorregio', 'landelijk')
            and reason_code is distinct from $not_delivered
    """  # noqa: S608 - the parts are ours
    return frozenset(ask(snapshot, sql, not_delivered=ReasonCode.NOT_DELIVERED)["indicator_code"])


@st.cache_data(max_entries=KEPT, show_spinner=False)
def latest_figures(snapshot: Snapshot) -> tuple[Figure, ...]:
    """Every region and the country, in the last period of each indicator."""
    return records(Figure, ask(snapshot, _LATEST + " where v.level_code in ('zorgkantoorregio', 'landelijk')"))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def trend(snapshot: Snapshot, area_code: str) -> tuple[Figure, ...]:
    """One region and the country, in all periods, oldest first, each under the version that applied then."""
    return records(Figure, ask(snapshot, FIGURES + _TREND, area=area_code, country=COUNTRY))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def trend_of_today(snapshot: Snapshot, area_code: str) -> tuple[Figure, ...]:
    """The same with every period under the version of today; only indicators of which that is another series."""
    if not has_table(snapshot, "recomputed"):
        return ()
    return records(Figure, ask(snapshot, _TODAY + _TREND, area=area_code, country=COUNTRY))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def gemeente_figures(snapshot: Snapshot, region_code: str) -> tuple[Figure, ...]:
    """The gemeenten of a region by name, in the last period of each indicator."""
    where = " where v.level_code = 'gemeente' and v.region_code = $region order by a.area_name"
    return records(Figure, ask(snapshot, _LATEST + where, region=region_code))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def indicator_figures(
    snapshot: Snapshot, indicator_code: str, period_code: str, level_code: str = AreaLevel.REGION
) -> tuple[Figure, ...]:
    """Every area of a level and the country for one indicator in one period."""
    where = " where v.indicator_code = $indicator and v.period_code = $period and v.level_code in ($level, 'landelijk')"
    parameters = {"indicator": indicator_code, "period": period_code, "level": level_code}
    return records(Figure, ask(snapshot, FIGURES + where, **parameters))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def group_figures(snapshot: Snapshot, indicator_code: str, period_code: str, area_code: str) -> tuple[GroupFigure, ...]:
    """An area and the country by age and sex in one period, youngest first, each age before its sexes."""
    if not has_table(snapshot, "by_stratum"):
        return ()
    sql = """
        select v.*, a.area_name from by_stratum as v join area as a using (area_code)
        where v.indicator_code = $indicator and v.period_code = $period and v.area_code in ($area, $country)
        order by try_cast(regexp_extract(age_group, '^[0-9]+') as int) nulls last, sex <> 'totaal', sex, v.area_code
    """
    frame = ask(snapshot, sql, indicator=indicator_code, period=period_code, area=area_code, country=COUNTRY)
    groups = zip(frame["age_group"], frame["sex"], records(Figure, frame), strict=True)
    return tuple(GroupFigure(str(age), str(sex), figure) for age, sex, figure in groups)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def periods(snapshot: Snapshot, indicator_code: str) -> tuple[str, ...]:
    """The periods in which an indicator has figures of regions, newest first."""
    sql = """
        select distinct period_code, period_start from value
        where indicator_code = $indicator and level_code in ('zorgkantoorregio', 'landelijk')
        order by period_start desc
    """
    return tuple(ask(snapshot, sql, indicator=indicator_code)["period_code"])


@st.cache_data(max_entries=KEPT, show_spinner=False)
def region_levels(snapshot: Snapshot, indicator_code: str) -> frozenset[str]:
    """The levels between gemeente and country at which an indicator has figures."""
    sql = """
        select distinct level_code from value
        where indicator_code = $indicator and level_code not in ('wijk', 'gemeente', 'landelijk')
    """
    return frozenset(ask(snapshot, sql, indicator=indicator_code)["level_code"])


@st.cache_data(max_entries=KEPT, show_spinner=False)
def spreads(snapshot: Snapshot, region_code: str) -> Mapping[str, Spread]:
    """The last known spread over the gemeenten of a region, by indicator code."""
    sql = "select * from spread where area_code = $region order by period_code"
    found = records(Spread, ask(snapshot, sql, region=region_code))
    return {spread.indicator_code: spread for spread in found}


@st.cache_data(max_entries=KEPT, show_spinner=False)
def causes(snapshot: Snapshot, area_code: str) -> Mapping[str, Cause]:
    """Where the last quarter that was tested for an area stands out, by indicator code."""
    if not has_table(snapshot, "special_cause"):
        return {}
    sql = """
        select * from special_cause where area_code = $area
        qualify row_number() over (partition by indicator_code order by period_code desc) = 1 and cause_code is not null
    """
    return {cause.indicator_code: cause for cause in records(Cause, ask(snapshot, sql, area=area_code))}


def _definitions(frame: pd.DataFrame) -> tuple[Indicator, ...]:
    return tuple(map(Indicator.model_validate_json, frame["definition_json"]))


def has_table(snapshot: Snapshot, name: str) -> bool:
    """Whether the publication has a table; one from before it was invented has not."""
    sql = "select count(*) as found from information_schema.tables where table_name = $name"
    return bool(ask(snapshot, sql, name=name)["found"].item())


@st.cache_resource(max_entries=_OPEN, show_spinner=False)
def _reader(snapshot: Snapshot) -> PublicationReader:
    return PublicationReader(Path(snapshot.path))


def ask(snapshot: Snapshot, sql: str, **parameters: str) -> pd.DataFrame:
    """The answer of a publication to a query; what a visitor chose only as parameters."""
    return _reader(snapshot).query(sql, parameters)
