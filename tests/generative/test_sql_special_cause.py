"""XmR and the season in SQL equal the plain Python of `indicators/`, whatever the series."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indicators.periods import Period
from indicators.season import SEASON_QUARTERS, seasonal_factors
from indicators.xmr import MINIMUM_POINTS, special_causes, xmr_limits
from tests.support_models import NL, ToyLanding, mart

FIRST = Period.quarter(2019, 3)
amounts = st.one_of(st.integers(1, 6), st.integers(40, 60), st.sampled_from([50, 50, 51]), st.integers(1, 100_000)).map(
    float
)
runs = st.tuples(st.integers(1, 40), st.sampled_from([-1, 0, 1, 3])).map(
    lambda start: [float(max(1, start[0] + start[1] * at)) for at in range(8)]
)


@st.composite
def countries(draw: st.DrawFn) -> list[list[float]]:
    """Regions with series of one length, some with a stretch that goes one way."""
    length = draw(st.integers(MINIMUM_POINTS - 1, 20))
    made = []
    for _ in range(draw(st.integers(1, 12))):
        series = [*draw(st.lists(amounts, min_size=length, max_size=length)), *draw(runs)]
        at = draw(st.integers(0, 8))
        made.append(series[at : at + length])
    return made


lean = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every step of shrinking would run the chain again
)


def found_in(country: Sequence[Sequence[float]], *, is_seasonal: bool) -> tuple[int, ToyLanding, Mapping[Any, Any]]:
    """The rows of the mart by area and period; a value is the numerator, because every denominator is 1."""
    landing = ToyLanding(region_count=len(country), gemeente_count=1)
    version = landing.indicator("ratio", {"numerator": 1, "denominator": 2}, is_seasonal=is_seasonal)
    for region, series in enumerate(country, 1):
        for at, amount in enumerate(series):
            landing.figure(FIRST.shifted(at).key, landing.gemeente(1, region), 1, amount)
            landing.figure(FIRST.shifted(at).key, landing.gemeente(1, region), 2, 1.0)
    rows = mart(landing, "special_cause")
    assert {row["version_key"] for row in rows} <= {version}
    return version, landing, {(row["area_key"], row["period_key"]): row for row in rows}


def assert_series(rows: Mapping[Any, Any], area: int, values: Sequence[float], first: Period) -> None:
    """One series as the oracle has it."""
    limits, causes = xmr_limits(values), special_causes(values)
    for at, value in enumerate(values):
        row = rows.get((area, first.shifted(at).key))
        if limits is None or causes is None:
            assert row is None
            continue
        assert row is not None
        scale = max(abs(limits.mean), limits.upper - limits.mean)
        expected = (value, limits.mean, limits.lower, limits.upper)
        shown = tuple(row[name] for name in ("value", "mean", "lower", "upper"))
        assert shown == pytest.approx(expected, rel=1e-9, abs=1e-10 * scale)
        assert (row["cause_code"], row["is_trial"]) == (causes[at], limits.is_trial)


@given(country=countries())
@lean
def test_limits_and_causes(country: list[list[float]]) -> None:
    _, landing, rows = found_in(country, is_seasonal=False)
    for region, series in enumerate(country, 1):
        assert_series(rows, landing.region(region), series, FIRST)
    together = [sum(values) / len(country) for values in zip(*country, strict=True)]
    assert_series(rows, NL, together, FIRST)


@given(country=countries())
@lean
def test_the_season_of_the_country_is_taken_out(country: list[list[float]]) -> None:
    length = len(country[0])
    together = [sum(values) / len(country) for values in zip(*country, strict=True)]
    last_year = together[-SEASON_QUARTERS:]
    factors = seasonal_factors(last_year, FIRST.shifted(max(length - SEASON_QUARTERS, 0)).number)
    _, landing, rows = found_in(country, is_seasonal=True)
    for region, series in enumerate(country, 1):
        if factors is None:
            kept = length // 4 * 4
            assert_series(rows, landing.region(region), series[length - kept :], FIRST.shifted(length - kept))
        else:
            adjusted = [value / factors[FIRST.shifted(at).number] for at, value in enumerate(series)]
            assert_series(rows, landing.region(region), adjusted, FIRST)
    assert {row["is_season_unknown"] for row in rows.values()} <= {factors is None}


def test_one_region_without_a_quarter_does_not_hide_the_season_of_all() -> None:
    whole = [[100.0 + 10 * (FIRST.shifted(at).number == 1) + region for at in range(16)] for region in range(3)]
    landing = ToyLanding(region_count=3, gemeente_count=1)
    landing.indicator("ratio", {"numerator": 1, "denominator": 2}, is_seasonal=True)
    for region, series in enumerate(whole, 1):
        for at, amount in enumerate(series):
            if (region, at) != (3, 8):
                landing.figure(FIRST.shifted(at).key, landing.gemeente(1, region), 1, amount)
                landing.figure(FIRST.shifted(at).key, landing.gemeente(1, region), 2, 1.0)
    together = [sum(values) / 2 for values in zip(*whole[:2], strict=True)]
    factors = seasonal_factors(together[-SEASON_QUARTERS:], FIRST.shifted(16 - SEASON_QUARTERS).number)
    assert factors is not None
    rows = [row for row in mart(landing, "special_cause") if row["area_key"] == landing.region(1)]
    assert not any(row["is_season_unknown"] for row in rows)
    found = {row["period_key"]: row["value"] for row in rows}
    for at, value in enumerate(whole[0]):
        period = FIRST.shifted(at)
        assert found[period.key] == pytest.approx(value / factors[period.number], rel=1e-9)
