"""Properties of periods, strata and areas."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.areas import AreaLevel, area_code, area_key, area_register, conversions, level_of
from indicators.errors import UnknownCodeError
from indicators.periods import YEARS, Period, PeriodKind, quarters_between, read_period
from indicators.strata import AGE_BANDS, TOTAL, Sex, Stratum

KINDS = {PeriodKind.YEAR: 1, PeriodKind.HALF_YEAR: 2, PeriodKind.QUARTER: 4}
years = st.integers(YEARS.start + 1, YEARS.stop - 2)
periods = st.builds(
    lambda year, kind, index: Period(year, kind, 1 + index % KINDS[kind]),
    years,
    st.sampled_from(PeriodKind),
    st.integers(0, 3),
)
strata = st.builds(Stratum, st.sampled_from((TOTAL, *AGE_BANDS)), st.sampled_from(Sex))
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))
codes = st.sampled_from(sorted(area_register().areas))
SPELLINGS = {
    PeriodKind.YEAR: ("{year}", "{year}JJ00"),
    PeriodKind.HALF_YEAR: ("{year}-H{number}", "{year}HJ0{number}", "{number}e halfjaar {year}", "h{number} {year}"),
    PeriodKind.QUARTER: (
        "{year}-Q{number}",
        "{year}KW0{number}",
        "{number}e kwartaal {year}",
        "q{number} {year}",
        "{year} K{number}",
    ),
}


@given(periods)
def test_period_round_trips_through_code_and_key(period: Period) -> None:
    assert Period.parse(period.code) == Period.from_key(period.key) == read_period(period.code) == period


@given(periods, st.data())
def test_every_spelling_names_the_same_period(period: Period, data: st.DataObject) -> None:
    spelling = data.draw(st.sampled_from(SPELLINGS[period.kind])).format(year=period.year, number=period.number)
    assert read_period(data.draw(st.sampled_from([spelling, spelling.upper(), f"  {spelling} "]))) == period


@given(st.from_regex(r"[0-9QKHWJ \-/e]{1,16}", fullmatch=True))
def test_reading_any_text_gives_a_period_with_its_year_or_says_no(text: str) -> None:
    try:
        period = read_period(text)
    except UnknownCodeError:
        return
    assert str(period.year) in text
    assert read_period(period.code) == period


@given(periods, st.integers(-100, 100))
def test_shift_and_back(period: Period, steps: int) -> None:
    assume(YEARS.start < period.year + steps // KINDS[period.kind] < YEARS.stop - 1)
    shifted = period.shifted(steps)
    assert shifted.shifted(-steps) == period
    assert (shifted > period) == (steps > 0)
    assert period.end + timedelta(days=1) == period.shifted(1).start


@given(periods, periods, periods)
def test_order_is_total_and_follows_the_days(first: Period, second: Period, third: Period) -> None:
    assert (first < second) + (second < first) + (first == second) == 1
    assert not (first <= second <= third) or first <= third
    assert first.start >= second.start or first < second


@given(years, st.integers(1, 4), st.integers(0, 40))
def test_quarters_between_are_consecutive(year: int, number: int, length: int) -> None:
    assume(year + length // 4 + 1 < YEARS.stop - 1)
    first = Period.quarter(year, number)
    found = quarters_between(first, first.shifted(length))
    assert len(found) == length + 1
    assert all(later == earlier.shifted(1) for earlier, later in pairwise(found))


@given(strata, strata)
def test_stratum_keys_tell_strata_apart(first: Stratum, second: Stratum) -> None:
    assert (first.key == second.key) == (first == second)
    assert Stratum.parse(first.age_band, first.sex.code) == first


@given(codes, codes)
def test_area_keys_tell_areas_apart(first: str, second: str) -> None:
    assert (area_key(first) == area_key(second)) == (first == second)


@given(key=st.integers(-1, 6_000_000))
def test_an_area_key_says_its_code_or_raises(key: int) -> None:
    try:
        code = area_code(key)
    except UnknownCodeError:
        return
    assert area_key(code) == key


@pytest.mark.parametrize("code", ["NL", "ZK08", "GM0080", "GM1987", "WK008001"])
def test_an_area_code_comes_back_from_its_key(code: str) -> None:
    assert area_code(area_key(code)) == code


@given(st.one_of(st.text(max_size=10), st.from_regex(r"(NL|ZK|GM|WK)[0-9]{0,7}")))
def test_any_text_is_an_area_code_or_refused(text: str) -> None:
    if re.fullmatch(r"NL|ZK[0-9]{2}|GM[0-9]{4}|WK[0-9]{6}", text):
        assert area_key(text) % 1_000_000 == int(text[2:] or 0)
    else:
        with pytest.raises(UnknownCodeError):
            area_key(text)


@given(days)
def test_every_existing_gemeente_has_one_existing_region(day: date) -> None:
    register = area_register()
    regions = {area.code for area in register.existing(AreaLevel.REGION, day)}
    assert {register.region_of(area.code, day) for area in register.existing(AreaLevel.GEMEENTE, day)} == regions


@given(codes, days)
def test_region_exists_exactly_when_the_gemeente_does(code: str, day: date) -> None:
    assume(level_of(code) is AreaLevel.GEMEENTE)
    area = area_register().area(code)
    assert (area_register().region_of(code, day) is not None) == area.exists_on(day)


@given(st.dictionaries(codes, st.integers(0, 10_000_000), min_size=1))
def test_conversion_conserves_counts(counts: dict[str, int]) -> None:
    shares: dict[str, list[tuple[str, float]]] = {}
    for part in conversions():
        shares.setdefault(part.from_code, []).append((part.to_code, part.share))
    converted: dict[str, float] = {}
    for code, count in counts.items():
        for to_code, share in shares.get(code, [(code, 1.0)]):
            converted[to_code] = converted.get(to_code, 0.0) + count * share
    assert abs(sum(converted.values()) - sum(counts.values())) <= 1e-9 * sum(counts.values())
    assert not set(converted) & set(shares)
