"""Which submissions there are, and in which state: pure functions of the events; the clock plays no part.

Of the submissions of a region and period that count, the one received last is in force, per dataset that it holds.
A reinstated one stands in that order as if it was received when it was reinstated. One with warnings counts from its
confirmation on. Does not belong here: open data and what is in force (`in_force.py`), and what may be done
(`submission_rules.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from expectations.findings import Outcome
from indicators.periods import Period
from register.events import (
    Accepted,
    Confirmed,
    Event,
    EventContent,
    Purged,
    Received,
    Reinstated,
    Rejected,
    Withdrawn,
)

_NETHERLANDS = ZoneInfo("Europe/Amsterdam")


class SubmissionState(StrEnum):
    """How a submission stands now."""

    RECEIVED = "received"
    REJECTED = "rejected"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    ACCEPTED = "accepted"
    PARTLY_SUPERSEDED = "partly_superseded"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"

    @property
    def words(self) -> str:
        """The state in Dutch, as a person reads it in a list."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    SubmissionState.RECEIVED: "ontvangen, nog niet beoordeeld",
    SubmissionState.REJECTED: "afgekeurd",
    SubmissionState.AWAITING_CONFIRMATION: "wacht op bevestiging",
    SubmissionState.ACCEPTED: "geaccepteerd",
    SubmissionState.PARTLY_SUPERSEDED: "deels vervangen",
    SubmissionState.SUPERSEDED: "vervangen",
    SubmissionState.WITHDRAWN: "ingetrokken",
    SubmissionState.PURGED: "gewist",
}


class DeliveryKey(NamedTuple):
    """The same bytes for the same region, period and uitvraag are the same submission."""

    region: str
    period: str
    uitvraag_version: int | None
    sha256: str


@dataclass(frozen=True)
class Submission:
    """One file for one region and period, with its verdict (if any) and what of it is in force."""

    number: int
    delivery: Received
    received_at: datetime
    received_from: str
    rank: int
    """Its place in the order of receipt: its number, or the sequence number of the event that reinstated it."""
    state: SubmissionState = SubmissionState.RECEIVED
    verdict: Accepted | Rejected | None = None
    verdict_sequence: int | None = None
    counts_from: int | None = None
    """The event from which its rows might count for the first time: verdict, confirmation or reinstating."""
    is_withdrawn: bool = False
    is_purged: bool = False
    superseded_by: tuple[int, ...] = ()
    """The submissions that are in force for its datasets instead."""
    events: tuple[Event, ...] = ()
    """Everything that happened to it, in order."""

    @property
    def period(self) -> Period:
        """The period for which it was sent."""
        return period_of(self.delivery)

    @property
    def received_on(self) -> date:
        """The day in the Netherlands on which it arrived."""
        return day_of(self.received_at)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets of an accepted file."""
        return self.verdict.datasets if isinstance(self.verdict, Accepted) else ()

    @property
    def key(self) -> DeliveryKey:
        """What makes two deliveries the same submission."""
        return delivery_key(self.delivery)

    @property
    def counts(self) -> bool:
        """Whether its rows are in force where nothing later replaces them."""
        return self.counts_from is not None and not self.is_withdrawn

    @property
    def has_personal_data(self) -> bool:
        """Whether its bytes may not be read any more."""
        return isinstance(self.verdict, Rejected) and self.verdict.has_personal_data


def delivery_key(delivery: Received) -> DeliveryKey:
    """What makes two deliveries the same submission."""
    return DeliveryKey(delivery.region, delivery.period, delivery.uitvraag_version, delivery.sha256)


def period_of(delivery: Received) -> Period:
    """The period for which a file was sent."""
    return Period.parse(delivery.period)


def day_of(moment: datetime) -> date:
    """The day in the Netherlands in which a moment falls."""
    return moment.astimezone(_NETHERLANDS).date()


def today_in_the_netherlands() -> date:
    """The day on which something is received now."""
    return datetime.now(_NETHERLANDS).date()


def submissions(events: Iterable[Event]) -> dict[int, Submission]:
    """Every submission by number, in order of receipt."""
    found: dict[int, Submission] = {}
    for event in events:
        match event.content:
            case Received() as delivery:
                number = event.sequence
                found[number] = Submission(
                    number, delivery, event.occurred_at, event.actor.name, rank=number, events=(event,)
                )
            case Accepted() | Rejected() | Confirmed() | Withdrawn() | Reinstated() | Purged() as content:
                before = found[content.submission]
                found[content.submission] = replace(_after(before, content, event), events=(*before.events, event))
            case _:
                pass
    return _with_states(found)


def pending(events: Iterable[Event]) -> list[Submission]:
    """The submissions that were received and have no verdict: the process stopped in between."""
    return [item for item in submissions(events).values() if item.state is SubmissionState.RECEIVED]


def _after(before: Submission, content: EventContent, event: Event) -> Submission:
    """A submission after one event; its state is found when all events are known."""
    match content:
        case Accepted() | Rejected():
            return _judged(before, content, event.sequence)
        case Confirmed():
            return replace(before, counts_from=before.counts_from or event.sequence)
        case Withdrawn():
            return replace(before, is_withdrawn=True)
        case Reinstated():
            counts_from = before.counts_from or event.sequence
            return replace(before, is_withdrawn=False, rank=event.sequence, counts_from=counts_from)
        case _:
            return replace(before, is_purged=True)


def _judged(before: Submission, verdict: Accepted | Rejected, sequence: int) -> Submission:
    """The first verdict counts; a second one can only come from two processes that judged the same bytes."""
    if before.verdict is not None:
        return before
    counts_from = sequence if verdict.outcome is Outcome.ACCEPTED else None
    return replace(before, verdict=verdict, verdict_sequence=sequence, counts_from=counts_from)


def _with_states(found: Mapping[int, Submission]) -> dict[int, Submission]:
    last: dict[tuple[str, str, str], Submission] = {}
    for item in sorted(found.values(), key=lambda item: item.rank):
        if item.counts:
            last.update({(item.delivery.region, item.delivery.period, dataset): item for dataset in item.datasets})
    return {number: _with_state(item, last) for number, item in found.items()}


def _with_state(item: Submission, last: Mapping[tuple[str, str, str], Submission]) -> Submission:
    if item.is_purged:
        return replace(item, state=SubmissionState.PURGED)
    if isinstance(item.verdict, Rejected):
        return replace(item, state=SubmissionState.REJECTED)
    if item.verdict is None:
        return item
    if item.is_withdrawn:
        return replace(item, state=SubmissionState.WITHDRAWN)
    return _with_later_ones(item, last)


def _with_later_ones(item: Submission, last: Mapping[tuple[str, str, str], Submission]) -> Submission:
    """An accepted submission beside those that came after it and count."""
    in_force = [last.get((item.delivery.region, item.delivery.period, dataset)) for dataset in item.datasets]
    later = [other for other in in_force if other is not None and other.rank > item.rank]
    numbers = tuple(sorted({other.number for other in later}))
    if later and len(later) == len(item.datasets):
        return replace(item, state=SubmissionState.SUPERSEDED, superseded_by=numbers)
    if not item.counts:
        return replace(item, state=SubmissionState.AWAITING_CONFIRMATION, superseded_by=numbers)
    state = SubmissionState.PARTLY_SUPERSEDED if later else SubmissionState.ACCEPTED
    return replace(item, state=state, superseded_by=numbers)
