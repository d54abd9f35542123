"""The questions that pages ask a publication about targets, paths and directions, each asked once per publication.

Belongs here: SQL on their tables. Does not belong here: the other questions, and how one is asked (`app/queries.py`).
"""

from collections.abc import Mapping

import streamlit as st

from app.queries import FIGURES, KEPT, ask, has_table
from app.records import Figure, PathState, plain_rows, records
from app.snapshots import Snapshot
from app.target_records import Target
from indicators.false_alarms import AssessedSeries
from indicators.trend_direction import TrendDirection


@st.cache_data(max_entries=KEPT, show_spinner=False)
def directions(snapshot: Snapshot, indicator_code: str) -> Mapping[str, TrendDirection]:
    """Which way the series of an indicator go, by area; of regions and the country."""
    if not has_table(snapshot, "trend"):
        return {}
    frame = ask(snapshot, "select * from trend where indicator_code = $indicator", indicator=indicator_code)
    return {
        str(area): TrendDirection(code) for area, code in zip(frame["area_code"], frame["direction_code"], strict=True)
    }


@st.cache_data(max_entries=KEPT, show_spinner=False)
def history(snapshot: Snapshot, indicator_code: str) -> tuple[Figure, ...]:
    """The figures of all regions and the country in all periods, oldest first."""
    sql = (
        f"{FIGURES} where v.indicator_code = $indicator and v.level_code in ('zorgkantoorregio', 'landelijk') "
        "order by v.period_start, v.area_code"
    )
    return records(Figure, ask(snapshot, sql, indicator=indicator_code))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def path_states(snapshot: Snapshot) -> tuple[PathState, ...]:
    """How every path that may be seen stands, of doelstellingen and afspraken."""
    if not has_table(snapshot, "target_state"):
        return ()
    return records(PathState, ask(snapshot, "select * from target_state order by path_code, indicator_code"))


@st.cache_data(max_entries=KEPT, show_spinner=False)
def assessed(snapshot: Snapshot) -> tuple[AssessedSeries, ...]:
    """The series of shares that are judged against an agreed pace, with their usual denominator per quarter."""
    if not has_table(snapshot, "target_state"):
        return ()
    sql = """
        select median(v.denominator) as size, abs(any_value(s.agreed_pace)) / 100 as pace
        from target_state s
        join value v using (indicator_code, area_code)
        join indicator i using (indicator_code, indicator_version)
        where s.reason_code is null and s.agreed_pace is not null and i.is_current and i.unit = '%'
        group by s.path_code, s.indicator_code, s.area_code
        having median(v.denominator) is not null
    """
    rows = plain_rows(ask(snapshot, sql))
    return tuple(AssessedSeries(size=float(row["size"]), pace=float(row["pace"])) for row in rows)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def targets(snapshot: Snapshot) -> tuple[Target, ...]:
    """Every version of the national doelstellingen, a record per indicator that it is about."""
    frame = ask(snapshot, "select * from target order by all")
    return tuple(map(Target.model_validate, plain_rows(frame)))


def targets_of(snapshot: Snapshot, indicator_code: str) -> tuple[Target, ...]:
    """The doelstellingen that are about an indicator, every version."""
    return tuple(target for target in targets(snapshot) if target.indicator_code == indicator_code)
