"""Strata: spellings and keys of age bands by sex."""

import pytest

from indicators.errors import UnknownCodeError
from indicators.reference_tables import standard_population
from indicators.strata import AGE_BANDS, AGE_SEX_STRATA, TOTAL_STRATUM, Sex, Stratum


@pytest.mark.parametrize(
    ("age_band", "sex", "key", "age_from"),
    [
        ("totaal", "totaal", 0, 0),
        ("0-4", "M", 101, 0),
        ("65-69", "V", 214, 65),
        ("90+", "M", 119, 90),
        ("totaal", "V", 200, 0),
        ("85-89", "totaal", 18, 85),
    ],
)
def test_key_and_age(age_band: str, sex: str, key: int, age_from: int) -> None:
    stratum = Stratum.parse(age_band, sex)
    assert (stratum.key, stratum.age_from) == (key, age_from)
    assert (stratum.age_band, stratum.sex.code) == (age_band, sex)


@pytest.mark.parametrize("age_band", ["", "65 - 69", "65-70", "95+", "90", "Totaal", "65-69 "])
def test_unknown_age_band_is_refused(age_band: str) -> None:
    with pytest.raises(UnknownCodeError, match="leeftijdsklasse"):
        Stratum.parse(age_band, "M")


@pytest.mark.parametrize("sex", ["", "m", "F", "TOTAL", "1"])
def test_unknown_sex_is_refused(sex: str) -> None:
    with pytest.raises(UnknownCodeError, match="geslacht"):
        Stratum.parse("65-69", sex)


def test_strata_cover_the_standard_population_by_sex() -> None:
    assert {(stratum.age_band, stratum.sex) for stratum in AGE_SEX_STRATA} == {
        (band, sex) for band in standard_population() for sex in (Sex.M, Sex.V)
    }
    assert len(AGE_SEX_STRATA) == 2 * len(AGE_BANDS) == 38
    assert TOTAL_STRATUM.key == 0


def test_every_stratum_comes_back_from_its_key() -> None:
    for stratum in (TOTAL_STRATUM, *AGE_SEX_STRATA):
        assert Stratum.from_key(stratum.key) == stratum


@pytest.mark.parametrize("key", [-1, 20, 99, 120, 300])
def test_a_key_of_no_stratum_raises(key: int) -> None:
    with pytest.raises(UnknownCodeError):
        Stratum.from_key(key)
