"""How every signal stands: a pure function of the events and today.

Belongs here: from events to signals. Does not belong here: when one opens or closes (`signal_rules.py`), and who may
say something about it (`signals.py`).
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from register.events import Event
from register.signal_events import (
    Cause,
    ClosedBecause,
    SignalAcknowledged,
    SignalClosed,
    SignalOpened,
    SignalSeenAgain,
    SignalSnoozed,
)


class SignalState(StrEnum):
    """Whether somebody still has to do something."""

    OPEN = "open"
    SNOOZED = "snoozed"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state in Dutch."""
        return _WORDS[self]


_WORDS = {
    SignalState.OPEN: "open",
    SignalState.SNOOZED: "uitgesteld",
    SignalState.ACKNOWLEDGED: "opgepakt",
    SignalState.CLOSED: "gesloten",
}


class Step(BaseModel):
    """One thing that happened to a signal, in Dutch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    by: str
    text: str


class Signal(BaseModel):
    """One signal with its history, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    cause: Cause
    rule_version: str
    detail: str
    opened_at: datetime
    seen_in: str
    """The last period in which it was seen."""
    plan: str | None = None
    owner: str | None = None
    snoozed_until: date | None = None
    closed_because: ClosedBecause | None = None
    steps: tuple[Step, ...]

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.closed_because is not None

    def state(self, today: date) -> SignalState:
        """How it stands on a day; one that was snoozed is open again on its end date."""
        if self.is_closed:
            return SignalState.CLOSED
        if self.snoozed_until is not None and today < self.snoozed_until:
            return SignalState.SNOOZED
        return SignalState.OPEN if self.plan is None else SignalState.ACKNOWLEDGED


def signals_of(events: Iterable[Event]) -> dict[int, Signal]:
    """Every signal there ever was, by number."""
    found: dict[int, Signal] = {}
    for event in events:
        content = event.content
        if isinstance(content, SignalOpened):
            found[event.sequence] = Signal(
                number=event.sequence, cause=content.cause, rule_version=content.rule_version, detail=content.detail,
                opened_at=event.occurred_at, seen_in=content.seen_in,
                steps=(_step(event, f"Geopend op de cijfers van {content.seen_in}."),),
            )  # fmt: skip
        elif isinstance(content, SignalSeenAgain | SignalAcknowledged | SignalSnoozed | SignalClosed):
            found[content.signal] = _after(found[content.signal], event)
    return found


def open_by_cause(found: Iterable[Signal]) -> dict[Cause, Signal]:
    """The signals that are not closed; there is one per cause."""
    return {signal.cause: signal for signal in found if not signal.is_closed}


def _after(signal: Signal, event: Event) -> Signal:
    changes: dict[str, object] = {}
    match event.content:
        case SignalSeenAgain(seen_in=seen_in, detail=detail):
            changes, text = {"seen_in": seen_in, "detail": detail}, f"Opnieuw gezien in {seen_in}."
        case SignalAcknowledged(plan=plan):
            changes, text = {"plan": plan, "snoozed_until": None}, f"Opgepakt: {plan}"
        case SignalSnoozed(until=until, owner=owner, reason=reason):
            changes = {"snoozed_until": until, "owner": owner}
            text = f"Uitgesteld tot {until:%d-%m-%Y}, {owner} zorgt ervoor: {reason}"
        case SignalClosed(because=because, reason=reason):
            changes, text = {"closed_because": because}, f"Gesloten: {reason}"
        case _:
            raise AssertionError(f"{event.content.kind} is not about a signal")
    return signal.model_copy(update={**changes, "steps": (*signal.steps, _step(event, text))})


def _step(event: Event, text: str) -> Step:
    return Step(at=event.occurred_at, by=event.actor.name, text=text)
