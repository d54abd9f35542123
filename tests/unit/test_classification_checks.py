"""Loading other classifications: whatever contradicts itself is refused; adding one is adding rows."""

import shutil
from pathlib import Path

import pytest

from indicators.classification_checks import faults_of_classifications
from indicators.classifications import (
    classification_area,
    classification_areas,
    classification_members,
    classifications,
)
from indicators.errors import UnknownCodeError
from tests.support_kernset import SHIPPED

MEMBER, AREA, CLASSIFICATION = "classification_member.csv", "classification_area.csv", "classification.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped tables that a test may spoil."""
    return Path(shutil.copytree(SHIPPED / "reference", tmp_path / "reference"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def faults(folder: Path) -> list[tuple[str, str | None, str]]:
    found = faults_of_classifications(folder)
    assert all(item.remedy for item in found)
    return [(item.file.removeprefix("reference/"), item.field, item.message) for item in found]


def test_what_is_shipped_is_right() -> None:
    assert faults_of_classifications(SHIPPED / "reference") == []


def test_areas_have_names_keys_and_their_classification() -> None:
    assert {
        code: len([a for a in classification_areas().values() if a.classification.code == code])
        for code in classifications()
    } == {"ggd_regio": 25, "jeugdregio": 42, "arbeidsmarktregio": 35}
    area = classification_area("GG0706")
    assert (area.name, area.key, area.classification.name) == ("Drenthe", 5_000_706, "GGD-regio")
    with pytest.raises(UnknownCodeError, match="GG9999"):
        classification_area("GG9999")


def test_gemeenten_follow_their_predecessors() -> None:
    def places(gemeente: str) -> set[tuple[str, bool]]:
        return {
            (item.area.code, item.is_certain) for item in classification_members() if item.gemeente_code == gemeente
        }

    assert places("GM1979") == {("GG0111", True), ("JZ01", True), ("AM01", True)}  # Eemsdelta
    assert places("GM0788") == {("GG5406", True), ("JZ33", True), ("AM27", True)}  # Haaren, until 2020
    # two of the three gemeenten that became Vijfheerenlanden were in another area than the third
    assert places("GM1961") == {
        ("GG2514", True), ("JZ26", False), ("JZ31", False), ("AM13", False), ("AM35", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            MEMBER,
            "GM0014,GG0111,2016-01-01,",
            "GM0014,GG0111,2017-01-01,",
            (MEMBER, "GM0014", "gap from 2016-01-01 to 2016-12-31"),
        ),
        (MEMBER, "GM0014,GG0111", "GM0034,GG0111", (MEMBER, "GM0034", "overlap on 2016-01-01")),
        (MEMBER, "GM0014,GG0111", "GM0034,GG0111", (MEMBER, "GM0014", "gap from 2016-01-01 on")),
        (MEMBER, "GM0014,GG0111", "GM0014,GG9999", (MEMBER, "GM0014", "its area GG9999 is unknown")),
        (MEMBER, "GM0014,GG0111", "GM9999,GG0111", (MEMBER, "GM9999", "it is no gemeente of gemeente.csv")),
        (
            MEMBER,
            "GM0457,GG3606,2016-01-01,2022-03-23",
            "GM0457,GG3606,2016-01-01,",
            (MEMBER, "GM0457", "and itself exists"),
        ),
        (
            MEMBER,
            "GM1961,JZ26,2016-01-01,,possible",
            "GM1961,JZ26,2016-01-01,,predecessors",
            (MEMBER, "GM1961", "not two or more"),
        ),
        (
            MEMBER,
            "GM0014,GG0111,2016-01-01,,list",
            "GM0014,GG0111,2016-01-01,,guess",
            (MEMBER, "GM0014", "its basis is 'guess'"),
        ),
        (AREA, "GG0706,", "XX0706,", (AREA, "XX0706", "the prefix of no classification")),
        (AREA, "GG0706,", "GG0111,", (AREA, "GG0111", "it has two rows")),
        (AREA, "JZ01,", "JZ44,Nergens\nJZ01,", (AREA, "JZ44", "no gemeente is in it")),
        (CLASSIFICATION, "JZ,6", "JZ,5", (CLASSIFICATION, "5", "level_number is used twice")),
        (CLASSIFICATION, "JZ,6", "GM,6", (CLASSIFICATION, "jeugdregio", "its area_prefix is 'GM'")),
        (CLASSIFICATION, "JZ,6", "JZ,4", (CLASSIFICATION, "jeugdregio", "its level_number is '4'")),
        (CLASSIFICATION, "JZ,6,2016-01-01", "JZ,6,2016", (CLASSIFICATION, "jeugdregio", "a day cannot be read")),
    ],
)
def test_each_fault_is_named(folder: Path, file: str, old: str, new: str, told: tuple[str, str, str]) -> None:
    edit(folder, file, old, new)
    found = faults(folder)
    assert any((where, code) == told[:2] and told[2] in message for where, code, message in found), found


def test_a_new_classification_is_rows_only(folder: Path) -> None:
    gemeenten = [
        item.gemeente_code for item in classification_members() if item.area.classification.code == "ggd_regio"
    ]
    spans = {row.split(",")[0]: row.split(",")[2:4] for row in (folder / MEMBER).read_text("utf-8").splitlines()[1:]}
    for file, rows in (
        (CLASSIFICATION, ["landsdeel,Landsdeel,LD,8,2016-01-01,a test"]),
        (AREA, ["LD01,Alles"]),
        (MEMBER, [f"{code},LD01,{spans[code][0]},{spans[code][1]},list" for code in gemeenten]),
    ):
        with (folder / file).open("a", encoding="utf-8") as handle:
            handle.writelines(f"{row}\n" for row in rows)
    assert faults(folder) == []
