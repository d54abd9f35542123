"""How high each indicator is, per region, gemeente and quarter: the fictitious truth behind the counts.

Levels are in the unit of the definition and on a yearly basis, near published national figures. Pure
functions of the setting; drawing counts from them is `deliveries.py`.
"""

import math
from dataclasses import dataclass

import numpy as np

from indicators.areas import area_key
from indicators.measures import catalogue
from indicators.periods import Period
from orchestration.demo.setting import Setting, quarter_index
from orchestration.demo.stories import course_story


@dataclass(frozen=True)
class Course:
    """The national course of one dataset and how far regions and gemeenten lie from it."""

    dataset_code: str
    level_2024: float
    yearly_change: float
    region_spread: float
    """Standard deviation of the logarithm of a region's level."""
    gemeente_spread: float = 0.0
    """The same for gemeenten within their region."""
    season: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)

    @property
    def key(self) -> int:
        """The dataset's key, which names the random numbers."""
        return catalogue().dataset(self.dataset_code).key


COURSES = {
    course.dataset_code: course
    for course in (
        Course("PRE02", 11.3, 0.5, region_spread=0.08, gemeente_spread=0.15),
        Course("OUD01", 280.0, -2.0, region_spread=0.10, gemeente_spread=0.08, season=(1.06, 0.97, 0.94, 1.03)),
        Course("OUD08", 3.1, 0.05, region_spread=0.15),
        Course("GGZ03", 34.0, -0.4, region_spread=0.12),
        Course("DIG01", 27.3, 0.4, region_spread=0.12),
        Course("PRE03", 2.2, 0.1, region_spread=0.10, gemeente_spread=0.15),
        Course("DIG03", 25.0, 1.5, region_spread=0.10),
    )
}
"""PRE02: towards the national aim of 14 %. OUD01: order of the Vektis regiobeeld. OUD08:
4.080 wachtenden (CBS, 2023 Q3). GGZ03: 27.000 of 77.000 (NZa, mei 2021). DIG01: 27,3 % (NVZ, 2023). PRE03: no national
figure was found; towards the aim of 3 % (GALA). DIG03: the aim for 2024, 25 % (ZN, zorginkoop digitalisering)."""

_WAVES = ((0.035, 13.0), (0.02, 5.5))
"""Slow movements of a region around its own level: amplitude of the logarithm, length in quarters."""
_QUARTER_NOISE = 0.015
_FIRST_COURSE_YEAR, _LAST_COURSE_YEAR = 2015, 2035


def region_level(setting: Setting, course: Course, region_code: str, quarter: Period) -> float:
    """The level of a region in a quarter, season included, in the unit of the definition per year."""
    season = course.season[quarter.number - 1]
    story = course_story(region_code, course.dataset_code)
    if story is not None:
        ago = [-quarters for quarters, _ in story.points]
        return season * float(np.interp(-setting.quarters_ago(quarter), ago, [level for _, level in story.points]))
    return season * _national_level(course, quarter) * _region_factor(setting, course, area_key(region_code), quarter)


def gemeente_factor(setting: Setting, course: Course, gemeente_code: str) -> float:
    """How far a gemeente lies from its region, always: a factor around 1."""
    return math.exp(setting.chance(course.key, area_key(gemeente_code)).normal(0, course.gemeente_spread))


def _national_level(course: Course, quarter: Period) -> float:
    year = min(max(quarter.year + (quarter.number - 1) / 4, _FIRST_COURSE_YEAR), _LAST_COURSE_YEAR)
    return course.level_2024 + course.yearly_change * (year - 2024)


def _region_factor(setting: Setting, course: Course, region_key: int, quarter: Period) -> float:
    lasting = setting.chance(course.key, region_key)
    logarithm = lasting.normal(0, course.region_spread)
    for amplitude, length in _WAVES:
        logarithm += amplitude * math.sin(2 * math.pi * (quarter_index(quarter) / length + lasting.random()))
    logarithm += setting.chance(course.key, region_key, quarter.key).normal(0, _QUARTER_NOISE)
    return math.exp(logarithm)
