"""Opening the uitvraag of a quarter, and reminding regions of its due date: once each, whatever days are missed.

A quarter is opened when it has ended; the first run opens the last ended quarter only, not the whole past. A region is
reminded while an asked dataset is not in force and it did not declare the period *gereed* without it: on the days
before the due date that the uitvraag names (only the nearest when days were missed), and once when the due date has
passed. Belongs here: what is recorded. Does not belong here: how a region is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from indicators.areas import COUNTRY
from indicators.errors import UnknownCodeError
from indicators.periods import Period, last_complete_quarter, quarters_between
from indicators.uitvraag import uitvraag_for
from register.access import Action, Actor, require
from register.delivery_status import (
    Delivered,
    delivered_by_place,
    is_declared_complete,
    missing_datasets,
    regions_in,
)
from register.events import Event, EventContent, Reminded, ReminderKind, UitvraagOpened
from register.home import Home
from register.ledger import Ledger


def record_due(home: Home, *, today: date, actor: Actor) -> list[Event]:
    """Record what is due on a day and is not recorded yet; returns the new events. Safe to repeat.

    Raises:
        AccessDeniedError: `actor` may not record reminders.
    """
    require(actor, Action.REMIND, COUNTRY)
    return Ledger(home).append_decided(lambda events: due(events, today), actor=actor).added


def due(events: Sequence[Event], today: date) -> list[EventContent]:
    """What must be recorded on a day, given everything that is recorded."""
    opened = [event.content for event in events if isinstance(event.content, UitvraagOpened)]
    new = list(_to_open(opened, today))
    return [*new, *_reminders(events, [*opened, *new], today)]


def _to_open(opened: Sequence[UitvraagOpened], today: date) -> Iterator[UitvraagOpened]:
    last = last_complete_quarter(today)
    known = {Period.parse(item.period) for item in opened}
    for period in quarters_between(min(known, default=last), last):
        if period not in known:
            try:
                uitvraag = uitvraag_for(period)
            except UnknownCodeError:
                continue
            yield UitvraagOpened(
                period=period.code, uitvraag_version=uitvraag.version, due_date=uitvraag.due_date(period)
            )


def _reminders(events: Sequence[Event], opened: Iterable[UitvraagOpened], today: date) -> Iterator[Reminded]:
    known = {_key(event.content) for event in events if isinstance(event.content, Reminded)}
    delivered, nothing = delivered_by_place(events), Delivered((), {}, None)
    for item in opened:
        period = Period.parse(item.period)
        for region in regions_in(period):
            reminder = _reminder(region, item, today)
            if reminder is None or _key(reminder) in known:
                continue
            if _lacks_something(region, period, delivered.get((region, period), nothing)):
                yield reminder


def _reminder(region: str, opened: UitvraagOpened, today: date) -> Reminded | None:
    """The reminder for which it is time, if any: the nearest to the due date."""
    due_date = opened.due_date
    if today > due_date:
        return Reminded(region=region, period=opened.period, reminder=ReminderKind.OVERDUE, due_date=due_date)
    days_left = (due_date - today).days
    reached = [days for days in uitvraag_for(Period.parse(opened.period)).reminder_days if days_left <= days]
    if not reached:
        return None
    return Reminded(
        region=region, period=opened.period, reminder=ReminderKind.DUE_SOON, days=min(reached), due_date=due_date
    )


def _lacks_something(region: str, period: Period, delivered: Delivered) -> bool:
    missing = missing_datasets(uitvraag_for(period), delivered.in_force)
    return bool(missing) and not is_declared_complete(region, period, delivered)


def _key(content: Reminded) -> tuple[str, str, ReminderKind, int | None]:
    return (content.region, content.period, content.reminder, content.days)
