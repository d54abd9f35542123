"""A delivery in a list: its receipt without the findings, which may be a thousand.

Belongs here: which fields of a receipt a list shows. Does not belong here: what they mean (`receipts.py`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from expectations.findings import Outcome, Severity
from register.receipts import Receipt
from register.submissions import SubmissionState


class DeliverySummary(BaseModel):
    """What a list shows of one delivery; every field is that of its receipt."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    submission: int
    region: str
    period: str
    state: SubmissionState
    state_words: str
    outcome: Outcome | None
    finding_counts: Mapping[Severity, int]
    rows_read: int
    datasets: tuple[str, ...]
    file_name: str
    size: int
    received_at: datetime
    received_from: str
    is_on_time: bool | None
    superseded_by: tuple[int, ...]
    message: str


def summaries(receipts: Iterable[Receipt]) -> tuple[DeliverySummary, ...]:
    """The same deliveries as a list shows them."""
    return tuple(DeliverySummary.model_validate(receipt) for receipt in receipts)
