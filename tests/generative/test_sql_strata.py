"""Figures by age and sex: the models equal plain Python, and nothing small can be computed from what is published.

Every example has several indicators, each with counts of its own, so that one run of the models shows many tables.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indicators.age_groups import GroupBreakdown, StratumGroup, stratum_groups
from indicators.calculation import rate
from indicators.protection import POLICY, Visibility, breakdown_visibility, protect
from indicators.strata import AGE_SEX_STRATA, Sex, Stratum
from tests.support_models import NL, ToyLanding, groups

QUARTER, AGE_FROM, REGIONS, PEOPLE = 20231, 75, 3, 1000.0
STRATA = [stratum for stratum in AGE_SEX_STRATA if stratum.age_from >= AGE_FROM]
GROUPS = {group.key: group for group in stratum_groups() if group.age.age_until >= AGE_FROM}

Counts: TypeAlias = Mapping[int, float]
"""By group key."""
Bounds: TypeAlias = dict[tuple[int, int], tuple[float, float]]
"""Lowest and highest count of a group, by area and group key."""

count = st.one_of(st.just(0), st.integers(1, 9), st.integers(5, 30), st.integers(10, 400)).map(float)
few = st.one_of(st.just(0), st.just(0), st.integers(1, 12)).map(float)
many = st.integers(30, 400).map(float)
region = st.sampled_from([count, few, many]).flatmap(
    lambda kind: st.lists(kind, min_size=len(STRATA), max_size=len(STRATA))
)
tables = st.lists(st.tuples(*[region] * REGIONS), min_size=12, max_size=12)
lean = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every step of shrinking would run the chain again
)


def _landing(cases: Sequence[Sequence[Sequence[float]]]) -> tuple[ToyLanding, list[int]]:
    """An indicator per case; every region has one gemeente."""
    landing = ToyLanding(region_count=REGIONS, gemeente_count=1)
    landing.dataset(901, breakdown="age_sex")
    landing.measure(1, 901, is_owner_protected=True)
    versions = []
    for at, case in enumerate(cases, 2):
        landing.measure(at, 901)
        fields: dict[str, Any] = {"multiplier": 1000.0, "age_from": AGE_FROM, "is_by_stratum": True}
        versions.append(landing.indicator("dsr", {"numerator": at, "denominator": 1}, **fields))
        for number, counts in enumerate(case, 1):
            for stratum, events in zip(STRATA, counts, strict=True):
                landing.figure(QUARTER, landing.gemeente(1, number), at, events, stratum=stratum.key)
    for number, stratum in ((number, stratum) for number in range(1, REGIONS + 1) for stratum in STRATA):
        landing.figure(QUARTER, landing.gemeente(1, number), 1, PEOPLE, stratum=stratum.key)
    return landing, versions


def _is_in(stratum: Stratum, group: StratumGroup) -> bool:
    return group.sex in (Sex.TOTAL, stratum.sex) and group.age.age_from <= stratum.age_from <= group.age.age_until


def _grouped(counts: Sequence[float]) -> Counts:
    return {
        key: sum(events for stratum, events in zip(STRATA, counts, strict=True) if _is_in(stratum, group))
        for key, group in GROUPS.items()
    }


@given(cases=tables)
@lean
def test_groups_are_as_in_plain_python(cases: list[Sequence[Sequence[float]]]) -> None:
    landing, versions = _landing(cases)
    found = groups(landing)
    for version, case in zip(versions, cases, strict=True):
        by_area = {landing.region(number): _grouped(counts) for number, counts in enumerate(case, 1)}
        by_area[NL] = {key: sum(counts[key] for counts in by_area.values()) for key in GROUPS}
        for area, counts in by_area.items():
            parts = REGIONS if area == NL else 1
            for key in GROUPS.keys() - {0}:
                exact = found["own"][version, area, QUARTER, key]
                people = PEOPLE * parts * sum(_is_in(stratum, GROUPS[key]) for stratum in STRATA)
                expected = rate(counts[key], people, multiplier=1000.0)
                columns = ("value", "lower_95", "upper_95", "lower_998", "upper_998")
                assert [exact[name] for name in columns] == pytest.approx(list(expected[:5]), rel=1e-9, abs=1e-9)
                shown = found["published"][version, area, QUARTER, key]
                assert shown["numerator"] == _protected(by_area, area, key)


def _protected(by_area: Mapping[int, Counts], area: int, key: int) -> float | None:
    breakdown = GROUPS[key].breakdown
    keys = [other for other, group in GROUPS.items() if group.breakdown is breakdown]
    where = breakdown_visibility(
        [counts[other] for at, counts in by_area.items() if at != NL for other in keys],
        [by_area[NL][other] for other in keys],
        [counts[0] for counts in by_area.values()],
        is_crossed=breakdown is GroupBreakdown.AGE_SEX,
        policy=POLICY,
    )
    if where is Visibility.NOWHERE or (where is Visibility.COUNTRY and area != NL):
        return None
    return by_area[area][key] if area == NL else protect(by_area[area][key], POLICY).value


@given(cases=tables)
@lean
def test_an_attacker_cannot_narrow_a_small_count(cases: list[Sequence[Sequence[float]]]) -> None:
    landing, versions = _landing(cases)
    published = groups(landing)["published"]
    for version, case in zip(versions, cases, strict=True):
        areas = [landing.region(number) for number in range(1, REGIONS + 1)]
        bounds = _propagated(_known(published, version, areas), areas)
        for area, counts in zip(areas, map(_grouped, case), strict=True):
            highest = bounds[area, 0][1]
            for key, events in counts.items():
                low, high = bounds[area, key]
                assert low <= events <= high
                if key and 0 < events < POLICY.threshold:
                    assert high - low >= min(POLICY.threshold - 1, highest)


def _known(published: Mapping[Any, Mapping[str, Any]], version: int, areas: Sequence[int]) -> Bounds:
    """What stands in the publication: a rounded count hides two either way, and a hidden total is below ten."""
    found: Bounds = {}
    for area in (*areas, NL):
        for key in GROUPS:
            shown = published[version, area, QUARTER, key]["numerator"]
            if shown is None:
                found[area, key] = (1, POLICY.threshold - 1) if key == 0 else (0, inf)
            elif shown == 0 or area == NL:
                found[area, key] = (shown, shown)
            else:
                found[area, key] = (max(shown - 2, POLICY.threshold), shown + 2)
    return found


def _relations(areas: Sequence[int]) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Every sum that holds: a group is the sum of those of a breakdown within it, the country that of regions."""
    within: dict[tuple[int, GroupBreakdown], list[int]] = defaultdict(list)
    for wide in GROUPS.values():
        for group in GROUPS.values():
            is_part = group.sex in (wide.sex, *(Sex if wide.sex is Sex.TOTAL else ())) and (
                wide.age.age_from <= group.age.age_from and group.age.age_until <= wide.age.age_until
            )
            if is_part and group != wide:
                within[wide.key, group.breakdown].append(group.key)
    sums = [
        ((area, wide), [(area, key) for key in parts]) for area in (*areas, NL) for (wide, _), parts in within.items()
    ]
    return sums + [((NL, key), [(area, key) for area in areas]) for key in GROUPS]


def _propagated(bounds: Bounds, areas: Sequence[int]) -> Bounds:
    """Bounds tightened by every relation until nothing moves."""
    relations, before = _relations(areas), None
    while before != bounds:
        before = dict(bounds)
        for whole, parts in relations:
            low, high = sum(bounds[part][0] for part in parts), sum(bounds[part][1] for part in parts)
            _tighten(bounds, whole, low, high)
            for part in parts:
                rest = [other for other in parts if other != part]
                others = sum(bounds[other][0] for other in rest), sum(bounds[other][1] for other in rest)
                _tighten(bounds, part, bounds[whole][0] - others[1], bounds[whole][1] - others[0])
    return bounds


def _tighten(bounds: Bounds, place: tuple[int, int], low: float, high: float) -> None:
    bounds[place] = (max(bounds[place][0], low), min(bounds[place][1], high))
