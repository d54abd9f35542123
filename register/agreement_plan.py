"""What a change of afspraken writes: its events, and the contact persons beside them.

Belongs here: making such a plan. Does not belong here: carrying it out (`person_plan.py`), and what is asked for by
a page or command (`agreements.py`) or a file (`agreement_import.py`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from register.agreement_draft import AgreementDraft
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.agreement_fields import AgreementStatus
from register.agreement_model import persons_of, settled
from register.agreement_states import AgreementState, next_code
from register.errors import AgreementRefusedError, StaleVersionError, WrongStateError
from register.events import AgreementChanged, AgreementMade, AgreementStatusChanged, AgreementWithdrawn
from register.home import Home
from register.person_plan import Plan
from register.persons import PersonReference, known, new_person, persons


class AgreementPlan(Plan):
    """What is written about afspraken."""

    def make(self, draft: AgreementDraft, taken: Iterable[str]) -> str:
        """Make an afspraak of a draft without faults; returns its code."""
        people = [new_person(person) for person in persons_of(draft)]
        made = [content.code for content in self.contents if isinstance(content, AgreementMade)]
        code = next_code(draft.region or "", [*taken, *made])
        agreement = settled(draft, [person.reference for person in people])
        self.new += people
        self.contents.append(AgreementMade(code=code, agreement=agreement))
        return code

    def change(self, home: Home, state: AgreementState, draft: AgreementDraft, reason: str) -> bool:
        """Change an afspraak to a draft without faults; returns whether that is anything else."""
        references = self._references(home, state, draft)
        agreement = settled(draft, references)
        if agreement == state.agreement:
            return False
        self.contents.append(
            AgreementChanged(code=state.code, agreement=agreement, based_on=state.version, reason=reason)
        )
        return True

    def set_status(self, code: str, status: AgreementStatus, since: date, reason: str) -> None:
        """Put an afspraak in a state."""
        self.contents.append(AgreementStatusChanged(code=code, status=status, since=since, reason=reason))

    def withdraw(self, state: AgreementState, reason: str) -> None:
        """Withdraw an afspraak; its contact persons are no longer needed."""
        self.contents.append(AgreementWithdrawn(code=state.code, reason=reason))
        self.gone += [reference.person_id for reference in state.agreement.contacts]

    def _references(self, home: Home, state: AgreementState, draft: AgreementDraft) -> Sequence[PersonReference]:
        """References to the persons of the draft; who was there keeps his own, who is no longer named is erased."""
        before, wanted = state.agreement.contacts, persons_of(draft)
        found = persons(home, before)
        if known(before, found) == wanted:
            return before
        kept = {found[item.person_id]: item for item in before if item.person_id in found}
        new = {person: new_person(person) for person in wanted if person not in kept}
        self.new += new.values()
        self.gone += [item.person_id for person, item in kept.items() if person not in wanted]
        return [kept[person] if person in kept else new[person].reference for person in wanted]


def require_current(state: AgreementState, version: int) -> None:
    """Go on only when an afspraak still stands and nobody changed it since a version.

    Raises:
        StaleVersionError: it was changed since.
        WrongStateError: it is withdrawn.
    """
    if state.withdrawn_reason is not None:
        raise WrongStateError(
            f"Afspraak {state.code} is ingetrokken ({state.withdrawn_reason}) en verandert niet meer."
        )
    if version != state.version:
        raise StaleVersionError(
            f"Afspraak {state.code} is intussen gewijzigd: u werkte met versie {version}, nu geldt {state.version}. "
            "Er is niets vastgelegd. Open de afspraak opnieuw en breng uw wijziging daarin aan."
        )


def status_faults(state: AgreementState | None, since: date, today: date) -> list[AgreementFault]:
    """What is wrong with the day since which an afspraak is in a state."""
    earlier = state.status.since if state is not None and len(state.statuses) > 1 else None
    if since > today:
        return [fault(
            ("status_since",), AgreementRule.STATUS, f"{since} ligt in de toekomst.",
            "Geef de dag waarop de stand is veranderd.", value=since,
        )]  # fmt: skip
    if earlier is not None and since < earlier:
        return [fault(
            ("status_since",), AgreementRule.STATUS, f"{since} ligt voor de vorige verandering ({earlier}).",
            "Geef een latere dag.", value=since,
        )]  # fmt: skip
    return []


def refuse(faults: Sequence[AgreementFault]) -> None:
    """Stop when there is any fault.

    Raises:
        AgreementRefusedError: with all of them.
    """
    if faults:
        raise AgreementRefusedError(tuple(faults))
