"""Finding a submission or a reason that somebody names, without telling more than he may know.

Belongs here: what the use cases on one submission share. Does not belong here: what they do (`decisions.py`).
"""

import re
from collections.abc import Mapping
from typing import Final

from indicators.areas import COUNTRY
from register.access import Action, Actor, may
from register.errors import AccessDeniedError, ReasonNeededError, UnknownSubmissionError
from register.personal_data import has_bsn
from register.submissions import Submission

MAXIMUM_REASON: Final = 2_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def submission_for(found: Mapping[int, Submission], number: int, *, action: Action, actor: Actor) -> Submission:
    """The submission with this number, for somebody who may do this with it.

    To whoever may not do it everywhere, a number that does not exist and one of another region are the same, so that
    numbers tell nothing.

    Raises:
        AccessDeniedError: it is not for this actor.
        UnknownSubmissionError: it does not exist, and the actor may know that.
    """
    submission = found.get(number)
    if may(actor, action, COUNTRY):
        if submission is None:
            raise UnknownSubmissionError(
                f"Aanlevering {number} bestaat niet. Kijk op het ontvangstbewijs voor het nummer."
            )
        return submission
    if submission is None or not may(actor, action, submission.delivery.region):
        raise AccessDeniedError(
            f"Aanlevering {number} bestaat niet, of u hebt er geen recht op. Kijk op het ontvangstbewijs voor het "
            "nummer, of vraag het de beheerder."
        )
    return submission


def optional_reason(text: str | None) -> str | None:
    """A reason as the ledger keeps it; None when nothing is said.

    Raises:
        ReasonNeededError: it is too long, or names a burgerservicenummer, which would stay in the ledger for ever.
    """
    reason = _CONTROL.sub(" ", text or "").strip()
    if len(reason) > MAXIMUM_REASON:
        raise ReasonNeededError(f"De reden is te lang: {len(reason)} tekens, hoogstens {MAXIMUM_REASON} kan.")
    if has_bsn(reason):
        raise ReasonNeededError("In de reden staat een burgerservicenummer. Schrijf de reden zonder persoonsgegevens.")
    return reason or None


def needed_reason(text: str | None, *, to: str) -> str:
    """A reason that must be there; `to` says in Dutch what it is for.

    Raises:
        ReasonNeededError: nothing is said, or it cannot be kept.
    """
    reason = optional_reason(text)
    if reason is None:
        raise ReasonNeededError(f"Geef een reden op om {to}; zij wordt bij de aanlevering bewaard.")
    return reason
