"""The simulation runs the rule itself, and the rule still does what the simulation says of it."""

import numpy as np
import pytest

from bench.signals.vectors import extra_variation, lost_pace, own_variation, slopes_of, stalled
from bench.signals.worlds import AREA_COUNT, Course, World, simulate
from indicators import trend
from indicators.trend_states import Direction, TrendState

RAGGED = World(title="ragged", missing=0.25, noises=(0.005, 0.02), autocorrelation=0.5, season=0.01)


@pytest.mark.parametrize(
    ("world", "look"), [(World(title="plain"), 0), (World(title="plain"), 7), (RAGGED, 2), (RAGGED, 7)]
)
@pytest.mark.parametrize("course", Course)
def test_the_vectors_are_the_rule(world: World, look: int, course: Course) -> None:
    simulated = simulate(world, course, 500, pool_count=2)
    window = simulated.window(look)
    series = [
        [
            trend.TrendPoint(int(quarter), value, half_width)
            for quarter, value, half_width in zip(window.quarters, values, half_widths, strict=True)
            if not np.isnan(value)
        ]
        for values, half_widths in zip(window.values, window.half_widths, strict=True)
    ]
    extra, z = extra_variation(window), lost_pace(window, world.pace, extra_variation(window))
    slopes, stalls = slopes_of(window, extra), stalled(window, world.pace, extra)
    for at, points in enumerate(series):
        if np.isnan(window.values[at, -1]):
            assert not stalls[at]
            continue
        found = trend.judge(points, pace=world.pace, target=2.0, direction=Direction.INCREASE, extra=extra[at])
        assert (found.state is TrendState.STALLED) == stalls[at]
        if found.slope is not None:
            assert found.slope[:3] == pytest.approx((slopes.values[at], slopes.lower[at], slopes.upper[at]), rel=1e-9)
        if found.lost_pace_z is not None:
            assert found.lost_pace_z == pytest.approx(z[at], rel=1e-9)
    assert stalls.any() or course is not Course.PLATEAU or look == 0


def test_pooled_extra_variation_is_that_of_the_rule() -> None:
    window = simulate(World(title="plain", noises=(0.005, 0.02)), Course.ON_COURSE, 500, pool_count=1).window(3)
    series = [
        [trend.TrendPoint(int(q), v, h) for q, v, h in zip(window.quarters, values, widths, strict=True)]
        for values, widths in zip(window.values, window.half_widths, strict=True)
    ]
    assert len(series) == AREA_COUNT
    assert extra_variation(window) == pytest.approx(trend.extra_variation(series), rel=1e-9)
    assert own_variation(window)[1] == pytest.approx(trend.extra_variation(series[1:2]), rel=1e-9)
