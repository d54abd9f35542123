"""The receipt of a delivery: what the sender is told and can keep; `jzojp submit --format json` prints it.

Belongs here: its fields and how they follow from a submission. Does not belong here: its Dutch sentences
(`receipt_words.py`) and how a verdict comes about (`intake.py`).
"""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from expectations.findings import Finding, FindingGroup, Outcome, Severity
from indicators.uitvraag import uitvragen
from register.event_fields import AnsweredRows, Changes
from register.events import Accepted, Event, Received, Rejected
from register.receipt_words import dry_message, dry_sentences, message_of, sentences_of
from register.submission_rules import can_be_confirmed, can_be_purged, can_be_reinstated, can_be_withdrawn
from register.submissions import Submission, SubmissionState, period_of, today_in_the_netherlands


class Act(BaseModel):
    """One thing that happened to a submission: what, when, by whom, and the reason that was given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    sequence: int
    occurred_at: datetime
    actor: str
    reason: str | None


class Receipt(BaseModel):
    """One delivery and its verdict.

    `submission` is the number of the submission and `sequence` that of the verdict in the ledger; both are absent
    after a dry run and for a file that was refused at the door, which has no `sha256` either. `outcome` is absent
    while a submission is not judged. All findings are counted and grouped, at most 1,000 are listed.

    The `can_` flags say what the state allows; who may do it is asked with `register.access.may`.
    `due_date` and `is_on_time` are absent when nothing is asked about the period. `message` says what happened to the
    file; `sentences` what follows: what to do next, what changes, whether it is in time. All are plain Dutch.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    submission: int | None = None
    outcome: Outcome | None = None
    rows_read: int = 0
    findings: tuple[Finding, ...] = ()
    finding_counts: Mapping[Severity, int] = {}
    groups: tuple[FindingGroup, ...] = ()
    normalisations: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    dataset_rows: Mapping[str, AnsweredRows] = {}
    asks_reason: bool = False
    has_personal_data: bool = False
    changes: Changes | None = None
    region: str
    period: str
    file_name: str
    sha256: str | None
    size: int
    received_at: datetime | None = None
    received_from: str | None = None
    sequence: int | None = None
    state: SubmissionState | None = None
    state_words: str | None = None
    superseded_by: tuple[int, ...] = ()
    already_received: bool = False
    can_confirm: bool = False
    can_withdraw: bool = False
    can_reinstate: bool = False
    can_purge: bool = False
    due_date: date | None = None
    is_on_time: bool | None = None
    acts: tuple[Act, ...] = ()
    message: str
    sentences: tuple[str, ...]


def receipt_of(submission: Submission, *, already_received: bool = False) -> Receipt:
    """The receipt of a submission as it stands now."""
    due_date = due_date_of(submission.delivery)
    return Receipt(
        submission=submission.number,
        **_delivery_fields(submission.delivery),
        **_verdict_fields(submission.verdict),
        received_at=submission.received_at,
        received_from=submission.received_from,
        sequence=submission.verdict_sequence,
        state=submission.state,
        state_words=submission.state.words,
        superseded_by=submission.superseded_by,
        already_received=already_received,
        can_confirm=can_be_confirmed(submission),
        can_withdraw=can_be_withdrawn(submission),
        can_reinstate=can_be_reinstated(submission),
        can_purge=can_be_purged(submission),
        due_date=due_date,
        is_on_time=None if due_date is None else submission.received_on <= due_date,
        acts=tuple(_act(event) for event in submission.events),
        message=message_of(submission, already_received=already_received),
        sentences=sentences_of(submission, due_date),
    )


def dry_receipt(delivery: Received, verdict: Accepted | Rejected) -> Receipt:
    """What a receipt would say; nothing was stored."""
    due_date = due_date_of(delivery)
    return Receipt(
        **_delivery_fields(delivery),
        **_verdict_fields(verdict),
        due_date=due_date,
        is_on_time=None if due_date is None else today_in_the_netherlands() <= due_date,
        message=dry_message(verdict),
        sentences=dry_sentences(verdict),
    )


def refused_receipt(finding: Finding, *, file_name: str, size: int, region: str, period: str) -> Receipt:
    """The receipt of a file that is not taken in at all, because of one finding."""
    group = FindingGroup(
        rule=finding.rule, column=finding.column, severity=finding.severity, count=1, first_row=finding.row,
        message=finding.message, remedy=finding.remedy,
    )  # fmt: skip
    return Receipt(
        outcome=Outcome.REJECTED,
        findings=(finding,),
        finding_counts={finding.severity: 1},
        groups=(group,),
        region=region,
        period=period,
        file_name=file_name,
        sha256=None,
        size=size,
        message=f"{finding.message} Het bestand is niet aangenomen en niet bewaard.",
        sentences=(finding.remedy,),
    )


def due_date_of(delivery: Received) -> date | None:
    """The last day on which a delivery is in time; None when nothing is asked about its period."""
    asked = next((item for item in uitvragen() if item.version == delivery.uitvraag_version), None)
    return asked.due_date(period_of(delivery)) if asked else None


def _delivery_fields(delivery: Received) -> dict[str, object]:
    return delivery.model_dump(include={"region", "period", "file_name", "sha256", "size"})


def _verdict_fields(verdict: Accepted | Rejected | None) -> dict[str, object]:
    """The fields that a verdict fills in; a submission without verdict has none of them."""
    if verdict is None:
        return {}
    names = {"rows_read", "findings", "finding_counts", "normalisations", "groups"}
    fields = {name: getattr(verdict, name) for name in names} | {"outcome": verdict.outcome}
    if isinstance(verdict, Rejected):
        return fields | {"has_personal_data": verdict.has_personal_data}
    return fields | {
        "datasets": verdict.datasets,
        "dataset_rows": verdict.dataset_rows or {},
        "asks_reason": verdict.asks_reason,
        "changes": verdict.changes,
    }


def _act(event: Event) -> Act:
    return Act(
        kind=event.content.kind,
        sequence=event.sequence,
        occurred_at=event.occurred_at,
        actor=event.actor.name,
        reason=getattr(event.content, "reason", None),
    )
