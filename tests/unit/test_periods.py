"""Periods: spellings, keys, days and order; round trips are in tests/generative."""

from datetime import date
from itertools import pairwise

import pytest

from indicators.errors import UnknownCodeError
from indicators.periods import Period, PeriodKind, last_complete_quarter, quarters_between, read_period


@pytest.mark.parametrize(
    ("code", "key", "start", "end"),
    [
        ("2025", 20250, date(2025, 1, 1), date(2025, 12, 31)),
        ("2025Q1", 20251, date(2025, 1, 1), date(2025, 3, 31)),
        ("2025Q4", 20254, date(2025, 10, 1), date(2025, 12, 31)),
        ("2025H1", 20255, date(2025, 1, 1), date(2025, 6, 30)),
        ("2025H2", 20256, date(2025, 7, 1), date(2025, 12, 31)),
        ("2099Q4", 20994, date(2099, 10, 1), date(2099, 12, 31)),
    ],
)
def test_code_key_and_days(code: str, key: int, start: date, end: date) -> None:
    period = Period.parse(code)
    assert (period.code, period.key, period.start, period.end) == (code, key, start, end)


@pytest.mark.parametrize(
    "text",
    ["", "2025Q5", "2025Q0", "2025H3", "2025-Q4", "2025q4", "1825Q1", "25Q4", "2025Q4\n", "20٢٥Q4", "2025JJ00"],
)
def test_only_the_canonical_spelling_is_parsed(text: str) -> None:
    with pytest.raises(UnknownCodeError, match="geen periode"):
        Period.parse(text)


@pytest.mark.parametrize("key", [20257, 20259, 0, -20251, 202510, 18251])
def test_key_of_no_period_is_refused(key: int) -> None:
    with pytest.raises(UnknownCodeError):
        Period.from_key(key)


def test_period_that_does_not_exist_cannot_be_made() -> None:
    with pytest.raises(UnknownCodeError):
        Period(2025, PeriodKind.QUARTER, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-Q4", "2025Q4"),
        ("2025 q4", "2025Q4"),
        ("2025K4", "2025Q4"),
        ("2025KW04", "2025Q4"),
        ("2025 kwartaal 4", "2025Q4"),
        ("4e kwartaal 2025", "2025Q4"),
        ("1ste kwartaal van 2025", "2025Q1"),
        ("4 kwartaal 2025", "2025Q4"),
        ("Q4 2025", "2025Q4"),
        ("K4-2025", "2025Q4"),
        ("  Kwartaal 4   2025 ", "2025Q4"),
        ("2025HJ01", "2025H1"),
        ("2e halfjaar 2025", "2025H2"),
        ("H2 2025", "2025H2"),
        ("2025JJ00", "2025"),
        ("2025", "2025"),
    ],
)
def test_spellings_found_in_practice(text: str, code: str) -> None:
    assert read_period(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-4",
        "4-2025",
        "2025-10-01",
        "45931",
        "okt 2025",
        "Q4",
        "Q4 25",
        "2025Q5",
        "2025KW05",
        "5e kwartaal 2025",
    ],
)
def test_ambiguous_or_other_text_is_refused(text: str) -> None:
    with pytest.raises(UnknownCodeError, match="schrijf bijvoorbeeld 2025Q4"):
        read_period(text)


def test_order_is_by_first_day_then_the_longer_first() -> None:
    codes = ["2024", "2024Q4", "2025", "2025H1", "2025Q1", "2025Q2", "2025H2", "2025Q3"]
    periods = [Period.parse(code) for code in codes]
    assert sorted(periods[1::2] + periods[::2]) == periods
    for earlier, later in pairwise(periods):
        assert earlier < later
        assert earlier <= later
        assert later > earlier
        assert later >= earlier
        assert not later <= earlier


def test_quarters_between() -> None:
    found = quarters_between(Period.parse("2024Q3"), Period.parse("2025Q2"))
    assert [quarter.code for quarter in found] == ["2024Q3", "2024Q4", "2025Q1", "2025Q2"]
    assert quarters_between(Period.parse("2025Q2"), Period.parse("2025Q1")) == []


@pytest.mark.parametrize(
    ("today", "code"), [(date(2026, 1, 1), "2025Q4"), (date(2026, 3, 31), "2025Q4"), (date(2026, 11, 23), "2026Q3")]
)
def test_last_complete_quarter(today: date, code: str) -> None:
    assert last_complete_quarter(today).code == code
