"""Funnels and the comparison behind them reproduce the published test values (skipped where they are not at hand)."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from indicators.calculation import rate
from indicators.comparison import Comparison, compare
from indicators.funnel import proportion_funnel, rate_funnel, ratio_funnel
from indicators.quantiles import CONFIDENCE_95, CONFIDENCE_998
from tests.support_models import ToyLanding, values

Row = Mapping[str, str]
SEARCHED = 1e-4
"""Upstream finds exact limits by searching, to some hundred-thousandths."""
BYAR = 0.016
"""Upstream's limits are exact for every count; ours are Byar's from 10 on, 1.5 % beside them at 10 and ever less."""
POSITIONS = {
    "High (0.001)": Comparison.CLEARLY_HIGHER,
    "High (0.025)": Comparison.HIGHER,
    "Not significant": Comparison.SIMILAR,
    "Low (0.025)": Comparison.LOWER,
    "Low (0.001)": Comparison.CLEARLY_LOWER,
}


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "vectors"


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def test_limits_of_a_proportion(vectors: Path) -> None:
    rows = list(_rows(vectors / "phe" / "funnel_proportion_limits.csv"))
    assert len(rows) == 100
    for row in rows:
        benchmark, size = float(row["baseline"]) / 100, float(row["population"])
        for confidence, name in ((CONFIDENCE_95, "2s"), (CONFIDENCE_998, "3s")):
            limits = [100 * limit for limit in proportion_funnel(benchmark, size, confidence)]
            expected = [float(row[f"{side}_{name}_limit"]) for side in ("lower", "upper")]
            assert limits == pytest.approx(expected, abs=2e-6)


def test_limits_of_a_ratio(vectors: Path) -> None:
    """Upstream takes exact limits for every number of events, ours are Byar's from 10 on."""
    rows = list(_rows(vectors / "phe" / "funnel_ratio_limits.csv"))
    assert len(rows) == 100
    for row in rows:
        events = float(row["Observed_events"])
        for confidence, name in ((CONFIDENCE_95, "2s"), (CONFIDENCE_998, "3s")):
            lower, upper = ratio_funnel(events, confidence)
            expected = (float(row[f"lower_{name}_isr"]) / 100, float(row[f"upper_{name}_isr"]) / 100)
            assert (lower, upper) == pytest.approx(expected, rel=SEARCHED if events < 10 else BYAR), (events, name)


def test_a_ratio_that_differs_is_the_one_outside_its_funnel_in_python_and_sql(vectors: Path) -> None:
    """Observed over expected is compared with 1: in SQL a rate beside a country whose rate is made 1."""
    rows = list(_rows(vectors / "phe" / "funnel_ratio_inputs_significance.csv"))
    assert len(rows) == 300
    landing = ToyLanding(region_count=len(rows) + 1, gemeente_count=1)
    version = landing.indicator("rate", {"numerator": 1, "denominator": 2})
    observed, expected = (sum(float(row[name]) for row in rows) for name in ("obs", "expected"))
    size = 1e7
    counts = [(float(row["obs"]), float(row["expected"])) for row in rows]
    for region, (events, exposure) in enumerate([*counts, (size - observed, size - expected)], 1):
        landing.figure(20231, landing.gemeente(1, region), 1, events)
        landing.figure(20231, landing.gemeente(1, region), 2, exposure)
    found = values(landing)
    for region, row in enumerate(rows, 1):
        position = POSITIONS[row["significance"]]
        estimate = rate(float(row["obs"]), float(row["expected"]), multiplier=1.0)
        assert compare(estimate, 1.0) is position, row
        assert found[version, landing.region(region), 20231]["comparison_code"] == position, row


def test_the_funnel_of_a_rate_is_that_of_a_ratio_on_another_axis() -> None:
    """An area whose events are on the edge of its own funnel has the country on the edge of its interval."""
    lower, upper = rate_funnel(0.02, 6_000, CONFIDENCE_95)
    assert lower < 0.02 < upper
    assert (lower * 6_000, upper * 6_000) == pytest.approx((99.49, 143.49), abs=0.01)


def test_targets_of_fingertips(vectors: Path) -> None:
    """A value with an interval beside a fixed target is the comparison with a benchmark."""
    target: Any = json.loads((vectors / "fingertips" / "comparators.json").read_text("utf-8"))["single_value_target"]
    from indicators.definitions import Polarity
    from indicators.intervals import Estimate

    polarities = {"low_is_good": Polarity.LOWER_BETTER, "high_is_good": Polarity.HIGHER_BETTER}
    words = {"better": True, "worse": False, "same": None}
    for name, polarity in polarities.items():
        for lower, upper, expected in target["use_ci"][name]:
            if lower == upper:
                continue  # upstream calls a value on its target worse; here a benchmark on a limit is inside
            estimate = Estimate((lower + upper) / 2, lower, upper, lower, upper)
            found = compare(estimate, target["limit"])
            assert found is not None
            assert found.is_better(polarity) is words[expected], (name, lower, upper)
