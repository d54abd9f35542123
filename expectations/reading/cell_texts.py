"""How a number, date or truth value of a spreadsheet reads as text, the same for every kind of file.

A number gets the shortest spelling, with a decimal comma: `numbers.py` reads a comma as decimals where a point could be
a thousands mark. A spreadsheet calculates and shows 15 digits; what is stored beyond them is rounding, and left out.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

_DIGITS: Final = 15
_SECONDS_A_DAY: Final = 86_400
_FIRST_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - dates in a spreadsheet have no time zone
_FIRST_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001
_NO_SUCH_DAY: Final = 60
"""The 29th of February 1900, which spreadsheets have and the calendar has not."""
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS: Final = frozenset({9, 10})
_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)

TRUTH: Final = {True: "WAAR", False: "ONWAAR"}


class NumberFormat(StrEnum):
    """What a cell shows of its number."""

    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"


def number_format(number: int, code: str | None) -> NumberFormat:
    """What a number format shows.

    Args:
        number: its number; below 164 it means the same in every spreadsheet.
        code: its own code, as a spreadsheet stores it.
    """
    shown = _NOT_SHOWN.sub("", code or "").lower().replace("general", "")
    if number in _DATE_FORMATS or (code and re.search(r"[dmyhs]", shown)):
        return NumberFormat.DATE
    return NumberFormat.PERCENT if number in _PERCENT_FORMATS or "%" in shown else NumberFormat.NUMBER


@lru_cache(maxsize=65_536)
def number_text(stored: str, shown_as: NumberFormat, *, is_1904: bool = False) -> str:
    """The text of a number as it is stored in XLSX; what is no number stays as it is."""
    try:
        number = float(stored)
    except ValueError:
        return stored
    if number != number or abs(number) == float("inf"):
        return stored
    if shown_as is NumberFormat.DATE:
        return _day_text(number, is_1904=is_1904) or spelled(number)
    return f"{spelled(number, times=100)}%" if shown_as is NumberFormat.PERCENT else spelled(number)


def spelled(number: float, *, times: int = 1) -> str:
    """The shortest spelling of a finite number, with a decimal comma and without an exponent."""
    exact = Decimal(repr(number))
    if len(exact.as_tuple().digits) > _DIGITS and not number.is_integer():
        exact = Decimal(format(number, f".{_DIGITS}g"))
    text = format((exact * times).normalize(), "f")
    return text.replace(".", ",") if text != "-0" else "0"


def moment_text(moment: date | datetime | time | timedelta) -> str:
    """A date or time as ISO text; midnight of a date is left out."""
    if isinstance(moment, datetime):
        return str(moment.date()) if moment.time() == time() else str(moment.replace(microsecond=0))
    return str(moment)


def _day_text(number: float, *, is_1904: bool) -> str | None:
    """The date or time of a day number; nothing when it is beyond the calendar."""
    seconds = round(number * _SECONDS_A_DAY)
    days, rest = divmod(seconds, _SECONDS_A_DAY)
    if days < 0:
        return None
    if is_1904:
        return _moment(_FIRST_1904, days, rest)
    if days == 0:
        return moment_text((_FIRST_1900 + timedelta(seconds=rest)).time())
    if days == _NO_SUCH_DAY:
        return "1900-02-29"
    return _moment(_FIRST_1900, days if days > _NO_SUCH_DAY else days + 1, rest)


def _moment(first: datetime, days: int, seconds: int) -> str | None:
    try:
        return moment_text(first + timedelta(days=days, seconds=seconds))
    except OverflowError:
        return None
