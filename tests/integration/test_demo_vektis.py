"""The fictitious file has the form of Vektis' own, down to its spellings, and none of its amounts."""

from pathlib import Path

import pytest

from indicators.periods import Period
from indicators.reference_tables import vektis_gemeente_codes
from orchestration.demo.setting import Setting
from orchestration.demo.vektis import COST_COLUMNS, YEARS, vektis_csv

SETTING = Setting(1, Period.quarter(2026, 3))


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return vektis_csv(SETTING, 2023).decode("ascii").splitlines()


@pytest.mark.parametrize("year", YEARS)
def test_the_header_is_that_of_the_real_file(shared: Path, year: int, lines: list[str]) -> None:
    made = lines[0] if year == 2023 else vektis_csv(SETTING, year).decode("ascii").splitlines()[0]
    with (shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv").open(encoding="ascii") as file:
        assert made == file.readline().rstrip("\r\n")


def test_keys_are_spelled_as_in_the_real_file(shared: Path, lines: list[str]) -> None:
    real = (shared / "data" / "vektis" / "vektis_2023_gemeente.csv").read_text("ascii").splitlines()
    for column in range(3):
        assert {line.split(";")[column] for line in lines[1:]} == {line.split(";")[column] for line in real[1:]}


def test_there_is_one_rest_row_and_no_small_one(lines: list[str]) -> None:
    rows = [line.split(";") for line in lines[1:]]
    assert [row[:3] for row in rows].count(["", "", ""]) == 1
    assert min(int(row[3]) for row in rows if row[0]) >= 10
    assert all(len(row) == 5 + len(COST_COLUMNS) for row in rows)


def test_insured_years_are_positive_and_below_the_number_of_persons(lines: list[str]) -> None:
    rows = [line.split(";") for line in lines[1:]]
    assert all(0 < float(row[4]) <= int(row[3]) for row in rows)
    assert {row[2] for row in rows if row[0]} <= set(vektis_gemeente_codes())


def test_the_same_setting_gives_the_same_bytes(lines: list[str]) -> None:
    assert vektis_csv(SETTING, 2023).decode("ascii").splitlines() == lines
    assert vektis_csv(Setting(2, SETTING.last), 2023).decode("ascii").splitlines()[1:] != lines[1:]
