"""The events of the ledger: a closed union, each with its content, in an envelope that chains them.

Belongs here: what each kind of event says and how it is written as JSON. An event that was written stays readable
for ever: a field is only added, with a default. Does not belong here: what follows from events (`in_force.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from expectations.findings import Finding, Outcome, Severity
from indicators.areas import AreaLevel, level_of
from indicators.periods import Period
from register.access import Actor
from register.file_names import tidy_file_name

GENESIS: Final = "0" * 64
"""What stands for the hash before the first event."""


def _region_code(text: str) -> str:
    if level_of(text) is not AreaLevel.REGION:
        raise ValueError(f"'{text}' is not the code of a region")
    return text


RegionCode: TypeAlias = Annotated[str, AfterValidator(_region_code)]
PeriodCode: TypeAlias = Annotated[str, AfterValidator(lambda text: Period.parse(text).code)]
FileName: TypeAlias = Annotated[str, BeforeValidator(tidy_file_name)]
Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Sequence_: TypeAlias = Annotated[int, Field(ge=1)]


class _Content(BaseModel):
    """What all events share: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Received(_Content):
    """A delivery is on disk; its sequence number is the number of the submission.

    `uitvraag_version` is the data request that it answers, null when nothing was asked about the period.
    """

    kind: Literal["received"] = "received"
    region: RegionCode
    period: PeriodCode
    uitvraag_version: int | None = Field(ge=1)
    sha256: Sha256
    size: int = Field(ge=0)
    file_name: FileName


class _Read(_Content):
    """What reading and checking a file gave; all findings are counted, at most 1,000 are listed."""

    rows_read: int = Field(ge=0)
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    normalisations: tuple[str, ...]


class Accepted(_Read):
    """The rows of a submission may count; `canonical_hash` is what reading it again must give."""

    kind: Literal["accepted"] = "accepted"
    submission: Sequence_
    outcome: Literal[Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_WARNINGS]
    datasets: tuple[str, ...]
    canonical_hash: Sha256


class Rejected(_Read):
    """Nothing of a submission counts."""

    kind: Literal["rejected"] = "rejected"
    submission: Sequence_

    @property
    def outcome(self) -> Outcome:
        """The verdict, under the same name as with an accepted submission."""
        return Outcome.REJECTED


class Withdrawn(_Content):
    """A submission counts no longer; the one before it returns."""

    kind: Literal["withdrawn"] = "withdrawn"
    submission: Sequence_
    reason: str = Field(min_length=1, max_length=2_000)


class Ingested(_Read):
    """An open-data file is on disk and its rows count; `source` is also the code of its dataset."""

    kind: Literal["ingested"] = "ingested"
    source: str = Field(pattern=r"^[a-z]+$")
    period: PeriodCode
    sha256: Sha256
    size: int = Field(ge=0)
    file_name: FileName
    canonical_hash: Sha256


class Published(_Content):
    """A publication exists, made from the ledger up to and including `ledger_sequence`."""

    kind: Literal["published"] = "published"
    publication_id: str
    status: Literal["concept", "voorlopig", "definitief"]
    ledger_sequence: int = Field(ge=0)
    content_hash: Sha256


class DemoStarted(_Content):
    """Everything in this data directory is fictitious."""

    kind: Literal["demo_started"] = "demo_started"
    seed: int


EventContent: TypeAlias = Annotated[
    Received | Accepted | Rejected | Withdrawn | Ingested | Published | DemoStarted,
    Field(discriminator="kind"),
]


class EventBody(BaseModel):
    """What the hash of an event covers, beside the hash of the event before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: Sequence_
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
