"""The people of the demo: real totals, made-up bands, and the gemeenten of the day."""

from datetime import date

import numpy as np
import pytest

from indicators.areas import REPORTING_YEAR
from indicators.reference_tables import population_2019
from orchestration.demo.population import FIRST_OLD_BAND, population_csv, population_on

REPORTING_DAY = date(REPORTING_YEAR, 1, 1)


@pytest.mark.parametrize("year", [2021, 2026])
def test_the_country_keeps_its_real_number_of_men_and_women(year: int) -> None:
    people = population_on(REPORTING_DAY, year)
    by_sex = sum(table.sum(axis=1) for table in people.values())
    assert list(np.atleast_1d(by_sex)) == [
        pytest.approx(sum(gemeente.men for gemeente in population_2019()), abs=2),
        pytest.approx(sum(gemeente.women for gemeente in population_2019()), abs=2),
    ]


def test_a_gemeente_that_stayed_keeps_its_real_total() -> None:
    groningen = next(gemeente for gemeente in population_2019() if gemeente.gemeente_code == "GM0014")
    assert population_on(REPORTING_DAY, 2024)["GM0014"].sum() == groningen.total


def test_weesp_is_counted_in_amsterdam_from_the_day_that_it_ended() -> None:
    before, after = (population_on(day, 2022) for day in (date(2022, 3, 23), date(2022, 3, 24)))
    assert "GM0457" in before
    assert "GM0457" not in after
    assert after["GM0363"].sum() == before["GM0363"].sum() + before["GM0457"].sum()


def test_people_are_whole_and_grow_older() -> None:
    early, late = (np.stack(list(population_on(REPORTING_DAY, year).values())) for year in (2021, 2026))
    assert np.array_equal(early, np.rint(early))
    assert early.min() >= 0
    assert late[:, :, FIRST_OLD_BAND:].sum() > early[:, :, FIRST_OLD_BAND:].sum()


def test_the_file_names_every_stratum_of_every_gemeente() -> None:
    header, *lines = population_csv(2023).decode("utf-8").splitlines()
    assert header == "jaar;gebiedscode;leeftijd;geslacht;inwoners"
    assert len(lines) == 342 * 19 * 2
    assert lines[0].startswith("2023;GM0014;0-4;M;")
    assert lines[-1].split(";")[2:4] == ["90+", "V"]
