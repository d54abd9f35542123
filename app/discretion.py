"""What somebody sees of a report who may not read the exact figures of its region.

Belongs here: leaving out what a file says, and keeping which rule is broken where and how to mend it. Does not
belong here: who may read what (`register.access`).
"""

from string import Formatter
from typing import Final, TypeVar

from expectations.findings import Finding, FindingGroup
from expectations.rules import Rule, rule_texts

HIDDEN: Final = "…"
"""Stands in a message where a file's own text would stand."""

Told = TypeVar("Told", Finding, FindingGroup)


def without_figures(told: Told) -> Told:
    """A finding or group in the words of its rule, with nothing from the file but its column and row."""
    discreet = told.model_copy(update={"message": _general_message(told)})
    return discreet.model_copy(update={"value": None}) if isinstance(discreet, Finding) else discreet


def _general_message(told: Finding | FindingGroup) -> str:
    template = rule_texts()[Rule(told.rule)].message
    row = told.row if isinstance(told, Finding) else told.first_row
    known = {"column": told.column, "row": row}
    words = {name: str(known.get(name) or HIDDEN) for _, name, _, _ in Formatter().parse(template) if name}
    return template.format_map(words)
