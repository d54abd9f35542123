"""The events of the ledger: a closed union, each with its content, in an envelope that chains them.

Belongs here: the union, and how an event is written as JSON. An event that was written stays readable for ever: a
field is only added, with a default. Does not belong here: what each kind says (the modules `*_events.py`) and what
follows from events (`submissions.py`, `in_force.py`, `agreement_states.py`, `contact_states.py`).
"""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from register.access import Actor
from register.agreement_events import (
    AgreementChanged,
    AgreementMade,
    AgreementStatusChanged,
    AgreementWithdrawn,
    FunctieAdded,
)
from register.contact_events import (
    OrganisationAdded,
    OrganisationRemoved,
    PersonErased,
    RecipientAdded,
    RecipientChanged,
    RecipientRemoved,
)
from register.delivery_events import Accepted, Confirmed, Purged, Received, Reinstated, Rejected, Withdrawn
from register.event_fields import AnsweredRows, Changes, Difference, SequenceNumber, Sha256
from register.explanation_events import ExplanationChanged, ExplanationGiven, ExplanationWithdrawn
from register.notice_events import NoticeFailed, NoticeSending, NoticeSent
from register.other_events import (
    DemoStarted,
    Ingested,
    PeriodCompleted,
    Published,
    Reminded,
    ReminderKind,
    TokenIssued,
    TokenRevoked,
    UitvraagOpened,
)
from register.signal_events import (
    SignalAcknowledged,
    SignalClosed,
    SignalOpened,
    SignalSeenAgain,
    SignalSnoozed,
)

__all__ = [
    "GENESIS",
    "Accepted",
    "AgreementChanged",
    "AgreementMade",
    "AgreementStatusChanged",
    "AgreementWithdrawn",
    "AnsweredRows",
    "Changes",
    "Confirmed",
    "DemoStarted",
    "Difference",
    "Event",
    "EventBody",
    "EventContent",
    "ExplanationChanged",
    "ExplanationGiven",
    "ExplanationWithdrawn",
    "FunctieAdded",
    "Ingested",
    "NoticeFailed",
    "NoticeSending",
    "NoticeSent",
    "OrganisationAdded",
    "OrganisationRemoved",
    "PeriodCompleted",
    "PersonErased",
    "Published",
    "Purged",
    "Received",
    "RecipientAdded",
    "RecipientChanged",
    "RecipientRemoved",
    "Reinstated",
    "Rejected",
    "Reminded",
    "ReminderKind",
    "SignalAcknowledged",
    "SignalClosed",
    "SignalOpened",
    "SignalSeenAgain",
    "SignalSnoozed",
    "TokenIssued",
    "TokenRevoked",
    "UitvraagOpened",
    "Withdrawn",
    "chain_hash",
]

GENESIS: Final = "0" * 64
"""What stands for the hash before the first event."""

EventContent: TypeAlias = Annotated[
    Received | Accepted | Rejected | Confirmed | Withdrawn | Reinstated | Purged
    | Ingested | Published | DemoStarted
    | PeriodCompleted | UitvraagOpened | Reminded
    | TokenIssued | TokenRevoked
    | AgreementMade | AgreementChanged | AgreementStatusChanged | AgreementWithdrawn | FunctieAdded
    | OrganisationAdded | OrganisationRemoved | RecipientAdded | RecipientChanged | RecipientRemoved | PersonErased
    | SignalOpened | SignalSeenAgain | SignalAcknowledged | SignalSnoozed | SignalClosed
    | ExplanationGiven | ExplanationChanged | ExplanationWithdrawn
    | NoticeSending | NoticeSent | NoticeFailed,
    Field(discriminator="kind"),
]  # fmt: skip


class EventBody(BaseModel):
    """What the hash of an event covers, beside the hash of the event before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: SequenceNumber
    occurred_at: datetime
    actor: Actor
    content: EventContent

    def canonical_json(self) -> str:
        """The one way in which this body is written: sorted keys, no spaces."""
        body = self.model_dump(mode="json", include=set(EventBody.model_fields))
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Event(EventBody):
    """One event as it stands in the ledger; `sequence` is the only order, `occurred_at` is information."""

    previous_hash: Sha256
    hash: Sha256


def chain_hash(previous_hash: str, body: str) -> str:
    """The hash of an event: SHA-256 over the hash before it and its canonical JSON."""
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()
