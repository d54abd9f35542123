"""Afspraken of regions: making, changing and reading them, one at a time.

A change names the version on which it is based, so that nobody overwrites what he did not see. Belongs here: these use
cases. Does not belong here: files with many of them (`agreement_import.py`, `agreement_export.py`), the rules
(`agreement_rules.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from indicators.definition_model import Theme
from indicators.errors import UnknownCodeError
from register.access import Action, Actor, may, require
from register.agreement_draft import AgreementDraft, read_loose
from register.agreement_faults import AgreementFault
from register.agreement_fields import AgreementStatus
from register.agreement_plan import AgreementPlan, refuse, require_current, status_faults
from register.agreement_rules import Known, agreement_faults
from register.agreement_states import AgreementState, AgreementStep, agreement_states, agreement_steps
from register.agreement_views import AgreementView, may_see, view
from register.errors import UnknownRecordError
from register.events import Event
from register.functie_list import known_functies
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.person_plan import carry_out
from register.persons import known, persons
from register.submissions import today_in_the_netherlands

Entered: TypeAlias = AgreementDraft | Mapping[str, Any]
"""What a form or machine gives."""


def make(home: Home, entered: Entered, *, actor: Actor, today: date | None = None) -> AgreementView:
    """Make an afspraak; the register gives it its code, and it begins as *voorgenomen*.

    Raises:
        AccessDeniedError: `actor` may not make afspraken for the region.
        AgreementRefusedError: it breaks rules; every fault is told.
    """
    code = ""

    def plan_of(events: Sequence[Event]) -> AgreementPlan:
        nonlocal code
        plan = AgreementPlan()
        draft = accepted(entered, Known(known_functies(events), today or today_in_the_netherlands()), actor)
        code = plan.make(draft, agreement_states(events))
        return plan

    events = carry_out(home, plan_of, actor=actor)
    return _view(home, agreement_states(events)[code], actor)


def change(
    home: Home, code: str, entered: Entered, *, version: int, reason: str, actor: Actor, today: date | None = None
) -> AgreementView:
    """Let an afspraak say something else: the whole of it; the same again changes nothing.

    Raises:
        AccessDeniedError: `actor` may not change it.
        AgreementRefusedError: it breaks rules; every fault is told.
        ReasonNeededError: there is no reason.
        StaleVersionError: somebody changed it since `version`.
        UnknownRecordError: it does not exist for the actor.
        WrongStateError: it is withdrawn.
    """
    said = needed_reason(reason, to="de afspraak te wijzigen")

    def plan_of(events: Sequence[Event]) -> AgreementPlan:
        plan, state = AgreementPlan(), _manageable(events, code, actor)
        require_current(state, version)
        now = Known(known_functies(events), today or today_in_the_netherlands(), state.agreement)
        plan.change(home, state, accepted(entered, now, actor), said)
        return plan

    return _view(home, agreement_states(carry_out(home, plan_of, actor=actor))[code], actor)


def set_status(
    home: Home, code: str, status: AgreementStatus, *, since: date, version: int, reason: str, actor: Actor,
    today: date | None = None,
) -> AgreementView:  # fmt: skip
    """Put an afspraak in a state since a day.

    Raises:
        AccessDeniedError: `actor` may not change it.
        AgreementRefusedError: the day is in the future, or before the last change of state.
        ReasonNeededError: there is no reason.
        StaleVersionError: somebody changed it since `version`.
        UnknownRecordError: it does not exist for the actor.
        WrongStateError: it is withdrawn.
    """
    said = needed_reason(reason, to="de stand te veranderen")

    def plan_of(events: Sequence[Event]) -> AgreementPlan:
        plan, state = AgreementPlan(), _manageable(events, code, actor)
        require_current(state, version)
        refuse(status_faults(state, since, today or today_in_the_netherlands()))
        plan.set_status(code, status, since, said)
        return plan

    return _view(home, agreement_states(carry_out(home, plan_of, actor=actor))[code], actor)


def withdraw(home: Home, code: str, *, version: int, reason: str, actor: Actor) -> AgreementView:
    """Withdraw an afspraak that should not have been entered; its contact persons are erased.

    Raises:
        AccessDeniedError: `actor` may not change it.
        ReasonNeededError: there is no reason.
        StaleVersionError: somebody changed it since `version`.
        UnknownRecordError: it does not exist for the actor.
        WrongStateError: it is withdrawn already.
    """
    said = needed_reason(reason, to="de afspraak in te trekken")

    def plan_of(events: Sequence[Event]) -> AgreementPlan:
        plan, state = AgreementPlan(), _manageable(events, code, actor)
        require_current(state, version)
        plan.withdraw(state, said)
        return plan

    return _view(home, agreement_states(carry_out(home, plan_of, actor=actor))[code], actor)


def agreements(
    home: Home, region: str | None = None, *, theme: Theme | None = None, functie: str | None = None,
    indicator: str | None = None, with_withdrawn: bool = False, actor: Actor,
) -> list[AgreementView]:  # fmt: skip
    """The afspraken that `actor` may see, in the order in which they were made.

    Raises:
        UnknownCodeError: the region does not exist.
    """
    if region is not None:
        may(actor, Action.READ_PUBLISHED, region)
    states = [
        state
        for state in agreement_states(Ledger(home).events()).values()
        if may_see(state, actor)
        and (with_withdrawn or state.withdrawn_reason is None)
        and region in (None, state.agreement.region)
        and theme in (None, state.agreement.theme)
        and functie in (None, state.agreement.functie)
        and (indicator is None or any(item.indicator == indicator for item in state.agreement.indicators))
    ]
    found = persons(home, (reference for state in states for reference in state.agreement.contacts))
    return [view(state, known(state.agreement.contacts, found), actor) for state in states]


def agreement(home: Home, code: str, *, actor: Actor) -> AgreementView:
    """One afspraak.

    Raises:
        UnknownRecordError: it does not exist for the actor.
    """
    return _view(home, _visible(Ledger(home).events(), code, actor), actor)


def agreement_history(home: Home, code: str, *, actor: Actor) -> list[AgreementStep]:
    """The audit trail of an afspraak, oldest first: who, when, why, and what changed field by field.

    Raises:
        AccessDeniedError: `actor` may only see what is public of it.
        UnknownRecordError: it does not exist for the actor.
    """
    events = Ledger(home).events()
    require(actor, Action.READ_AGREEMENT, _visible(events, code, actor).agreement.region)
    return agreement_steps(events, code)


def accepted(entered: Entered, now: Known, actor: Actor) -> AgreementDraft:
    """The draft of what was entered, for a region in which `actor` may make afspraken.

    Raises:
        AccessDeniedError: he may not.
        AgreementRefusedError: it breaks rules; every fault is told.
    """
    draft, faults = drafted(entered, now)
    require_own_region(draft, actor)
    refuse(faults)
    return draft


def drafted(entered: Entered, now: Known) -> tuple[AgreementDraft, list[AgreementFault]]:
    """The draft of what was entered, and everything that is wrong with it."""
    raw = entered.model_dump() if isinstance(entered, AgreementDraft) else entered
    draft, unread = read_loose(AgreementDraft, raw)
    return draft, [*unread, *agreement_faults(draft, now, [item.path for item in unread])]


def require_own_region(draft: AgreementDraft, actor: Actor) -> None:
    """Go on only when `actor` may make afspraken for the region of a draft, where that is a region.

    Raises:
        AccessDeniedError: he may not.
    """
    try:
        require(actor, Action.MANAGE_AGREEMENT, draft.region or actor.region or "NL")
    except UnknownCodeError:
        return


def _manageable(events: Sequence[Event], code: str, actor: Actor) -> AgreementState:
    state = _visible(events, code, actor)
    require(actor, Action.MANAGE_AGREEMENT, state.agreement.region)
    return state


def _visible(events: Sequence[Event], code: str, actor: Actor) -> AgreementState:
    """An afspraak that `actor` may see; one that he may not see and none at all are the same."""
    state = agreement_states(events).get(code)
    if state is None or not may_see(state, actor):
        raise UnknownRecordError(f"Afspraak {code} bestaat niet, of u hebt er geen recht op.")
    return state


def _view(home: Home, state: AgreementState, actor: Actor) -> AgreementView:
    references = state.agreement.contacts
    return view(state, known(references, persons(home, references)), actor)
