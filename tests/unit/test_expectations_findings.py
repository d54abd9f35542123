"""Findings: how they decide, how they are ordered and cut off, and that every rule has its words in one place."""

import json
from importlib.resources import files

import pytest

from expectations.columns import Column
from expectations.findings import MAXIMUM_LISTED, Finding, Outcome, Severity, collect
from expectations.report import Report
from expectations.rules import Rule, make_finding, rule_texts, words_of


def finding(severity: Severity, row: int | None = None) -> Finding:
    return Finding(row=row, column=None, value=None, rule="r", severity=severity, message="m", remedy="h")


@pytest.mark.parametrize(
    ("severities", "outcome"),
    [
        ([], Outcome.ACCEPTED),
        ([Severity.INFO], Outcome.ACCEPTED),
        ([Severity.INFO, Severity.WARNING], Outcome.ACCEPTED_WITH_WARNINGS),
        ([Severity.WARNING, Severity.ERROR], Outcome.REJECTED),
    ],
)
def test_the_worst_finding_decides(severities: list[Severity], outcome: Outcome) -> None:
    assert collect(map(finding, severities)).outcome is outcome


def test_findings_are_listed_worst_first_and_then_from_top_to_bottom() -> None:
    found = collect([finding(Severity.INFO, 2), finding(Severity.ERROR, 9), finding(Severity.ERROR, 3)])
    assert [(item.severity, item.row) for item in found.listed] == [
        (Severity.ERROR, 3),
        (Severity.ERROR, 9),
        (Severity.INFO, 2),
    ]


def test_at_most_a_thousand_are_listed_and_all_are_counted() -> None:
    found = collect([finding(Severity.ERROR, row) for row in range(1_500)], {Severity.ERROR: 20, Severity.WARNING: 1})
    assert len(found.listed) == MAXIMUM_LISTED == 1_000
    assert found.counts == {Severity.ERROR: 1_520, Severity.WARNING: 1}


def test_every_rule_has_its_words() -> None:
    assert set(rule_texts()) == set(Rule)
    for rule in Rule:
        words = dict.fromkeys(words_of(rule) - {"row", "column", "value"}, "Woord.")
        made = make_finding(rule, row=2, column="Teller", value="5", **words)
        assert made.message.endswith(".")
        assert made.remedy.endswith(".")


def test_the_suite_names_rules_columns_and_reports_that_exist() -> None:
    raw = json.loads(files("expectations").joinpath("suites", "delivery.json").read_text("utf-8"))
    for expectation in raw["expectations"]:
        meta = expectation["meta"]
        assert Rule(meta["rule"])
        assert meta["column"] is None or Column(meta["column"])
        assert Report(meta["report"])
