"""What follows from the ledger: which submissions there are, in which state, and what is in force.

Pure functions of the events; the clock plays no part. Of the submissions that are accepted and not withdrawn, the
one received last is in force, per dataset that it holds; of open data the last ingest per source and period.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from indicators.areas import COUNTRY
from indicators.measures import Source
from indicators.periods import Period
from register.events import Accepted, DemoStarted, Event, Ingested, Received, Rejected, Withdrawn


class SubmissionState(StrEnum):
    """How a submission stands now."""

    RECEIVED = "received"
    REJECTED = "rejected"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    ACCEPTED = "accepted"
    PARTLY_SUPERSEDED = "partly_superseded"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Submission:
    """One file for one region and period, with its verdict (if any) and what of it is in force."""

    number: int
    delivery: Received
    received_at: datetime
    received_from: str
    state: SubmissionState = SubmissionState.RECEIVED
    verdict: Accepted | Rejected | None = None
    verdict_sequence: int | None = None
    superseded_by: tuple[int, ...] = ()
    """The submissions that are in force for its datasets instead."""

    @property
    def period(self) -> Period:
        """The period for which it was sent."""
        return Period.parse(self.delivery.period)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets of an accepted file."""
        return self.verdict.datasets if isinstance(self.verdict, Accepted) else ()

    @property
    def key(self) -> "DeliveryKey":
        """What makes two deliveries the same submission."""
        return delivery_key(self.delivery)

    @property
    def counts(self) -> bool:
        """Whether its rows are in force where nothing later replaces them."""
        return isinstance(self.verdict, Accepted) and self.state is not SubmissionState.WITHDRAWN


class DeliveryKey(NamedTuple):
    """The same bytes for the same region, period and uitvraag are the same submission."""

    region: str
    period: str
    uitvraag_version: int | None
    sha256: str


class BatchInForce(NamedTuple):
    """The batch whose rows count for a region, period and dataset.

    `number` is the sequence number of the `received` or `ingested` event; `region_code` is `NL` for open data.
    """

    number: int
    source: Source
    region_code: str
    period: Period
    dataset_code: str
    sha256: str
    canonical_hash: str
    is_correction: bool


class _Candidate(NamedTuple):
    """A batch that counts or counted for one region, period and dataset."""

    batch: BatchInForce
    accepted_at: int
    is_withdrawn: bool


def delivery_key(delivery: Received) -> DeliveryKey:
    """What makes two deliveries the same submission."""
    return DeliveryKey(delivery.region, delivery.period, delivery.uitvraag_version, delivery.sha256)


def submissions(events: Iterable[Event]) -> dict[int, Submission]:
    """Every submission by number, in order of receipt."""
    found: dict[int, Submission] = {}
    for event in events:
        match event.content:
            case Received() as delivery:
                found[event.sequence] = Submission(event.sequence, delivery, event.occurred_at, event.actor.name)
            case Accepted() | Rejected() as verdict:
                found[verdict.submission] = _judged(found[verdict.submission], verdict, event.sequence)
            case Withdrawn(submission=number):
                found[number] = replace(found[number], state=SubmissionState.WITHDRAWN)
            case _:
                pass
    return _with_superseded(found)


def pending(events: Iterable[Event]) -> list[Submission]:
    """The submissions that were received and have no verdict: the process stopped in between."""
    return [item for item in submissions(events).values() if item.state is SubmissionState.RECEIVED]


def batches_in_force(events: Sequence[Event]) -> list[BatchInForce]:
    """The batch that counts per region, period and dataset, ordered by period, region and dataset."""
    candidates = [*_delivered(submissions(events).values()), *_ingested(events)]
    groups = groupby(sorted(candidates, key=_place_and_age), key=lambda item: _place(item.batch))
    return [batch for _, group in groups if (batch := _last(list(group))) is not None]


def is_fictitious(events: Iterable[Event]) -> bool:
    """Whether this data directory holds a demo."""
    return any(isinstance(event.content, DemoStarted) for event in events)


def _judged(submission: Submission, verdict: Accepted | Rejected, sequence: int) -> Submission:
    """The first verdict counts; a second one can only come from two processes that judged the same bytes."""
    if submission.verdict is not None:
        return submission
    state = SubmissionState.ACCEPTED if isinstance(verdict, Accepted) else SubmissionState.REJECTED
    return replace(submission, verdict=verdict, verdict_sequence=sequence, state=state)


def _with_superseded(found: Mapping[int, Submission]) -> dict[int, Submission]:
    last = {
        (item.delivery.region, item.delivery.period, dataset): item.number
        for item in found.values()
        if item.counts
        for dataset in item.datasets
    }
    return {number: _superseded(item, last) if item.counts else item for number, item in found.items()}


def _superseded(submission: Submission, last: Mapping[tuple[str, str, str], int]) -> Submission:
    delivery = submission.delivery
    in_force = [last[delivery.region, delivery.period, dataset] for dataset in submission.datasets]
    others = tuple(sorted(set(in_force) - {submission.number}))
    if not others:
        return submission
    is_whole = submission.number not in in_force
    state = SubmissionState.SUPERSEDED if is_whole else SubmissionState.PARTLY_SUPERSEDED
    return replace(submission, state=state, superseded_by=others)


def _delivered(found: Iterable[Submission]) -> Iterable[_Candidate]:
    for item in found:
        if isinstance(item.verdict, Accepted) and item.verdict_sequence is not None:
            for dataset in item.datasets:
                batch = BatchInForce(
                    item.number, Source.DELIVERY, item.delivery.region, item.period, dataset,
                    item.delivery.sha256, item.verdict.canonical_hash, is_correction=False,
                )  # fmt: skip
                yield _Candidate(batch, item.verdict_sequence, not item.counts)


def _ingested(events: Iterable[Event]) -> Iterable[_Candidate]:
    for event in events:
        if isinstance(event.content, Ingested):
            content = event.content
            batch = BatchInForce(
                event.sequence, Source.OPEN_DATA, COUNTRY, Period.parse(content.period), content.source,
                content.sha256, content.canonical_hash, is_correction=False,
            )  # fmt: skip
            yield _Candidate(batch, event.sequence, is_withdrawn=False)


def _place(batch: BatchInForce) -> tuple[int, str, str]:
    return (batch.period.key, batch.region_code, batch.dataset_code)


def _place_and_age(candidate: _Candidate) -> tuple[int, str, str, int]:
    return (*_place(candidate.batch), candidate.batch.number)


def _last(candidates: Sequence[_Candidate]) -> BatchInForce | None:
    """The one received last that was not withdrawn; a correction when another one was accepted before it."""
    standing = [candidate for candidate in candidates if not candidate.is_withdrawn]
    if not standing:
        return None
    last = standing[-1]
    return last.batch._replace(is_correction=any(item.accepted_at < last.accepted_at for item in candidates))
