"""Adding up in SQL equals a naive count in Python, for any pattern of missing, hidden and unknown parts."""

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support_models import NL, ToyLanding, values

QUARTER, YEAR = 20231, 20230
NUMBER, BELOW_TEN, UNKNOWN, SECRET, ABSENT = 0, 1, 2, 3, 9


class Gemeente(NamedTuple):
    """What one gemeente delivers: sign and amount of the numerator and the denominator, and its inhabitants."""

    numerator_sign: int
    numerator: int
    denominator_sign: int
    denominator: int
    inhabitants: int

    @property
    def counts(self) -> bool:
        """Whether both parts have a number."""
        return self.numerator_sign == self.denominator_sign == NUMBER

    @property
    def is_bounded(self) -> bool:
        """Whether a part is below ten."""
        return BELOW_TEN in (self.numerator_sign, self.denominator_sign)


signs = st.sampled_from([NUMBER] * 8 + [BELOW_TEN, UNKNOWN, SECRET, ABSENT])
gemeenten = st.builds(Gemeente, signs, st.integers(0, 50), signs, st.integers(50, 99), st.integers(1, 9999))
regions = st.lists(st.lists(gemeenten, min_size=3, max_size=3), min_size=1, max_size=6)
minimums = st.sampled_from([0.2, 0.6, 1.0])


def _landing(country: list[list[Gemeente]], minimum: float) -> tuple[ToyLanding, int]:
    landing = ToyLanding(region_count=len(country), gemeente_count=3)
    version = landing.indicator("ratio", {"numerator": 1, "denominator": 2}, minimum_coverage=minimum)
    landing.dataset(1, code="population", frequency="year")
    landing.measure(9, 1)
    for number, region in enumerate(country, 1):
        for index, item in enumerate(region, 1):
            area = landing.gemeente(index, number)
            landing.figure(YEAR, area, 9, item.inhabitants)
            cells = ((1, item.numerator_sign, item.numerator), (2, item.denominator_sign, item.denominator))
            for measure, sign, amount in cells:
                if sign != ABSENT:
                    landing.figure(QUARTER, area, measure, None if sign else amount, sign=sign)
    # one cell that is always there, so that the quarter exists
    landing.measure(8)
    landing.figure(QUARTER, landing.gemeente(), 8, 1)
    return landing, version


def _expected(parts: list[Gemeente], minimum: float) -> Mapping[str, object]:
    counted = [part for part in parts if part.counts]
    coverage = sum(part.inhabitants for part in counted) / sum(part.inhabitants for part in parts)
    is_complete = bool(counted) and coverage >= minimum and not any(part.is_bounded for part in parts)
    return {
        "numerator": sum(part.numerator for part in counted) if counted else None,
        "denominator": sum(part.denominator for part in counted) if counted else None,
        "coverage": pytest.approx(coverage, rel=1e-12),
        "is_incomplete": not is_complete and any(part.numerator_sign != ABSENT for part in parts),
        "is_not_delivered": all(part.numerator_sign == ABSENT for part in parts),
    }


@given(country=regions, minimum=minimums)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every step of shrinking would run the chain again
)
def test_sums_and_coverage(country: list[list[Gemeente]], minimum: float) -> None:
    landing, version = _landing(country, minimum)
    found = values(landing)
    places = {landing.region(number): region for number, region in enumerate(country, 1)}
    places[NL] = [part for region in country for part in region]
    for area, parts in places.items():
        expected = _expected(parts, minimum)
        assert {name: found[version, area, QUARTER][name] for name in expected} == expected
    for number, region in enumerate(country, 1):
        for index, part in enumerate(region, 1):
            row = found[version, landing.gemeente(index, number), QUARTER]
            assert (row["value"] is not None) == part.counts
            assert row["coverage"] == part.counts
