"""Running every rule in every world: how often it gives an alarm at all, and how often it opens a signal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from bench.signals.rules import Alarm, alarms_of, ever, the_rule
from bench.signals.vectors import Booleans
from bench.signals.worlds import AREA_COUNT, Course, Floats, Simulated, World, simulate
from indicators.quantiles import CONFIDENCE_95
from indicators.trend import RULE

SIZES: Final = (200, 500, 2000)
_TABLE_SIZES: Final = (50, 100, 200, 500, 1000, 2000, 5000)
_TABLE_GAINS: Final = (0.02, 0.04, 0.07, 0.10)
_CLOSING_LOOKS: Final = 2
"""A signal closes after so many looks outside."""
_ROUNDING: Final = 0.5


class Share(NamedTuple):
    """A part of the series in percent, and its error: half a 95 % interval, from the differences between pools."""

    percent: float
    error: float


class Cell(NamedTuple):
    """One rule in one world, for one denominator."""

    world: World
    course: Course
    rule: str
    size: int


class OpeningRate(NamedTuple):
    """How many signals open per series and quarter while it is on course."""

    size: int
    gain: float
    rate: float


def measure(
    worlds: Sequence[World], rules: Mapping[str, Alarm], pool_count: int, tell: Callable[[str], None]
) -> dict[Cell, Share]:
    """Every rule in every world; all rules see the same series."""
    found: dict[Cell, Share] = {}
    for world in worlds:
        tell(f"signals: {world.title}")
        for course in Course:
            for size in SIZES:
                simulated = simulate(world, course, size, pool_count)
                for name, alarm in rules.items():
                    found[Cell(world, course, name, size)] = share(ever(alarm, simulated), simulated)
    return found


def share(found: Booleans, simulated: Simulated) -> Share:
    """How many of the series that count."""
    counted = np.where(simulated.is_counted, found, np.nan).reshape(-1, AREA_COUNT)
    pools = 100 * np.nanmean(counted, axis=1)
    error = CONFIDENCE_95.z * float(pools.std(ddof=1)) / np.sqrt(len(pools)) if len(pools) > 1 else np.nan
    return Share(float(pools.mean()), float(error))


def oracle_share(world: World, size: int, pool_count: int, false_alarm_percent: float) -> Share:
    """Plateaus found by who knows the noise, the level and the moment, at so many false alarms.

    It looks at the shortfall since that moment, weighed by the time since, and takes the largest Z of all looks.
    """
    on_course = _oracle_z(simulate(world, Course.ON_COURSE, size, pool_count)).max(axis=1)
    plateau = simulate(world, Course.PLATEAU, size, pool_count)
    threshold = np.quantile(on_course, 1 - false_alarm_percent / 100)
    return share(_oracle_z(plateau).max(axis=1) > threshold, plateau)


def _oracle_z(simulated: Simulated) -> Floats:
    """A row per series, a column per look."""
    looks = range(simulated.course.look_count)
    agreed = np.array([simulated.path_value(look) for look in looks])
    values = simulated.values[:, -len(looks) :]
    error = np.sqrt(agreed * (1 - agreed) / simulated.size + simulated.world.noises[0] ** 2)
    since = np.arange(1.0, len(looks) + 1)
    z: Floats = np.cumsum(since * (agreed - values) / error, axis=1) / np.sqrt(np.cumsum(since**2))
    return z


def opening_rates(pool_count: int, tell: Callable[[str], None]) -> Iterator[OpeningRate]:
    """The false alarms of the rule in force, per series and quarter, by denominator and agreed change."""
    for gain in _TABLE_GAINS:
        tell(f"signals: false alarms at +{100 * gain:g} points")
        world = World(title="rates", gain=gain)
        for size in _TABLE_SIZES:
            simulated = simulate(world, Course.ON_COURSE, size, pool_count)
            opened = openings(alarms_of(the_rule(RULE), simulated))
            yield OpeningRate(size, gain, float(opened.mean()))


def openings(alarms: Booleans) -> Booleans:
    """At which looks a signal opens: at an alarm after two looks without one, or after none at all."""
    recent = np.zeros_like(alarms)
    for back in range(1, _CLOSING_LOOKS + 1):
        recent[:, back:] |= alarms[:, :-back]
    return alarms & ~recent


def largest_error(shares: Mapping[Cell, Share]) -> float:
    """The largest of all errors."""
    return max(each.error for each in shares.values())


def is_within(found: Share, expected: float, error: float) -> bool:
    """Whether a number differs from ours by no more than both errors and its rounding explain."""
    return bool(abs(found.percent - expected) <= np.hypot(found.error, error) + _ROUNDING)
