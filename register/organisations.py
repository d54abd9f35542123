"""Organisations that have contacts: those of the country, kept by programme staff, and those of a region.

Belongs here: keeping and reading them. Does not belong here: who of them is told about what (`contacts.py`).
"""

from collections.abc import Iterator, Sequence

from indicators.areas import COUNTRY, area_register
from indicators.errors import UnknownCodeError
from register.access import Action, Actor, may, require
from register.agreement_draft import tidy_text
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.contact_events import OrganisationAdded, OrganisationKind, OrganisationRemoved
from register.contact_states import ContactStates, Organisation, contact_states
from register.errors import EntryRefusedError, UnknownRecordError
from register.events import Event
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.person_plan import Plan, carry_out

_MAXIMUM_NAME = 200


def add_organisation(
    home: Home, name: str, kind: OrganisationKind, *, region: str | None, area_code: str | None = None, actor: Actor
) -> Organisation:
    """Add an organisation of a region, or with `region` None of the whole country.

    Raises:
        AccessDeniedError: `actor` may not keep contacts there.
        EntryRefusedError: it breaks rules; every fault is told.
        UnknownCodeError: the region does not exist.
    """
    require(actor, Action.MANAGE_CONTACT, region or COUNTRY)
    called, code = tidy_text(name), ""

    def plan_of(events: Sequence[Event]) -> Plan:
        nonlocal code
        states = contact_states(events)
        refuse_entry([*_faults_of_organisation(called, kind, region, area_code, states)])
        code = f"ORG{states.organisation_count + 1:03}"
        added = OrganisationAdded(code=code, name=called, organisation_kind=kind, region=region, area_code=area_code)
        return Plan([added])

    return contact_states(carry_out(home, plan_of, actor=actor)).organisations[code]


def remove_organisation(home: Home, code: str, *, reason: str, actor: Actor) -> None:
    """Remove an organisation; the data of its recipients are erased.

    Raises:
        AccessDeniedError: `actor` may not keep contacts there.
        ReasonNeededError: there is no reason.
        UnknownRecordError: it does not exist for the actor.
    """
    said = needed_reason(reason, to="de organisatie te verwijderen")

    def plan_of(events: Sequence[Event]) -> Plan:
        states = contact_states(events)
        organisation_kept_by(states, code, actor)
        gone = [item.person.person_id for item in states.recipients_of(code)]
        return Plan([OrganisationRemoved(code=code, reason=said)], gone=gone)

    carry_out(home, plan_of, actor=actor)


def organisations(home: Home, *, actor: Actor) -> list[Organisation]:
    """The organisations whose contacts `actor` may see."""
    found = contact_states(Ledger(home).events()).organisations.values()
    return [item for item in found if may(actor, Action.READ_CONTACT, item.access_area)]


def organisation_kept_by(states: ContactStates, code: str, actor: Actor) -> Organisation:
    """An organisation that `actor` may keep; one that he may not see and none at all are the same."""
    found = states.organisations.get(code)
    if found is None or not may(actor, Action.READ_CONTACT, found.access_area):
        raise UnknownRecordError(f"Organisatie {code} bestaat niet, of u hebt er geen recht op.")
    require(actor, Action.MANAGE_CONTACT, found.access_area)
    return found


def refuse_entry(faults: Sequence[AgreementFault]) -> None:
    """Stop when there is any fault.

    Raises:
        EntryRefusedError: with all of them.
    """
    if faults:
        raise EntryRefusedError(tuple(faults))


def _faults_of_organisation(
    name: str, kind: OrganisationKind, region: str | None, area_code: str | None, states: ContactStates
) -> Iterator[AgreementFault]:
    if not 0 < len(name) <= _MAXIMUM_NAME:
        yield fault(
            ("name",), AgreementRule.REQUIRED, f"De naam heeft {len(name)} tekens.",
            f"Geef een naam van 1 tot {_MAXIMUM_NAME} tekens.",
        )  # fmt: skip
    if kind.is_national and region is not None:
        yield fault(
            ("region",), AgreementRule.REGION, f"Een organisatie van de soort '{kind}' hoort bij geen regio.",
            "Laat de regio leeg.", value=region,
        )  # fmt: skip
    if area_code is not None and not is_area(area_code):
        yield fault(
            ("code",), AgreementRule.UNKNOWN, f"'{area_code}' is geen gemeente of regio.",
            "Schrijf een code als GM0363, of laat de code leeg.", value=area_code,
        )  # fmt: skip
    if any((item.name.casefold(), item.region) == (name.casefold(), region) for item in states.organisations.values()):
        yield fault(("name",), AgreementRule.DUPLICATE, f"'{name}' bestaat al.", "Gebruik die organisatie.", value=name)


def is_area(code: str) -> bool:
    """Whether a code is that of a gemeente or region."""
    try:
        area_register().area(code)
    except UnknownCodeError:
        return False
    return True
