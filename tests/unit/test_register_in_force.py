"""What is in force, on the cases that people ask about."""

from collections.abc import Sequence

import pytest

from indicators.measures import Source
from register.events import Confirmed, DemoStarted, Event, EventContent, Purged, Reinstated, Withdrawn
from register.in_force import batches_in_force, is_fictitious
from register.submissions import SubmissionState, pending, submissions
from tests.support_ledger import accepted, ingested, ledger, received, rejected, warned


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


def test_with_warnings_nothing_counts_before_it_is_confirmed() -> None:
    events = ledger(received(), warned(1))
    assert states(events) == {1: SubmissionState.AWAITING_CONFIRMATION}
    assert batches_in_force(events) == []
    confirmed = ledger(received(), warned(1), Confirmed(submission=1, reason=None))
    assert states(confirmed) == {1: SubmissionState.ACCEPTED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(confirmed)] == [(1, False)]


def test_only_the_first_confirmation_says_from_when_it_counts() -> None:
    events = ledger(received(), warned(1), Confirmed(submission=1, reason=None), Confirmed(submission=1, reason="x"))
    assert submissions(events)[1].counts_from == 3


def test_what_waits_does_not_push_aside_what_counts() -> None:
    events = ledger(received("a"), accepted(1), received("b"), warned(3))
    assert states(events) == {1: SubmissionState.ACCEPTED, 3: SubmissionState.AWAITING_CONFIRMATION}
    assert numbers(events) == {"PRE02": 1}
    confirmed = ledger(Confirmed(submission=3, reason="klopt"), before=events)
    assert states(confirmed) == {1: SubmissionState.SUPERSEDED, 3: SubmissionState.ACCEPTED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(confirmed)] == [(3, True)]


def test_what_waits_is_superseded_when_later_ones_hold_all_of_it_and_waits_again_when_they_are_withdrawn() -> None:
    events = ledger(received("a"), warned(1, "PRE02", "OUD01"), received("b"), accepted(3, "PRE02"))
    assert submissions(events)[1].state is SubmissionState.AWAITING_CONFIRMATION
    assert submissions(events)[1].superseded_by == (3,)
    events = ledger(received("c"), accepted(5, "OUD01"), before=events)
    assert submissions(events)[1].state is SubmissionState.SUPERSEDED
    assert submissions(events)[1].superseded_by == (3, 5)
    events = ledger(Withdrawn(submission=5, reason="fout"), before=events)
    assert submissions(events)[1].state is SubmissionState.AWAITING_CONFIRMATION


def test_a_confirmation_after_a_later_one_counts_only_where_nothing_later_is() -> None:
    events = ledger(
        received("a"), warned(1, "PRE02", "OUD01"), received("b"), accepted(3, "PRE02"),
        Confirmed(submission=1, reason=None),
    )  # fmt: skip
    assert states(events) == {1: SubmissionState.PARTLY_SUPERSEDED, 3: SubmissionState.ACCEPTED}
    assert numbers(events) == {"PRE02": 3, "OUD01": 1}


def test_a_reinstated_one_is_in_force_as_if_it_came_last() -> None:
    events = ledger(received("a"), accepted(1), received("b"), accepted(3), Reinstated(submission=1, reason="toch"))
    assert states(events) == {1: SubmissionState.ACCEPTED, 3: SubmissionState.SUPERSEDED}
    assert submissions(events)[3].superseded_by == (1,)
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(events)] == [(1, True)]
    events = ledger(received("c"), accepted(6), before=events)
    assert numbers(events) == {"PRE02": 6}


def test_a_withdrawn_one_can_come_back_and_be_withdrawn_again() -> None:
    events = ledger(received(), accepted(1), Withdrawn(submission=1, reason="fout"))
    back = ledger(Reinstated(submission=1, reason="toch goed"), before=events)
    assert states(back) == {1: SubmissionState.ACCEPTED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(back)] == [(1, False)]
    away = ledger(Withdrawn(submission=1, reason="toch niet"), before=back)
    assert states(away) == {1: SubmissionState.WITHDRAWN}
    assert batches_in_force(away) == []


def test_reinstating_confirms_what_was_never_confirmed() -> None:
    events = ledger(received("a"), warned(1), received("b"), accepted(3), Reinstated(submission=1, reason="toch"))
    assert states(events) == {1: SubmissionState.ACCEPTED, 3: SubmissionState.SUPERSEDED}
    assert [(batch.number, batch.is_correction) for batch in batches_in_force(events)] == [(1, True)]


def test_a_purged_one_is_gone_for_good() -> None:
    events = ledger(received(), rejected(1, has_personal_data=True))
    assert (submissions(events)[1].state, submissions(events)[1].has_personal_data) == (SubmissionState.REJECTED, True)
    purged = ledger(Purged(submission=1, sha256="a" * 64, reason="bsn"), before=events)
    assert states(purged) == {1: SubmissionState.PURGED}
    assert batches_in_force(purged) == []


def test_a_submission_carries_everything_that_happened_to_it() -> None:
    events = ledger(received("a"), received("b"), warned(1), Confirmed(submission=1, reason=None), accepted(2))
    kinds = [event.content.kind for event in submissions(events)[1].events]
    assert kinds == ["received", "accepted", "confirmed"]


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
