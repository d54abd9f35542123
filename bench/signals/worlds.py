"""Worlds: what is simulated. Series of areas that do, or do not, what was agreed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from indicators.quantiles import CONFIDENCE_95
from indicators.season import SEASON_QUARTERS, seasonal_factors

AREA_COUNT: Final = 31
"""Areas whose extra variation is pooled: the zorgkantoorregio's."""
PATH_QUARTERS: Final = 12
_LEAD_QUARTERS: Final = 4
"""Simulated before these: the season is estimated with them, and a rolling year begins in them."""
_SEED: Final = 20_261_124

Floats: TypeAlias = npt.NDArray[np.float64]


class Course(StrEnum):
    """What the areas really do."""

    ON_COURSE = "on course"
    PLATEAU = "plateau"
    HALF_PACE = "half pace"

    @property
    def look_count(self) -> int:
        """How many quarters are looked at."""
        return 12 if self is Course.ON_COURSE else 8


@dataclass(frozen=True, kw_only=True)
class World:
    """Proportions whose target lies `gain` above `start` after twelve quarters."""

    title: str
    start: float = 0.60
    gain: float = 0.10
    noises: tuple[float, ...] = (0.01,)
    """The standard deviation of the true proportion, per quarter; areas take them in turn."""
    autocorrelation: float = 0.0
    season: float = 0.0
    """How much higher the first quarter is, and how much lower the third."""
    is_season_removed: bool = False
    is_rolling_year: bool = False
    """Whether the overlapping values of a rolling year are looked at, as one should not."""
    missing: float = 0.0
    """The part of the quarters that is not there."""
    history: int = 8
    """How many quarters there are before the first look; a plateau begins at the last of them."""
    counted_noise: int | None = None
    """Which of `noises` the areas have whose alarms are counted; all when None."""

    @property
    def pace(self) -> float:
        """Agreed, per quarter."""
        return self.gain / PATH_QUARTERS


@dataclass(frozen=True)
class Window:
    """The last quarters of many series, a column each; NaN is a missing quarter. Pools are consecutive rows."""

    values: Floats
    half_widths: Floats

    def last(self, count: int) -> "Window":
        """The last quarters of these."""
        return Window(self.values[:, -count:], self.half_widths[:, -count:])

    @property
    def quarters(self) -> Floats:
        """The number of each column; the last is 0."""
        return np.arange(1.0 - self.values.shape[1], 1.0)


@dataclass(frozen=True)
class Simulated:
    """Series of one world, one course and one denominator."""

    world: World
    course: Course
    size: int
    """The denominator per quarter."""
    values: Floats
    half_widths: Floats

    def window(self, look: int) -> Window:
        """What is known at a look, the first being 0."""
        now = _LEAD_QUARTERS + self.world.history + look + 1
        values, half_widths = self.values[:, :now], self.half_widths[:, :now]
        if self.world.is_season_removed:
            factors = _pooled_factors(values)
            values, half_widths = values / factors, half_widths / factors
        return Window(values[:, _LEAD_QUARTERS:], half_widths[:, _LEAD_QUARTERS:])

    def path_value(self, look: int) -> float:
        """What was agreed for the quarter of a look."""
        return self.world.start + self.world.pace * (self.world.history + look)

    @property
    def is_counted(self) -> npt.NDArray[np.bool_]:
        """Of which series the alarms are counted."""
        turns = np.arange(len(self.values)) % AREA_COUNT % len(self.world.noises)
        return (
            np.ones(len(turns), dtype=np.bool_)
            if self.world.counted_noise is None
            else turns == self.world.counted_noise
        )


def simulate(world: World, course: Course, size: int, pool_count: int, *, seed: int = _SEED) -> Simulated:
    """Series of so many pools of areas, from a seed."""
    random = np.random.default_rng([seed, size, list(Course).index(course)])
    quarters = np.arange(-_LEAD_QUARTERS, world.history + course.look_count)
    shape = (pool_count * AREA_COUNT, len(quarters))
    means = _means(world, course, quarters) + _noise(world, shape, random)
    values = random.binomial(size, np.clip(means, 0, 1)) / size
    if world.is_rolling_year:
        values, size = _rolling(values), 4 * size
    values = np.where(random.random(shape) < world.missing, np.nan, values)
    return Simulated(world, course, size, values, wilson_half_width(values, size))


PLAIN: Final = World(title="plain")
SOON: Final = World(title="target of +4 points", gain=0.04)
LINGERING: Final = World(title="noise that lingers (AR(1) 0.5)", autocorrelation=0.5)
UNEVEN: Final = World(title="noise of 0.5 and 2 points in turn; the noisy areas", noises=(0.005, 0.02), counted_noise=1)
WORLDS: Final = (
    PLAIN,
    World(title="16 quarters of history", history=16),
    *(World(title=f"season of ±{points} points, not removed", season=points / 100) for points in (2, 3, 5)),
    *(
        World(title=f"season of ±{points} points, removed", season=points / 100, is_season_removed=True)
        for points in (2, 3, 5)
    ),
    LINGERING,
    World(title="start 10 %", start=0.10),
    World(title="start 90 %, +4 points", start=0.90, gain=0.04),
    SOON,
    UNEVEN,
    World(title="one quarter in ten missing", missing=0.1),
    World(title="rolling year, overlapping values", is_rolling_year=True),
)


def wilson_half_width(values: Floats, size: int) -> Floats:
    """Half the 95 % interval of proportions."""
    z = CONFIDENCE_95.z
    return z * np.sqrt(values * (1 - values) / size + (z / (2 * size)) ** 2) / (1 + z**2 / size)


def _means(world: World, course: Course, quarters: npt.NDArray[np.int64]) -> Floats:
    moved: Floats = quarters.astype(np.float64)
    if course is Course.PLATEAU:
        moved = np.minimum(moved, world.history - 1)
    elif course is Course.HALF_PACE:
        moved = moved / 2
    season = np.array([1.0, 0.0, -1.0, 0.0])[quarters % 4]
    means: Floats = world.start + world.pace * moved + world.season * season
    return means


def _noise(world: World, shape: tuple[int, int], random: np.random.Generator) -> Floats:
    """Normal noise, with the same spread whether or not quarters hang together."""
    noise: Floats = random.normal(size=shape)
    kept = np.sqrt(1 - world.autocorrelation**2)
    for at in range(1, shape[1]):
        noise[:, at] = world.autocorrelation * noise[:, at - 1] + kept * noise[:, at]
    areas = np.arange(shape[0]) % AREA_COUNT
    spreads: Floats = np.array(world.noises)[areas % len(world.noises)]
    return noise * spreads[:, None]


def _rolling(values: Floats) -> Floats:
    """Each quarter with the three before it; the first three are never looked at."""
    sums = np.cumsum(values, axis=1)
    sums[:, 4:] = sums[:, 4:] - sums[:, :-4]
    rolled: Floats = sums / 4
    return rolled


def _pooled_factors(values: Floats) -> Floats:
    """Per quarter, the factor of the whole pool, estimated over its last twelve quarters."""
    first = values.shape[1] - SEASON_QUARTERS
    columns = np.arange(values.shape[1])
    pools = values.reshape(-1, AREA_COUNT, values.shape[1]).mean(axis=1)
    factors = np.empty_like(pools)
    for pool, row in zip(pools, factors, strict=True):
        found = seasonal_factors(list(pool[first:]), first % 4 + 1)
        row[:] = [found[int(column) % 4 + 1] for column in columns] if found else 1.0
    return np.repeat(factors, AREA_COUNT, axis=0)
