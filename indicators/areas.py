"""Areas: gemeenten, zorgkantoorregio's and the country, with the years in which they existed.

An area has an integer key for large tables, a pure function of its code: level * 1,000,000 + number
(`NL` 1000000, `ZK08` 2000008, `GM0080` 3000080, `WK008001` 4008001).
The reference tables are `reference/region.csv`, `gemeente.csv`, `membership.csv` and `conversion.csv`.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from indicators.errors import UnknownCodeError

COUNTRY = "NL"
REPORTING_YEAR = 2023
"""The indelingsjaar in which everything is reported; unchanged since 1-1-2023."""


class AreaLevel(StrEnum):
    """The level of an area, in the words of the definitions."""

    COUNTRY = "landelijk"
    REGION = "zorgkantoorregio"
    GEMEENTE = "gemeente"
    WIJK = "wijk"


_FORMS = {
    AreaLevel.COUNTRY: re.compile(r"NL()"),
    AreaLevel.REGION: re.compile(r"ZK(\d{2})"),
    AreaLevel.GEMEENTE: re.compile(r"GM(\d{4})"),
    AreaLevel.WIJK: re.compile(r"WK(\d{6})"),
}
_LEVEL_NUMBER = {level: number for number, level in enumerate(AreaLevel, start=1)}


def level_of(code: str) -> AreaLevel:
    """The level that the form of an area code shows.

    Raises:
        UnknownCodeError: the text has not the form of an area code.
    """
    for level, form in _FORMS.items():
        if form.fullmatch(code):
            return level
    raise UnknownCodeError(f"'{code}' heeft niet de vorm van een gebiedscode (GM0080, WK008001, ZK08, NL).")


def area_key(code: str) -> int:
    """The integer that stands for the area in large tables."""
    level = level_of(code)
    match = _FORMS[level].fullmatch(code)
    return _LEVEL_NUMBER[level] * 1_000_000 + int((match and match[1]) or 0)


class Area(NamedTuple):
    """One area and the days on which it existed; `valid_until` is the last day, None when it still exists."""

    code: str
    name: str
    valid_from: date
    valid_until: date | None = None
    successor: str | None = None

    @property
    def level(self) -> AreaLevel:
        """The level that the code shows."""
        return level_of(self.code)

    def exists_on(self, day: date) -> bool:
        """Whether the area existed on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Conversion(NamedTuple):
    """The share of an ended gemeente's counts that goes to a gemeente of the reporting indeling."""

    from_code: str
    to_code: str
    share: float
    source: str


class AreaRegister:
    """Every area ever known here, and how areas belong together."""

    def __init__(self) -> None:
        regions = {row["code"]: _area(row) for row in reference_rows("region")}
        gemeenten = {row["code"]: _area(row) for row in reference_rows("gemeente")}
        country = Area(COUNTRY, "Nederland", date(1900, 1, 1))
        self.areas: Mapping[str, Area] = {COUNTRY: country} | regions | gemeenten
        self._regions_of: dict[str, list[tuple[date, date | None, str]]] = {}
        for row in reference_rows("membership"):
            span = (_day(row["valid_from"]), _optional_day(row["valid_until"]), row["region_code"])
            self._regions_of.setdefault(row["gemeente_code"], []).append(span)

    def area(self, code: str) -> Area:
        """The area with this code.

        Raises:
            UnknownCodeError: no area ever had the code.
        """
        if code not in self.areas:
            raise UnknownCodeError(f"Gebiedscode {code} bestaat niet en heeft nooit bestaan.")
        return self.areas[code]

    def region_of(self, code: str, day: date) -> str | None:
        """The zorgkantoorregio to which a region or gemeente belongs on `day`; None for the country."""
        area = self.area(code)
        if area.level is not AreaLevel.GEMEENTE:
            return code if area.level is AreaLevel.REGION else None
        spans = self._regions_of.get(code, [])
        return next((region for start, end, region in spans if start <= day and (end is None or day <= end)), None)

    def existing(self, level: AreaLevel, day: date) -> list[Area]:
        """The areas of a level on `day`, ordered by code."""
        return [area for _, area in sorted(self.areas.items()) if area.level is level and area.exists_on(day)]

    def gemeenten_of(self, region_code: str, day: date) -> list[Area]:
        """The gemeenten of a region on `day`, ordered by code."""
        return [
            area for area in self.existing(AreaLevel.GEMEENTE, day) if self.region_of(area.code, day) == region_code
        ]


@cache
def area_register() -> AreaRegister:
    """The register made from the reference tables, read once."""
    return AreaRegister()


@cache
def conversions() -> tuple[Conversion, ...]:
    """Where the counts of ended gemeenten go in the reporting indeling; shares of one gemeente add to 1."""
    return tuple(
        Conversion(row["from_code"], row["to_code"], float(row["share"]), row["source"])
        for row in reference_rows("conversion")
    )


def reference_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `reference/<name>.csv` as text."""
    text = files("indicators").joinpath("reference", f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        valid_from=_day(row["valid_from"]),
        valid_until=_optional_day(row["valid_until"]),
        successor=row["successor"] or None,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _optional_day(text: str) -> date | None:
    return _day(text) if text else None
