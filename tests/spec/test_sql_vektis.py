"""The models on real Vektis files: the golden figures of 31 regions, and totals of years with other gemeenten."""

import csv
from pathlib import Path
from typing import Any

import pytest

from expectations.open_data.vektis import read_vektis
from indicators.periods import Period
from tests.support_landing import Landing
from tests.support_models import rendered_models

YEARS = (2015, 2019, 2022, 2023)


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Published rows of regions and country by indicator, period and area."""
    landing = Landing()
    for year in YEARS:
        period = Period.parse(str(year))
        content = (shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv").read_bytes()
        landing.add("NL", period, ["vektis"], read_vektis(content, period=period).canonical)
    with rendered_models().run(landing.frames(), until="mart.indicator_value") as connection:
        found = connection.execute(
            "SELECT indicator_code, period_code, area_code, level_code, value, numerator, denominator, coverage "
            "FROM mart.indicator_value WHERE view_code = 'published' AND level_code <> 'gemeente' AND group_key = 0"
        )
        names = [column[0] for column in found.description]
        return {row[:3]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_the_golden_figures_match_to_the_printed_digits(
    shared: Path, figures: dict[tuple[str, str, str], dict[str, Any]]
) -> None:
    path = shared / "data" / "vektis" / "vektis_zorgkantoorregio_2022_2023.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 62
    for row in rows:
        place = (row["jaar"], row["zk_code"])
        costs, stay = figures["KOS01", *place], figures["KOS04", *place]
        assert round(costs["value"], 4) == float(row["scr_totaal"]), place
        assert round(costs["numerator"], 2) == float(row["kosten_totaal"]), place
        assert round(costs["denominator"], 2) == float(row["verzekerdejaren"]), place
        assert round(stay["value"], 2) == float(row["kosten_elv_per_vj"]), place


@pytest.mark.parametrize("year", YEARS)
def test_regions_add_up_to_the_file_without_its_rest_row(
    shared: Path, figures: dict[tuple[str, str, str], dict[str, Any]], year: int
) -> None:
    path = shared / "data" / "vektis" / f"vektis_{year}_gemeente.csv"
    with path.open(encoding="ascii", newline="") as handle:
        rows = [{name.lower(): cell for name, cell in row.items()} for row in csv.DictReader(handle, delimiter=";")]
    insured = sum(float(row["aantal_verzekerdejaren"]) for row in rows if row["gemeentenaam"].strip())
    regions = [
        row
        for (code, period, _), row in figures.items()
        if (code, period, row["level_code"]) == ("KOS01", str(year), "zorgkantoorregio")
    ]
    assert len(regions) == 31
    assert all(row["coverage"] == 1 for row in regions)
    assert sum(row["denominator"] for row in regions) == pytest.approx(insured, rel=1e-12)
    assert figures["KOS01", str(year), "NL"]["value"] == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("classification", "area_count", "incomplete"),
    [
        ("ggd_regio", 25, set()),
        ("jeugdregio", 42, {"JZ26", "JZ31"}),
        ("arbeidsmarktregio", 35, {"AM10", "AM13", "AM35"}),
    ],
)
def test_a_classification_adds_up_to_the_country_but_for_gemeenten_without_a_certain_place(
    figures: dict[tuple[str, str, str], dict[str, Any]],
    year: int,
    classification: str,
    area_count: int,
    incomplete: set[str],
) -> None:
    areas = {
        area: row
        for (code, period, area), row in figures.items()
        if (code, period, row["level_code"]) == ("KOS01", str(year), classification)
    }
    assert len(areas) == area_count
    assert {area for area, row in areas.items() if row["coverage"] < 1} == incomplete
    for part in ("numerator", "denominator"):
        share = sum(row[part] for row in areas.values()) / figures["KOS01", str(year), "NL"][part]
        assert 0.99 < share < 1 if incomplete else share == pytest.approx(1, rel=1e-12)
