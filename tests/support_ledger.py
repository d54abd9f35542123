"""Events made by hand: a ledger without database, for tests of what follows from events."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from expectations.findings import Outcome
from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from register.access import OPERATOR
from register.events import (
    GENESIS,
    Accepted,
    AnsweredRows,
    Event,
    EventContent,
    Ingested,
    Received,
    Rejected,
)

NOTHING_READ = {"rows_read": 0, "findings": (), "finding_counts": {}, "normalisations": ()}
NEW_YEAR = datetime(2026, 1, 1, 12, tzinfo=UTC)


def ledger(*contents: EventContent, moment: datetime = NEW_YEAR, before: Sequence[Event] = ()) -> list[Event]:
    """Events in order, after those before it; the hashes are not those of a real chain."""
    return [*before, *(
        Event(sequence=n, occurred_at=moment, actor=OPERATOR, content=content, previous_hash=GENESIS, hash=GENESIS)
        for n, content in enumerate(contents, start=len(before) + 1)
    )]  # fmt: skip


def on(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), UTC)


def received(sha256: str = "a", region: str = "ZK08", period: str = "2025Q4") -> Received:
    """A file arrived; `sha256` is one hexadecimal digit, repeated."""
    return Received(
        region=region, period=period, uitvraag_version=1, sha256=sha256 * 64, size=1, file_name="bestand.csv"
    )


def accepted(
    submission: int,
    *datasets: str,
    outcome: Outcome = Outcome.ACCEPTED,
    rows: dict[str, AnsweredRows] | None = None,
    asks_reason: bool = False,
) -> Accepted:
    """A submission is accepted."""
    return Accepted.model_validate(
        NOTHING_READ
        | {
            "submission": submission, "outcome": outcome, "datasets": datasets or ("PRE02",),
            "canonical_hash": "c" * 64, "dataset_rows": rows, "asks_reason": asks_reason,
        }
    )  # fmt: skip


def warned(submission: int, *datasets: str, asks_reason: bool = False) -> Accepted:
    """A submission is accepted with warnings: it waits for confirmation."""
    return accepted(submission, *datasets, outcome=Outcome.ACCEPTED_WITH_WARNINGS, asks_reason=asks_reason)


def rejected(submission: int, *, has_personal_data: bool = False) -> Rejected:
    """A submission is rejected."""
    return Rejected.model_validate(NOTHING_READ | {"submission": submission, "has_personal_data": has_personal_data})


def ingested(sha256: str = "a", source: str = "vektis", period: str = "2023") -> Ingested:
    """An open-data file counts."""
    return Ingested.model_validate(
        NOTHING_READ
        | {
            "source": source, "period": period, "sha256": sha256 * 64, "size": 1, "file_name": "v.csv",
            "canonical_hash": "c" * 64,
        }
    )  # fmt: skip


def asked_codes(period: str = "2025Q4") -> tuple[str, ...]:
    """The datasets that are asked and not optional."""
    return tuple(asked.code for asked in uitvraag_for(Period.parse(period)).asks if not asked.is_optional)
