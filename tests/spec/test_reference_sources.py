"""The reference tables say what their sources say (skipped where the sources are not at hand)."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indicators.areas import Area, AreaLevel, area_register, conversions
from indicators.classifications import classification_members
from indicators.reference_tables import population_2019, reference_rows, vektis_gemeente_codes
from indicators.targets import targets


def _gemeenten() -> list[Area]:
    return [area for area in area_register().areas.values() if area.level is AreaLevel.GEMEENTE]


def _rows(path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as handle:
        yield from csv.DictReader(handle, delimiter=delimiter)


@pytest.mark.parametrize(("year", "day"), [(2019, date(2019, 1, 1)), (2023, date(2023, 1, 1))])
def test_gemeenten_and_regions_of_the_list(shared: Path, year: int, day: date) -> None:
    listed = {
        row["gm_code"]: row["zk_code"] for row in _rows(shared / f"data/gebieden/gemeente_zorgkantoorregio_{year}.csv")
    }
    register = area_register()
    ours = {area.code: register.region_of(area.code, day) for area in register.existing(AreaLevel.GEMEENTE, day)}
    assert ours == listed


def test_names_are_those_of_the_newest_list(shared: Path) -> None:
    listed = {
        row["gm_code"]: row["gemeente"] for row in _rows(shared / "data/gebieden/gemeente_zorgkantoorregio_2023.csv")
    }
    assert {code: area_register().area(code).name for code in listed} == listed


@pytest.mark.parametrize("year", [2015, 2016, 2018, 2019, 2022, 2023])
def test_every_name_in_the_vektis_files_has_a_code(shared: Path, year: int) -> None:
    path = shared / f"data/vektis/vektis_{year}_gemeente.csv"
    with path.open(encoding="ascii", newline="") as handle:
        names = {row[2] for row in csv.reader(handle, delimiter=";")} - {"", "gemeentenaam", "GEMEENTENAAM"}
    assert {name for name in names if name.strip()} <= set(vektis_gemeente_codes())
    assert len({vektis_gemeente_codes()[name] for name in names if name.strip()}) == {2019: 352}.get(
        year, 355 if year < 2019 else 342
    )


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("ggd_regio", "GGD-regio's"),
        ("jeugdregio", "Jeugdzorgregios"),
        ("arbeidsmarktregio", "Arbeidsmarktregio's"),
    ],
)
def test_classifications_are_those_of_2016_carried_to_later_gemeenten(shared: Path, code: str, column: str) -> None:
    source = json.loads((shared / "data/cbs/83287NED_gebieden_2016.json").read_text("utf-8"))
    listed = dict(zip(source["reg"], source[column], strict=True))
    earlier = {
        *((row["code"], row["successor"]) for row in reference_rows("earlier_gemeente")),
        *((part.from_code, part.to_code) for part in conversions()),
    }

    def carried(gemeente: str) -> set[str]:
        predecessors = {old for old, new in earlier if new == gemeente}
        return {listed[gemeente]} if gemeente in listed else set().union(*(carried(old) for old in predecessors))

    expected = {(area.code, place) for area in _gemeenten() for place in carried(area.code)}
    certain_by_other_means = {("GM1961", "GG4816")}  # the veiligheidsregio of Vijfheerenlanden is Utrecht
    found = {
        (item.gemeente_code, item.area.code)
        for item in classification_members()
        if item.area.classification.code == code
    }
    assert found == expected - certain_by_other_means
    for item in classification_members():
        if item.area.classification.code == code and item.gemeente_code != "GM1961":
            assert item.is_certain == (len(carried(item.gemeente_code)) == 1)


def test_earlier_gemeenten_are_those_of_2016_that_had_ended_by_2019(shared: Path) -> None:
    source = json.loads((shared / "data/cbs/83287NED_gebieden_2016.json").read_text("utf-8"))
    known = {area.code for area in _gemeenten()}
    assert {row["code"] for row in reference_rows("earlier_gemeente")} == set(source["reg"]) - known
    assert {row["successor"] for row in reference_rows("earlier_gemeente")} <= known


def test_all_gemeenten_of_the_veiligheidsregio_of_vijfheerenlanden_are_in_one_ggd_regio(shared: Path) -> None:
    source = json.loads((shared / "data/cbs/83287NED_gebieden_2016.json").read_text("utf-8"))
    rows = {row["gm_code"]: row for row in _rows(shared / "data/gebieden/gemeente_zorgkantoorregio_2023.csv")}
    places = zip(source["Veiligheidsregio's"], source["GGD-regio's"], strict=True)
    assert {ggd for region, ggd in places if region == rows["GM1961"]["vr_code"]} == {"GG2514"}


def test_population_equals_the_cbs_download(shared: Path) -> None:
    path = shared / "data/cbs/Regionale_kerncijfers_Nederland_2019.csv"
    downloaded = sorted(
        tuple(int(cell) for cell in list(row.values())[1:13])
        for row in _rows(path, delimiter=";", encoding="latin-1")
        if row["Totale bevolking"].isdigit()
    )
    assert sorted((row.total, row.men, row.women, *row.by_age) for row in population_2019()) == downloaded


def test_population_adds_up() -> None:
    assert len(population_2019()) == 355
    assert sum(row.total for row in population_2019()) == 17_282_163
    for row in population_2019():
        assert row.total == row.men + row.women == sum(row.by_age), row.gemeente_code


def test_targets_say_what_the_compilation_says(shared: Path) -> None:
    by_code = {target.code: target for target in targets() if target.version == 1}
    for row in _rows(shared / "data/kernset/doelstellingen.csv", delimiter=";"):
        target = by_code[row["code"]]
        assert (target.status, target.certainty) == (row["status"], row["zekerheid"]), row["code"]
        assert target.value == (float(row["waarde"]) if row["waarde"] else None), row["code"]
        assert row["indicator"] in {"", *target.indicators}, row["code"]
        assert (target.kind or "") in {row["soort"], "level"}, row["code"]
        if row["doeljaar"]:
            assert str(target.target_period) == row["doeljaar"], row["code"]


def test_every_target_that_the_reconstruction_names_is_there(shared: Path) -> None:
    kandidaat = json.loads((shared / "data/kernset/kandidaat-0.json").read_text(encoding="utf-8"))
    named = {code for target in targets() for code in target.indicators}
    without = {"geen", "geen getal gevonden"}
    asked = {item["code"] for item in kandidaat["indicatoren"] if item["landelijk_doel"]["tekst"] not in without}
    assert asked == named


def test_a_target_without_a_number_has_no_number() -> None:
    by_code = {target.code: target for target in targets()}
    assert len(by_code) == 22
    without = [code for code, target in by_code.items() if target.value is None]
    assert without == ["D12", "D13", "D18", "D20", "D22"]
    assert by_code["D08"].value == 14
    assert by_code["D08"].indicators == ("PRE02",)
