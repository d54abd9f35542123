"""The receipt of a delivery: what the sender is told and can keep; `jzojp submit --format json` prints it.

Belongs here: its fields and its Dutch sentence. Does not belong here: how a verdict comes about (`intake.py`).
"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from expectations.findings import Finding, Outcome, Severity
from expectations.judgement import Judgement
from register.events import Received
from register.in_force import Submission, SubmissionState


class Receipt(BaseModel):
    """One delivery and its verdict.

    `submission` is the number of the submission and `sequence` that of the verdict in the ledger; both are absent
    after a dry run. All findings are counted, at most 1,000 are listed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    submission: int | None
    outcome: Outcome
    rows_read: int
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    normalisations: tuple[str, ...]
    region: str
    period: str
    file_name: str
    sha256: str
    size: int
    received_at: datetime | None
    sequence: int | None
    state: SubmissionState | None
    already_received: bool
    message: str


def receipt_of(submission: Submission, *, already_received: bool) -> Receipt:
    """The receipt of a submission that has a verdict.

    Raises:
        ValueError: it has none.
    """
    verdict = submission.verdict
    if verdict is None:
        raise ValueError(f"submission {submission.number} has no verdict")
    return Receipt(
        submission=submission.number,
        outcome=verdict.outcome,
        rows_read=verdict.rows_read,
        findings=verdict.findings,
        finding_counts=verdict.finding_counts,
        normalisations=verdict.normalisations,
        **_delivery_fields(submission.delivery),
        received_at=submission.received_at,
        sequence=submission.verdict_sequence,
        state=submission.state,
        already_received=already_received,
        message=_message(submission, verdict.outcome, verdict.finding_counts, already_received=already_received),
    )


def dry_receipt(delivery: Received, judgement: Judgement) -> Receipt:
    """What a receipt would say; nothing was stored."""
    return Receipt(
        submission=None,
        outcome=judgement.outcome,
        rows_read=judgement.rows_read,
        findings=judgement.findings,
        finding_counts=judgement.finding_counts,
        normalisations=judgement.normalisations,
        **_delivery_fields(delivery),
        received_at=None,
        sequence=None,
        state=None,
        already_received=False,
        message=f"Proef: dit bestand {_verdict_words(judgement.outcome, judgement.finding_counts)}. "
        "Er is niets opgeslagen.",
    )


def _delivery_fields(delivery: Received) -> dict[str, object]:
    return delivery.model_dump(include={"region", "period", "file_name", "sha256", "size"})


def _message(
    submission: Submission, outcome: Outcome, counts: Mapping[Severity, int], *, already_received: bool
) -> str:
    delivery = submission.delivery
    if already_received:
        return f"Dit bestand was al ontvangen als aanlevering {submission.number}. {_standing(submission)}"
    words = _verdict_words(outcome, counts)
    return f"Aanlevering {submission.number} van {delivery.region} over {delivery.period} {words}."


def _verdict_words(outcome: Outcome, counts: Mapping[Severity, int]) -> str:
    match outcome:
        case Outcome.ACCEPTED:
            return "is geaccepteerd"
        case Outcome.ACCEPTED_WITH_WARNINGS:
            return f"is geaccepteerd, met {_number(counts.get(Severity.WARNING, 0), 'waarschuwing', 'waarschuwingen')}"
        case Outcome.REJECTED:
            faults = _number(counts.get(Severity.ERROR, 0), "fout", "fouten")
            return f"is afgekeurd om {faults}; niets uit dit bestand telt mee"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _standing(submission: Submission) -> str:
    again = "Lever een aangepast bestand aan als er andere cijfers moeten gelden."
    match submission.state:
        case SubmissionState.WITHDRAWN:
            return f"Die aanlevering is ingetrokken en telt niet mee. {again}"
        case SubmissionState.SUPERSEDED | SubmissionState.PARTLY_SUPERSEDED as state:
            later = ", ".join(str(number) for number in submission.superseded_by)
            part = "deels " if state is SubmissionState.PARTLY_SUPERSEDED else ""
            return f"Die is {part}vervangen door aanlevering {later}. {again}"
        case SubmissionState.REJECTED:
            return "Die is afgekeurd. Verbeter de fouten hieronder en lever het verbeterde bestand aan."
        case _:
            return "Er is niets veranderd."
