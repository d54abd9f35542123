"""What is in force, on the cases that people ask about."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from expectations.findings import Outcome
from indicators.measures import Source
from register.access import OPERATOR
from register.events import (
    GENESIS,
    Accepted,
    DemoStarted,
    Event,
    EventContent,
    Ingested,
    Received,
    Rejected,
    Withdrawn,
)
from register.in_force import batches_in_force, is_fictitious
from register.submissions import SubmissionState, pending, submissions

NOTHING_READ = {"rows_read": 0, "findings": (), "finding_counts": {}, "normalisations": ()}


def ledger(*contents: EventContent) -> list[Event]:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Event(sequence=n, occurred_at=moment, actor=OPERATOR, content=content, previous_hash=GENESIS, hash=GENESIS)
        for n, content in enumerate(contents, start=1)
    ]


def received(sha256: str = "a", region: str = "ZK08", period: str = "2025Q4") -> Received:
    return Received(
        region=region, period=period, uitvraag_version=1, sha256=sha256 * 64, size=1, file_name="bestand.csv"
    )


def accepted(submission: int, *datasets: str) -> Accepted:
    return Accepted(
        submission=submission, outcome=Outcome.ACCEPTED, datasets=datasets or ("PRE02",), canonical_hash="c" * 64,
        **NOTHING_READ,
    )  # fmt: skip


def rejected(submission: int) -> Rejected:
    return Rejected(submission=submission, **NOTHING_READ)


def ingested(sha256: str = "a", source: str = "vektis", period: str = "2023") -> Ingested:
    return Ingested(
        source=source, period=period, sha256=sha256 * 64, size=1, file_name="v.csv", canonical_hash="c" * 64,
        **NOTHING_READ,
    )  # fmt: skip


def states(events: Sequence[Event]) -> dict[int, SubmissionState]:
    return {number: submission.state for number, submission in submissions(events).items()}


def numbers(events: Sequence[Event]) -> dict[str, int]:
    return {batch.dataset_code: batch.number for batch in batches_in_force(events)}


def test_an_empty_ledger_has_nothing() -> None:
    assert submissions([]) == {}
    assert batches_in_force([]) == []


def test_without_verdict_it_is_received_and_pending() -> None:
    events = ledger(received())
    assert states(events) == {1: SubmissionState.RECEIVED}
    assert [item.number for item in pending(events)] == [1]
    assert batches_in_force(events) == []


def test_rejected_never_counts() -> None:
    events = ledger(received(), rejected(1))
    assert states(events) == {1: SubmissionState.REJECTED}
    assert batches_in_force(events) == []
    assert pending(events) == []


def test_accepted_counts_and_is_no_correction() -> None:
    (batch,) = batches_in_force(ledger(received(), accepted(1)))
    assert (batch.number, batch.region_code, batch.dataset_code, batch.period.code) == (1, "ZK08", "PRE02", "2025Q4")
    assert (batch.source, batch.sha256, batch.is_correction) == (Source.DELIVERY, "a" * 64, False)


def test_a_later_one_replaces_the_whole() -> None:
    events = ledger(received("a"), accepted(1), received("b"), accepted(3))
    assert states(events) == {1: SubmissionState.SUPERSEDED, 3: SubmissionState.ACCEPTED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(events)] == [(3, True)]
    assert submissions(events)[1].superseded_by == (3,)


def test_a_later_one_replaces_only_the_datasets_that_it_holds() -> None:
    events = ledger(received("a"), accepted(1, "PRE02", "OUD01"), received("b"), accepted(3, "OUD01", "DIG01"))
    assert states(events)[1] is SubmissionState.PARTLY_SUPERSEDED
    corrections = {batch.dataset_code: batch.is_correction for batch in batches_in_force(events)}
    assert numbers(events) == {"PRE02": 1, "OUD01": 3, "DIG01": 3}
    assert corrections == {"PRE02": False, "OUD01": True, "DIG01": False}


def test_after_withdrawal_the_one_before_returns() -> None:
    events = ledger(received("a"), accepted(1), received("b"), accepted(3), Withdrawn(submission=3, reason="fout"))
    assert states(events) == {1: SubmissionState.ACCEPTED, 3: SubmissionState.WITHDRAWN}
    assert numbers(events) == {"PRE02": 1}


def test_after_withdrawal_of_the_only_one_nothing_counts() -> None:
    assert batches_in_force(ledger(received(), accepted(1), Withdrawn(submission=1, reason="fout"))) == []


def test_what_comes_after_a_withdrawn_one_is_a_correction() -> None:
    events = ledger(received("a"), accepted(1), Withdrawn(submission=1, reason="fout"), received("b"), accepted(4))
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(events)] == [(4, True)]


def test_a_verdict_that_came_late_does_not_push_aside_what_was_received_later() -> None:
    events = ledger(received("a"), received("b"), accepted(2), accepted(1))
    assert states(events) == {1: SubmissionState.SUPERSEDED, 2: SubmissionState.ACCEPTED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(events)] == [(2, False)]


def test_only_the_first_verdict_counts() -> None:
    events = ledger(received(), accepted(1), rejected(1))
    assert states(events) == {1: SubmissionState.ACCEPTED}


def test_regions_and_periods_do_not_touch_each_other() -> None:
    events = ledger(
        received("a"), accepted(1), received("b", region="ZK10"), accepted(3), received("c", period="2025Q3"),
        accepted(5),
    )  # fmt: skip
    assert [batch.number for batch in batches_in_force(events)] == [5, 1, 3]


def test_of_open_data_the_last_ingest_per_source_and_period_counts() -> None:
    events = ledger(ingested("a"), ingested("b"), ingested("c", period="2022"), ingested("d", "population", "2019"))
    found = [(batch.dataset_code, batch.period.code, batch.number, batch.is_correction) for batch in
             batches_in_force(events)]  # fmt: skip
    assert found == [("population", "2019", 4, False), ("vektis", "2022", 3, False), ("vektis", "2023", 2, True)]
    assert {batch.region_code for batch in batches_in_force(events)} == {"NL"}


@pytest.mark.parametrize(("contents", "expected"), [((), False), ((DemoStarted(seed=1),), True)])
def test_a_demo_is_fictitious(contents: tuple[EventContent, ...], expected: bool) -> None:
    assert is_fictitious(ledger(received(), *contents)) is expected
