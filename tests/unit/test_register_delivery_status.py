"""Who has delivered what: every state of a cell, its days and its percentages."""

from collections.abc import Sequence
from datetime import date

import pytest

from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from register.completion import asked_count
from register.delivery_status import DeliveryCell, DeliveryState, delivery_cells
from register.events import AnsweredRows, Confirmed, Event, PeriodCompleted, Purged, Withdrawn
from tests.support_ledger import accepted, asked_codes, ledger, on, received, rejected, warned

PERIOD = Period.parse("2025Q4")
DUE = uitvraag_for(PERIOD).due_date(PERIOD)
BEFORE, AFTER = date(2026, 1, 20), date(2026, 3, 1)
EARLY = on(date(2026, 1, 15))
CODES = asked_codes()
COMPLETED = PeriodCompleted(region="ZK08", period="2025Q4", missing={}, reason=None)


def cell(events: Sequence[Event], today: date = BEFORE, region: str = "ZK08") -> DeliveryCell:
    return next(found for found in delivery_cells(events, today, [PERIOD]) if found.region == region)


def test_the_due_date_of_the_example() -> None:
    assert date(2026, 2, 14) == DUE


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 31), DeliveryState.NOT_DUE), (date(2026, 1, 1), DeliveryState.EXPECTED),
        (DUE, DeliveryState.EXPECTED), (date(2026, 2, 15), DeliveryState.OVERDUE),
    ],
)  # fmt: skip
def test_without_any_file_the_day_decides(today: date, expected: DeliveryState) -> None:
    assert cell([], today).state is expected


def test_every_region_of_the_period_has_a_cell_and_a_period_that_is_not_asked_has_none() -> None:
    assert len(delivery_cells([], BEFORE, [PERIOD, Period.parse("2019Q1"), Period.parse("2025")])) == 31


@pytest.mark.parametrize(
    ("events", "before_due", "after_due"),
    [
        (ledger(received()), DeliveryState.RECEIVED, DeliveryState.OVERDUE),
        (ledger(received(), rejected(1)), DeliveryState.REJECTED, DeliveryState.OVERDUE),
        (ledger(received(), warned(1, *CODES)), DeliveryState.AWAITING_CONFIRMATION, DeliveryState.OVERDUE),
        (ledger(received(), accepted(1, CODES[0])), DeliveryState.RECEIVED, DeliveryState.OVERDUE),
        (ledger(received(), accepted(1, *CODES)), DeliveryState.ACCEPTED, DeliveryState.ACCEPTED),
        (ledger(received(), accepted(1, *CODES), COMPLETED), DeliveryState.COMPLETE, DeliveryState.COMPLETE),
        (
            ledger(received(), accepted(1, *CODES), Withdrawn(submission=1, reason="fout")),
            DeliveryState.EXPECTED, DeliveryState.OVERDUE,
        ),
        (
            ledger(received(), accepted(1, *CODES), COMPLETED, Withdrawn(submission=1, reason="fout")),
            DeliveryState.EXPECTED, DeliveryState.OVERDUE,
        ),
        (
            ledger(received("a"), accepted(1, *CODES), received("b"), warned(3, *CODES)),
            DeliveryState.AWAITING_CONFIRMATION, DeliveryState.AWAITING_CONFIRMATION,
        ),
        (
            ledger(received("a"), accepted(1, *CODES), received("b"), rejected(3)),
            DeliveryState.ACCEPTED, DeliveryState.ACCEPTED,
        ),
        (
            ledger(received(), warned(1, *CODES), Confirmed(submission=1, reason=None)),
            DeliveryState.ACCEPTED, DeliveryState.ACCEPTED,
        ),
        (
            ledger(
                received(), rejected(1, has_personal_data=True), Purged(submission=1, sha256="a" * 64, reason="bsn")
            ),
            DeliveryState.REJECTED, DeliveryState.OVERDUE,
        ),
    ],
)  # fmt: skip
def test_the_state_follows_the_rule(
    events: Sequence[Event], before_due: DeliveryState, after_due: DeliveryState
) -> None:
    assert (cell(events).state, cell(events, AFTER).state) == (before_due, after_due)


def test_a_period_declared_without_a_dataset_is_complete_until_another_one_falls_away() -> None:
    last = CODES[-1]
    count = next(asked_count(a, "ZK08", PERIOD) for a in uitvraag_for(PERIOD).asks if a.code == last)
    declared = PeriodCompleted(region="ZK08", period="2025Q4", missing={last: count}, reason="storing")
    events = ledger(received("a"), accepted(1, *CODES[1:-1]), received("b"), accepted(3, CODES[0]), declared)
    assert (cell(events, AFTER).state, cell(events, AFTER).missing_datasets) == (DeliveryState.COMPLETE, (last,))
    fallen = ledger(Withdrawn(submission=3, reason="fout"), before=events)
    assert (cell(fallen, AFTER).state, cell(fallen, AFTER).is_declared) == (DeliveryState.OVERDUE, True)


def test_the_days_count_from_the_due_date_to_the_last_dataset() -> None:
    first = ledger(received("a"), accepted(1, *CODES[:-1]), moment=EARLY)
    assert (cell(first).accepted_on, cell(first).days_late) == (None, None)
    assert cell(first, AFTER).days_late == 15
    both = ledger(received("b"), accepted(3, CODES[-1]), moment=on(date(2026, 2, 10)), before=first)
    found = cell(both, AFTER)
    assert (found.first_received_on, found.accepted_on, found.days_late) == (date(2026, 1, 15), date(2026, 2, 10), -4)
    corrected = ledger(received("c"), accepted(5, *CODES), moment=on(date(2026, 2, 27)), before=both)
    assert cell(corrected, AFTER).days_late == -4


def test_with_warnings_the_day_of_the_confirmation_counts() -> None:
    events = ledger(received(), warned(1, *CODES), moment=EARLY)
    events = ledger(Confirmed(submission=1, reason=None), moment=on(date(2026, 2, 20)), before=events)
    assert cell(events, AFTER).days_late == 6


def test_attempts_and_numbers_are_those_of_the_region_and_period() -> None:
    events = ledger(received("a"), rejected(1), received("b", "ZK10"), received("c"), received("d", period="2025Q3"))
    assert (cell(events).attempts, cell(events).submissions) == (2, (1, 4))


def test_the_percentages_are_of_all_asked_rows() -> None:
    asked = {a.code: asked_count(a, "ZK08", PERIOD) for a in uitvraag_for(PERIOD).asks if not a.is_optional}
    rows = {code: AnsweredRows(asked=count, delivered=count, warned=0) for code, count in asked.items()}
    full = cell(ledger(received(), accepted(1, *CODES, rows=rows)))
    assert (full.completeness_pct, full.quality_score_pct) == (100, 100)
    first = CODES[0]
    half = AnsweredRows(asked=asked[first], delivered=asked[first], warned=asked[first] // 2)
    partly = cell(ledger(received(), accepted(1, first, rows={first: half})))
    assert partly.completeness_pct == pytest.approx(100 * asked[first] / sum(asked.values()))
    assert partly.quality_score_pct == pytest.approx(100 * (half.delivered - half.warned) / sum(asked.values()))


def test_without_anything_in_force_there_is_no_percentage() -> None:
    assert (cell([]).completeness_pct, cell([]).quality_score_pct) == (None, None)
    unknown = cell(ledger(received(), accepted(1, *CODES)))
    assert (unknown.completeness_pct, unknown.quality_score_pct) == (None, None)
