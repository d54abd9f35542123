"""The worked numbers of METHODS 4 through the SQL of the models, and why a path has no state."""

from collections.abc import Sequence
from typing import Any

import pytest

from indicators.agreed_path import AgreedPath, Direction, Level
from indicators.periods import Period
from orchestration.agreed_paths import FollowedPath
from tests.support_models import ToyLanding, mart

FIRST = Period.quarter(2023, 1)
PATH = AgreedPath(
    baseline=Level(value=60.0, period=Period.parse("2022Q4")),
    target=Level(value=70.0, period=Period.parse("2025Q4")),
    direction=Direction.INCREASE,
)


def stands(counts: Sequence[int], people: int, *, path: AgreedPath = PATH, **fields: Any) -> dict[str, Any]:
    """The state of one region with these counts, one quarter after the other."""
    landing = ToyLanding(region_count=1, gemeente_count=1)
    asked = {"multiplier": 100.0, "polarity_code": "higher_better", **fields}
    kind = asked.pop("kind", "proportion")
    landing.indicator(kind, {"numerator": 1, "denominator": 2}, **asked)
    landing.paths.append(
        FollowedPath("X@1", "I001", "ZK01", path, path.direction is Direction.INCREASE, is_public=True)
    )
    for at, count in enumerate(counts):
        period = FIRST.shifted(at).key
        landing.figure(period, landing.gemeente(), 1, float(count))
        landing.figure(period, landing.gemeente(), 2, float(people))
    (row,) = mart(landing, "target_state")
    return row


@pytest.mark.parametrize(
    ("counts", "people", "z", "state"),
    [
        ((1200, 1204, 1196, 1207, 1199, 1203, 1198, 1201), 2000, 4.94, "stalled"),
        ((60, 62, 59, 61, 58, 62, 60, 61), 100, 1.06, "undecided"),
        ((600, 609, 616, 626, 633, 643, 650, 658), 1000, 0.01, "improving"),
        ((1200, 1290, 1150, 1260, 1170, 1300, 1140, 1250), 2000, 1.67, "undecided"),
    ],
)
def test_the_worked_series_have_their_z_and_their_state(
    counts: Sequence[int], people: int, z: float, state: str
) -> None:
    """METHODS takes the variance of a proportion from p(1-p)/n; the SQL takes that of every kind from its limits."""
    row = stands(counts, people)
    assert row["lost_pace_z"] == pytest.approx(z, abs=0.03)
    assert row["state_code"] == state
    assert row["agreed_pace"] == pytest.approx(10 / 12)


def test_a_series_that_goes_the_wrong_way_worsens_and_cannot_reach_the_target() -> None:
    row = stands((1200, 1190, 1180, 1165, 1155, 1140, 1130, 1120), 2000)
    assert (row["state_code"], row["is_out_of_reach"]) == ("worsening", True)
    assert row["ahead"] == pytest.approx(56.0 - (60 + 10 * 8 / 12))
    assert row["needed_pace"] == pytest.approx((70 - 56) / 4)


def test_a_target_that_was_met_is_reached_whatever_the_slope() -> None:
    assert stands((1420, 1418, 1416, 1414, 1412, 1410, 1408, 1406), 2000)["state_code"] == "reached"


def test_a_lower_value_can_be_what_was_agreed() -> None:
    down = AgreedPath(
        baseline=Level(value=60.0, period=Period.parse("2022Q4")),
        target=Level(value=50.0, period=Period.parse("2025Q4")),
        direction=Direction.DECREASE,
    )
    row = stands((1200, 1183, 1167, 1150, 1133, 1117, 1100, 1083), 2000, path=down, polarity_code="lower_better")
    assert row["state_code"] == "improving"
    assert row["pace"] > 0
    assert row["ahead"] == pytest.approx(60 - 10 * 8 / 12 - 54.15)


def test_quarters_of_a_rolling_year_count_in_the_unit_of_the_year() -> None:
    path = AgreedPath(
        baseline=Level(value=8.0, period=Period.parse("2023Q4")),
        target=Level(value=14.0, period=Period.parse("2026Q4")),
        direction=Direction.INCREASE,
    )
    counts = [1000 + 62 * at for at in range(10)]
    row = stands(counts, 50_000, path=path, window_code="rolling_year")
    assert row["value"] == pytest.approx(100 * sum(counts[-4:]) / 50_000)
    assert row["pace"] == pytest.approx(4 * 100 * 62 / 50_000)
    assert row["agreed_pace"] == pytest.approx(0.5)
    assert row["state_code"] == "improving"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"polarity_code": "neutral"}, "neutral"),
        ({"kind": "ratio"}, "no_interval"),
        ({"is_current": False}, "no_indicator"),
    ],
)
def test_what_cannot_be_assessed_says_why(fields: dict[str, Any], reason: str) -> None:
    row = stands((1200,) * 8, 2000, **fields)
    assert (row["state_code"], row["reason_code"], row["period_code"]) == ("not_assessable", reason, None)


def test_few_quarters_are_too_few() -> None:
    assert stands((1200, 1201, 1202, 1203), 2000)["state_code"] == "insufficient"
    assert stands((1200, 1204, 1196, 1207, 1199, 1203, 1198), 2000)["state_code"] != "stalled"
