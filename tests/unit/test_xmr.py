"""XmR limits by hand."""

import pytest

from indicators.xmr import FULL_POINTS, MINIMUM_POINTS, xmr_limits


def test_a_short_series_has_no_limits() -> None:
    assert xmr_limits([1.0] * (MINIMUM_POINTS - 1)) is None


def test_limits_are_the_mean_and_266_times_the_mean_range() -> None:
    limits = xmr_limits([10.0, 12.0] * 4)
    assert limits is not None
    assert (limits.mean, limits.is_trial) == (11.0, True)
    assert (limits.lower, limits.upper) == pytest.approx((11 - 2.66 * 2, 11 + 2.66 * 2))
    assert limits.largest_step == pytest.approx(3.267 * 2)


def test_twelve_points_are_enough() -> None:
    limits = xmr_limits([10.0, 12.0] * (FULL_POINTS // 2))
    assert limits is not None
    assert not limits.is_trial


def test_a_range_far_above_the_others_is_dropped_once() -> None:
    """Ranges 1 x 10 and 50 x 1: the mean is 60/11, its 3.267-fold 17.8, so that the 50 goes and the mean becomes 1."""
    limits = xmr_limits([10.0, 11.0] * 5 + [10.0, 60.0])
    assert limits is not None
    assert limits.upper - limits.mean == pytest.approx(2.66)


def test_a_constant_series_has_its_mean_as_limits() -> None:
    limits = xmr_limits([7.0] * 12)
    assert limits is not None
    assert (limits.lower, limits.upper) == (7.0, 7.0)
    assert limits.holds(7.0)
    assert not limits.holds(7.001)
