"""Who may not read a region's figures sees which rule is broken where, and nothing that the file says."""

from string import Formatter

import pytest

from app.discretion import HIDDEN, without_figures
from expectations.findings import Finding, FindingGroup, Severity
from expectations.rules import Rule, make_finding, rule_texts, words_of

SECRET = "geheim-417"
FROM_THE_FILE = {"value", "Teller", "Noemer", "excerpt", "first_line", "before", "region_value", "expected_value_text"}


def told_about(rule: Rule) -> Finding:
    """A finding of the rule in which every word comes from the file."""
    words = dict.fromkeys(words_of(rule) - {"row", "column", "value"}, SECRET)
    return make_finding(rule, row=7, column="Teller", value=SECRET, **words)


@pytest.mark.parametrize("rule", Rule)
def test_no_message_repeats_the_file(rule: Rule) -> None:
    discreet = without_figures(told_about(rule))
    assert SECRET not in discreet.message
    assert discreet.value is None
    assert (discreet.row, discreet.column, discreet.rule) == (7, "Teller", rule)


@pytest.mark.parametrize("rule", Rule)
def test_no_remedy_repeats_a_number_of_the_file(rule: Rule) -> None:
    words = {name for _, name, _, _ in Formatter().parse(rule_texts()[rule].remedy) if name}
    assert not words & FROM_THE_FILE


def test_what_is_left_reads_as_a_sentence() -> None:
    discreet = without_figures(told_about(Rule.NUMERATOR_ABOVE_DENOMINATOR))
    assert discreet.message.startswith(f"De teller ({HIDDEN}) is groter dan de noemer ({HIDDEN})")
    assert without_figures(told_about(Rule.CELL_REQUIRED)).message == "'Teller' is leeg, maar is verplicht."


def test_a_group_keeps_its_count() -> None:
    group = FindingGroup(
        rule=Rule.NUMBER_NONE, column="Noemer", severity=Severity.ERROR, count=12, first_row=3,
        message=f"'{SECRET}' bij 'Noemer' is geen getal.", remedy="Schrijf een getal.",
    )  # fmt: skip
    discreet = without_figures(group)
    assert (discreet.count, discreet.message) == (12, f"'{HIDDEN}' bij 'Noemer' is geen getal.")
