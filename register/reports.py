"""What somebody who did not send them may see of deliveries: reports without figures, and recorded reminders.

The programme follows who has delivered what and which rules were broken; what a file says is the region's own until
it is published. Belongs here: leaving that out. Does not belong here: what the sender sees (`history.py`).
"""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import NamedTuple

from indicators.areas import COUNTRY
from indicators.periods import Period
from register.access import Action, Actor, may, require
from register.events import Reminded, ReminderKind
from register.home import Home
from register.ledger import Ledger
from register.personal_data import group_without_personal_data, without_personal_data
from register.receipts import Receipt, receipt_of
from register.submissions import submissions


class Reminder(NamedTuple):
    """What a region was reminded of, and when that was recorded; `days` is absent when it was overdue."""

    region: str
    period: str
    kind: ReminderKind
    days: int | None
    due_date: date
    recorded_at: datetime


def reports(
    home: Home,
    region_code: str,
    period: Period,
    *,
    actor: Actor,
    agreements: AbstractSet[str] = frozenset(),
) -> list[Receipt]:
    """The receipts of everything that a region sent for a period, newest first.

    Who may not read the region's exact figures gets them without what the files say.

    Args:
        home: the data directory.
        region_code: whose deliveries.
        period: about which period.
        actor: who asks.
        agreements: regions that agreed that programme staff read their exact figures.

    Raises:
        AccessDeniedError: `actor` may not see what the region delivered.
        UnknownCodeError: the region does not exist.
    """
    require(actor, Action.READ_DELIVERY_STATUS, region_code)
    sent = [
        receipt_of(item)
        for item in reversed(submissions(Ledger(home).events()).values())
        if (item.delivery.region, item.period) == (region_code, period)
    ]
    is_own = may(actor, Action.READ_OWN, region_code, agreements=agreements)
    return sent if is_own else [without_figures(item) for item in sent]


def without_figures(receipt: Receipt) -> Receipt:
    """A receipt with the rules that were broken, where and how often, and with nothing that the file says."""
    changes = receipt.changes and receipt.changes.model_copy(update={"differences": ()})
    findings = [without_personal_data(item).model_copy(update={"value": None}) for item in receipt.findings]
    return receipt.model_copy(
        update={
            "findings": tuple(findings),
            "groups": tuple(map(group_without_personal_data, receipt.groups)),
            "normalisations": (),
            "changes": changes,
        }
    )


def reminders(home: Home, *, actor: Actor) -> list[Reminder]:
    """The reminders and notices of overdue deliveries that were recorded, newest first, as far as `actor` may see.

    Raises:
        AccessDeniedError: `actor` may not see them of any region.
    """
    if actor.region is None:
        require(actor, Action.READ_DELIVERY_STATUS, COUNTRY)
    return [
        Reminder(said.region, said.period, said.reminder, said.days, said.due_date, event.occurred_at)
        for event in reversed(Ledger(home).events())
        if isinstance(said := event.content, Reminded) and may(actor, Action.READ_DELIVERY_STATUS, said.region)
    ]
