"""Files with personal data: what the ledger says about their bytes, and what a verdict may still say."""

import pytest

from expectations.columns import Column
from expectations.findings import Finding, FindingGroup, Severity
from expectations.rules import Rule
from register.door import shown_name
from register.events import Purged
from register.personal_data import (
    HIDDEN,
    group_without_personal_data,
    has_bsn,
    set_apart,
    without_personal_data,
)
from tests.support_ledger import accepted, ledger, received, rejected

BSN = "111222333"


def test_bytes_are_set_apart_from_the_verdict_on_and_destroyed_from_the_purge_on() -> None:
    events = ledger(received("a"), received("b"), rejected(1, has_personal_data=True), accepted(2))
    assert set_apart(events).quarantined == {"a" * 64}
    assert set_apart(events[:2]).all == frozenset()
    purged = ledger(Purged(submission=1, sha256="a" * 64, reason="bsn"), before=events)
    assert set_apart(purged).quarantined == frozenset()
    assert set_apart(purged).destroyed == {"a" * 64}


def test_bytes_that_one_region_purged_are_destroyed_for_every_region() -> None:
    events = ledger(
        received("a", "ZK08"), received("a", "ZK10"), rejected(1, has_personal_data=True),
        rejected(2, has_personal_data=True), Purged(submission=1, sha256="a" * 64, reason="bsn"),
    )  # fmt: skip
    assert set_apart(events).quarantined == frozenset()


@pytest.mark.parametrize("column", [Column.NUMERATOR, None, f"kolom {BSN}"])
def test_a_finding_keeps_its_place_and_rule_and_nothing_of_the_file(column: str | None) -> None:
    finding = Finding(
        row=7, column=column, value=BSN, rule=Rule.NUMBER_NONE, severity=Severity.ERROR,
        message=f"'{BSN}' van Jansen is geen getal.", remedy=f"Verander {BSN}.",
    )  # fmt: skip
    told = without_personal_data(finding)
    assert (told.row, told.rule, told.severity, told.value) == (7, Rule.NUMBER_NONE, Severity.ERROR, HIDDEN)
    assert BSN not in told.model_dump_json()
    assert "Jansen" not in told.model_dump_json()
    assert told.column in (*Column, None, HIDDEN)


def test_a_group_keeps_its_count_and_nothing_of_the_file() -> None:
    group = FindingGroup(
        rule=Rule.HEADER_UNKNOWN, column=BSN, severity=Severity.WARNING, count=12, first_row=1,
        message=f"De kolom '{BSN}' kennen wij niet.", remedy="",
    )  # fmt: skip
    told = group_without_personal_data(group)
    assert (told.count, told.column) == (12, HIDDEN)
    assert BSN not in told.model_dump_json()


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_can_be_said_without_its_words(rule: Rule) -> None:
    finding = Finding(row=None, column=None, value=None, rule=rule, severity=Severity.ERROR, message=BSN, remedy=BSN)
    assert BSN not in without_personal_data(finding).model_dump_json()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("111222333", True), ("nr. 111222333.", True), ("11122233", False), ("111222334", False),
        ("2025123456", False), ("000000000", False), ("", False),
    ],
)  # fmt: skip
def test_a_bsn_is_known_by_its_test(text: str, expected: bool) -> None:
    assert has_bsn(text) is expected


def test_a_bsn_in_the_name_of_a_file_is_not_kept() -> None:
    assert shown_name(f"levering {BSN}.csv") == "levering •••••••33.csv"
    assert shown_name("../ZK08_20251231_2.csv") == "ZK08_20251231_2.csv"
