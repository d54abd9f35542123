"""The events about one delivery: received, judged, confirmed, withdrawn, reinstated, purged.

Belongs here: what each of them says. Does not belong here: how it is written (`events.py`) and what follows from it
(`submissions.py`).
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from expectations.findings import Finding, FindingGroup, Outcome, Severity
from register.event_fields import (
    AnsweredRows,
    Changes,
    Content,
    FileName,
    PeriodCode,
    Reason,
    RegionCode,
    SequenceNumber,
    Sha256,
)


class Received(Content):
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


class ReadContent(Content):
    """What reading and checking a file gave; all findings are counted, at most 1,000 are listed."""

    rows_read: int = Field(ge=0)
    findings: tuple[Finding, ...]
    finding_counts: Mapping[Severity, int]
    normalisations: tuple[str, ...]
    groups: tuple[FindingGroup, ...] = ()
    """All findings by rule and column; empty in events from before they were grouped."""


class Accepted(ReadContent):
    """The rows of a submission may count; `canonical_hash` is what reading it again must give.

    With warnings they count only after `Confirmed`. `dataset_rows` is null in events from before it was counted;
    `changes` is null when nothing was in force before.
    """

    kind: Literal["accepted"] = "accepted"
    submission: SequenceNumber
    outcome: Literal[Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_WARNINGS]
    datasets: tuple[str, ...]
    canonical_hash: Sha256
    dataset_rows: Mapping[str, AnsweredRows] | None = None
    asks_reason: bool = False
    """Whether it can only be confirmed with a reason."""
    changes: Changes | None = None


class Rejected(ReadContent):
    """Nothing of a submission counts.

    `has_personal_data`: its bytes are in quarantine until they are purged, and no text here repeats what is in them.
    """

    kind: Literal["rejected"] = "rejected"
    submission: SequenceNumber
    has_personal_data: bool = False

    @property
    def outcome(self) -> Outcome:
        """The verdict, under the same name as with an accepted submission."""
        return Outcome.REJECTED


class Confirmed(Content):
    """The sender stands for a submission in spite of its warnings; its rows count from now on."""

    kind: Literal["confirmed"] = "confirmed"
    submission: SequenceNumber
    reason: Reason | None


class Withdrawn(Content):
    """A submission counts no longer; the one before it returns."""

    kind: Literal["withdrawn"] = "withdrawn"
    submission: SequenceNumber
    reason: Reason


class Reinstated(Content):
    """A submission that was superseded or withdrawn counts again, as if it was received at this event."""

    kind: Literal["reinstated"] = "reinstated"
    submission: SequenceNumber
    reason: Reason


class Purged(Content):
    """The bytes of a file with personal data are destroyed; only their hash and the reason remain."""

    kind: Literal["purged"] = "purged"
    submission: SequenceNumber
    sha256: Sha256
    reason: Reason
