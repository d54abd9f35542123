"""How every notice stands, as the events say.

A notice of which the outcome was not recorded is *uncertain*: the process stopped between handing it over and writing
down what became of it. It is not sent again (decision 0027). Belongs here: pure functions of events. Does not belong
here: which notices are due (`notices.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from register.contact_events import Notice
from register.events import Event, NoticeFailed, NoticeSending, NoticeSent
from register.notice_events import FailureReason


class NoticeState(StrEnum):
    """How a notice stands."""

    SENT = "sent"
    WAITING = "waiting"
    GIVEN_UP = "given_up"
    UNCERTAIN = "uncertain"

    @property
    def words(self) -> str:
        """The state in Dutch."""
        return _WORDS[self]


_WORDS = {
    NoticeState.SENT: "verstuurd",
    NoticeState.WAITING: "mislukt, wordt opnieuw geprobeerd",
    NoticeState.GIVEN_UP: "mislukt, opgegeven",
    NoticeState.UNCERTAIN: "onzeker of het is verstuurd",
}


@dataclass(frozen=True)
class SentNotice:
    """One notice with its last attempt; its number is that of the event of its first attempt."""

    number: int
    key: str
    """Tells it apart from every other notice, the same in every attempt."""
    receiver: str
    cadence: Notice
    about: tuple[int, ...]
    attempt: int
    at: datetime
    state: NoticeState = NoticeState.UNCERTAIN
    reason: FailureReason | None = None
    next_attempt_at: datetime | None = None


def notices_of(events: Iterable[Event]) -> dict[int, SentNotice]:
    """Every notice there ever was, by number."""
    found: dict[int, SentNotice] = {}
    number_of: dict[int, int] = {}
    for event in events:
        match event.content:
            case NoticeSending() as sending:
                number = sending.first or event.sequence
                number_of[event.sequence] = number
                found[number] = SentNotice(
                    number, found[number].key if sending.first else event.hash[:32], sending.receiver, sending.cadence,
                    sending.about, sending.attempt, event.occurred_at,
                )  # fmt: skip
            case NoticeSent(sending=attempt):
                number = number_of[attempt]
                found[number] = replace(found[number], state=NoticeState.SENT, at=event.occurred_at)
            case NoticeFailed(sending=attempt, reason=reason, next_attempt_at=moment):
                number = number_of[attempt]
                found[number] = replace(
                    found[number], state=NoticeState.WAITING if moment else NoticeState.GIVEN_UP, at=event.occurred_at,
                    reason=reason, next_attempt_at=moment,
                )  # fmt: skip
            case _:
                pass
    return found
