"""The events about notices: one is being sent, was sent, or could not be sent.

No event holds a name or an address: a recipient is his code (decision 0026), a channel the fingerprint of its address.
Belongs here: what each event says. Does not belong here: what follows from them (`notice_states.py`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from register.contact_events import Notice
from register.event_fields import Content, SequenceNumber

ReceiverCode: TypeAlias = Annotated[str, Field(pattern=r"^(ONT[0-9]{3,6}|WEB[0-9a-f]{12})$")]
"""A recipient, or a channel: `WEB` and the beginning of the SHA-256 of its address."""


class FailureReason(StrEnum):
    """Why a notice was not taken; never the text of the server, which may hold an address."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """The reason in Dutch."""
        return _WORDS[self]


_WORDS = {
    FailureReason.UNREACHABLE: "de server is niet te bereiken",
    FailureReason.REFUSED: "de server nam het bericht niet aan",
}


class NoticeSending(Content):
    """A notice is handed over now; written before it, so that a notice is never sent twice.

    `about` are the numbers of the events that it tells of. `first` is the number of its first attempt,
    null in that one.
    """

    kind: Literal["notice_sending"] = "notice_sending"
    receiver: ReceiverCode
    cadence: Notice
    about: tuple[SequenceNumber, ...] = Field(min_length=1)
    attempt: int = Field(default=1, ge=1)
    first: SequenceNumber | None = None


class NoticeSent(Content):
    """The server took the notice; `sending` is the number of the attempt."""

    kind: Literal["notice_sent"] = "notice_sent"
    sending: SequenceNumber


class NoticeFailed(Content):
    """The server did not take the notice; without `next_attempt_at` it is given up."""

    kind: Literal["notice_failed"] = "notice_failed"
    sending: SequenceNumber
    reason: FailureReason
    next_attempt_at: datetime | None
