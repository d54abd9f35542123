"""The constants in the reference tables, calculated again in another way."""

from math import exp, factorial, pi, sqrt, tan
from statistics import NormalDist

import pytest

from indicators.quantiles import CONFIDENCE_95, CONFIDENCE_998, Confidence, student_t, student_t_expansion
from indicators.reference_tables import poisson_limits, standard_population, student_quantiles
from indicators.strata import AGE_BANDS

BOTH = pytest.mark.parametrize("confidence", [CONFIDENCE_95, CONFIDENCE_998], ids=["95", "99.8"])


def _at_most(events: int, expected: float) -> float:
    """P(X <= events) of a Poisson number."""
    return sum(exp(-expected) * expected**k / factorial(k) for k in range(events + 1))


def _expected_at(events: int, probability: float) -> float:
    """The expected number at which P(X <= events) equals `probability`, by bisection."""
    low, high = 0.0, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(events, middle) > probability else (low, middle)
    return low


@BOTH
def test_exact_poisson_limits(confidence: Confidence) -> None:
    tail = (1 - confidence.level) / 2
    assert [row.events for row in poisson_limits()] == list(range(10))
    for row in poisson_limits():
        lower, upper = (row.lower_95, row.upper_95) if confidence is CONFIDENCE_95 else (row.lower_998, row.upper_998)
        below = _expected_at(row.events - 1, 1 - tail) if row.events else 0.0
        assert lower == pytest.approx(below, rel=1e-12), row.events
        assert upper == pytest.approx(_expected_at(row.events, tail), rel=1e-12), row.events


@BOTH
def test_normal_quantile(confidence: Confidence) -> None:
    assert NormalDist().cdf(confidence.z) == pytest.approx((1 + confidence.level) / 2, abs=1e-15)


@BOTH
def test_student_t_where_it_has_a_closed_form(confidence: Confidence) -> None:
    p = (1 + confidence.level) / 2
    spread = 4 * p * (1 - p)
    assert student_t(confidence, degrees_of_freedom=1) == pytest.approx(tan(pi * (p - 0.5)), rel=1e-12)
    assert student_t(confidence, degrees_of_freedom=2) == pytest.approx(2 * (p - 0.5) * sqrt(2 / spread), rel=1e-12)


@pytest.mark.parametrize(("degrees_of_freedom", "printed"), [(5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)])
def test_student_t_of_the_textbook(degrees_of_freedom: int, printed: float) -> None:
    assert student_t(CONFIDENCE_95, degrees_of_freedom=degrees_of_freedom) == pytest.approx(printed, abs=5e-4)


def test_student_table_holds_the_quantiles() -> None:
    assert [row.degrees_of_freedom for row in student_quantiles()] == list(range(1, 201))
    for row in student_quantiles()[::9]:
        both = [student_t(c, degrees_of_freedom=row.degrees_of_freedom) for c in (CONFIDENCE_95, CONFIDENCE_998)]
        assert [row.t_95, row.t_998] == pytest.approx(both, rel=1e-13)


@BOTH
@pytest.mark.parametrize("degrees_of_freedom", [201, 500, 2_000, 50_000])
def test_expansion_beyond_the_table(confidence: Confidence, degrees_of_freedom: int) -> None:
    expansion = student_t_expansion(confidence.z, degrees_of_freedom=degrees_of_freedom)
    assert expansion == pytest.approx(student_t(confidence, degrees_of_freedom=degrees_of_freedom), rel=1e-10)


def test_student_t_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        student_t(CONFIDENCE_95, degrees_of_freedom=0)


def test_standard_population_has_all_bands_and_adds_up() -> None:
    assert tuple(standard_population()) == AGE_BANDS
    assert sum(standard_population().values()) == 100_000
