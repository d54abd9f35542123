"""What people are told of: a signal that opens or closes by itself, and a delivery that is due soon.

A delivery that is overdue is told as the signal that it is, so that one cause is one notice. Belongs here: reading this
from the events. Does not belong here: who is told (`notices.py`), and the words (`orchestration/notice_texts.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.definition_model import Theme
from indicators.definitions import latest_definition
from indicators.errors import UnknownCodeError
from register.events import Event, Reminded, ReminderKind, SignalClosed, SignalOpened
from register.signal_events import Cause, ClosedBecause


class HappeningKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    CLOSED = "closed"
    DUE_SOON = "due_soon"


@dataclass(frozen=True)
class Happening:
    """One thing that happened; its number is that of its event."""

    number: int
    at: datetime
    kind: HappeningKind
    area: str
    period: str
    """In which figures it was seen, or which delivery is due."""
    signal: int | None = None
    cause: Cause | None = None
    reason: str | None = None
    due_date: date | None = None

    @property
    def theme(self) -> Theme | None:
        """The theme of the indicator that it is about; None where it is about none, such as a delivery."""
        code = None if self.cause is None else self.cause.indicator
        if code is None:
            return None
        try:
            return latest_definition(code).theme
        except UnknownCodeError:
            return None


def happenings(events: Iterable[Event]) -> list[Happening]:
    """Everything that people may be told of, oldest first."""
    opened: dict[int, SignalOpened] = {}
    found: list[Happening] = []
    for event in events:
        number, at = event.sequence, event.occurred_at
        match event.content:
            case SignalOpened() as new:
                opened[number] = new
                found.append(
                    Happening(number, at, HappeningKind.OPENED, new.cause.area, new.seen_in, number, new.cause)
                )
            case SignalClosed(signal=signal, because=because, reason=reason) if because is not ClosedBecause.PERSON:
                old = opened[signal]
                found.append(
                    Happening(number, at, HappeningKind.CLOSED, old.cause.area, old.seen_in, signal, old.cause, reason)
                )
            case Reminded(reminder=ReminderKind.DUE_SOON) as reminded:
                found.append(
                    Happening(
                        number, at, HappeningKind.DUE_SOON, reminded.region, reminded.period,
                        due_date=reminded.due_date,
                    )
                )  # fmt: skip
            case _:
                pass
    return found
