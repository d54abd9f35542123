"""Numbers and dates as a Dutch reader expects them.

Belongs here: formatting. Does not belong here: what a figure means (`app/words.py`).
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from indicators.periods import Period, PeriodKind

NARROW_SPACE = "\u00a0"
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def number(value: float, decimals: int = 0) -> str:
    """A number with decimal comma and thousands point: `12.345,7`."""
    text = f"{value:,.{decimals}f}"
    tidy = text.removeprefix("-") if float(text.replace(",", "")) == 0 else text
    return tidy.translate(str.maketrans(",.", ".,")).replace("-", "−")


def amount(value: float, unit: str, decimals: int) -> str:
    """A number with its unit where that is a sign: `13,0 %`; other units stand in headings."""
    return f"{number(value, decimals)}{NARROW_SPACE}%" if unit == "%" else number(value, decimals)


def interval(lower: float, upper: float, decimals: int) -> str:
    """The two limits of an interval: `12,1 – 14,4`."""
    return f"{number(lower, decimals)}{NARROW_SPACE}–{NARROW_SPACE}{number(upper, decimals)}"


def period_name(code: str) -> str:
    """A period in words: `4e kwartaal 2025`, `2e halfjaar 2025`, `2025`."""
    period = Period.parse(code)
    if period.kind is PeriodKind.YEAR:
        return period.code
    words = "kwartaal" if period.kind is PeriodKind.QUARTER else "halfjaar"
    return f"{period.number}e {words} {period.year}"


def moment(when: datetime) -> str:
    """A moment in Dutch local time: `3 februari 2026, 14.05 uur`.

    Args:
        when: a moment with a time zone.
    """
    local = when.astimezone(_AMSTERDAM)
    return f"{long_date(local.date())}, {local:%H.%M} uur"


def long_date(day: date) -> str:
    """A day in words: `14 februari 2027`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def file_size(size: int) -> str:
    """A number of bytes in a unit a reader knows: `216 bytes`, `12 kB`, `3,4 MB`."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{number(size / 1e6, 1)} MB" if size >= 1_000_000 else f"{number(size / 1e3)} kB"
