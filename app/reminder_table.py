"""The table of reminders and notices of overdue deliveries that were recorded.

Belongs here: its columns and words. Does not belong here: when a region is reminded (`register.deadlines`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from app.figures import long_date, moment, number, period_name
from app.markup import Table
from register.events import ReminderKind
from register.reports import Reminder

SHOWN: Final = 100
"""How many reminders a page lists."""


def reminder_table(found: Sequence[Reminder], names: Mapping[str, str]) -> Table:
    """One row per reminder, newest first.

    Args:
        found: what was recorded.
        names: code and name of the regions.
    """
    shown = found[:SHOWN]
    caption = "Vastgelegde herinneringen, de nieuwste bovenaan"
    return Table(
        caption if len(shown) == len(found) else f"{caption}; de laatste {SHOWN} van {number(len(found))}",
        ("Regio", "Kwartaal", "Wat", "Uiterste datum", "Vastgelegd op"),
        [
            (
                names.get(item.region, item.region),
                period_name(item.period),
                reminder_words(item),
                long_date(item.due_date),
                moment(item.recorded_at),
            )
            for item in shown
        ],
        stacks=True,
    )


def reminder_words(reminder: Reminder) -> str:
    """What the region was told."""
    match reminder.kind:
        case ReminderKind.OVERDUE:
            return "te laat gemeld"
        case ReminderKind.DUE_SOON:
            return f"herinnerd, hoogstens {reminder.days} {'dag' if reminder.days == 1 else 'dagen'} ervoor"
