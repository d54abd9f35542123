"""A delivery of the demo: complete for the uitvraag, consistent, and the same bytes every time."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from expectations.columns import Column
from indicators.areas import AreaLevel, area_register, level_of
from indicators.measures import catalogue
from indicators.periods import Period
from indicators.strata import Stratum
from indicators.uitvraag import uitvraag_for
from orchestration.demo.deliveries import DeliveryRow, delivery_csv, delivery_rows
from orchestration.demo.files import Phase, generate
from orchestration.demo.setting import Setting

LAST = Period.quarter(2026, 3)
SETTING = Setting(1, LAST)


@pytest.fixture(scope="module")
def friesland() -> list[DeliveryRow]:
    return delivery_rows(SETTING, "ZK08", LAST)


def test_every_dataset_is_delivered_for_every_area_and_stratum_that_the_uitvraag_asks(
    friesland: list[DeliveryRow],
) -> None:
    register = area_register()
    cells = Counter((row.indicator, row.area_code, Stratum.parse(row.age_band, row.sex)) for row in friesland)
    expected = set()
    for asked in uitvraag_for(LAST).required:
        is_regional = asked.levels[0] is AreaLevel.REGION
        areas = [register.area("ZK08")] if is_regional else register.gemeenten_of("ZK08", LAST.end)
        expected |= {(asked.code, area.code, stratum) for area in areas for stratum in asked.strata}
    assert set(cells) == expected
    assert max(cells.values()) == 1


def test_what_uitvraag_2_asks_begins_with_uitvraag_2() -> None:
    before, after = (delivery_rows(SETTING, "ZK08", Period.parse(code)) for code in ("2024Q4", "2025Q1"))
    assert {row.indicator for row in after} - {row.indicator for row in before} == {"PRE03", "DIG03"}
    assert {row.indicator for row in before} <= {row.indicator for row in after}


def test_denominators_are_there_where_the_region_supplies_them(friesland: list[DeliveryRow]) -> None:
    for row in friesland:
        supplies = f"{row.indicator}.noemer" in catalogue().measures
        assert (row.denominator != "") is supplies, row
        if supplies:
            assert 0 <= int(row.numerator) <= int(row.denominator), row


def test_the_own_result_fits_its_numbers(friesland: list[DeliveryRow]) -> None:
    with_value = [row for row in friesland if row.value]
    assert {row.indicator for row in with_value} == {"PRE02", "PRE03", "OUD08", "GGZ03", "DIG01", "DIG03"}
    for row in with_value:
        exact = 100 * int(row.numerator) / int(row.denominator)
        assert abs(float(row.value.replace(",", ".")) - exact) <= 0.05 + 1e-9, row


def test_the_file_has_the_form_of_the_template(friesland: list[DeliveryRow]) -> None:
    content = delivery_csv(friesland)
    assert content.startswith(b"\xef\xbb\xbfIndicator;Periode;Gebiedscode;")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == list(Column)
    assert [DeliveryRow(*row) for row in rows[1:]] == friesland


@pytest.mark.parametrize("quarter", [Period.quarter(2021, 4), Period.quarter(2022, 1), Period.quarter(2022, 4)])
def test_ended_gemeenten_deliver_until_they_end(quarter: Period) -> None:
    rows = delivery_rows(SETTING, "ZK29", quarter) + delivery_rows(SETTING, "ZK02", quarter)
    codes = {row.area_code for row in rows if level_of(row.area_code) is AreaLevel.GEMEENTE}
    assert all(area_register().area(code).exists_on(quarter.end) for code in codes)
    assert "GM0501" in codes, "Brielle ended on 31-12-2022"


def test_bytes_depend_on_the_seed_alone_and_not_on_what_was_made_before(tmp_path: Path) -> None:
    demo = generate(tmp_path, seed=1, last=LAST)
    picked = [file for file in demo.files if file.region_code][100:104]
    forwards = [demo.content(file) for file in picked]
    fresh = generate(tmp_path, seed=1, last=LAST)
    assert [fresh.content(file) for file in reversed(picked)] == forwards[::-1]
    assert generate(tmp_path, seed=2, last=LAST).content(picked[0]) != forwards[0]


def test_recent_quarters_come_before_older_ones_and_corrections_last(tmp_path: Path) -> None:
    demo = generate(tmp_path, seed=1, last=LAST)
    phases = [file.phase for file in demo.files]
    assert phases == sorted(phases, key=list(Phase).index)
    assert {file.period for file in demo.of(Phase.RECENT)} == {LAST.shifted(-back) for back in range(8)}


def test_nothing_is_written_before_it_is_asked_for(tmp_path: Path) -> None:
    demo = generate(tmp_path, seed=1, last=LAST, quarters=8)
    assert list(tmp_path.iterdir()) == []
    file = next(demo.write(demo.of(Phase.RECENT)))
    assert file.path.read_bytes() == demo.content(file)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file.path]


def test_every_file_says_that_it_is_fictitious(tmp_path: Path) -> None:
    demo = generate(tmp_path, seed=1, last=LAST)
    assert all(file.path.name.startswith("fictief_") for file in demo.files)
    assert len({file.path for file in demo.files}) == len(demo.files)
