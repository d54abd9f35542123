"""From a judgement to the event that records it.

Belongs here: which event says a judgement, also about a file that may not be judged again. Does not belong here: the
judging (`expectations/`) and when it happens (`intake.py`).
"""

from collections import Counter

from expectations.findings import Outcome, Severity
from expectations.judgement import Judgement
from expectations.rules import ABOUT_PERSONAL_DATA, Rule, make_finding
from register.changes import datasets_of
from register.event_fields import AnsweredRows, Changes
from register.events import Accepted, Rejected
from register.personal_data import group_without_personal_data, without_personal_data
from register.rows import canonical_hash


def verdict_of(number: int, judgement: Judgement, changes: Changes | None) -> Accepted | Rejected:
    """The event that says what judging a submission gave; of personal data it repeats nothing."""
    if judgement.has_personal_data:
        return _personal_data(number, judgement)
    read = {
        "submission": number,
        "rows_read": judgement.rows_read,
        "findings": judgement.findings,
        "finding_counts": judgement.finding_counts,
        "normalisations": judgement.normalisations,
        "groups": judgement.groups,
    }
    if judgement.outcome is Outcome.REJECTED:
        return Rejected.model_validate(read)
    rows = {code: AnsweredRows(**answered._asdict()) for code, answered in judgement.dataset_rows.items()}
    accepted = {
        "outcome": judgement.outcome,
        "datasets": datasets_of(judgement),
        "canonical_hash": canonical_hash(judgement.canonical),
        "dataset_rows": rows,
        "asks_reason": judgement.asks_reason,
        "changes": changes,
    }
    return Accepted.model_validate(read | accepted)


def known_personal_data(number: int) -> Rejected:
    """The verdict on bytes of which the ledger already knows that they hold personal data; they are not read."""
    finding = make_finding(Rule.FILE_KNOWN_PERSONAL_DATA)
    return Rejected(
        submission=number, rows_read=0, findings=(finding,), finding_counts={finding.severity: 1}, normalisations=(),
        has_personal_data=True,
    )  # fmt: skip


def _personal_data(number: int, judgement: Judgement) -> Rejected:
    """Only what is said about personal data: other messages are worthless without what the file says."""
    groups = [group for group in judgement.groups if group.rule in ABOUT_PERSONAL_DATA]
    counts: Counter[Severity] = Counter()
    for group in groups:
        counts[group.severity] += group.count
    told = [finding for finding in judgement.findings if finding.rule in ABOUT_PERSONAL_DATA]
    return Rejected(
        submission=number,
        rows_read=judgement.rows_read,
        findings=tuple(without_personal_data(finding) for finding in told),
        finding_counts=counts,
        normalisations=(),
        groups=tuple(group_without_personal_data(group) for group in groups),
        has_personal_data=True,
    )
