"""Findings: what a check says about a file, and the outcome that follows from it.

Belongs here: the shape of one finding and how findings decide. The texts are in `rules.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

MAXIMUM_LISTED = 1_000
"""How many findings are listed; all of them are counted."""


class Severity(StrEnum):
    """How much a finding weighs: an error rejects the file, a warning asks attention, info never decides."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """The verdict over one file."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REJECTED = "rejected"


class Finding(BaseModel):
    """One thing that a check says, with its place in the file as a spreadsheet shows it.

    `row` is null for the file as a whole, `column` when it concerns no single column; `value` is the text
    that the file has there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: Severity
    message: str
    remedy: str


class FindingGroup(BaseModel):
    """All findings of one rule in one column, because one remedy mends them all.

    `count` counts every one; `first_row`, `message` and `remedy` are those of the first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    column: str | None
    severity: Severity
    count: int
    first_row: int | None
    message: str
    remedy: str


class FindingList(NamedTuple):
    """The findings that are listed, worst first and then from top to bottom, and how many there are in all."""

    listed: tuple[Finding, ...]
    counts: Mapping[Severity, int]

    @property
    def outcome(self) -> Outcome:
        """The verdict: one error rejects, one warning is said, info never decides."""
        if self.counts.get(Severity.ERROR):
            return Outcome.REJECTED
        return Outcome.ACCEPTED_WITH_WARNINGS if self.counts.get(Severity.WARNING) else Outcome.ACCEPTED


def collect(findings: Iterable[Finding], unlisted: Mapping[Severity, int] | None = None) -> FindingList:
    """Order the findings, count them by severity and list at most `MAXIMUM_LISTED`.

    Args:
        findings: what may be listed.
        unlisted: further findings that are only counted, because there are too many to word them all.
    """
    weights = list(Severity)
    ordered = sorted(findings, key=lambda finding: (weights.index(finding.severity), finding.row or 0))
    counts = Counter(finding.severity for finding in ordered) + Counter(unlisted or {})
    return FindingList(tuple(ordered[:MAXIMUM_LISTED]), dict(counts))
