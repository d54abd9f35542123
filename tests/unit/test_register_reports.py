"""A report for who may not read the figures says which rule and where, and nothing that the file says."""

import pytest

from expectations.findings import Finding, FindingGroup, Severity
from expectations.rules import Rule, make_finding, words_of
from register.event_fields import Changes, Difference
from register.receipts import Receipt
from register.reports import without_figures

TYPED = "geheim417"


def told_about(rule: Rule) -> Finding:
    """A finding of the rule in which every word comes from the file."""
    words = dict.fromkeys(words_of(rule) - {"row", "column", "value"}, TYPED)
    return make_finding(rule, row=7, column="Teller", value=TYPED, **words)


def report(*findings: Finding) -> Receipt:
    groups = tuple(
        FindingGroup(
            rule=item.rule, column=item.column, severity=item.severity, count=12, first_row=item.row,
            message=item.message, remedy=item.remedy,
        )
        for item in findings
    )  # fmt: skip
    changed = Difference(measure="OUD08.teller", area="ZK08", age_band="totaal", sex="totaal", before=417.0, after=None)
    return without_figures(
        Receipt(
            submission=3, findings=findings, groups=groups, finding_counts={Severity.ERROR: 1}, region="ZK08",
            normalisations=(f"'{TYPED}' gelezen als '417'",), period="2025Q4", file_name="a.csv", sha256="a" * 64,
            size=1, message="", sentences=(),
            changes=Changes(
                replaces=(1,), datasets=("OUD08",), added=1, removed=0, altered=2, differences=(changed,)
            ),
        )
    )  # fmt: skip


@pytest.mark.parametrize("rule", Rule)
def test_no_rule_repeats_the_file(rule: Rule) -> None:
    told = report(told_about(rule))
    assert TYPED not in told.model_dump_json()
    assert "417" not in told.model_dump_json()
    (finding,), (group,) = told.findings, told.groups
    assert (finding.row, finding.column, finding.rule, finding.value) == (7, "Teller", rule, None)
    assert (group.count, group.first_row) == (12, 7)


def test_what_needs_no_words_of_the_file_is_told_in_full() -> None:
    (finding,) = report(told_about(Rule.CELL_REQUIRED)).findings
    assert finding.message == "'Teller' is leeg, maar is verplicht."


def test_how_much_changed_is_told_and_what_is_not() -> None:
    told = report()
    assert told.changes is not None
    assert (told.changes.added, told.changes.altered, told.changes.differences) == (1, 2, ())
