"""Suppress and round: the worked rule and what a policy may not be; properties are in tests/generative."""

import pytest

from indicators.errors import NotCalculableError, PolicyError
from indicators.protection import POLICY, Policy, ProtectedCount, protect


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (0.2, None), (1, None), (9, None), (9.99, None), (10, 10), (12, 10), (12.5, 15), (13, 15), (1002, 1000)],
)
def test_suppress_and_round(count: float, shown: int | None) -> None:
    assert protect(count, POLICY) == ProtectedCount(shown)
    assert protect(count, POLICY).is_suppressed == (shown is None)


@pytest.mark.parametrize("count", [-1, float("nan"), float("inf")])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(NotCalculableError, match="geen aantal"):
        protect(count, POLICY)


@pytest.mark.parametrize(("threshold", "base"), [(9, 5), (10, 4), (0, 5), (12, 5)])
def test_weaker_or_inconsistent_policy_is_refused(threshold: int, base: int) -> None:
    with pytest.raises(PolicyError, match="policy 2"):
        Policy(version=2, threshold=threshold, rounding_base=base)


def test_stricter_policy_is_allowed() -> None:
    assert protect(17, Policy(version=2, threshold=20, rounding_base=10)).is_suppressed
