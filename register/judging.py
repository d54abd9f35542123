"""Judging submissions beside what is in force, and recording the verdicts.

Belongs here: what the register gives to the judge, and the one transaction that says the verdicts. Does not belong
here: what a file must satisfy (`expectations/`), and which event a judgement becomes (`verdicts.py`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from expectations.findings import Outcome
from expectations.judgement import FileToJudge, Judgement
from indicators.periods import Period
from register.access import Actor
from register.changes import InForce
from register.door import Delivery
from register.events import Accepted, Confirmed, Event, EventContent, Received, Rejected
from register.failpoints import Failpoint, reach
from register.home import Home
from register.in_force import BatchInForce, batches_in_force
from register.known import known_for
from register.ledger import Ledger
from register.rows import keep_rows
from register.submissions import (
    Submission,
    SubmissionState,
    period_of,
    submissions,
    today_in_the_netherlands,
)
from register.verdicts import known_personal_data, verdict_of


@dataclass(frozen=True)
class Confirmation:
    """The sender stands for a file in spite of its warnings, with a reason where one is asked."""

    reason: str | None = None


@dataclass(frozen=True)
class ToJudge:
    """A submission without verdict and its bytes; without bytes when the ledger knows that they hold personal data."""

    submission: Submission
    content: bytes | None


@dataclass(frozen=True, eq=False)
class _Judged:
    """What judging one file gave."""

    delivery: Received
    verdict: Accepted | Rejected
    judgement: Judgement | None


def judge_and_record(
    home: Home,
    ledger: Ledger,
    to_judge: Sequence[ToJudge],
    events: Sequence[Event],
    actor: Actor,
    *,
    confirmation: Confirmation | None = None,
    sent: Collection[int] = (),
) -> Sequence[Event]:
    """Judge submissions and record verdicts, and confirm those with warnings; returns the whole ledger.

    Args:
        home: the data directory.
        ledger: its ledger.
        to_judge: what has no verdict yet.
        events: the whole ledger so far.
        actor: who sends.
        confirmation: confirms the submissions in `sent` that have warnings, where its reason suffices.
        sent: the numbers of the submissions that were sent now, also those that were judged before.
    """
    if not to_judge and confirmation is None:
        return events
    judged = _judged(home, to_judge, events)
    verdicts = [item.verdict for item in judged]
    reach(Failpoint.RECEIVE_BEFORE_VERDICT)
    events = ledger.append_decided(
        lambda known: verdicts_and_confirmations(verdicts, known, confirmation, sent), actor=actor, known=events
    ).events
    reach(Failpoint.RECEIVE_AFTER_VERDICT)
    for item in judged:
        _keep(home, item)
    return events


def judge_unrecorded(
    home: Home, deliveries: Sequence[tuple[Received, Delivery]], events: Sequence[Event]
) -> list[Accepted | Rejected]:
    """The verdicts that deliveries would get now, each beside the ledger alone, with the number that would be next."""
    today, number = today_in_the_netherlands(), len(events) + 1
    files = [_File(number, received, delivery.content, today) for received, delivery in deliveries]
    batches = batches_in_force(events)
    in_force = InForce(home, batches)
    return [_verdict(file, judgement, in_force) for file, judgement in _judgements(home, files, batches)]


def verdicts_and_confirmations(
    verdicts: Sequence[Accepted | Rejected],
    events: Sequence[Event],
    confirmation: Confirmation | None,
    sent: Collection[int],
) -> list[EventContent]:
    """What to record: verdicts on submissions that have none yet, and the confirmations that go with them.

    Another process may have judged the same bytes; then only the confirmation remains.
    """
    found = submissions(events)
    new = [verdict for verdict in verdicts if found[verdict.submission].verdict is None]
    if confirmation is None:
        return list(new)
    waiting = [found[number].verdict for number in sent if _waits(found[number])]
    asked = [item for item in (*new, *waiting) if isinstance(item, Accepted) and item.submission in sent]
    return [*new, *(Confirmed(submission=item.submission, reason=confirmation.reason)
                    for item in asked if _suffices(item, confirmation))]  # fmt: skip


def _waits(submission: Submission) -> bool:
    return submission.state is SubmissionState.AWAITING_CONFIRMATION


def _suffices(verdict: Accepted, confirmation: Confirmation) -> bool:
    """Whether a verdict has warnings that this confirmation may confirm."""
    has_warnings = verdict.outcome is Outcome.ACCEPTED_WITH_WARNINGS
    return has_warnings and (confirmation.reason is not None or not verdict.asks_reason)


@dataclass(frozen=True)
class _File:
    """One file that is judged: as which submission, for whom, and when it arrived."""

    number: int
    delivery: Received
    content: bytes
    received_on: date

    @property
    def place(self) -> tuple[str, Period]:
        """The region and period for which it was sent."""
        return self.delivery.region, period_of(self.delivery)


def _judged(home: Home, to_judge: Sequence[ToJudge], events: Sequence[Event]) -> list[_Judged]:
    """The verdicts in the order given."""
    files = [
        _File(item.submission.number, item.submission.delivery, item.content, item.submission.received_on)
        for item in to_judge
        if item.content is not None
    ]
    known = [
        _Judged(item.submission.delivery, known_personal_data(item.submission.number), None)
        for item in to_judge
        if item.content is None
    ]
    return sorted([*_judge(home, files, events), *known], key=lambda item: item.verdict.submission)


def _judge(home: Home, files: Sequence[_File], events: Sequence[Event]) -> list[_Judged]:
    """Judge files beside what is in force at this moment; a file also sees what those before it in the batch change."""
    batches = batches_in_force(events)
    in_force = InForce(home, batches)
    judged = []
    for file, judgement in _judgements(home, files, batches):
        judged.append(_Judged(file.delivery, _verdict(file, judgement, in_force), judgement))
        in_force.accept(file.number, file.place, judgement)
    return judged


def _judgements(
    home: Home, files: Sequence[_File], batches: Sequence[BatchInForce]
) -> Iterator[tuple[_File, Judgement]]:
    """The files with what the judge says about each; all are judged together."""
    if not files:
        return
    from expectations.delivery import judge

    known = known_for(home, batches, {file.place for file in files})
    judgements = judge([FileToJudge(file.content, *file.place, file.received_on, known[file.place]) for file in files])
    yield from zip(files, judgements, strict=True)


def _verdict(file: _File, judgement: Judgement, in_force: InForce) -> Accepted | Rejected:
    changes = in_force.changes(file.number, file.place, judgement)
    return verdict_of(file.number, judgement, changes)


def _keep(home: Home, item: _Judged) -> None:
    """Put the rows of an accepted file in the cache."""
    if item.judgement is not None and isinstance(item.verdict, Accepted):
        delivery = item.delivery
        keep_rows(
            home, sha256=delivery.sha256, region_code=delivery.region, period_code=delivery.period,
            frame=item.judgement.canonical,
        )  # fmt: skip
