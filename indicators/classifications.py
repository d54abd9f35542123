"""Other regional classifications than that of the zorgkantoorregio's: GGD, jeugd, arbeidsmarkt; roll-ups of gemeente.

A classification is data only: rows in `reference/classification.csv`, `classification_area.csv` and
`classification_member.csv`. Its code is the level of its areas (`ggd_regio`), and the key of an area is that of
`areas.py`: level number * 1,000,000 + the digits of its code (`GG0706` 5000706).
Belongs here: which areas there are and which gemeenten are in them. Does not belong here: deliveries, which never name
these areas, and adding up (`models/core`).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from indicators.area_checks import refuse
from indicators.areas import AreaLevel, area_register
from indicators.classification_checks import POSSIBLE, faults_of_classifications
from indicators.definition_model import IndicatorDefinition
from indicators.errors import UnknownCodeError
from indicators.measures import catalogue
from indicators.reference_tables import reference_rows

_LEVEL_SIZE = 1_000_000


class Classification(NamedTuple):
    """One way to divide the country; its memberships are those of `source`, which begin on `valid_from`."""

    code: str
    name: str
    area_prefix: str
    level_number: int
    valid_from: date
    source: str

    def area_key(self, area_code: str) -> int:
        """The integer that stands for one of its areas in large tables."""
        return self.level_number * _LEVEL_SIZE + int(area_code.removeprefix(self.area_prefix))


class ClassificationArea(NamedTuple):
    """One area of a classification."""

    code: str
    name: str
    classification: Classification

    @property
    def key(self) -> int:
        """The integer that stands for it in large tables."""
        return self.classification.area_key(self.code)


class ClassificationMember(NamedTuple):
    """The days on which a gemeente was in an area.

    Of a gemeente that came forth from gemeenten of several areas it may be unknown in which it is. It is then a
    possible member of each: it counts in none, and every one of them is incomplete without it.
    """

    gemeente_code: str
    area: ClassificationArea
    valid_from: date
    valid_until: date | None
    is_certain: bool

    def holds_on(self, day: date) -> bool:
        """Whether it was so on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@cache
def classifications() -> Mapping[str, Classification]:
    """Every classification, by code.

    Raises:
        DefinitionError: the tables contradict themselves or each other.
    """
    refuse(faults_of_classifications(files("indicators").joinpath("reference")))
    found = [
        Classification(
            code=row["code"],
            name=row["name"],
            area_prefix=row["area_prefix"],
            level_number=int(row["level_number"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
        )
        for row in reference_rows("classification")
    ]
    return MappingProxyType({item.code: item for item in found})


@cache
def classification_areas() -> Mapping[str, ClassificationArea]:
    """Every area of every classification, by code."""
    by_prefix = {item.area_prefix: item for item in classifications().values()}
    found = [
        ClassificationArea(row["code"], row["name"], by_prefix[row["code"].rstrip("0123456789")])
        for row in reference_rows("classification_area")
    ]
    return MappingProxyType({area.code: area for area in found})


@cache
def classification_members() -> tuple[ClassificationMember, ...]:
    """Which gemeente was in which area, and when."""
    return tuple(_member(row) for row in reference_rows("classification_member"))


def classification_area(code: str) -> ClassificationArea:
    """The area of a classification with this code.

    Raises:
        UnknownCodeError: no classification has it.
    """
    if code not in classification_areas():
        raise UnknownCodeError(f"Gebiedscode {code} hoort bij geen indeling; kies bijvoorbeeld GG0706.")
    return classification_areas()[code]


def is_rolled_up(definition: IndicatorDefinition) -> bool:
    """Whether an indicator has figures per classification: every part of it is counted per gemeente."""
    parts = definition.calculation.parts().values()
    levels = {catalogue().dataset_of(code).level for codes in parts for code in codes}
    return AreaLevel.GEMEENTE in definition.levels and levels == {AreaLevel.GEMEENTE}


@cache
def areas_one_apart(day: date) -> frozenset[str]:
    """The areas that differ by exactly one gemeente from a zorgkantoorregio or from an area of another classification.

    Two such totals, each rounded to 5, give the count of that gemeente to within 4, also where it is hidden.
    """
    gemeenten: dict[str, set[str]] = {}
    for member in classification_members():
        if member.is_certain and member.holds_on(day):
            gemeenten.setdefault(member.area.code, set()).add(member.gemeente_code)
    register = area_register()
    regions = register.existing(AreaLevel.REGION, day)
    others = [{item.code for item in register.gemeenten_of(region.code, day)} for region in regions]
    others += gemeenten.values()
    return frozenset(code for code, own in gemeenten.items() if any(len(own ^ other) == 1 for other in others))


def _member(row: Mapping[str, str]) -> ClassificationMember:
    until = row["valid_until"]
    return ClassificationMember(
        gemeente_code=row["gemeente_code"],
        area=classification_areas()[row["area_code"]],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        is_certain=row["basis"] != POSSIBLE,
    )
