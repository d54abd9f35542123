"""The state against a target, with the worked numbers of METHODS 4."""

import pytest

from indicators.trend import (
    CAUTIOUS_RULE,
    RULE,
    TrendPoint,
    TrendState,
    extra_variation,
    interval_variance,
    judge,
    lost_pace,
)

PACE, TARGET = 0.1 / 12, 0.9


def proportions(counts: list[int], size: int) -> list[TrendPoint]:
    """Quarters with the variance of a proportion that is pooled over them."""
    pooled = sum(counts) / (size * len(counts))
    return [TrendPoint(at, count / size, pooled * (1 - pooled) / size) for at, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "size", "z", "state"),
    [
        ([1200, 1204, 1196, 1207, 1199, 1203, 1198, 1201], 2000, 4.94, TrendState.STALLED),
        ([60, 62, 59, 61, 58, 62, 60, 61], 100, 1.06, TrendState.UNDECIDED),
        ([600, 609, 616, 626, 633, 643, 650, 658], 1000, 0.01, TrendState.IMPROVING),
        ([1200, 1290, 1150, 1260, 1170, 1300, 1140, 1250], 2000, 1.67, TrendState.UNDECIDED),
    ],
)
def test_worked_numbers(counts: list[int], size: int, z: float, state: TrendState) -> None:
    points = proportions(counts, size)
    found = judge(points, pace=PACE, target=TARGET, extra=extra_variation([points]))
    assert found.lost_pace_z == pytest.approx(z, abs=0.005)
    assert found.state is state


def test_an_interval_gives_its_variance_back() -> None:
    assert interval_variance(0.5 - 1.959963984540054 * 0.02, 0.5 + 1.959963984540054 * 0.02) == pytest.approx(0.0004)


def test_few_quarters_are_too_few_and_five_do_not_stall() -> None:
    flat = proportions([1200] * 8, 2000)
    assert judge(flat[:4], pace=PACE, target=TARGET, extra=0).state is TrendState.INSUFFICIENT
    assert judge(flat[:7], pace=PACE, target=TARGET, extra=0).state is TrendState.UNDECIDED
    assert judge(flat, pace=PACE, target=TARGET, extra=0).state is TrendState.STALLED


def test_states_in_their_order() -> None:
    rising = proportions([1200 + 4 * at for at in range(8)], 2000)
    assert judge(rising, pace=PACE, target=0.6, extra=0).state is TrendState.REACHED
    assert judge(_reversed(rising), pace=PACE, target=TARGET, extra=0).state is TrendState.WORSENING
    precise = [point._replace(variance=1e-8) for point in rising]
    assert judge(precise, pace=PACE, target=TARGET, extra=0).state is TrendState.TOO_SLOW
    assert judge(precise, pace=0.002, target=TARGET, extra=0).state is TrendState.IMPROVING


def _reversed(points: list[TrendPoint]) -> list[TrendPoint]:
    values = [point.value for point in points][::-1]
    return [point._replace(value=value, variance=1e-8) for point, value in zip(points, values, strict=True)]


def test_a_missing_quarter_keeps_its_place_in_time() -> None:
    points = [TrendPoint(at, 0.6 + 0.01 * at, 1e-6) for at in (0, 1, 2, 4, 5, 6, 8, 9)]
    assert judge(points, pace=0.01, target=TARGET, extra=0).slope == pytest.approx((0.01, 0.01, 0.01), abs=5e-4)
    assert lost_pace(points, 0.01, 0.0) == pytest.approx(0, abs=1e-6)


def test_extra_variation_is_pooled_over_areas_with_eight_quarters_and_never_negative() -> None:
    wild, calm = proportions([1200, 1290, 1150, 1260, 1170, 1300, 1140, 1250], 2000), proportions([1200] * 8, 2000)
    own, pooled = extra_variation([wild]), extra_variation([wild, calm, calm[:7]])
    assert 0 < pooled < own
    assert extra_variation([calm]) == 0
    assert extra_variation([]) == 0


def test_the_cautious_rule_needs_more() -> None:
    points = proportions([1200, 1212, 1206, 1199, 1214, 1203, 1212, 1208], 2000)
    z = judge(points, pace=PACE, target=TARGET, extra=0.00034).lost_pace_z
    assert z is not None
    assert RULE.smallest_z < z < CAUTIOUS_RULE.smallest_z
    assert judge(points, pace=PACE, target=TARGET, extra=0.00034).state is TrendState.STALLED
    assert judge(points, pace=PACE, target=TARGET, extra=0.00034, rule=CAUTIOUS_RULE).state is TrendState.UNDECIDED
