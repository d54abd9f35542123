"""Signals from the marts: what the register needs to know to open and close them.

Belongs here: reading exact states and causes from the warehouse in force; of these only the state leaves it. Does not
belong here: the rules (`register/signal_rules.py`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import duckdb

from indicators.xmr import SpecialCause
from register.access import Actor
from register.events import Event
from register.home import Home
from register.signal_evaluation import evaluate
from register.signal_rules import CauseEvidence, PathEvidence

_PATHS: Final = """
    select path_code, indicator_code, area_code, period_code, state_code, previous_state_code, is_out_of_reach
    from mart.target_state
    order by path_code, indicator_code, area_code
"""
_SERIES: Final = """
    with stepped as (
        select
            *,
            abs(value - lag(value) over series) as step,
            row_number() over (partition by version_key, area_key order by period_key desc) as age
        from mart.special_cause
        window series as (partition by version_key, area_key order by period_key)
    )
    select i.indicator_code, a.area_code, p.period_code, c.cause_code, c.step, c.upper - c.mean
    from stepped c
    join reference.indicator i using (version_key)
    join reference.area a using (area_key)
    join core.period p using (period_key)
    where c.age = 1
    order by i.indicator_code, a.area_code
"""


def judge_signals(home: Home, *, today: date, actor: Actor) -> list[Event]:
    """Judge all signals on the warehouse in force, which is replaced as a whole and never written. Returns new events.

    Raises:
        AccessDeniedError: `actor` may not do this.
    """
    if not home.warehouse_path.is_file():
        return evaluate(home, None, None, today=today, actor=actor)
    with duckdb.connect(str(home.warehouse_path), read_only=True) as warehouse:
        return evaluate(home, list(_paths(warehouse)), list(_series(warehouse)), today=today, actor=actor)


def _paths(warehouse: duckdb.DuckDBPyConnection) -> Iterator[PathEvidence]:
    for path, indicator, area, period, state, previous, is_lost in warehouse.execute(_PATHS).fetchall():
        yield PathEvidence(path, indicator, area, period, state, previous, bool(is_lost))


def _series(warehouse: duckdb.DuckDBPyConnection) -> Iterator[CauseEvidence]:
    for indicator, area, period, cause, step, width in warehouse.execute(_SERIES).fetchall():
        yield CauseEvidence(indicator, area, period, SpecialCause(cause) if cause else None, step, width)
