"""The events that are not about one delivery: open data, publications, periods, tokens, the demo.

Belongs here: what each of them says. Does not belong here: how it is written (`events.py`).
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from register.delivery_events import ReadContent
from register.event_fields import Content, FileName, MissingRows, PeriodCode, Reason, RegionCode, Sha256


class Ingested(ReadContent):
    """An open-data file is on disk and its rows count; `source` is also the code of its dataset."""

    kind: Literal["ingested"] = "ingested"
    source: str = Field(pattern=r"^[a-z]+$")
    period: PeriodCode
    sha256: Sha256
    size: int = Field(ge=0)
    file_name: FileName
    canonical_hash: Sha256


class Published(Content):
    """A publication exists, made from the ledger up to and including `ledger_sequence`."""

    kind: Literal["published"] = "published"
    publication_id: str
    status: Literal["concept", "voorlopig", "definitief"]
    ledger_sequence: int = Field(ge=0)
    content_hash: Sha256


class DemoStarted(Content):
    """Everything in this data directory is fictitious."""

    kind: Literal["demo_started"] = "demo_started"
    seed: int


class PeriodCompleted(Content):
    """A region declares that it has delivered everything for a period (*gereed*), with what is missing and why."""

    kind: Literal["period_completed"] = "period_completed"
    region: RegionCode
    period: PeriodCode
    missing: MissingRows
    reason: Reason | None


class UitvraagOpened(Content):
    """The figures of a period are asked from now on, and are due on a day."""

    kind: Literal["uitvraag_opened"] = "uitvraag_opened"
    period: PeriodCode
    uitvraag_version: int = Field(ge=1)
    due_date: date


class ReminderKind(StrEnum):
    """What a region is reminded of."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class Reminded(Content):
    """A region is told that the answer for a period is due soon (within `days`) or overdue (`days` is null)."""

    kind: Literal["reminded"] = "reminded"
    region: RegionCode
    period: PeriodCode
    reminder: ReminderKind
    days: int | None = Field(default=None, ge=0)
    due_date: date


class TokenIssued(Content):
    """Somebody may deliver for a region with a token; only the hash of its secret is kept."""

    kind: Literal["token_issued"] = "token_issued"
    token_id: str = Field(pattern=r"^[0-9a-f]{12}$")
    region: RegionCode
    label: str = Field(min_length=1, max_length=100)
    secret_hash: Sha256


class TokenRevoked(Content):
    """A token opens nothing any more."""

    kind: Literal["token_revoked"] = "token_revoked"
    token_id: str = Field(pattern=r"^[0-9a-f]{12}$")
    reason: Reason
