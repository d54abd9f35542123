"""Vektis: the golden figures per region of 2022 and 2023, and totals of every year at hand."""

import csv
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from expectations.canonical import CANONICAL_DTYPES
from expectations.findings import Outcome
from expectations.open_data.csv_contract import csv_contract
from expectations.open_data.vektis import read_vektis
from indicators.areas import REPORTING_YEAR, AreaLevel, area_key, area_register
from indicators.measures import catalogue
from indicators.periods import Period

CONTRACT = csv_contract("vektis")
KNOWN = sorted(CONTRACT.columns, key=len)
MEASURES = [measure.code for measure in catalogue().dataset("vektis").measures]
ABSENT_UNTIL = {"vektis.kosten_elv": 2017, "vektis.kosten_ggz_klinisch": 2021}


def _content(shared: Path, year: int) -> bytes:
    return (shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv").read_bytes()


@cache
def _region_totals(shared: Path, year: int) -> Mapping[tuple[str, str], float]:
    """Region and measure -> amount, gemeenten added up by their region in the reporting indeling."""
    file = read_vektis(_content(shared, year), period=Period.parse(str(year)))
    codes = {measure.key: measure.code for measure in catalogue().measures.values()}
    day = Period.parse(str(REPORTING_YEAR)).end
    regions = {
        area_key(area.code): area_register().region_of(area.code, day)
        for area in area_register().existing(AreaLevel.GEMEENTE, day)
    }
    frame = file.canonical.assign(
        region=file.canonical["area_key"].map(regions), measure=file.canonical["measure_key"].map(codes)
    )
    sums = frame.groupby(["region", "measure"])["amount"].sum().reset_index()
    return {(region, measure): amount for region, measure, amount in sums.itertuples(index=False)}


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_golden_figures_are_reproduced_to_the_printed_digits(shared: Path, year: int) -> None:
    with (shared / "data" / "vektis" / "vektis_zorgkantoorregio_2022_2023.csv").open(encoding="utf-8") as file:
        golden = [row for row in csv.DictReader(file) if row["jaar"] == str(year)]
    assert len(golden) == 31
    totals = _region_totals(shared, year)
    for row in golden:
        for measure in MEASURES:
            printed = row[measure.removeprefix("vektis.")]
            assert f"{totals[row['zk_code'], measure]:.2f}" == f"{float(printed):.2f}", (row["zk_code"], measure)


@pytest.mark.parametrize("year", [2015, 2016, 2018, 2019, 2022, 2023])
def test_all_gemeenten_together_are_the_file_without_its_rest_row(shared: Path, year: int) -> None:
    content = _content(shared, year)
    file = read_vektis(content, period=Period.parse(str(year)))
    raw = [line.split(";") for line in content.decode("ascii").splitlines()]
    header = [name.lower() for name in raw[0]]
    rows = [row for row in raw[1:] if row[2].strip()]
    years, costs = header.index("aantal_verzekerdejaren"), [n for n, name in enumerate(header) if name[:7] == "kosten_"]
    assert file.outcome is Outcome.ACCEPTED
    assert _total(file.canonical, "vektis.verzekerdejaren") == pytest.approx(sum(float(row[years]) for row in rows))
    expected = sum(float(row[column]) for row in rows for column in costs)
    assert _total(file.canonical, "vektis.kosten_totaal") == pytest.approx(expected, rel=1e-12)
    assert len(rows) == len(raw) - 2
    assert dict(file.canonical.dtypes.astype(str)) == CANONICAL_DTYPES


@pytest.mark.parametrize("year", [2015, 2016, 2018, 2019, 2022, 2023])
def test_the_total_of_every_measure_is_the_sum_of_the_regions_and_the_rest_row(shared: Path, year: int) -> None:
    raw = [line.split(";") for line in _content(shared, year).decode("ascii").splitlines()]
    names = [next(name for name in KNOWN if name.startswith(column.lower())) for column in raw[0]]
    rest = [row for row in raw[1:] if not row[2].strip()]
    of_gemeenten = Counter[str]()
    file = read_vektis(_content(shared, year), period=Period.parse(str(year)))
    for key, amount in file.canonical.groupby("measure_key")["amount"].sum().items():
        of_gemeenten[next(m.code for m in catalogue().measures.values() if m.key == key)] = amount
    measures = CONTRACT.columns_of_measure(names)
    assert set(measures) == set(of_gemeenten)
    for code, columns in measures.items():
        places = [names.index(column) for column in columns]
        whole, left = (sum(Decimal(row[n]) for row in rows for n in places) for rows in (raw[1:], rest))
        assert of_gemeenten[code] + float(left) == pytest.approx(float(whole), rel=1e-12), code
        if year in (2022, 2023):
            regions = sum(amount for (_, measure), amount in _region_totals(shared, year).items() if measure == code)
            assert regions == pytest.approx(of_gemeenten[code], rel=1e-12), code


@pytest.mark.parametrize("year", [2015, 2018, 2022])
def test_a_measure_without_columns_in_a_year_is_absent_not_zero(shared: Path, year: int) -> None:
    file = read_vektis(_content(shared, year), period=Period.parse(str(year)))
    present = set(file.canonical["measure_key"])
    for code in MEASURES:
        key = catalogue().measures[code].key
        assert (key in present) == (year > ABSENT_UNTIL.get(code, 0)), code


@pytest.mark.parametrize(("year", "count", "rest_row"), [(2018, 355, 2), (2019, 352, 2), (2023, 342, 12910)])
def test_gemeenten_stay_those_of_their_year(shared: Path, year: int, count: int, rest_row: int) -> None:
    file = read_vektis(_content(shared, year), period=Period.parse(str(year)))
    assert file.canonical["area_key"].nunique() == count
    assert any(f"Rij {rest_row} is de restrij" in sentence for sentence in file.normalisations)


def _total(canonical: pd.DataFrame, measure: str) -> float:
    key = catalogue().measures[measure].key
    return float(canonical.loc[canonical["measure_key"] == key, "amount"].sum())
