"""The state against an agreed target: SQL and the plain Python of `indicators/trend.py` say the same of any series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from indicators.agreed_path import AgreedPath, Direction, Level, quarter_number
from indicators.definition_model import Polarity
from indicators.intervals import wilson
from indicators.periods import Period
from indicators.quantiles import CONFIDENCE_95
from indicators.trend import SLOPE_QUARTERS, Trend, TrendPoint, extra_variation, is_out_of_reach, judge
from orchestration.agreed_paths import FollowedPath
from tests.support_models import ToyLanding, mart

FIRST = Period.quarter(2021, 1)
Counted = tuple[int, int] | None
"""Numerator and denominator of a quarter; None where it is missing."""


@dataclass(frozen=True)
class Case:
    """Regions with a series each, and what all of them agreed."""

    series: Sequence[Sequence[Counted]]
    path: AgreedPath
    polarity: Polarity

    @property
    def orientation(self) -> int:
        return 1 if self.path.direction.is_upward(self.polarity) else -1


@st.composite
def series(draw: st.DrawFn, length: int) -> list[Counted]:
    """Counts around a line that may bend, and that misses a quarter now and then."""
    people = draw(st.sampled_from([60, 400, 3000, 50_000]))
    start, before, after = draw(st.tuples(st.floats(0.2, 0.7), st.floats(-0.02, 0.02), st.floats(-0.02, 0.02)))
    bend = draw(st.integers(0, length))
    found: list[Counted] = []
    for at in range(length):
        share = start + before * min(at, bend) + after * max(0, at - bend) + draw(st.floats(-0.01, 0.01))
        is_missing = draw(st.integers(0, 9)) == 0
        found.append(None if is_missing else (round(people * min(0.98, max(0.02, share))), people))
    return found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    length = draw(st.integers(4, 15))
    direction = draw(st.sampled_from(list(Direction)))
    polarity = draw(st.sampled_from([Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER]))
    start, change = draw(st.floats(20, 70)), draw(st.sampled_from([0.0, 0.5, 4.0, 12.0]))
    is_upward = direction.is_upward(polarity)
    begins = FIRST.shifted(draw(st.integers(-2, 4)))
    middle = [Level(value=start, period=begins.shifted(6))] if draw(st.booleans()) else []
    path = AgreedPath(
        baseline=Level(value=start, period=begins),
        milestones=tuple(middle),
        target=Level(value=start + change * (1 if is_upward else -1), period=begins.shifted(draw(st.integers(8, 16)))),
        direction=direction,
    )
    regions = draw(st.lists(series(length), min_size=1, max_size=5))
    return Case(regions, path, polarity)


@given(cases())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_sql_says_what_plain_python_says(case: Case) -> None:
    assume(any(counts.count(None) < len(counts) for counts in case.series))
    landing = ToyLanding(region_count=len(case.series), gemeente_count=1)
    parts = {"numerator": 1, "denominator": 2}
    landing.indicator("proportion", parts, multiplier=100.0, polarity_code=case.polarity.value)
    for region, counts in enumerate(case.series, 1):
        code = f"ZK{region:02}"
        landing.paths.append(FollowedPath("X@1", "I001", code, case.path, case.orientation == 1, is_public=True))
        for at, counted in enumerate(counts):
            if counted is not None:
                for measure, amount in zip((1, 2), counted, strict=True):
                    landing.figure(FIRST.shifted(at).key, landing.gemeente(1, region), measure, float(amount))
    rows = {row["area_code"]: row for row in mart(landing, "target_state")}
    assert rows.keys() == {f"ZK{region:02}" for region in range(1, len(case.series) + 1)}
    for region, counts in enumerate(case.series, 1):
        _assert_as_judged(rows[f"ZK{region:02}"], case, counts)


def _assert_as_judged(row: dict[str, Any], case: Case, counts: Sequence[Counted]) -> None:
    points = _points(counts, case.orientation)
    if not points:
        assert (row["state_code"], row["period_code"]) == ("insufficient", None)
        return
    now = points[-1].quarter
    judged = _judged(points, case, now)
    assert row["state_code"] == judged.state.value
    path_value = case.path.value_at(_period(now))
    assert row["path_value"] == (None if path_value is None else pytest.approx(path_value, rel=1e-9))
    assert row["value"] == pytest.approx(case.orientation * points[-1].value, rel=1e-9)
    if path_value is not None:
        assert row["ahead"] == pytest.approx(points[-1].value - case.orientation * path_value, rel=1e-9, abs=1e-9)
    if judged.slope is not None:
        assert row["pace"] == pytest.approx(judged.slope.value, rel=1e-9, abs=1e-9)
        assert row["pace_lower"] == pytest.approx(judged.slope.lower, rel=1e-9, abs=1e-9)
        assert row["pace_upper"] == pytest.approx(judged.slope.upper, rel=1e-9, abs=1e-9)
    if judged.lost_pace_z is not None:
        assert row["lost_pace_z"] == pytest.approx(judged.lost_pace_z, rel=1e-8, abs=1e-8)
    left = quarter_number(case.path.target.period) - now
    target = case.orientation * case.path.target.value
    if judged.slope is not None:
        found = is_out_of_reach(points[-1].value, judged.slope, target=target, quarters_left=left)
        assert row["is_out_of_reach"] == found
    assert row["needed_pace"] == (pytest.approx((target - points[-1].value) / left, abs=1e-9) if left > 0 else None)


def _judged(points: Sequence[TrendPoint], case: Case, now: int) -> Trend:
    """The pool is what the other regions say up to the same quarter, where they have one."""
    seen = [[point for point in _points(counts, case.orientation) if point.quarter <= now] for counts in case.series]
    pool = [item for item in seen if item and item[-1].quarter == now]
    agreed = case.path.value_at(_period(now))
    is_bound = case.path.direction is Direction.HOLD or case.orientation * case.path.pace <= 0
    return judge(
        points,
        pace=case.orientation * case.path.pace,
        target=case.orientation * (agreed if is_bound and agreed is not None else case.path.target.value),
        direction=case.path.direction,
        extra=extra_variation(pool),
    )


def _points(counts: Sequence[Counted], orientation: int) -> list[TrendPoint]:
    found = []
    for at, counted in enumerate(counts):
        if counted is not None:
            limits = wilson(counted[0], counted[1], CONFIDENCE_95)
            half_width = 100 * (limits.upper - limits.lower) / 2
            value = orientation * 100 * counted[0] / counted[1]
            found.append(TrendPoint(quarter_number(FIRST.shifted(at)), value, half_width))
    return found


def _period(quarter: int) -> Period:
    return FIRST.shifted(quarter - quarter_number(FIRST))


def test_eight_quarters_make_a_window() -> None:
    assert SLOPE_QUARTERS == 8
