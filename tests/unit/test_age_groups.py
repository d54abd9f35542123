"""Age groups and groups of strata: data, checked when they are loaded."""

import pytest

from indicators.age_groups import (
    NO_LIMIT,
    GroupBreakdown,
    age_groups,
    is_counted_by_stratum,
    parse_age_groups,
    stratum_groups,
)
from indicators.definitions import current_definition
from indicators.errors import DefinitionError
from indicators.strata import AGE_SEX_STRATA


def _rows(*groups: tuple[str, int, str]) -> list[dict[str, str]]:
    return [{"code": code, "age_from": str(first), "age_until": last} for code, first, last in groups]


def test_every_stratum_is_in_one_age_group() -> None:
    for stratum in AGE_SEX_STRATA:
        assert sum(group.age_from <= stratum.age_from <= group.age_until for group in age_groups()) == 1


def test_groups_are_the_total_the_sexes_the_ages_and_both() -> None:
    breakdowns = [group.breakdown for group in stratum_groups()]
    ages = len(age_groups())
    assert {name: breakdowns.count(name) for name in GroupBreakdown} == {
        GroupBreakdown.TOTAL: 1,
        GroupBreakdown.SEX: 2,
        GroupBreakdown.AGE: ages,
        GroupBreakdown.AGE_SEX: 2 * ages,
    }
    keys = [group.key for group in stratum_groups()]
    assert len(set(keys)) == len(keys)
    assert stratum_groups()[0].key == 0


def test_a_last_group_has_no_end() -> None:
    assert parse_age_groups(_rows(("0-64", 0, "64"), ("65+", 65, "")))[-1].age_until == NO_LIMIT


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_age_groups(_rows(("5-17", 5, "17"), ("18-64", 18, "64"), ("70-90", 70, "90")))
    assert str(refused.value).splitlines() == [
        "age_group.csv: 18-64 begins inside a band of five years; begin at a multiple of 5, 90 at most.",
        "age_group.csv: the first group, 5-17, begins at 5; let it begin at 0.",
        "age_group.csv: 70-90 begins at 70; let it begin at 65, after 18-64.",
        "age_group.csv: the last group, 70-90, ends at 90; leave its age_until empty.",
    ]


def test_a_code_says_its_ages_and_there_is_a_group() -> None:
    with pytest.raises(DefinitionError, match=r"oud holds the ages 0\+"):
        parse_age_groups(_rows(("oud", 0, "")))
    with pytest.raises(DefinitionError, match="there is no age group"):
        parse_age_groups([])


@pytest.mark.parametrize(
    ("code", "expected"),
    [("OUD01", True), ("KOS01", True), ("GGZ04", True), ("PRE04", True), ("PRE02", False), ("KOS02", False)],
)
def test_an_indicator_is_counted_so_when_every_part_is(code: str, expected: bool) -> None:
    assert is_counted_by_stratum(current_definition(code)) is expected
