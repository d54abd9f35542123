"""Loading the tables of areas: whatever contradicts itself is refused, with every fault, its file, code and remedy."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from indicators.area_checks import faults_of_areas, refuse
from indicators.errors import DefinitionError
from tests.support_kernset import SHIPPED

REPORTING_DAY = date(2023, 1, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped tables that a test may spoil."""
    return Path(shutil.copytree(SHIPPED / "reference", tmp_path / "reference"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def faults(folder: Path) -> list[tuple[str, str | None, str]]:
    found = faults_of_areas(folder, REPORTING_DAY)
    assert all(item.remedy and item.file.startswith("reference/") for item in found)
    return [(item.file.removeprefix("reference/"), item.field, item.message) for item in found]


def test_what_is_shipped_is_right() -> None:
    assert faults_of_areas(SHIPPED / "reference", REPORTING_DAY) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "rule"),
    [
        ("conversion.csv", "GM0788,GM0757,0.155", "GM0788,GM0757,0.255", "GM0788", "its shares add to 1.1, not to 1"),
        (
            "conversion.csv",
            "GM0788,GM0757,0.155",
            "GM0788,GM0757,0.155000002",
            "GM0788",
            "its shares add to 1.000000002",
        ),
        ("conversion.csv", "GM0788,GM0757,0.155", "GM0788,GM0757,nan", "GM0788", "its shares add to nan"),
        ("conversion.csv", "GM0788,GM0757,0.155", "GM0788,GM0757,-0.155", "GM0788", "the share to GM0757 is -0.155"),
        ("conversion.csv", "GM0788,GM0757,0.155", "GM0788,GM0757,half", "GM0788", "its share 'half' is no number"),
        ("conversion.csv", "GM0788,GM0757", "GM0788,GM0824", "GM0788", "GM0824 is named 2 times"),
        (
            "conversion.csv",
            "GM0788,GM0757",
            "GM0788,GM0756",
            "GM0788",
            "its target GM0756 is no gemeente on 2023-01-01",
        ),
        (
            "conversion.csv",
            "GM0788,GM0757",
            "GM0788,GM1992",
            "GM0788",
            "its target GM1992 is no gemeente on 2021-01-01",
        ),
        ("conversion.csv", "GM0788,GM0757", "GM0788,ZK12", "GM0788", "its target ZK12 is no gemeente on 2021-01-01"),
        ("conversion.csv", "GM0457,GM0363", "GM0457,GM0014", "GM0457", "gemeente.csv has successor GM0363"),
        ("conversion.csv", "GM0457,GM0363", "GM9999,GM0363", "GM9999", "it is no gemeente of gemeente.csv"),
        ("conversion.csv", "GM0457,GM0363", "GM0014,GM0363", "GM0014", "it still exists"),
        (
            "conversion.csv",
            "GM0457,GM0363",
            "GM0014,GM0363",
            "GM0457",
            "it ended on 2022-03-23 and its counts go nowhere",
        ),
        (
            "gemeente.csv",
            "2022-03-23,GM0363",
            "2022-03-23,GM9999",
            "GM0457",
            "its successor GM9999 does not exist on 2022-03-24",
        ),
        ("gemeente.csv", "2022-03-23,GM0363", ",GM0363", "GM0457", "it still exists and has successor GM0363"),
        ("gemeente.csv", "Weesp,2015-01-01", "Weesp,2015-01-32", "GM0457", "a day cannot be read"),
        ("gemeente.csv", "Weesp,2015-01-01", "Weesp,2022-12-01", "GM0457", "it ends before it begins"),
        ("gemeente.csv", "GM0457,Weesp", "GM0014,Weesp", "GM0014", "it has two rows"),
        ("gemeente.csv", "GM0457,Weesp", "gm457,Weesp", "gm457", "it is no code of a gemeente"),
        ("region.csv", "2019-12-31,ZK33", "2019-12-31,", "ZK05", "it ended and has no successor"),
        (
            "membership.csv",
            "GM0457,ZK21,2015-01-01,2022-03-23",
            "GM0457,ZK21,2015-01-01,2022-03-22",
            "GM0457",
            "gap from 2022-03-23",
        ),
        (
            "membership.csv",
            "GM0457,ZK21,2015-01-01,2022-03-23",
            "GM0457,ZK21,2015-01-01,2022-03-24",
            "GM0457",
            "and itself exists from",
        ),
        ("membership.csv", "GM0457,ZK21", "GM0457,ZK99", "GM0457", "its region ZK99 is unknown"),
        (
            "membership.csv",
            "GM0503,ZK05,2015-01-01,2019-12-31",
            "GM0503,ZK05,2015-01-01,2020-01-31",
            "GM0503",
            "overlap on 2020-01-01",
        ),
        (
            "membership.csv",
            "GM0503,ZK05,2015-01-01,2019-12-31",
            "GM0503,ZK05,2015-01-01,2020-01-31",
            "GM0503",
            "which exists from",
        ),
        ("membership.csv", "GM0014,ZK09", "GM9999,ZK09", "GM9999", "it is no gemeente of gemeente.csv"),
        ("membership.csv", "GM0014,ZK09", "GM0034,ZK09", "GM0034", "overlap on 2015-01-01"),
        ("membership.csv", "GM0014,ZK09", "GM9999,ZK09", "GM0014", "gap from 2015-01-01 on"),
    ],
)
def test_each_fault_is_named_with_its_file_and_code(
    folder: Path, file: str, old: str, new: str, code: str, rule: str
) -> None:
    edit(folder, file, old, new)
    told = [message for where, field, message in faults(folder) if field == code]
    assert any(rule in message for message in told), told


def test_a_circle_is_named_once_with_all_its_codes(folder: Path) -> None:
    edit(folder, "conversion.csv", "GM0457,GM0363", "GM0457,GM0370")
    edit(folder, "conversion.csv", "GM0370,GM0439", "GM0370,GM0457")
    told = [(code, message) for _, code, message in faults(folder) if "come back" in message]
    assert told == [("GM0370", "its counts come back to itself: GM0370, GM0457")]


def test_all_faults_are_told_at_once(folder: Path) -> None:
    edit(folder, "conversion.csv", "GM0788,GM0757,0.155", "GM0788,GM0757,0.255")
    edit(folder, "conversion.csv", "GM0003,GM1979,1", "GM0003,GM1979,0.9")
    edit(folder, "membership.csv", "GM0014,ZK09", "GM0014,ZK98")
    with pytest.raises(DefinitionError, match=r"refused, 3 fault\(s\)") as refused:
        refuse(faults_of_areas(folder, REPORTING_DAY))
    lines = str(refused.value).splitlines()
    for place in ("conversion.csv, GM0788", "conversion.csv, GM0003", "membership.csv, GM0014"):
        (line,) = [line for line in lines if place in line]
        assert line.count(";") >= 1
