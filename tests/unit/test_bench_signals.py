"""The simulation runs the rule itself, and the rule still does what the simulation says of it."""

import numpy as np
import pytest

from bench.signals.measuring import SIZES, openings, share
from bench.signals.report import signals_markdown
from bench.signals.rules import RULES, alarms_of, ever, the_rule
from bench.signals.subject import BEGIN, END, PAGE, signals
from bench.signals.tried import TRIED
from bench.signals.vectors import extra_variation, lost_pace, own_variation, slopes_of, stalled
from bench.signals.worlds import AREA_COUNT, PLAIN, WORLDS, Course, Simulated, World, simulate
from indicators import trend
from indicators.agreed_path import Direction
from indicators.false_alarms import AssessedSeries, false_alarm_rate, false_alarm_rates
from indicators.trend import RULE
from indicators.trend_states import TrendState

POOLS = 100

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


def test_the_rule_does_what_its_table_says() -> None:
    """A small run with a fixed seed: another setting, window or weight moves these by more than half a point."""
    found = {
        course: [share(ever(the_rule(RULE), run), run).percent for size in SIZES for run in [_plain(course, size)]]
        for course in Course
    }
    assert found[Course.ON_COURSE] == pytest.approx([8.9, 8.0, 2.6], abs=0.3)
    assert found[Course.PLATEAU] == pytest.approx([65.3, 91.2, 98.4], abs=0.3)
    assert found[Course.HALF_PACE] == pytest.approx([47.6, 72.3, 77.8], abs=0.3)


def _plain(course: Course, size: int) -> Simulated:
    return simulate(PLAIN, course, size, POOLS)


def test_the_table_of_the_service_is_that_of_this_simulation() -> None:
    simulated = _plain(Course.ON_COURSE, 500)
    rate = openings(alarms_of(the_rule(RULE), simulated)).mean()
    assert false_alarm_rate(AssessedSeries(500, PLAIN.pace)) == pytest.approx(rate, rel=0.15)
    assert len(false_alarm_rates()) == 28


def test_a_signal_opens_once_and_again_after_two_looks_outside() -> None:
    alarms = np.array([[1, 0, 1, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0, 1]], dtype=bool)
    assert openings(alarms).tolist() == np.array([[1, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1]], dtype=bool).tolist()


def test_the_page_has_the_tables_between_its_marks() -> None:
    page = PAGE.read_text(encoding="utf-8")
    _, _, rest = page.partition(BEGIN)
    tables, _, _ = rest.partition(END)
    assert all(f"### World: {world.title}\n" in tables for world in WORLDS)
    assert all(f"| {name} |" in tables for name in (*RULES, *TRIED))


def test_a_small_run_gives_every_table() -> None:
    told: list[str] = []
    report = signals_markdown(signals(pool_count=2, tell=told.append))
    assert len(told) == len(WORLDS) + 4
    assert report.count("\n| A |") == len(WORLDS)
    assert "nan" not in report
