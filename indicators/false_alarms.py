"""How many false alarms are to be expected of the rule that says an indicator stalls.

The numbers come from a simulation (`make bench BENCH="--subject signals --write"`, docs/signals.md) in which every area
does what was agreed. Belongs here: reading them and adding them up. Does not belong here: the rule (`trend.py`).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from typing import Final, NamedTuple

from indicators.reference_tables import reference_rows
from indicators.trend import RULE

_AGREED_QUARTERS: Final = 12
"""Over how many quarters the gain of the table is agreed."""


class AssessedSeries(NamedTuple):
    """An indicator in a region that is held against a target."""

    size: float
    """Its usual denominator per quarter."""
    pace: float
    """The agreed change per quarter, as a part of 1: 0.01 is a percentage point."""


class FalseAlarmRate(NamedTuple):
    """The part of the quarters in which a series that does what was agreed opens a signal."""

    rule_version: str
    size: int
    gain: float
    """Agreed over twelve quarters."""
    rate: float


@cache
def false_alarm_rates() -> tuple[FalseAlarmRate, ...]:
    """Of the rule in force, by size and gain."""
    rows = reference_rows("false_alarm")
    rates = [
        FalseAlarmRate(row["rule_version"], int(row["size"]), float(row["gain"]), float(row["rate"])) for row in rows
    ]
    return tuple(rate for rate in rates if rate.rule_version == RULE.version)


def expected_false_alarms(series: Iterable[AssessedSeries]) -> float:
    """How many signals `stalled` open per quarter when all these areas do what was agreed."""
    return sum(false_alarm_rate(each) for each in series)


def false_alarm_rate(series: AssessedSeries) -> float:
    """Of one series; between the sizes (by logarithm) and gains of the table in proportion, beyond them the nearest."""
    sizes = sorted({rate.size for rate in false_alarm_rates()})
    gains = sorted({rate.gain for rate in false_alarm_rates()})
    known = {(rate.size, rate.gain): rate.rate for rate in false_alarm_rates()}
    by_gain = [
        _between(log(max(series.size, 1)), [log(size) for size in sizes], [known[size, gain] for size in sizes])
        for gain in gains
    ]
    return _between(series.pace * _AGREED_QUARTERS, gains, by_gain)


def _between(at: float, places: Sequence[float], values: Sequence[float]) -> float:
    """On the straight lines through points in ascending order."""
    if at <= places[0]:
        return values[0]
    for place, after, value, next_value in zip(places, places[1:], values, values[1:], strict=False):
        if at <= after:
            return value + (next_value - value) * (at - place) / (after - place)
    return values[-1]
