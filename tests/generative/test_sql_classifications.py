"""Totals reconcile over classifications: however gemeenten are divided, their counts add up to the same total."""

from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support_models import NL, ToyLanding, _area, values

QUARTER, YEAR = 20231, 20230
GGD, JEUGD = 5_000_000, 6_000_000
REGIONS, GEMEENTEN, AREAS = 3, 3, 4
ABSENT, NUMBER, BELOW_TEN = 9, 0, 1


class Gemeente(NamedTuple):
    """What one gemeente delivers and in which area of each classification it is; -1: in one of two."""

    sign: int
    numerator: int
    denominator: int
    inhabitants: int
    ggd: int
    jeugd: int


def gemeenten(signs: st.SearchStrategy[int], areas: st.SearchStrategy[int]) -> st.SearchStrategy[list[Gemeente]]:
    counts = st.integers(0, 10**6)
    one = st.builds(Gemeente, signs, counts, counts, st.integers(1, 10**6), areas, areas)
    return st.lists(one, min_size=REGIONS * GEMEENTEN, max_size=REGIONS * GEMEENTEN)


whole = gemeenten(st.just(NUMBER), st.integers(1, AREAS))
broken = gemeenten(st.sampled_from([NUMBER] * 4 + [BELOW_TEN, ABSENT]), st.sampled_from([-1, *range(1, AREAS + 1)]))
quick = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every step of shrinking would run the chain again
)


def _landing(country: list[Gemeente]) -> tuple[ToyLanding, int]:
    landing = ToyLanding(region_count=REGIONS, gemeente_count=GEMEENTEN)
    version = landing.indicator("ratio", {"numerator": 1, "denominator": 2}, is_classification_level=True)
    landing.dataset(1, code="population", frequency="year")
    landing.measure(9, 1)
    for base, code in ((GGD, "ggd_regio"), (JEUGD, "jeugdregio")):
        landing.extra_areas += [_area(base + at, f"A{base + at}", code, None) for at in range(1, AREAS + 1)]
    for at, item in enumerate(country):
        key = landing.gemeente(at % GEMEENTEN + 1, at // GEMEENTEN + 1)
        landing.figure(YEAR, key, 9, item.inhabitants)
        for base, code, area in ((GGD, "ggd_regio", item.ggd), (JEUGD, "jeugdregio", item.jeugd)):
            possible = (1, 2) if area == -1 else (area,)
            landing.members += [(code, base + one, key, area != -1) for one in possible]
        if item.sign != ABSENT:
            landing.figure(QUARTER, key, 1, None if item.sign else item.numerator, sign=item.sign)
            landing.figure(QUARTER, key, 2, item.denominator)
    landing.measure(8)
    landing.figure(QUARTER, landing.gemeente(), 8, 1)  # one cell that is always there, so that the quarter exists
    return landing, version


@given(country=whole)
@quick
def test_a_whole_classification_adds_up_to_the_country(country: list[Gemeente]) -> None:
    landing, version = _landing(country)
    found = values(landing)
    for base in (GGD, JEUGD):
        areas = [row for (_, key, period), row in found.items() if key // 10**6 * 10**6 == base and period == QUARTER]
        assert all(row["coverage"] == 1 for row in areas)
        for part in ("numerator", "denominator"):
            assert sum(row[part] for row in areas) == found[version, NL, QUARTER][part]


@given(country=broken)
@quick
def test_the_sum_is_that_of_the_gemeenten_that_are_complete_and_have_a_place(country: list[Gemeente]) -> None:
    landing, version = _landing(country)
    found = values(landing)
    for base, column in ((GGD, "ggd"), (JEUGD, "jeugd")):
        for at in range(1, AREAS + 1):
            either = (at, -1) if at in (1, 2) else (at,)
            around = [item for item in country if getattr(item, column) in either]
            counted = [item for item in around if item.sign == NUMBER and getattr(item, column) == at]
            if not around:
                continue
            row = found[version, base + at, QUARTER]
            assert row["numerator"] == (sum(item.numerator for item in counted) if counted else None)
            assert row["denominator"] == (sum(item.denominator for item in counted) if counted else None)
            assert (row["coverage"] == 1) == (len(counted) == len(around))
            assert row["is_incomplete"] or len(counted) == len(around) or row["is_not_delivered"]
