"""Who has delivered what: one cell per region and period, a pure function of the events and today.

The state of a cell is the first of these that holds; *asked* are the datasets of the uitvraag that are not optional,
and a dataset is *there* when one of its batches is in force:

1. `overdue`: the due date has passed, an asked dataset is not there, and the region did not declare the period
   *gereed* without it;
2. `awaiting_confirmation`: a submission waits for the sender to confirm its warnings;
3. `complete`: the region declared the period *gereed*, and every dataset that was there then still is;
4. `accepted`: every asked dataset is there;
5. `rejected`: nothing is there and the last file was rejected;
6. `received`: something is there, or a file is being judged;
7. `expected`: nothing was sent that still counts for anything, and the period is over;
8. `not_due`: the same while the period still runs.

Belongs here: that rule and the numbers in a cell. Does not belong here: reminders (`deadlines.py`) and row by row
what is missing (`completion.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from indicators.areas import COUNTRY, AreaLevel, area_register
from indicators.errors import UnknownCodeError
from indicators.periods import Period
from indicators.uitvraag import AskedDataset, Uitvraag, uitvraag_for
from register.access import Action, Actor, may, require
from register.completion import asked_count
from register.event_fields import AnsweredRows
from register.events import Accepted, Event, PeriodCompleted
from register.home import Home
from register.in_force import BatchInForce, batches_of
from register.ledger import Ledger
from register.submissions import Submission, SubmissionState, day_of, submissions


class DeliveryState(StrEnum):
    """How the delivery of a region for a period stands; the rule is at the top of this module."""

    EXPECTED = "expected"
    RECEIVED = "received"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    COMPLETE = "complete"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"

    @property
    def words(self) -> str:
        """The state in Dutch."""
        return _WORDS[self]


_WORDS = {
    DeliveryState.EXPECTED: "verwacht",
    DeliveryState.RECEIVED: "ontvangen, nog niet alles",
    DeliveryState.AWAITING_CONFIRMATION: "wacht op bevestiging",
    DeliveryState.REJECTED: "afgekeurd",
    DeliveryState.ACCEPTED: "geaccepteerd",
    DeliveryState.COMPLETE: "gereed gemeld",
    DeliveryState.OVERDUE: "te laat",
    DeliveryState.NOT_DUE: "nog niet aan de orde",
}


class DeliveryCell(BaseModel):
    """One region and one period.

    `days_late` counts from the due date to the day on which the last asked dataset came in force, negative when that
    was early; while one is not there it counts to today, and is absent before the due date. `completeness_pct` is the
    share of the asked rows that is in force as a number, `quality_score_pct` the share that is in force as a number
    without a warning; both are absent when nothing is in force. `is_declared` says that the region declared the
    period *gereed*, also when that no longer holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    period: str
    state: DeliveryState
    due_date: date
    first_received_on: date | None
    accepted_on: date | None
    days_late: int | None
    attempts: int
    submissions: tuple[int, ...]
    missing_datasets: tuple[str, ...]
    completeness_pct: float | None
    quality_score_pct: float | None
    is_declared: bool


class Delivered(NamedTuple):
    """Everything that the ledger says about one region and period."""

    submissions: Sequence[Submission]
    in_force: Mapping[str, BatchInForce]
    """By dataset."""
    declared: PeriodCompleted | None


def delivery_matrix(home: Home, *, today: date, periods: Sequence[Period], actor: Actor) -> list[DeliveryCell]:
    """The cells of these periods for every region whose delivery `actor` may see, by period and region.

    A period about which nothing is asked has no cells.

    Raises:
        AccessDeniedError: `actor` may not see that of any region.
    """
    if actor.region is None:
        require(actor, Action.READ_DELIVERY_STATUS, COUNTRY)
    cells = delivery_cells(Ledger(home).events(), today, periods)
    return [cell for cell in cells if may(actor, Action.READ_DELIVERY_STATUS, cell.region)]


def delivery_cells(events: Sequence[Event], today: date, periods: Sequence[Period]) -> list[DeliveryCell]:
    """The cells of these periods for every region that exists in them."""
    delivered = delivered_by_place(events)
    moments = {event.sequence: event for event in events}
    nothing = Delivered((), {}, None)
    return [
        _cell(region, period, delivered.get((region, period), nothing), today, moments)
        for period in periods
        if _is_asked(period)
        for region in regions_in(period)
    ]


def delivered_by_place(events: Sequence[Event]) -> dict[tuple[str, Period], Delivered]:
    """What the ledger says, per region and period about which it says something."""
    found = submissions(events)
    sent: dict[tuple[str, Period], list[Submission]] = {}
    for item in found.values():
        sent.setdefault((item.delivery.region, item.period), []).append(item)
    in_force: dict[tuple[str, Period], dict[str, BatchInForce]] = {}
    for batch in batches_of(found.values(), events):
        in_force.setdefault((batch.region_code, batch.period), {})[batch.dataset_code] = batch
    declared = {
        (content.region, Period.parse(content.period)): content
        for content in (event.content for event in events)
        if isinstance(content, PeriodCompleted)
    }
    return {
        place: Delivered(sent.get(place, ()), in_force.get(place, {}), declared.get(place))
        for place in {*sent, *in_force, *declared}
    }


