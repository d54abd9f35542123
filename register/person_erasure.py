"""The right to be forgotten: finding somebody wherever he is a contact, and erasing him (decision 0026).

Belongs here: that, over afspraken and recipients alike. Does not belong here: changing one afspraak or recipient.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from indicators.areas import COUNTRY
from register.access import Action, Actor, require
from register.agreement_states import agreement_states
from register.contact_events import PersonErased
from register.contact_states import contact_states
from register.errors import UnknownRecordError
from register.events import Event
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.person_plan import Plan, carry_out
from register.persons import Person, PersonReference, persons


class NamedPerson(NamedTuple):
    """A person as he is kept in one place; `place` is the code of an afspraak or recipient."""

    person_id: str
    place: str
    person: Person


def find_person(home: Home, text: str, *, actor: Actor) -> list[NamedPerson]:
    """Where somebody is a contact whose name or address holds a text.

    Raises:
        AccessDeniedError: `actor` may not keep contacts of the whole country.
    """
    require(actor, Action.MANAGE_CONTACT, COUNTRY)
    named = list(_named(Ledger(home).events()))
    found = persons(home, (reference for _, reference in named))
    kept = [
        NamedPerson(item.person_id, place, found[item.person_id]) for place, item in named if item.person_id in found
    ]
    wanted = text.strip().casefold()
    return [item for item in kept if wanted and wanted in f"{item.person.name}\n{item.person.e_mail}".casefold()]


def erase(home: Home, person_ids: Collection[str], *, reason: str, actor: Actor) -> None:
    """Erase persons; what named them stays, without them.

    Raises:
        AccessDeniedError: `actor` may not keep contacts of the whole country.
        ReasonNeededError: there is no reason.
        UnknownRecordError: one of them is not named anywhere.
    """
    require(actor, Action.MANAGE_CONTACT, COUNTRY)
    said = needed_reason(reason, to="iemand te wissen")

    def plan_of(events: Sequence[Event]) -> Plan:
        unknown = sorted(set(person_ids) - {reference.person_id for _, reference in _named(events)})
        if unknown or not person_ids:
            raise UnknownRecordError(f"Deze personen zijn nergens contact: {', '.join(unknown)}. Zoek ze opnieuw op.")
        wanted = tuple(sorted(set(person_ids)))
        return Plan([PersonErased(person_ids=wanted, reason=said)], gone=list(wanted))

    carry_out(home, plan_of, actor=actor)


def _named(events: Sequence[Event]) -> Iterator[tuple[str, PersonReference]]:
    """Every reference that still stands, with the code of what it stands in."""
    for code, state in agreement_states(events).items():
        for reference in state.agreement.contacts:
            yield code, reference
    for code, recipient in contact_states(events).recipients.items():
        yield code, recipient.person
