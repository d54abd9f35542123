"""Seasonal factors by hand."""

import pytest

from indicators.season import SEASON_QUARTERS, seasonal_factors

PATTERN = (1.1, 1.0, 0.9, 1.0)


def test_a_level_times_a_pattern_gives_the_pattern_back() -> None:
    found = seasonal_factors([50 * PATTERN[at % 4] for at in range(SEASON_QUARTERS)], first_quarter=1)
    assert found == pytest.approx({1: 1.1, 2: 1.0, 3: 0.9, 4: 1.0})


def test_the_quarter_of_the_first_value_counts() -> None:
    found = seasonal_factors([50 * PATTERN[at % 4] for at in range(SEASON_QUARTERS)], first_quarter=3)
    assert found == pytest.approx({3: 1.1, 4: 1.0, 1: 0.9, 2: 1.0})


def test_a_straight_line_has_next_to_no_season() -> None:
    found = seasonal_factors([100.0 + at for at in range(SEASON_QUARTERS)], first_quarter=1)
    assert found == pytest.approx(dict.fromkeys(range(1, 5), 1.0), abs=1e-4)


@pytest.mark.parametrize("values", [[1.0] * 11, [1.0] * 13, [1.0] * 11 + [0.0]])
def test_without_twelve_positive_values_the_season_is_unknown(values: list[float]) -> None:
    assert seasonal_factors(values, first_quarter=1) is None
