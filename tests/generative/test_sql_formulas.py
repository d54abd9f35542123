"""The formulas of the models equal the plain Python of `indicators/`, to 1e-9 relative, whatever the counts.

Every example is one run of the whole chain with many gemeenten, so that a hundred cases cost one query.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indicators.calculation import (
    Cell,
    Counts,
    difference,
    directly_standardised_rate,
    index,
    indirectly_standardised_ratio,
    mean,
    proportion,
    rate,
    ratio,
)
from indicators.errors import NotCalculableError
from indicators.intervals import Estimate
from indicators.protection import POLICY, protect
from tests.support_models import ToyLanding, strata_frame, values, views

NOW, BASE, MULTIPLIER, FACTOR = 20231, 20191, 1000.0, 0.25
LIMITS = ("lower_95", "upper_95", "lower_998", "upper_998")
WEIGHTS = (5000.0, 2500.0, 1000.0)

small = st.integers(0, 60).map(float)
large = st.integers(0, 2_000_000).map(float)
amounts = st.one_of(small, large, st.sampled_from([0.0, 1.0, 9.0, 9.5, 10.0, 14.4]))
rows = st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=60)
lean = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every step of shrinking would run the chain again
)

WITHOUT = "_without"
"""Ends a kind of which the definition says that it has no interval."""

KINDS: Mapping[str, Callable[..., Estimate]] = {
    "proportion": lambda x, n, *_: proportion(x, n * FACTOR, multiplier=MULTIPLIER),
    "proportion_without": lambda x, n, *_: proportion(x, n * FACTOR, multiplier=MULTIPLIER, interval="none"),
    "rate": lambda x, n, *_: rate(x, n * FACTOR, multiplier=MULTIPLIER),
    "ratio": lambda x, n, *_: ratio(x, n * FACTOR, multiplier=MULTIPLIER),
    "difference": lambda x, n, y, k: difference(Counts(x, n * FACTOR), Counts(y, k * FACTOR), multiplier=MULTIPLIER),
    "difference_without": lambda x, n, y, k: difference(
        Counts(x, n * FACTOR), Counts(y, k * FACTOR), multiplier=MULTIPLIER, interval="none"
    ),
    "index": lambda x, n, y, k: index(Counts(x, n * FACTOR), Counts(y, k * FACTOR)),
    "mean": lambda x, n, squares, _: mean(x, n * FACTOR, sum_of_squares=squares, multiplier=MULTIPLIER),
}


def _landing(kind: str, cases: Sequence[Sequence[float]]) -> tuple[ToyLanding, int]:
    """One gemeente per case; the third and fourth number are the other fraction, the base quarter or the squares."""
    landing = ToyLanding(gemeente_count=len(cases))
    measures = {"numerator": 1, "denominator": 2}
    measures |= {"minus_numerator": 3, "minus_denominator": 4} if kind.startswith("difference") else {}
    measures |= {"squares": 3} if kind == "mean" else {}
    fields: dict[str, Any] = {"multiplier": MULTIPLIER, "denominator_factor": FACTOR, "base_year": 2019}
    if kind.endswith(WITHOUT):
        fields["has_interval"] = False
    version = landing.indicator(kind.removesuffix(WITHOUT), measures, **fields)
    for at, case in enumerate(cases, 1):
        for measure, amount in enumerate(case, 1):
            if kind == "index" and measure > 2:
                landing.figure(BASE, landing.gemeente(at), measure - 2, amount)
            elif measure in measures.values():
                landing.figure(NOW, landing.gemeente(at), measure, amount)
    return landing, version


def _assert_same(found: Mapping[str, Any], *oracles: Callable[[], Estimate]) -> None:
    """The first oracle is the estimate; others name reasons that may stand in for its reason.

    A limit near zero is a difference of larger numbers: it is compared on the scale of the whole row.
    """
    reasons = {reason for oracle in oracles if (reason := _reason(oracle)) is not None}
    if _reason(oracles[0]) is not None:
        assert found["reason_code"] in reasons
        assert found["value"] is None
        return
    expected = oracles[0]()
    assert found["reason_code"] is None
    assert found["interval_method"] == expected.method
    scale = max(abs(number) for number in expected[:5] if number is not None)
    for column, number in zip(("value", *LIMITS), expected[:5], strict=True):
        if number is None:
            assert found[column] is None
        else:
            assert found[column] == pytest.approx(number, rel=1e-9, abs=1e-10 * scale)


def _reason(oracle: Callable[[], Estimate]) -> str | None:
    try:
        oracle()
    except NotCalculableError as error:
        return error.reason
    return None


def _oracles(kind: str, case: Sequence[float]) -> list[Callable[[], Estimate]]:
    """Either fraction of a difference may say why there is none."""
    first, second = case[:2], case[2:]
    of = "proportion" if kind == "difference" else "ratio"
    parts = [lambda: KINDS[of](*first), lambda: KINDS[of](*second)]
    return [lambda: KINDS[kind](*case), *(parts if kind.startswith("difference") else [])]


@pytest.mark.parametrize("kind", list(KINDS))
@given(cases=rows)
@lean
def test_kinds_without_strata(kind: str, cases: list[tuple[float, ...]]) -> None:
    landing, version = _landing(kind, cases)
    found = values(landing)
    for at, case in enumerate(cases, 1):
        _assert_same(found[version, landing.gemeente(at), NOW], *_oracles(kind, case))


@pytest.mark.parametrize(
    "kind", ["proportion", "proportion_without", "rate", "difference", "difference_without", "index"]
)
@given(cases=rows)
@lean
def test_published_values_are_made_of_protected_counts(kind: str, cases: list[tuple[float, ...]]) -> None:
    landing, version = _landing(kind, cases)
    found = views(landing)
    for at, case in enumerate(cases, 1):
        place = (version, landing.gemeente(at), NOW)
        used = [case[at] for at in range(4 if kind.startswith(("difference", "index")) else 2)]
        counts = [protect(count, policy=POLICY).value for count in used]
        shown, reason = found["published"][place], found["own"][place]["reason_code"]
        visible = [float(count) for count in counts if count is not None]
        if len(visible) < len(counts):
            assert shown["reason_code"] == "suppressed"
        elif reason is not None:
            assert shown["reason_code"] == reason
        elif _is_part_above_whole(kind, visible):
            assert shown["reason_code"] == "suppressed"
        else:
            _assert_same(shown, *_oracles(kind, [*visible, *[0.0] * (4 - len(visible))]))


def _is_part_above_whole(kind: str, counts: Sequence[Any]) -> bool:
    """Rounding can make the part larger than the whole, which then hides it."""
    is_part = kind in ("proportion", "proportion_without", "difference")
    return is_part and any(part > whole * FACTOR for part, whole in zip(counts[::2], counts[1::2], strict=True))


strata_cells = st.tuples(st.integers(0, 40), st.integers(0, 4000))
areas = st.lists(st.tuples(*[strata_cells] * len(WEIGHTS)), min_size=1, max_size=40)


@pytest.mark.parametrize("kind", ["dsr", "dsr_without", "isr", "isr_without"])
@given(cases=areas)
@lean
def test_standardised_kinds(kind: str, cases: list[tuple[tuple[int, int], ...]]) -> None:
    landing = ToyLanding(gemeente_count=len(cases), strata=strata_frame(WEIGHTS))
    landing.dataset(901, breakdown="age_sex")
    landing.measure(1, 901)
    landing.measure(2, 901)
    version = landing.indicator(
        kind.removesuffix(WITHOUT),
        {"numerator": 1, "denominator": 2},
        multiplier=MULTIPLIER,
        denominator_factor=FACTOR,
        has_interval=not kind.endswith(WITHOUT),
    )
    for at, case in enumerate(cases, 1):
        for stratum, (events, population) in enumerate(case, 101):
            landing.figure(NOW, landing.gemeente(at), 1, float(events), stratum=stratum)
            landing.figure(NOW, landing.gemeente(at), 2, float(population), stratum=stratum)
    found = values(landing)
    country = [Counts(*map(float, map(sum, zip(*column, strict=True)))) for column in zip(*cases, strict=True)]
    for at, case in enumerate(cases, 1):
        _assert_same(
            found[version, landing.gemeente(at), NOW],
            partial(_standardised, kind, case, country),
        )


def _standardised(kind: str, case: Sequence[tuple[int, int]], country: Sequence[Counts]) -> Estimate:
    is_without = kind.endswith(WITHOUT)
    if kind.startswith("dsr"):
        cells = [Cell(Counts(x, n * FACTOR), weight=w) for (x, n), w in zip(case, WEIGHTS, strict=True)]
        return directly_standardised_rate(cells, multiplier=MULTIPLIER, interval="none" if is_without else "dobson")
    cells = [Cell(Counts(x, n), reference=reference) for (x, n), reference in zip(case, country, strict=True)]
    return indirectly_standardised_ratio(cells, multiplier=MULTIPLIER, interval="none" if is_without else "poisson")
