"""Who of an organisation is told about which themes and regions, and how.

Belongs here: keeping and reading recipients. Does not belong here: the organisations (`organisations.py`), sending
anything, and erasing a person wherever he is named (`person_erasure.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.areas import COUNTRY
from indicators.definition_model import Theme
from register.access import Action, Actor, may, require
from register.agreement_draft import DraftContact
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.agreement_part_rules import contact_faults
from register.contact_events import (
    Notice,
    RecipientAdded,
    RecipientChanged,
    RecipientRemoved,
)
from register.contact_states import ContactStates, Organisation, RecipientState, contact_states
from register.errors import UnknownRecordError
from register.events import Event
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.organisations import is_area, organisation_kept_by, refuse_entry
from register.person_plan import Plan, carry_out
from register.persons import Person, new_person, persons


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told, with his data; for who may see them."""

    code: str
    organisation: Organisation
    person: Person
    themes: tuple[Theme, ...]
    regions: tuple[str, ...]
    notice: Notice


@dataclass(frozen=True)
class RecipientEntry:
    """What somebody enters about a recipient; without themes or regions he is told about all of them."""

    person: DraftContact
    themes: tuple[Theme, ...] = ()
    regions: tuple[str, ...] = ()
    notice: Notice = Notice.WEEKLY


def add_recipient(home: Home, organisation: str, entry: RecipientEntry, *, actor: Actor) -> Recipient:
    """Let somebody of an organisation be told.

    Raises:
        AccessDeniedError: `actor` may not keep contacts there, or not for these regions.
        EntryRefusedError: it breaks rules; every fault is told.
        UnknownRecordError: the organisation does not exist for the actor.
    """
    code = ""

    def plan_of(events: Sequence[Event]) -> Plan:
        nonlocal code
        states = contact_states(events)
        organisation_kept_by(states, organisation, actor)
        _require_entry(entry, actor)
        code = f"ONT{states.recipient_count + 1:03}"
        new = new_person(_person(entry))
        added = RecipientAdded(
            code=code, organisation=organisation, person=new.reference, themes=entry.themes, regions=entry.regions,
            notice=entry.notice,
        )  # fmt: skip
        return Plan([added], new=[new])

    return _recipient(home, contact_states(carry_out(home, plan_of, actor=actor)), code)


def change_recipient(home: Home, code: str, entry: RecipientEntry, *, actor: Actor) -> Recipient:
    """Change who a recipient is, or what he is told; data that are no longer right are erased.

    Raises:
        AccessDeniedError: `actor` may not keep contacts there, or not for these regions.
        EntryRefusedError: it breaks rules; every fault is told.
        UnknownRecordError: the recipient does not exist for the actor.
    """

    def plan_of(events: Sequence[Event]) -> Plan:
        states = contact_states(events)
        state = _recipient_kept_by(states, code, actor)
        _require_entry(entry, actor)
        person, before = _person(entry), persons(home, [state.person]).get(state.person.person_id)
        new = None if person == before else new_person(person)
        changed = RecipientChanged(
            code=code, person=new.reference if new else state.person, themes=entry.themes, regions=entry.regions,
            notice=entry.notice,
        )  # fmt: skip
        if new is None and (entry.themes, entry.regions, entry.notice) == (state.themes, state.regions, state.notice):
            return Plan()
        return Plan([changed], new=[new] if new else [], gone=[state.person.person_id] if new else [])

    return _recipient(home, contact_states(carry_out(home, plan_of, actor=actor)), code)


def remove_recipient(home: Home, code: str, *, reason: str, actor: Actor) -> None:
    """Let somebody be told nothing any more, and erase his data.

    Raises:
        AccessDeniedError: `actor` may not keep contacts there.
        ReasonNeededError: there is no reason.
        UnknownRecordError: the recipient does not exist for the actor.
    """
    said = needed_reason(reason, to="de ontvanger te verwijderen")

    def plan_of(events: Sequence[Event]) -> Plan:
        state = _recipient_kept_by(contact_states(events), code, actor)
        return Plan([RecipientRemoved(code=code, reason=said)], gone=[state.person.person_id])

    carry_out(home, plan_of, actor=actor)


def recipients(home: Home, region: str | None = None, theme: Theme | None = None, *, actor: Actor) -> list[Recipient]:
    """Who is told about a region and theme, as far as `actor` may see them; without a region everybody.

    Who was erased is left out, as nothing can be sent to him; who wants no notices is in it.

    Raises:
        UnknownCodeError: the region does not exist.
    """
    if region is not None:
        may(actor, Action.READ_CONTACT, region)
    states = contact_states(Ledger(home).events())
    wanted = [
        item
        for item in states.recipients.values()
        if may(actor, Action.READ_CONTACT, states.organisations[item.organisation].access_area)
        and (region is None or item.is_told_about(region, theme))
    ]
    found = persons(home, (item.person for item in wanted))
    return [_shown(item, states, found[item.person.person_id]) for item in wanted if item.person.person_id in found]


def _recipient(home: Home, states: ContactStates, code: str) -> Recipient:
    state = states.recipients[code]
    return _shown(state, states, persons(home, [state.person])[state.person.person_id])


def _shown(state: RecipientState, states: ContactStates, person: Person) -> Recipient:
    organisation = states.organisations[state.organisation]
    return Recipient(state.code, organisation, person, state.themes, state.regions, state.notice)


def _recipient_kept_by(states: ContactStates, code: str, actor: Actor) -> RecipientState:
    found = states.recipients.get(code)
    area = None if found is None else states.organisations[found.organisation].access_area
    if found is None or area is None or not may(actor, Action.READ_CONTACT, area):
        raise UnknownRecordError(f"Ontvanger {code} bestaat niet, of u hebt er geen recht op.")
    require(actor, Action.MANAGE_CONTACT, area)
    return found


def _require_entry(entry: RecipientEntry, actor: Actor) -> None:
    """Go on only when an entry is sound and is about regions for which `actor` keeps contacts."""
    refuse_entry([*_faults_of_entry(entry)])
    for area in entry.regions or (COUNTRY,):
        require(actor, Action.MANAGE_CONTACT, area)


def _faults_of_entry(entry: RecipientEntry) -> Iterator[AgreementFault]:
    yield from contact_faults((), entry.person)
    if entry.person.e_mail is None:
        yield fault(("e_mail",), AgreementRule.REQUIRED, "Het e-mailadres is leeg.", "Geef een adres.")
    for code in entry.regions:
        if not is_area(code):
            yield fault(
                ("region",), AgreementRule.UNKNOWN, f"'{code}' is geen regio.", "Schrijf een code als ZK08.", value=code
            )


def _person(entry: RecipientEntry) -> Person:
    return Person(name=entry.person.name or "", role=entry.person.role, e_mail=entry.person.e_mail)
