"""Examples in the documentation of the API; each is an instance of the model that it stands for, so it cannot be wrong.

Belongs here: examples. Everything in them is made up.
"""

from datetime import UTC, date, datetime
from typing import Final

from app.api.period_status import Asked, PeriodStatus
from expectations.findings import Finding, FindingGroup, Outcome, Severity
from indicators.areas import AreaLevel
from register.completion import Completion
from register.delivery_status import DeliveryCell, DeliveryState
from register.event_fields import AnsweredRows
from register.receipts import Act, Receipt
from register.submissions import SubmissionState

_AT: Final = datetime(2026, 2, 10, 9, 30, tzinfo=UTC)
_SHA256: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_FAULT: Final = Finding(
    row=14,
    column="Teller",
    value="veel",
    rule="cell.count",
    severity=Severity.ERROR,
    message="'veel' is geen aantal.",
    remedy="Vul een heel getal in, of een teken uit de codelijst.",
)
ACCEPTED: Final = Receipt(
    submission=12,
    outcome=Outcome.ACCEPTED,
    rows_read=24,
    datasets=("PRE02",),
    dataset_rows={"PRE02": AnsweredRows(asked=24, delivered=24, warned=0)},
    region="ZK08",
    period="2025Q4",
    file_name="levering.csv",
    sha256=_SHA256,
    size=1_180,
    received_at=_AT,
    received_from="token van ZK08",
    sequence=13,
    state=SubmissionState.ACCEPTED,
    state_words=SubmissionState.ACCEPTED.words,
    can_withdraw=True,
    due_date=date(2026, 2, 14),
    is_on_time=True,
    acts=(Act(kind="received", sequence=12, occurred_at=_AT, actor="token van ZK08", reason=None),),
    message="Aanlevering 12 van ZK08 over 2025Q4 is geaccepteerd.",
    sentences=("Op tijd: de uiterste datum is 14-02-2026.",),
)
REJECTED: Final = ACCEPTED.model_copy(
    update={
        "outcome": Outcome.REJECTED,
        "datasets": (),
        "dataset_rows": {},
        "findings": (_FAULT,),
        "finding_counts": {Severity.ERROR: 1},
        "groups": (FindingGroup(count=1, first_row=_FAULT.row, **_FAULT.model_dump(exclude={"row", "value"})),),
        "state": SubmissionState.REJECTED,
        "state_words": SubmissionState.REJECTED.words,
        "can_withdraw": False,
        "message": "Aanlevering 12 van ZK08 over 2025Q4 is afgekeurd om 1 fout; niets uit dit bestand telt mee.",
    }
)
DRY: Final = ACCEPTED.model_copy(
    update={
        "submission": None,
        "sequence": None,
        "received_at": None,
        "received_from": None,
        "state": None,
        "state_words": None,
        "can_withdraw": False,
        "acts": (),
        "message": "Proef: dit bestand is geaccepteerd. Er is niets opgeslagen.",
        "sentences": (),
    }
)
COMPLETION: Final = Completion(
    region="ZK08",
    period="2025Q4",
    declared_at=_AT,
    declared_by="systeem van ZK08",
    reason="De GGZ levert pas in maart.",
    missing_then={"GGZ03": 1},
    missing_now={"GGZ03": 1},
    holds=True,
    message="ZK08 heeft 2025Q4 gereed gemeld; er ontbreekt nog: 1 rij (GGZ03 1).",
)
PERIOD: Final = PeriodStatus(
    region="ZK08",
    period="2025Q4",
    uitvraag_version=2,
    due_date=date(2026, 2, 14),
    delivery=DeliveryCell(
        region="ZK08",
        period="2025Q4",
        state=DeliveryState.RECEIVED,
        due_date=date(2026, 2, 14),
        first_received_on=date(2026, 2, 10),
        accepted_on=None,
        days_late=None,
        attempts=1,
        submissions=(12,),
        missing_datasets=("GGZ03",),
        completeness_pct=96.0,
        quality_score_pct=96.0,
        is_declared=False,
    ),
    asked=(
        Asked(
            dataset="GGZ03",
            name="GGZ03",
            levels=(AreaLevel.REGION,),
            strata=("totaal totaal",),
            is_optional=False,
            row_count=1,
            missing_count=1,
            missing_names=("GGZ03 ZK08 totaal",),
        ),
    ),
    completion=None,
)
