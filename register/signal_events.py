"""The events about signals; the number of a signal is the sequence number of the event that opened it.

Belongs here: what each of them says. Does not belong here: what follows from them (`signal_states.py`).
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from register.event_fields import Content, PeriodCode, Reason, SequenceNumber
from register.signal_kinds import SignalKind

AreaCode: TypeAlias = Annotated[str, Field(pattern=r"^(NL|ZK[0-9]{2})$")]


class Cause(Content):
    """What a signal is about; there is at most one open signal per cause."""

    signal: SignalKind
    area: AreaCode
    indicator: str | None = None
    path: str | None = None
    """The afspraak or the version of the doelstelling."""
    period: PeriodCode | None = None
    """Only where the cause is one delivery."""


class ClosedBecause(StrEnum):
    """Why a signal closed."""

    GONE = "gone"
    """The figures say otherwise since then."""
    CORRECTED = "corrected"
    """The figures that opened it were corrected."""
    ENDED = "ended"
    """What it was about no longer holds."""
    PERSON = "person"


class SignalOpened(Content):
    """Something asks attention, seen in the figures of a period."""

    kind: Literal["signal_opened"] = "signal_opened"
    cause: Cause
    rule_version: str
    seen_in: PeriodCode
    detail: str = Field(max_length=500)


class SignalSeenAgain(Content):
    """The same in a later period."""

    kind: Literal["signal_seen_again"] = "signal_seen_again"
    signal: SequenceNumber
    seen_in: PeriodCode
    detail: str = Field(max_length=500)


class SignalAcknowledged(Content):
    """Somebody says what will be done about it."""

    kind: Literal["signal_acknowledged"] = "signal_acknowledged"
    signal: SequenceNumber
    plan: Reason


class SignalSnoozed(Content):
    """Somebody takes it on, and it comes back on a day."""

    kind: Literal["signal_snoozed"] = "signal_snoozed"
    signal: SequenceNumber
    until: date
    owner: str = Field(min_length=1, max_length=200)
    reason: Reason


class SignalClosed(Content):
    """It no longer asks attention."""

    kind: Literal["signal_closed"] = "signal_closed"
    signal: SequenceNumber
    because: ClosedBecause
    reason: Reason
