"""Properties of suppress and round, for every allowed policy."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.protection import LOWEST_ROUNDING_BASE, LOWEST_THRESHOLD, Policy, protect

policies = st.builds(
    lambda base, times: Policy(version=1, threshold=base * times, rounding_base=base),
    st.integers(LOWEST_ROUNDING_BASE, 50),
    st.integers(2, 10),
)
counts = st.one_of(st.integers(0, 200), st.integers(0, 20_000_000), st.floats(0, 1e7))


@given(counts, policies)
def test_never_shows_a_small_count(count: float, policy: Policy) -> None:
    value = protect(count, policy).value
    assert value is None or value == 0 or value >= policy.threshold >= LOWEST_THRESHOLD
    assert (value == 0) == (count == 0)


@given(counts, policies)
def test_protecting_twice_changes_nothing(count: float, policy: Policy) -> None:
    once = protect(count, policy)
    assert once.value is None or protect(once.value, policy) == once


@given(counts, counts, policies)
def test_larger_counts_never_show_smaller(first: float, second: float, policy: Policy) -> None:
    low, high = sorted((first, second))
    shown = [
        policy.threshold / 2 if (value := protect(count, policy).value) is None else value for count in (low, high)
    ]
    assert shown[0] <= shown[1]


@given(counts, policies)
def test_what_is_shown_is_near_and_a_multiple_of_the_base(count: float, policy: Policy) -> None:
    value = protect(count, policy).value
    assert value is None or (abs(value - count) <= policy.rounding_base / 2 and value % policy.rounding_base == 0)
