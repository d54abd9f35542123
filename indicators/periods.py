"""Periods: quarter, half-year and year.

One spelling is written (`2025Q4`, `2025H2`, `2025`); `read_period` understands the spellings found in
practice. A period has an integer key (`20254`) for large tables: year * 10 + 0 for a year, 1-4 for a
quarter, 5-6 for a half-year.
Does not belong here: which periods are asked and when they are due (`uitvraag.py`).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Self

from indicators.errors import UnknownCodeError


class PeriodKind(StrEnum):
    """How long a period lasts."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"


YEARS = range(1900, 2100)
_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3}
_LETTERS = {PeriodKind.HALF_YEAR: "H", PeriodKind.QUARTER: "Q"}
_KEY_OFFSET = {PeriodKind.YEAR: 0, PeriodKind.HALF_YEAR: 4, PeriodKind.QUARTER: 0}
_CANONICAL = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:(?P<letter>[QH])(?P<number>[1-4]))?")
_YEAR, _GAP, _QUARTER, _HALF = r"(?P<year>[0-9]{4})", r"[ /-]*", r"0?(?P<quarter>[1-4])", r"0?(?P<half>[12])"
_QUARTER_WORD, _HALF_WORD, _ORDINAL = r"(?:Q|KWARTAAL|KW|K)", r"(?:HALFJAAR|HJ|H)", r" ?(?:E|STE|DE)? ?"
_SPELLINGS = tuple(
    re.compile(spelling)
    for spelling in (
        rf"{_YEAR}{_GAP}{_QUARTER_WORD}{_GAP}{_QUARTER}",
        rf"{_QUARTER_WORD}{_GAP}{_QUARTER}{_GAP}{_YEAR}",
        rf"{_QUARTER}{_ORDINAL}{_QUARTER_WORD}{_GAP}(?:VAN )?{_YEAR}",
        rf"{_YEAR}{_GAP}{_HALF_WORD}{_GAP}{_HALF}",
        rf"{_HALF_WORD}{_GAP}{_HALF}{_GAP}{_YEAR}",
        rf"{_HALF}{_ORDINAL}{_HALF_WORD}{_GAP}(?:VAN )?{_YEAR}",
        rf"{_YEAR}(?:JJ00)?",
    )
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One period; periods order by their first day, then the longer one first.

    Raises:
        UnknownCodeError: the year or the number within the year does not exist.
    """

    year: int
    kind: PeriodKind
    number: int

    def __post_init__(self) -> None:
        if self.year not in YEARS or not 1 <= self.number <= self.per_year:
            raise UnknownCodeError(f"{self.year} {self.kind} {self.number} is geen periode.")

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read the canonical spelling only (`2025Q4`, `2025H2`, `2025`).

        Raises:
            UnknownCodeError: any other text.
        """
        match = _CANONICAL.fullmatch(code)
        if match is None or (match["letter"] == "H" and int(match["number"]) > 2):
            raise UnknownCodeError(f"'{code}' is geen periode; schrijf bijvoorbeeld 2025Q4, 2025H2 of 2025.")
        kind = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF_YEAR}.get(match["letter"], PeriodKind.YEAR)
        return cls(int(match["year"]), kind, int(match["number"] or 1))

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        """The quarter `number` (1-4) of `year`."""
        return cls.parse(f"{year}Q{number}")

    @classmethod
    def from_key(cls, key: int) -> Self:
        """The inverse of `key`."""
        year, digit = divmod(key, 10)
        spelling = f"{year}" if digit == 0 else f"{year}Q{digit}" if digit <= 4 else f"{year}H{digit - 4}"
        return cls.parse(spelling)

    @property
    def code(self) -> str:
        """The one spelling that is written."""
        return f"{self.year}" if self.kind is PeriodKind.YEAR else f"{self.year}{_LETTERS[self.kind]}{self.number}"

    @property
    def key(self) -> int:
        """The integer that stands for this period in large tables."""
        number = 0 if self.kind is PeriodKind.YEAR else self.number
        return self.year * 10 + _KEY_OFFSET[self.kind] + number

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, 1 + (self.number - 1) * _MONTHS[self.kind], 1)

    @property
    def per_year(self) -> int:
        """How many periods of this kind a year has."""
        return 12 // _MONTHS[self.kind]

    @property
    def end(self) -> date:
        """The last day."""
        last_month = self.number * _MONTHS[self.kind]
        return date(self.year, 12, 31) if last_month == 12 else date(self.year, last_month + 1, 1) - timedelta(days=1)

    def shifted(self, steps: int) -> "Period":
        """The period of the same kind, `steps` later (negative: earlier)."""
        year, index = divmod(self.year * self.per_year + self.number - 1 + steps, self.per_year)
        return Period(year, self.kind, index + 1)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, -_MONTHS[self.kind]) < (other.start, -_MONTHS[other.kind])

    def __str__(self) -> str:
        return self.code


def read_period(text: str) -> Period:
    """Read any spelling found in practice: `2025-Q4`, `4e kwartaal 2025`, `2025KW04`, `2025JJ00`.

    Raises:
        UnknownCodeError: the text names no period, or could name more than one.
    """
    tidy = " ".join(text.upper().split())
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(tidy):
            return Period.parse(_canonical(match.groupdict()))
    raise UnknownCodeError(f"'{text}' is geen periode; schrijf bijvoorbeeld 2025Q4, 2025H2 of 2025.")


def _canonical(parts: dict[str, str]) -> str:
    if "quarter" in parts:
        return f"{parts['year']}Q{parts['quarter']}"
    return f"{parts['year']}H{parts['half']}" if "half" in parts else parts["year"]


def quarters_between(first: Period, last: Period) -> list[Period]:
    """Every quarter from `first` up to and including `last`, in order."""
    quarters = []
    while first <= last:
        quarters.append(first)
        first = first.shifted(1)
    return quarters


def last_complete_quarter(today: date) -> Period:
    """The last quarter that ended before `today`."""
    return Period.quarter(today.year, (today.month - 1) // 3 + 1).shifted(-1)
