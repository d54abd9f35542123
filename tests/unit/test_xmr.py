"""XmR limits and special causes by hand, and the rules against the unit tests of NHSRplotthedots."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from indicators.xmr import FULL_POINTS, MINIMUM_POINTS, SpecialCause, runs_of, special_causes, two_of_three, xmr_limits

RUN = 7


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


def causes(values: Sequence[float]) -> dict[int, SpecialCause]:
    """The flagged points, by place."""
    found = special_causes(values)
    assert found is not None
    return {at: cause for at, cause in enumerate(found) if cause is not None}


def test_a_short_series_has_no_causes() -> None:
    assert special_causes([1.0] * (MINIMUM_POINTS - 1)) is None


@pytest.mark.parametrize("level", [0.0, 0.1, 7.0, 1e9 / 7])
def test_a_constant_series_has_no_causes_whatever_rounding_makes_of_its_mean(level: float) -> None:
    assert causes([level] * 12) == {}


def test_a_point_outside_the_limits_is_flagged() -> None:
    """Twelve values around 10.5 with ranges of 1; the range of the last one is dropped: limits 2.66 around the mean."""
    assert causes([10.0, 11.0] * 6 + [16.0]) == {12: SpecialCause.ABOVE_LIMITS}
    assert causes([10.0, 11.0] * 6 + [5.0]) == {12: SpecialCause.BELOW_LIMITS}


def test_six_steps_one_way_flag_all_seven_points() -> None:
    """The mean of 2, 1, ..., 7, 1, 2 is 3.4 and the width 3.5, so that nothing is outside or near a limit."""
    found = causes([2.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 1.0, 7.0, 1.0, 7.0])
    assert found == dict.fromkeys(range(1, 8), SpecialCause.RISING)


def test_a_point_outside_comes_before_the_run_that_it_belongs_to() -> None:
    found = causes([3.0, 7.0] * 6 + [3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 22.0])
    assert found == dict.fromkeys(range(12, 18), SpecialCause.RISING) | {18: SpecialCause.ABOVE_LIMITS}


def test_seven_on_one_side_of_the_mean_are_flagged_from_the_first() -> None:
    found = causes([10.0, 11.0] * 6 + [13.0, 12.0, 13.0, 12.0, 13.0, 12.0, 13.0])
    assert {found[at] for at in range(12, 19)} == {SpecialCause.ABOVE_MEAN}


@pytest.fixture
def vectors(shared: Path) -> Any:
    return json.loads((shared / "vectors" / "ptd" / "rule_unit_tests.json").read_text("utf-8"))


def test_runs_are_those_of_nhsrplotthedots(vectors: Any) -> None:
    """Upstream flags the end of a run and then fills back; here both are one step."""
    for case in vectors["part_of_seven"]:
        assert [any(case["in"][at : at + RUN]) for at in range(len(case["in"]))] == list(map(bool, case["out"]))
    for case in vectors["seven_point_one_side_mean"]:
        assert list(map(bool, runs_of(case["in"], RUN))) == _filled_back(case["out"])
    for case in vectors["seven_point_trend"]:
        steps = [(after > before) - (after < before) for before, after in zip(case["in"], case["in"][1:], strict=False)]
        flagged = runs_of(steps, RUN - 1, extra=1) if case["in"] else []
        assert list(map(bool, flagged)) == _filled_back(case["out"])


def _filled_back(ends: Sequence[int]) -> list[bool]:
    return [any(ends[at : at + RUN]) for at in range(len(ends))]


def test_two_of_three_are_those_of_nhsrplotthedots(vectors: Any) -> None:
    for case in vectors["two_in_three"]:
        near = list(map(bool, case["close"]))
        expected = [bool(out) and close for out, close in zip(case["out"], near, strict=True)]
        assert list(map(bool, two_of_three(near, case["rel"]))) == expected
    for case in vectors["two_in_three_flagged_points"]:
        assert list(map(bool, two_of_three(list(map(bool, case["close"])), case["rel"]))) == list(
            map(bool, case["out"])
        )


def test_the_order_of_the_rules_is_that_of_nhsrplotthedots(vectors: Any) -> None:
    kinds = ("limits", "Trend", "2 in 3", "7 Points", "Common")
    assert [kind in words for kind, words in zip(kinds, vectors["special_cause_precedence"], strict=True)] == [True] * 5
    assert [cause.value.split("_")[0] for cause in SpecialCause] == [
        "above", "below", "rising", "falling", "near", "near", "above", "below"
    ]  # fmt: skip
