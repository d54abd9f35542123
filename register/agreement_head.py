"""What a file says beside an afspraak: on which version it is based, and in which state the afspraak is.

Belongs here: what is wrong with that, and which change of state follows. Does not belong here: what is agreed.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from register.agreement_draft import DraftHead
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.agreement_fields import AgreementStatus
from register.agreement_plan import status_faults
from register.agreement_states import AgreementState
from register.lookup import MAXIMUM_REASON
from register.personal_data import has_bsn


class Begun(NamedTuple):
    """A state that begins."""

    status: AgreementStatus
    since: date
    reason: str


def head_faults(head: DraftHead, state: AgreementState | None, today: date) -> Iterator[AgreementFault]:
    """Everything that is wrong with the head of an afspraak in a file."""
    yield from _faults_of_version(head, state)
    status = _status(head)
    if head.status is not None and status is None:
        yield fault(
            ("status",), AgreementRule.UNKNOWN, f"'{head.status}' is geen stand.",
            f"Kies uit: {', '.join(AgreementStatus)}.", value=head.status,
        )  # fmt: skip
    if status is not None and not _is_as_it_was(head, status, state):
        yield from _faults_of_change(head, state, today)


def begun(head: DraftHead, state: AgreementState | None) -> Begun | None:
    """The state that begins; None when it stays as it is or cannot be read."""
    status = _status(head)
    if status is None or head.status_since is None or head.status_reason is None or _is_as_it_was(head, status, state):
        return None
    return Begun(status, head.status_since, head.status_reason)


def _faults_of_version(head: DraftHead, state: AgreementState | None) -> Iterator[AgreementFault]:
    if state is None:
        return
    if state.withdrawn_reason is not None:
        yield fault(
            ("code",), AgreementRule.STATUS, f"Afspraak {state.code} is ingetrokken.", "Verwijder de rijen ervan."
        )
    elif head.version is None:
        yield fault(
            ("version",), AgreementRule.REQUIRED, "De versie is leeg.",
            "Voer de afspraken opnieuw uit en breng uw wijziging daarin aan.",
        )  # fmt: skip
    elif head.version != state.version:
        yield fault(
            ("version",), AgreementRule.STALE,
            f"Afspraak {state.code} is intussen gewijzigd: dit is versie {head.version}, nu geldt {state.version}.",
            "Voer de afspraken opnieuw uit en breng uw wijziging daarin aan.", value=head.version,
        )  # fmt: skip


def _faults_of_change(head: DraftHead, state: AgreementState | None, today: date) -> Iterator[AgreementFault]:
    for name, value in (("status_since", head.status_since), ("status_reason", head.status_reason)):
        if value is None:
            yield fault((name,), AgreementRule.REQUIRED, "Bij een andere stand mag dit niet leeg zijn.", "Vul het in.")
    if head.status_since is not None:
        yield from status_faults(state, head.status_since, today)
    reason = head.status_reason or ""
    if len(reason) > MAXIMUM_REASON:
        yield fault(
            ("status_reason",),
            AgreementRule.FORM,
            f"De reden is langer dan {MAXIMUM_REASON} tekens.",
            "Maak haar korter.",
        )
    if has_bsn(reason):
        yield fault(
            ("status_reason",), AgreementRule.PERSONAL_DATA, "In de reden staat een burgerservicenummer.",
            "Schrijf de reden zonder persoonsgegevens.",
        )  # fmt: skip


def _status(head: DraftHead) -> AgreementStatus | None:
    """The state by its code or its words."""
    text = (head.status or "").lower()
    return next((status for status in AgreementStatus if text in (status.value, status.words)), None)


def _is_as_it_was(head: DraftHead, status: AgreementStatus, state: AgreementState | None) -> bool:
    if state is None:
        return status is AgreementStatus.VOORGENOMEN
    return (status, head.status_since, head.status_reason) == state.status
