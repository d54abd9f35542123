"""Areas: gemeenten, zorgkantoorregio's and the country, with the days on which they existed.

An area has an integer key for large tables, a pure function of its code: level * 1,000,000 + number
(`NL` 1000000, `ZK08` 2000008, `GM0080` 3000080, `WK008001` 4008001).
The facts are in `reference/region.csv`, `gemeente.csv`, `membership.csv` and `conversion.csv`.
Does not belong here: figures about areas (`reference_tables.py`) and who may see which area (`register/access.py`).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from indicators.area_checks import faults_of_areas, refuse
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.reference_tables import reference_rows

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
    AreaLevel.REGION: re.compile(r"ZK([0-9]{2})"),
    AreaLevel.GEMEENTE: re.compile(r"GM([0-9]{4})"),
    AreaLevel.WIJK: re.compile(r"WK([0-9]{6})"),
}
_LEVEL_SIZE = 1_000_000
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


def level_number(level: AreaLevel) -> int:
    """The millions in the keys of the areas of a level."""
    return _LEVEL_NUMBER[level]


def area_key(code: str) -> int:
    """The integer that stands for the area in large tables."""
    level = level_of(code)
    match = _FORMS[level].fullmatch(code)
    return _LEVEL_NUMBER[level] * _LEVEL_SIZE + int((match and match[1]) or 0)


def area_code(key: int) -> str:
    """The inverse of `area_key`.

    Raises:
        UnknownCodeError: no area code has this key.
    """
    number = key % _LEVEL_SIZE
    spelled = (f"NL{'' if number == 0 else number}", f"ZK{number:02}", f"GM{number:04}", f"WK{number:06}")
    level_number = key // _LEVEL_SIZE
    code = spelled[level_number - 1] if 1 <= level_number <= len(spelled) else str(key)
    level_of(code)
    return code


class Area(NamedTuple):
    """One area and the days on which it existed; `valid_until` is the last day, None when it still exists.

    `successor` is empty for an area that was split over several; `AreaRegister.successors` knows them all.
    """

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
        return _contains(self.valid_from, self.valid_until, day)


class Membership(NamedTuple):
    """The days on which a gemeente belonged to a zorgkantoorregio."""

    gemeente_code: str
    region_code: str
    valid_from: date
    valid_until: date | None


class Conversion(NamedTuple):
    """The share of an ended gemeente's counts that goes to a gemeente of the reporting indeling."""

    from_code: str
    to_code: str
    share: float
    source: str


class AreaRegister:
    """Every area ever known here, and how areas belong together."""

    def __init__(self, areas: Sequence[Area], memberships: Sequence[Membership]) -> None:
        self.areas: Mapping[str, Area] = {area.code: area for area in areas}
        self._memberships: dict[str, list[Membership]] = {}
        for membership in memberships:
            self._memberships.setdefault(membership.gemeente_code, []).append(membership)

    def area(self, code: str) -> Area:
        """The area with this code.

        Raises:
            UnknownCodeError: no area ever had the code.
        """
        if code not in self.areas:
            raise UnknownCodeError(f"Gebiedscode {code} bestaat niet en heeft nooit bestaan.")
        return self.areas[code]

    def region_in(self, code: str, period: Period) -> Area:
        """The zorgkantoorregio with this code, which must exist when the period begins.

        Raises:
            UnknownCodeError: it is no region, or not in that period.
        """
        area = self.area(code)
        if area.level is not AreaLevel.REGION or not area.exists_on(period.start):
            raise UnknownCodeError(
                f"{code} is geen zorgkantoorregio in {period}. "
                "Kies een regio die in die periode bestaat, bijvoorbeeld ZK08."
            )
        return area

    def region_of(self, code: str, day: date) -> str | None:
        """The zorgkantoorregio of a region or gemeente on `day`; None for the country, and for an area not there then.

        Raises:
            UnknownCodeError: no area ever had the code.
        """
        area = self.area(code)
        if area.level is AreaLevel.REGION:
            return code if area.exists_on(day) else None
        spans = self._memberships.get(code, [])
        return next((span.region_code for span in spans if _contains(span.valid_from, span.valid_until, day)), None)

    def existing(self, level: AreaLevel, day: date) -> list[Area]:
        """The areas of a level on `day`, ordered by code."""
        return [area for _, area in sorted(self.areas.items()) if area.level is level and area.exists_on(day)]

    def gemeenten_of(self, region_code: str, day: date) -> list[Area]:
        """The gemeenten of a region on `day`, ordered by code."""
        return [
            area for area in self.existing(AreaLevel.GEMEENTE, day) if self.region_of(area.code, day) == region_code
        ]

    def successors(self, code: str) -> tuple[Area, ...]:
        """The areas that took over an ended area; none for an area that still exists."""
        successor = self.area(code).successor
        codes = (successor,) if successor else tuple(part.to_code for part in conversions() if part.from_code == code)
        return tuple(self.area(code) for code in codes)


@cache
def area_register() -> AreaRegister:
    """The register made from the reference tables, read once.

    Raises:
        DefinitionError: the tables contradict themselves or each other.
    """
    _refuse_faults()
    areas = [_area(row) for table in ("region", "gemeente") for row in reference_rows(table)]
    memberships = [_membership(row) for row in reference_rows("membership")]
    return AreaRegister([Area(COUNTRY, "Nederland", date(1900, 1, 1)), *areas], memberships)


@cache
def conversions() -> tuple[Conversion, ...]:
    """Where the counts of ended gemeenten go in the reporting indeling; shares of one gemeente add to 1.

    Raises:
        DefinitionError: the tables contradict themselves or each other.
    """
    _refuse_faults()
    return tuple(
        Conversion(row["from_code"], row["to_code"], float(row["share"]), row["source"])
        for row in reference_rows("conversion")
    )


@cache
def _refuse_faults() -> None:
    refuse(faults_of_areas(files("indicators").joinpath("reference"), date(REPORTING_YEAR, 1, 1)))


def _contains(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        valid_from=_day(row["valid_from"]),
        valid_until=_optional_day(row["valid_until"]),
        successor=row["successor"] or None,
    )


def _membership(row: Mapping[str, str]) -> Membership:
    return Membership(
        row["gemeente_code"], row["region_code"], _day(row["valid_from"]), _optional_day(row["valid_until"])
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _optional_day(text: str) -> date | None:
    return _day(text) if text else None
