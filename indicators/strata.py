"""Strata: five-year age bands by sex, and the total.

A stratum has an integer key for large tables: sex * 100 + band, with sex 0 = totaal, 1 = M, 2 = V and
band 0 = totaal, 1 = `0-4` ... 18 = `85-89`, 19 = `90+`. Key 0 is the total over everything.
"""

from enum import IntEnum
from itertools import product
from typing import NamedTuple

from indicators.errors import UnknownCodeError

TOTAL = "totaal"
AGE_BANDS: tuple[str, ...] = (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+")
_BAND_NUMBER = {TOTAL: 0} | {band: number for number, band in enumerate(AGE_BANDS, start=1)}


class Sex(IntEnum):
    """Sex as delivered; the integer is part of the stratum key."""

    TOTAL = 0
    M = 1
    V = 2

    @property
    def code(self) -> str:
        """The spelling in files: `M`, `V` or `totaal`."""
        return TOTAL if self is Sex.TOTAL else self.name


_SEX_BY_CODE = {sex.code: sex for sex in Sex}


class Stratum(NamedTuple):
    """One cell of the breakdown by age band and sex."""

    age_band: str = TOTAL
    sex: Sex = Sex.TOTAL

    @classmethod
    def parse(cls, age_band: str, sex: str) -> "Stratum":
        """Read an age band (`65-69`, `90+`, `totaal`) and a sex (`M`, `V`, `totaal`).

        Raises:
            UnknownCodeError: either is not in its code list.
        """
        if age_band not in _BAND_NUMBER:
            raise UnknownCodeError(f"'{age_band}' is geen leeftijdsklasse; schrijf 0-4, 5-9, ... 85-89, 90+ of totaal.")
        if sex not in _SEX_BY_CODE:
            raise UnknownCodeError(f"'{sex}' is geen geslacht; schrijf M, V of totaal.")
        return cls(age_band, _SEX_BY_CODE[sex])

    @classmethod
    def from_key(cls, key: int) -> "Stratum":
        """The inverse of `key`.

        Raises:
            UnknownCodeError: no stratum has this key.
        """
        sex, band = divmod(key, 100)
        if sex not in set(Sex) or not 0 <= band <= len(AGE_BANDS):
            raise UnknownCodeError(f"Er is geen uitsplitsing met sleutel {key}.")
        return cls((TOTAL, *AGE_BANDS)[band], Sex(sex))

    @property
    def key(self) -> int:
        """The integer that stands for this stratum in large tables."""
        return int(self.sex) * 100 + _BAND_NUMBER[self.age_band]

    @property
    def age_from(self) -> int:
        """The lowest age in the band; 0 for the total."""
        return max(0, (_BAND_NUMBER[self.age_band] - 1) * 5)


TOTAL_STRATUM = Stratum()
AGE_SEX_STRATA: tuple[Stratum, ...] = tuple(Stratum(band, sex) for sex, band in product((Sex.M, Sex.V), AGE_BANDS))
