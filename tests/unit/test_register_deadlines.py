"""Opening and reminding over a simulated calendar, day by day, with days that are missed and runs that are repeated."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.periods import Period
from indicators.uitvraag import uitvraag_for
from register.deadlines import due
from register.events import Event, PeriodCompleted, Reminded, ReminderKind, UitvraagOpened
from tests.support_ledger import accepted, asked_codes, ledger, on, received

START = date(2026, 1, 5)
"""After the end of 2025Q4, which is due on 14-2-2026; 2026Q1 is due on 15-5-2026."""
DUE = date(2026, 2, 14)


def run(days: Iterable[date], events: Sequence[Event] = ()) -> list[Event]:
    found = list(events)
    for day in days:
        found = ledger(*due(found, day), moment=on(day), before=found)
    return found


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def reminders(events: Iterable[Event], region: str = "ZK08", period: str = "2025Q4") -> list[tuple[date, int | None]]:
    return [
        (event.occurred_at.date(), event.content.days)
        for event in events
        if isinstance(event.content, Reminded) and (event.content.region, event.content.period) == (region, period)
    ]


def opened(events: Iterable[Event]) -> list[tuple[str, date]]:
    return [(e.content.period, e.occurred_at.date()) for e in events if isinstance(e.content, UitvraagOpened)]


def test_the_first_run_opens_the_last_ended_quarter_and_not_the_past() -> None:
    events = run([START])
    assert opened(events) == [("2025Q4", START)]
    content = events[0].content
    assert isinstance(content, UitvraagOpened)
    assert (content.due_date, content.uitvraag_version) == (DUE, uitvraag_for(Period.parse("2025Q4")).version)


def test_day_by_day_each_quarter_opens_once_and_each_region_is_reminded_three_times() -> None:
    events = run(every_day(START, date(2026, 5, 20)))
    assert opened(events) == [("2025Q4", START), ("2026Q1", date(2026, 4, 1))]
    assert reminders(events) == [(date(2026, 1, 31), 14), (date(2026, 2, 11), 3), (date(2026, 2, 15), None)]
    assert [days for _, days in reminders(events, period="2026Q1")] == [14, 3, None]
    told = Counter(e.content.region for e in events if isinstance(e.content, Reminded) and e.content.period == "2025Q4")
    assert set(told.values()) == {3}
    assert len(told) == 31


def test_when_days_are_missed_only_the_nearest_reminder_is_given() -> None:
    assert reminders(run([START, date(2026, 2, 12)])) == [(date(2026, 2, 12), 3)]
    assert reminders(run([START, date(2026, 2, 5)])) == [(date(2026, 2, 5), 14)]
    assert reminders(run([START, date(2026, 6, 1)])) == [(date(2026, 6, 1), None)]


def test_quarters_that_ended_while_nothing_ran_are_opened_too() -> None:
    events = run([START, date(2026, 10, 2)])
    assert [period for period, _ in opened(events)] == ["2025Q4", "2026Q1", "2026Q2", "2026Q3"]


def test_who_delivered_everything_is_not_reminded_and_who_delivered_in_part_is() -> None:
    codes = asked_codes()
    whole = ledger(received("a"), accepted(1, *codes), received("b", "ZK10"), accepted(3, *codes[:-1]))
    events = run(every_day(START, date(2026, 3, 1)), whole)
    assert reminders(events, "ZK08") == []
    assert len(reminders(events, "ZK10")) == 3


def test_who_declared_the_period_complete_without_a_dataset_is_not_reminded() -> None:
    codes = asked_codes()
    declared = PeriodCompleted(region="ZK08", period="2025Q4", missing={codes[-1]: 1_000}, reason="storing")
    events = run(every_day(START, date(2026, 3, 1)), ledger(received(), accepted(1, *codes[:-1]), declared))
    assert reminders(events, "ZK08") == []
    assert len(reminders(events, "ZK10")) == 3


@settings(max_examples=25, deadline=None)
@given(days=st.lists(st.integers(0, 75), min_size=1, max_size=12))
def test_however_often_and_in_whatever_order_it_runs_nothing_is_said_twice(days: list[int]) -> None:
    events = run([START + timedelta(days=n) for n in days])
    contents = [event.content for event in events]
    keys = [
        (c.region, c.period, c.reminder, c.days) if isinstance(c, Reminded) else c.kind + str(getattr(c, "period", ""))
        for c in contents
    ]
    assert len(keys) == len(set(keys))
    assert due(events, START + timedelta(days=days[-1])) == []
    for content in contents:
        if isinstance(content, Reminded):
            assert (content.days is None) == (content.reminder is ReminderKind.OVERDUE)
