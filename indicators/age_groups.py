"""Groups of strata in which figures are shown: age groups, the sexes, and age groups by sex.

Counts arrive in five-year bands, which are too narrow to show. The age groups are data (`reference/age_group.csv`),
checked when they are loaded. A group has an integer key for large tables: sex * 100 + number of the age group, with 0
for all; key 0 is the total.
Does not belong here: the bands themselves (`strata.py`), and which counts may be shown (`models/core`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from indicators.definition_model import IndicatorDefinition
from indicators.errors import DefinitionError
from indicators.measures import Breakdown, catalogue
from indicators.reference_tables import reference_rows
from indicators.strata import TOTAL, Sex

NO_LIMIT = 999
"""The last age of a group without one."""

_BAND = 5


class GroupBreakdown(StrEnum):
    """Along what a group divides the total."""

    TOTAL = "total"
    SEX = "sex"
    AGE = "age"
    AGE_SEX = "age_sex"


class AgeGroup(NamedTuple):
    """Whole five-year bands that are shown as one; `age_until` is the last age in it."""

    code: str
    number: int
    age_from: int
    age_until: int


class StratumGroup(NamedTuple):
    """An age group of one sex, of both, or all ages of one sex or of both."""

    age: AgeGroup
    sex: Sex

    @property
    def key(self) -> int:
        """The integer that stands for this group in large tables."""
        return 100 * int(self.sex) + self.age.number

    @property
    def breakdown(self) -> GroupBreakdown:
        """Along what it divides the total."""
        if self.age == ALL_AGES:
            return GroupBreakdown.TOTAL if self.sex is Sex.TOTAL else GroupBreakdown.SEX
        return GroupBreakdown.AGE if self.sex is Sex.TOTAL else GroupBreakdown.AGE_SEX


ALL_AGES = AgeGroup(TOTAL, 0, 0, NO_LIMIT)


@cache
def age_groups() -> tuple[AgeGroup, ...]:
    """The age groups, youngest first.

    Raises:
        DefinitionError: they do not hold every age once, in whole bands.
    """
    return parse_age_groups(list(reference_rows("age_group")))


def parse_age_groups(rows: Sequence[Mapping[str, str]]) -> tuple[AgeGroup, ...]:
    """Age groups from the rows of the table.

    Raises:
        DefinitionError: they do not hold every age once, in whole bands; every fault is named.
    """
    found = tuple(
        AgeGroup(row["code"], number, int(row["age_from"]), int(row["age_until"] or NO_LIMIT))
        for number, row in enumerate(rows, start=1)
    )
    if faults := list(_faults(found)):
        raise DefinitionError("\n".join(f"age_group.csv: {fault}" for fault in faults))
    return found


@cache
def stratum_groups() -> tuple[StratumGroup, ...]:
    """The total and every group."""
    return tuple(StratumGroup(age, sex) for sex, age in product(Sex, (ALL_AGES, *age_groups())))


def is_counted_by_stratum(definition: IndicatorDefinition) -> bool:
    """Whether an indicator has figures by age and sex: every part is counted so, from the first age of a group."""
    parts = definition.calculation.parts().values()
    breakdowns = {catalogue().dataset_of(code).breakdown for codes in parts for code in codes}
    starts = {group.age_from for group in age_groups()}
    return breakdowns == {Breakdown.AGE_SEX} and definition.calculation.age_from in starts


def _faults(groups: Sequence[AgeGroup]) -> Iterator[str]:
    if not groups:
        yield "there is no age group; add rows."
        return
    yield from _faults_of_each(groups)
    if groups[0].age_from != 0:
        yield f"the first group, {groups[0].code}, begins at {groups[0].age_from}; let it begin at 0."
    for before, after in pairwise(groups):
        if after.age_from != (wanted := before.age_until + 1):
            yield f"{after.code} begins at {after.age_from}; let it begin at {wanted}, after {before.code}."
    if groups[-1].age_until != NO_LIMIT:
        yield f"the last group, {groups[-1].code}, ends at {groups[-1].age_until}; leave its age_until empty."


def _faults_of_each(groups: Iterable[AgeGroup]) -> Iterator[str]:
    for group in groups:
        named = f"{group.age_from}+" if group.age_until == NO_LIMIT else f"{group.age_from}-{group.age_until}"
        if group.code != named:
            yield f"{group.code} holds the ages {named}; let the code say so."
        if group.age_from % _BAND or group.age_from > 90:
            yield f"{group.code} begins inside a band of five years; begin at a multiple of 5, 90 at most."
