"""Events with the persons that they refer to: written, or erased, in the transaction of the events.

Belongs here: such a plan, and carrying it out. Does not belong here: what is planned (`agreement_plan.py`,
`contacts.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from register.access import Actor
from register.events import Event, EventContent
from register.home import Home
from register.ledger import Ledger
from register.persons import NewPerson, erase_persons, forget_pages, write_persons


@dataclass
class Plan:
    """Events, and who is written or erased with them."""

    contents: list[EventContent] = field(default_factory=list)
    new: list[NewPerson] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


Planned: TypeAlias = Callable[[Sequence[Event]], Plan]
"""What to write, given every event so far."""


def carry_out(home: Home, plan_of: Planned, *, actor: Actor) -> Sequence[Event]:
    """Write a plan whole or not at all; returns the ledger after it."""
    plan = Plan()

    def decide(events: Sequence[Event]) -> Sequence[EventContent]:
        nonlocal plan
        plan = plan_of(events)
        return plan.contents

    def beside(connection: Connection) -> None:
        write_persons(connection, plan.new)
        erase_persons(connection, plan.gone)

    appended = Ledger(home).append_decided(decide, actor=actor, beside=beside)
    if plan.gone:
        forget_pages(home)
    return appended.events
