"""Numbers, periods and moments as a Dutch reader expects them."""

from datetime import UTC, datetime

import pytest

from app.figures import amount, file_size, interval, moment, number, period_name


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (12345.678, 1, "12.345,7"),
        (1234567, 0, "1.234.567"),
        (-3.25, 2, "−3,25"),
        (-0.04, 1, "0,0"),
        (0.5, 2, "0,50"),
    ],
)
def test_number_has_decimal_comma_and_thousands_point(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_only_a_percentage_carries_its_unit() -> None:
    assert amount(13.04, "%", 1) == "13,0\u00a0%"
    assert amount(44.87, "euro per verzekerd jaar", 2) == "44,87"


def test_interval_names_both_limits() -> None:
    assert interval(12.14, 14.36, 1) == "12,1\u00a0–\u00a014,4"


@pytest.mark.parametrize(
    ("code", "text"), [("2025Q4", "4e kwartaal 2025"), ("2025H2", "2e halfjaar 2025"), ("2025", "2025")]
)
def test_period_in_words(code: str, text: str) -> None:
    assert period_name(code) == text


def test_moment_is_dutch_time_in_summer_and_winter() -> None:
    assert moment(datetime(2026, 2, 3, 13, 5, tzinfo=UTC)) == "3 februari 2026, 14.05 uur"
    assert moment(datetime(2026, 7, 3, 22, 5, tzinfo=UTC)) == "4 juli 2026, 00.05 uur"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (216, "216 bytes"), (12_400, "12 kB"), (3_400_000, "3,4 MB"), (100_000_000, "100,0 MB")],
)
def test_file_size(size: int, text: str) -> None:
    assert file_size(size) == text
