"""Worked examples of time: rolling years, yearly denominators, definition versions and base quarters."""

import pytest

from tests.support_models import NL, ToyLanding, values

LAST = 20234


def _rolling(numerators: dict[int, float | None]) -> tuple[ToyLanding, int]:
    landing = ToyLanding(gemeente_count=1)
    version = landing.indicator("proportion", {"numerator": 1, "denominator": 2}, window_code="rolling_year")
    for period, numerator in numerators.items():
        landing.figure(period, landing.gemeente(), 1, numerator, sign=0 if numerator is not None else 1)
        landing.figure(period, landing.gemeente(), 2, float(period - 20000))
    return landing, version


def test_a_rolling_year_is_four_quarters_over_the_last_denominator() -> None:
    landing, version = _rolling({20224: 9.0, 20231: 10.0, 20232: 20.0, 20233: 30.0, 20234: 40.0})
    found = values(landing)
    last = found[version, landing.gemeente(), LAST]
    assert (last["numerator"], last["denominator"]) == (100, 234)
    assert last["value"] == pytest.approx(100 / 234)
    before = found[version, landing.gemeente(), 20233]
    assert (before["numerator"], before["denominator"]) == (69, 233)
    first = found[version, landing.gemeente(), 20232]
    assert (first["reason_code"], first["is_incomplete"], first["numerator"]) == ("no_full_year", True, None)


@pytest.mark.parametrize("gap", ["absent", "below ten"])
def test_a_gap_in_the_year_leaves_no_value(gap: str) -> None:
    quarters: dict[int, float | None] = {20231: 10.0, 20232: 20.0, 20233: 30.0, 20234: 40.0, 20241: 50.0}
    if gap == "absent":
        del quarters[20232]
    else:
        quarters[20232] = None
    landing, version = _rolling(quarters)
    found = values(landing)
    assert found[version, landing.gemeente(), LAST]["reason_code"] == "no_full_year"
    assert found[version, NL, 20241]["reason_code"] == "no_full_year"


def _over_population(years: dict[int, float]) -> tuple[ToyLanding, int]:
    landing = ToyLanding(gemeente_count=1)
    landing.dataset(1, code="population", frequency="year")
    landing.measure(9, 1, is_owner_protected=True)
    version = landing.indicator("rate", {"numerator": 1, "denominator": 9}, denominator_factor=0.25)
    landing.figure(LAST, landing.gemeente(), 1, 50)
    for year, inhabitants in years.items():
        landing.figure(year, landing.gemeente(), 9, inhabitants)
    return landing, version


def test_a_quarter_uses_the_population_of_its_year_on_a_yearly_basis() -> None:
    landing, version = _over_population({20220: 900.0, 20230: 1000.0, 20240: 1100.0})
    found = values(landing)[version, landing.gemeente(), LAST]
    assert (found["denominator"], found["is_estimated"]) == (1000, False)
    assert found["value"] == pytest.approx(50 / 250)


def test_else_the_latest_earlier_year_as_an_estimate() -> None:
    landing, version = _over_population({20210: 800.0, 20220: 900.0, 20240: 1100.0})
    found = values(landing)[version, landing.gemeente(), LAST]
    assert (found["denominator"], found["is_estimated"]) == (900, True)


def test_a_later_population_is_not_used() -> None:
    landing, version = _over_population({20240: 1100.0})
    found = values(landing)[version, landing.gemeente(), LAST]
    assert (found["reason_code"], found["is_unknown"]) == ("unknown", True)


def test_the_version_of_the_period_makes_the_value() -> None:
    landing = ToyLanding(gemeente_count=1)
    old = landing.indicator("proportion", {"numerator": 1, "denominator": 2}, key=5)
    new = landing.indicator(
        "proportion",
        {"numerator": 3, "denominator": 2},
        key=5,
        version=2,
        valid_from="2023-07-01",
        is_comparable=False,
    )
    landing.indicators[0] |= {"valid_until": "2023-06-30", "is_current": False}
    for period in (20231, 20232, 20233, 20234):
        for measure, amount in ((1, 10), (2, 100), (3, 20)):
            landing.figure(period, landing.gemeente(), measure, amount)
    found = values(landing)
    gemeente = {(version, period): row for (version, area, period), row in found.items() if area == landing.gemeente()}
    then = {place: row for place, row in gemeente.items() if row["is_valid"]}
    assert set(then) == {(old, 20231), (old, 20232), (new, 20233), (new, 20234)}
    assert [row["is_break"] for _, row in sorted(then.items())] == [False, False, True, False]
    assert [row["value"] for _, row in sorted(then.items())] == [0.1, 0.1, 0.2, 0.2]
    today = {place: row for place, row in gemeente.items() if place[0] == new}
    assert {place: row["is_valid"] for place, row in today.items()} == {
        (new, 20231): False,
        (new, 20232): False,
        (new, 20233): True,
        (new, 20234): True,
    }
    assert {row["value"] for row in today.values()} == {0.2}
    assert set(gemeente) == set(then) | set(today)


def test_a_version_that_is_not_in_the_kernset_any_more_ends_with_its_last_period() -> None:
    landing = ToyLanding(gemeente_count=1)
    parts = {"numerator": 1, "denominator": 2}
    retired = landing.indicator("proportion", parts, key=5, valid_until="2023-06-30", is_current=False)
    kept = landing.indicator("proportion", parts, key=6)
    for period in (20232, 20233):
        for measure in (1, 2):
            landing.figure(period, landing.gemeente(), measure, 10)
    found = {(version, period) for version, _, period in values(landing)}
    assert found == {(retired, 20232), (kept, 20232), (kept, 20233)}


def test_a_comparable_version_is_no_break() -> None:
    landing = ToyLanding(gemeente_count=1)
    for version, start, until in ((1, "2011-01-01", "2023-06-30"), (2, "2023-07-01", None)):
        span = {"version": version, "valid_from": start, "valid_until": until, "is_current": until is None}
        landing.indicator("proportion", {"numerator": 1, "denominator": 2}, key=5, **span)
    for period in (20232, 20233):
        for measure in (1, 2):
            landing.figure(period, landing.gemeente(), measure, 10)
    assert not any(row["is_break"] for row in values(landing).values())


def test_an_index_is_set_against_the_same_quarter_of_the_base_year() -> None:
    landing = ToyLanding(gemeente_count=1)
    version = landing.indicator("index", {"numerator": 1, "denominator": 2}, base_year=2019)
    for period, numerator in ((20193, 40), (20194, 50), (20234, 60)):
        landing.figure(period, landing.gemeente(), 1, numerator)
        landing.figure(period, landing.gemeente(), 2, 100)
    found = values(landing)
    assert found[version, landing.gemeente(), LAST]["value"] == pytest.approx(120)
    assert found[version, landing.gemeente(), 20194]["value"] == pytest.approx(100)
