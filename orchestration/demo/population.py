"""How many people live where in the demo, by sex and five-year age band.

Real: the number of men and of women per gemeente on 1-1-2019 (CBS, `indicators/reference/population_2019.csv`), carried
unchanged to every later year and converted to the gemeenten of the day. Fictitious: their split into
five-year bands, which starts from the real, coarser age groups of 2019 and grows older every year.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from indicators.areas import REPORTING_YEAR, AreaLevel, area_register, conversions
from indicators.reference_tables import GemeentePopulation, population_2019
from indicators.strata import AGE_BANDS, Sex

People = NDArray[np.float64]
"""People by sex (men, women) and the 19 age bands; shape (2, 19)."""
Totals = NDArray[np.float64]
"""The number of men and of women; shape (2,)."""

SEXES = (Sex.M, Sex.V)
FIRST_OLD_BAND = AGE_BANDS.index("65-69")

_COUNT_YEAR = 2019
# Bands per age group of the counts, and the share of each band in its group.
_BANDS_OF_GROUP = (1, 1, 1, 1, 1, 4, 4, 3, 3)
_SHARE_OF_GROUP = (1, 1, 1, 1, 1, 0.26, 0.25, 0.25, 0.24, 0.24, 0.27, 0.26, 0.23, 0.39, 0.36, 0.25, 0.54, 0.31, 0.15)
_SHARE_OF_MEN = np.array([0.512] * 4 + [0.505] * 2 + [0.5] * 7 + [0.49, 0.485, 0.465, 0.43, 0.36, 0.27])
_YEARLY_GROWTH = np.array([0.996] * 10 + [0.998] * 3 + [1.015, 1.005, 1.03, 1.02, 1.015, 1.02])


def population_csv(year: int) -> bytes:
    """The file `jaar;gebiedscode;leeftijd;geslacht;inwoners` for 1 January of a year, in the reporting indeling."""
    lines = ["jaar;gebiedscode;leeftijd;geslacht;inwoners"]
    for code, people in population_on(date(REPORTING_YEAR, 1, 1), year).items():
        for sex, row in zip(SEXES, people, strict=True):
            lines += [
                f"{year};{code};{band};{sex.code};{count:.0f}" for band, count in zip(AGE_BANDS, row, strict=True)
            ]
    return ("\n".join(lines) + "\n").encode("utf-8")


@lru_cache(maxsize=64)
def population_on(day: date, year: int) -> Mapping[str, People]:
    """The people of `year` per gemeente that exists on `day`, ordered by code; whole numbers."""
    existing = {area.code: np.zeros((2, len(AGE_BANDS))) for area in area_register().existing(AreaLevel.GEMEENTE, day)}
    ageing = _YEARLY_GROWTH ** (year - _COUNT_YEAR)
    for code, (people, _) in _counted().items():
        for heir, share in _heirs(code, existing):
            existing[heir] += people * share
    totals = _totals_on(existing)
    return {code: _scaled(people * ageing, totals[code]) for code, people in existing.items()}


def _totals_on(existing: Mapping[str, People]) -> dict[str, Totals]:
    totals = {code: np.zeros(2) for code in existing}
    for code, (_, men_and_women) in _counted().items():
        for heir, share in _heirs(code, existing):
            totals[heir] += men_and_women * share
    return totals


def _heirs(code: str, existing: Mapping[str, People]) -> list[tuple[str, float]]:
    if code in existing:
        return [(code, 1.0)]
    return [(step.to_code, step.share) for step in conversions() if step.from_code == code]


@cache
def _counted() -> Mapping[str, tuple[People, Totals]]:
    """Per gemeente of 2019: a first split by sex and band, and the real number of men and of women."""
    return {
        gemeente.gemeente_code: (_first_split(gemeente), np.array([gemeente.men, gemeente.women], dtype=float))
        for gemeente in population_2019()
    }


def _first_split(gemeente: GemeentePopulation) -> People:
    groups = np.array(gemeente.by_age, dtype=float)
    bands = np.repeat(groups, _BANDS_OF_GROUP) * np.array(_SHARE_OF_GROUP)
    return np.stack([bands * _SHARE_OF_MEN, bands * (1 - _SHARE_OF_MEN)])


def _scaled(people: People, totals: Totals) -> People:
    """Whole numbers in the proportions of `people` that add up to the rounded totals per sex (largest remainder)."""
    wanted = np.rint(totals)
    exact = people * (wanted / people.sum(axis=1))[:, np.newaxis]
    whole: People = np.floor(exact)
    short = (wanted - whole.sum(axis=1)).astype(int)
    for sex, order in enumerate(np.argsort(whole - exact, axis=1, kind="stable")):
        whole[sex, order[: short[sex]]] += 1
    return whole