def regions_in(period: Period) -> list[str]:
    """The codes of the regions that exist when a period begins."""
    return [area.code for area in area_register().existing(AreaLevel.REGION, period.start)]


def missing_datasets(uitvraag: Uitvraag, in_force: Iterable[str]) -> tuple[str, ...]:
    """The asked datasets of which nothing is in force, in the order of the uitvraag."""
    there = set(in_force)
    return tuple(asked.code for asked in _asked(uitvraag) if asked.code not in there)


def is_declared_complete(region: str, period: Period, delivered: Delivered) -> bool:
    """Whether the region declared the period *gereed* and every dataset that was there then still is."""
    declared = delivered.declared
    if declared is None:
        return False
    there_then = [
        asked.code
        for asked in _asked(uitvraag_for(period))
        if declared.missing.get(asked.code, 0) < asked_count(asked, region, period)
    ]
    return set(there_then) <= set(delivered.in_force)


def _is_asked(period: Period) -> bool:
    try:
        uitvraag_for(period)
    except UnknownCodeError:
        return False
    return True


def _asked(uitvraag: Uitvraag) -> list[AskedDataset]:
    return [asked for asked in uitvraag.asks if not asked.is_optional]


def _cell(region: str, period: Period, delivered: Delivered, today: date, events: Mapping[int, Event]) -> DeliveryCell:
    uitvraag = uitvraag_for(period)
    due_date, missing = uitvraag.due_date(period), missing_datasets(uitvraag, delivered.in_force)
    accepted_on = None if missing else _accepted_on(_asked(uitvraag), delivered.submissions, events)
    completeness, quality = _shares(region, period, delivered)
    return DeliveryCell(
        region=region,
        period=period.code,
        state=_state(region, period, delivered, missing, today),
        due_date=due_date,
        first_received_on=min((item.received_on for item in delivered.submissions), default=None),
        accepted_on=accepted_on,
        days_late=_days_late(due_date, accepted_on, today),
        attempts=len(delivered.submissions),
        submissions=tuple(item.number for item in delivered.submissions),
        missing_datasets=missing,
        completeness_pct=completeness,
        quality_score_pct=quality,
        is_declared=delivered.declared is not None,
    )


def _state(region: str, period: Period, delivered: Delivered, missing: Sequence[str], today: date) -> DeliveryState:
    is_complete = is_declared_complete(region, period, delivered)
    states = [item.state for item in delivered.submissions]
    if missing and not is_complete and today > uitvraag_for(period).due_date(period):
        return DeliveryState.OVERDUE
    if SubmissionState.AWAITING_CONFIRMATION in states:
        return DeliveryState.AWAITING_CONFIRMATION
    if is_complete:
        return DeliveryState.COMPLETE
    if not missing:
        return DeliveryState.ACCEPTED
    return _state_before_due(states, period, today, is_anything_there=bool(delivered.in_force))


def _state_before_due(
    states: Sequence[SubmissionState], period: Period, today: date, *, is_anything_there: bool
) -> DeliveryState:
    if is_anything_there or SubmissionState.RECEIVED in states:
        return DeliveryState.RECEIVED
    if states and states[-1] in {SubmissionState.REJECTED, SubmissionState.PURGED}:
        return DeliveryState.REJECTED
    return DeliveryState.EXPECTED if today > period.end else DeliveryState.NOT_DUE


def _accepted_on(asked: Iterable[AskedDataset], sent: Sequence[Submission], events: Mapping[int, Event]) -> date | None:
    """The day on which the last of the asked datasets came in force with a submission that was not withdrawn since."""
    firsts = [
        min(item.counts_from for item in sent if item.counts and item.counts_from and dataset.code in item.datasets)
        for dataset in asked
    ]
    return day_of(events[max(firsts)].occurred_at) if firsts else None


def _days_late(due_date: date, accepted_on: date | None, today: date) -> int | None:
    if accepted_on is not None:
        return (accepted_on - due_date).days
    return (today - due_date).days if today > due_date else None


def _shares(region: str, period: Period, delivered: Delivered) -> tuple[float | None, float | None]:
    """The percentages of the asked rows that are in force as a number, and as a number without a warning."""
    verdicts = {item.number: item.verdict for item in delivered.submissions}
    asked_rows = numbers = sound = 0
    is_anything_there = False
    for asked in _asked(uitvraag_for(period)):
        asked_rows += asked_count(asked, region, period)
        batch = delivered.in_force.get(asked.code)
        if batch is None:
            continue
        verdict = verdicts[batch.number]
        if not isinstance(verdict, Accepted) or verdict.dataset_rows is None:
            return None, None
        is_anything_there = True
        answered = verdict.dataset_rows.get(asked.code, AnsweredRows(asked=0, delivered=0, warned=0))
        numbers += answered.delivered
        sound += answered.delivered - answered.warned
    if not is_anything_there or not asked_rows:
        return None, None
    return 100 * numbers / asked_rows, 100 * sound / asked_rows
