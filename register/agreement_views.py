"""What somebody sees of afspraken: the whole of it, or only what everybody may read.

Belongs here: which fields are for whom. Does not belong here: how afspraken are changed (`agreements.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from register.access import Action, Actor, may
from register.agreement_draft import AgreementDraft
from register.agreement_model import Agreement, draft_of
from register.agreement_states import AgreementState, StatusEntry
from register.persons import Person


@dataclass(frozen=True)
class AgreementView:
    """An afspraak as somebody may see it.

    Not `is_whole`: amounts, obstacle and the reasons of states are left out. `contacts` is empty for who may not see
    them and lacks who was erased.
    """

    code: str
    version: int
    agreement: Agreement
    contacts: tuple[Person, ...]
    statuses: tuple[StatusEntry, ...]
    made_at: datetime
    changed_at: datetime
    withdrawn_reason: str | None
    is_whole: bool

    @property
    def status(self) -> StatusEntry:
        """The state that was set last."""
        return self.statuses[-1]

    @property
    def draft(self) -> AgreementDraft:
        """What somebody would enter to get this; for a form."""
        return draft_of(self.agreement, self.contacts)


def may_see(state: AgreementState, actor: Actor) -> bool:
    """Whether somebody may see anything of an afspraak."""
    region = state.agreement.region
    if may(actor, Action.READ_AGREEMENT, region):
        return True
    is_shown = state.agreement.is_public and state.withdrawn_reason is None
    return is_shown and may(actor, Action.READ_PUBLISHED, region)


def view(state: AgreementState, contacts: tuple[Person, ...], actor: Actor) -> AgreementView:
    """An afspraak that somebody may see; `contacts` are its persons who are still known."""
    region = state.agreement.region
    is_whole = may(actor, Action.READ_AGREEMENT, region)
    hidden = {"contacts": ()} if is_whole else {"contacts": (), "money": (), "obstacle": None}
    return AgreementView(
        code=state.code,
        version=state.version,
        agreement=state.agreement.model_copy(update=hidden),
        contacts=contacts if may(actor, Action.READ_CONTACT, region) else (),
        statuses=state.statuses if is_whole else tuple(item._replace(reason="") for item in state.statuses),
        made_at=state.made_at,
        changed_at=state.changed_at,
        withdrawn_reason=state.withdrawn_reason if is_whole else None,
        is_whole=is_whole,
    )
