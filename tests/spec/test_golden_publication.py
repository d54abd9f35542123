"""Real Vektis files through the whole line give the published golden figures, to the printed digits."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from indicators.areas import AreaLevel
from indicators.periods import Period
from orchestration.pipeline import publish
from orchestration.snapshot import VIEW_PUBLISHED, MartReader
from register.access import OPERATOR
from register.home import Home
from register.ingest import ingest
from register.open_data import OpenDataSource
from register.publications import PublicationStatus
from register.values import values

YEARS = (2015, 2016, 2018, 2019, 2022, 2023)
GOLDEN_YEARS = (2022, 2023)
# indicator, golden column, decimals, from which columns where it is a quotient
PRINTED = (("KOS01", "scr_totaal", 4), ("KOS04", "kosten_elv_per_vj", 2))


@pytest.fixture(scope="module")
def real_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("vektis") / "home")
    for year in YEARS:
        path = shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv"
        ingest(home, OpenDataSource.VEKTIS, path.read_bytes(), path.name, OPERATOR)
    report = publish(home, status=PublicationStatus.CONCEPT, actor=OPERATOR, say=lambda _: None)
    assert report.manifest is not None, [check for check in report.checks if not check.passed]
    assert not report.manifest.is_fictitious
    return home


def regions(home: Home, indicator: str, year: int) -> pd.DataFrame:
    found = values(home, indicator, actor=OPERATOR, level=AreaLevel.REGION, period=Period.parse(str(year)))
    return found.set_index("area_code")


def golden(shared: Path, year: int) -> dict[str, dict[str, str]]:
    path = shared / "data" / "vektis" / "vektis_zorgkantoorregio_2022_2023.csv"
    with path.open(encoding="utf-8") as file:
        return {row["zk_code"]: row for row in csv.DictReader(file) if row["jaar"] == str(year)}


@pytest.mark.parametrize("year", GOLDEN_YEARS)
def test_the_golden_figures_of_31_regions_are_published(real_home: Home, shared: Path, year: int) -> None:
    expected = golden(shared, year)
    assert len(expected) == 31
    for indicator, column, decimals in PRINTED:
        found = regions(real_home, indicator, year)
        assert set(found.index) == set(expected)
        for region, row in expected.items():
            assert f"{found.loc[region, 'value']:.{decimals}f}" == f"{float(row[column]):.{decimals}f}", region
    for region, row in expected.items():
        costs = regions(real_home, "KOS01", year).loc[region]
        assert costs["numerator"] == pytest.approx(float(row["kosten_totaal"]), abs=0.005)
        assert costs["denominator"] == pytest.approx(float(row["verzekerdejaren"]), abs=0.005)
        share = 100 * float(row["kosten_ggz_klinisch"]) / float(row["kosten_ggz"])
        assert regions(real_home, "GGZ04", year).loc[region, "value"] == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("year", YEARS)
def test_the_regions_add_up_to_the_file_without_its_rest_row(real_home: Home, shared: Path, year: int) -> None:
    path = shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv"
    with path.open(encoding="ascii") as file:
        rows = [{name.lower(): cell for name, cell in row.items()} for row in csv.DictReader(file, delimiter=";")]
    kept = [row for row in rows if row["gemeentenaam"].strip()]
    costs = sum(float(cell) for row in kept for name, cell in row.items() if name.startswith("kosten_"))
    years = sum(float(row["aantal_verzekerdejaren"]) for row in kept)
    found = regions(real_home, "KOS01", year)
    assert len(kept) == len(rows) - 1
    assert len(found) == 31
    assert found["numerator"].sum() == pytest.approx(costs, rel=1e-12)
    assert found["denominator"].sum() == pytest.approx(years, rel=1e-12)


def test_costs_have_no_interval_and_no_comparison(real_home: Home) -> None:
    with MartReader(real_home.warehouse_path) as marts:
        found = marts.tables(view=VIEW_PUBLISHED)["value"].to_pandas()
    assert set(found["indicator_code"]) >= {"KOS01", "KOS04", "GGZ04"}
    assert set(found["interval_method"]) == {"none"}
    assert found["comparison_code"].isna().all()
