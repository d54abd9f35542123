"""One fictitious delivery: its rows in the form of the template, with counts drawn from `levels.py`.

What deliberately goes wrong in some files is in `faults.py`; which files there are is in `files.py`.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from expectations.columns import Column
from indicators.areas import Area, AreaLevel, area_key, area_register
from indicators.periods import Period
from indicators.strata import AGE_BANDS, TOTAL
from indicators.uitvraag import uitvraag_for
from orchestration.demo.levels import COURSES, Course, gemeente_factor, region_level
from orchestration.demo.population import FIRST_OLD_BAND, SEXES, People, population_on
from orchestration.demo.setting import Setting

Counts = NDArray[np.int64]

_LIVING_AT_HOME = 0.93
"""Share of 65+ without a stay under the Wlz."""
_VISITS_BY_AGE = np.array([0.55, 0.75, 1.05, 1.5, 1.9, 2.2])
_VISITS_BY_SEX = np.array([1.07, 0.94])
_INDICATIONS_PER_OLD_PERSON = 0.038
_WAITING_PER_PERSON = 77_000 / 17_300_000
_CONSULTS_PER_PERSON = 0.45
_CARE_PATHS_PER_PERSON = 1.5 / 10_000
"""Made up: some 25 suitable care paths for each of a hundred hospital locations."""


class DeliveryRow(NamedTuple):
    """One row as text, in the order of `Column`."""

    indicator: str
    period: str
    area_code: str
    area_name: str
    age_band: str
    sex: str
    numerator: str
    denominator: str
    value: str
    status: str
    note: str = ""


class RegionQuarter(NamedTuple):
    """What the rows of one delivery are made from."""

    setting: Setting
    region: Area
    quarter: Period
    status: str
    gemeenten: Sequence[Area]
    people: Mapping[str, People]

    @property
    def old_people(self) -> NDArray[np.float64]:
        """People of 65 and older; shape (gemeente, sex, band)."""
        return np.stack([self.people[area.code][:, FIRST_OLD_BAND:] for area in self.gemeenten])

    def chance(self, course: Course) -> np.random.Generator:
        """The random numbers for one dataset of this delivery."""
        return self.setting.chance(area_key(self.region.code), self.quarter.key, course.key)

    def level(self, course: Course) -> float:
        """The region's level in this quarter."""
        return region_level(self.setting, course, self.region.code, self.quarter)

    def gemeente_levels(self, course: Course) -> NDArray[np.float64]:
        """The level per gemeente; their mean, weighted by old people, is the region's level."""
        factors = np.array([gemeente_factor(self.setting, course, area.code) for area in self.gemeenten])
        weights = self.old_people.sum(axis=(1, 2))
        levels: NDArray[np.float64] = factors * self.level(course) / np.average(factors, weights=weights)
        return levels


def delivery_rows(setting: Setting, region_code: str, quarter: Period, status: str = "definitief") -> list[DeliveryRow]:
    """The rows that a region delivers for one quarter, for every dataset of the uitvraag."""
    region = area_register().area(region_code)
    gemeenten = _gemeenten_by_region(quarter)[region_code]
    delivery = RegionQuarter(setting, region, quarter, status, gemeenten, population_on(quarter.end, quarter.year))
    every_row = (*_fall_prevention(delivery), *_emergency_visits(delivery), *_region_totals(delivery))
    asked = {item.code for item in uitvraag_for(quarter).required}
    return [row for row in every_row if row.indicator in asked]


def delivery_csv(rows: Sequence[DeliveryRow]) -> bytes:
    """The file as a spreadsheet saves it: UTF-8 with a mark, semicolons, decimal commas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(Column)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=64)
def _gemeenten_by_region(quarter: Period) -> Mapping[str, Sequence[Area]]:
    register = area_register()
    grouped: dict[str, list[Area]] = {}
    for area in register.existing(AreaLevel.GEMEENTE, quarter.end):
        grouped.setdefault(register.region_of(area.code, quarter.end) or "", []).append(area)
    return grouped


def _fall_prevention(delivery: RegionQuarter) -> Iterator[DeliveryRow]:
    """Tests are drawn; courses are given at capacity, so that who begins one follows the level without chance."""
    at_home = np.rint(delivery.old_people.sum(axis=(1, 2)) * _LIVING_AT_HOME).astype(np.int64)
    tests, courses = COURSES["PRE02"], COURSES["PRE03"]
    tested = delivery.chance(tests).binomial(at_home, delivery.gemeente_levels(tests) / 100 / 4)
    begun = np.rint(at_home * delivery.gemeente_levels(courses) / 100 / 4).astype(np.int64)
    for course, counts in ((tests, tested), (courses, begun)):
        for area, numerator, denominator in zip(delivery.gemeenten, counts, at_home, strict=True):
            yield _total_row(delivery, course, area, int(numerator), int(denominator))


def _emergency_visits(delivery: RegionQuarter) -> Iterator[DeliveryRow]:
    course = COURSES["OUD01"]
    per_person = delivery.gemeente_levels(course) / 1000 / 4
    by_stratum = _VISITS_BY_SEX[:, np.newaxis] * _VISITS_BY_AGE
    visits: Counts = delivery.chance(course).poisson(
        delivery.old_people * per_person[:, np.newaxis, np.newaxis] * by_stratum
    )
    start = (course.dataset_code, delivery.quarter.code)
    for area, table in zip(delivery.gemeenten, visits, strict=True):
        for sex, counts in zip(SEXES, table, strict=True):
            for band, count in zip(AGE_BANDS[FIRST_OLD_BAND:], counts, strict=True):
                yield DeliveryRow(*start, area.code, area.name, band, sex.code, str(count), "", "", delivery.status)


def _region_totals(delivery: RegionQuarter) -> Iterator[DeliveryRow]:
    inhabitants = float(sum(delivery.people[area.code].sum() for area in delivery.gemeenten))
    sizes = {
        "OUD08": delivery.old_people.sum() * _INDICATIONS_PER_OLD_PERSON,
        "GGZ03": inhabitants * _WAITING_PER_PERSON,
        "DIG01": inhabitants * _CONSULTS_PER_PERSON,
    }
    for dataset_code, size in sizes.items():
        course = COURSES[dataset_code]
        chance = delivery.chance(course)
        denominator = int(chance.poisson(size))
        numerator = int(chance.binomial(denominator, delivery.level(course) / 100))
        yield _total_row(delivery, course, delivery.region, numerator, denominator)
    yield _care_paths(delivery, round(inhabitants * _CARE_PATHS_PER_PERSON))


def _care_paths(delivery: RegionQuarter, suitable: int) -> DeliveryRow:
    """A list of care paths, which hardly changes in a quarter; nothing is drawn."""
    course = COURSES["DIG03"]
    return _total_row(delivery, course, delivery.region, round(suitable * delivery.level(course) / 100), suitable)


def _total_row(delivery: RegionQuarter, course: Course, area: Area, numerator: int, denominator: int) -> DeliveryRow:
    return DeliveryRow(
        indicator=course.dataset_code,
        period=delivery.quarter.code,
        area_code=area.code,
        area_name=area.name,
        age_band=TOTAL,
        sex=TOTAL,
        numerator=str(numerator),
        denominator=str(denominator),
        value=percentage(numerator, denominator),
        status=delivery.status,
    )


def percentage(numerator: int, denominator: int) -> str:
    """The quotient in per cent with one decimal, as a spreadsheet in Dutch writes it."""
    return f"{100 * numerator / denominator:.1f}".replace(".", ",")
