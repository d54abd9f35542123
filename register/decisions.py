"""What a sender decides about a submission afterwards: confirm, withdraw, reinstate, purge.

Each is one event, decided on the whole ledger without another event coming in between. Does not belong here: what a
state allows (`submission_rules.py`) and what follows from the event (`submissions.py`).
"""

from collections.abc import Callable, Sequence

from register.access import Action, Actor
from register.events import Confirmed, Event, EventContent, Purged, Reinstated, Withdrawn
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason, optional_reason, submission_for
from register.personal_data import settle
from register.receipts import Receipt, receipt_of
from register.submission_rules import (
    check_confirmable,
    check_purgeable,
    check_reinstatable,
    check_withdrawable,
)
from register.submissions import Submission, submissions


def confirm(home: Home, number: int, *, reason: str | None, actor: Actor) -> Receipt:
    """Stand for a submission in spite of its warnings, so that its rows count; confirming again changes nothing.

    Raises:
        AccessDeniedError: `actor` may not confirm it, or it does not exist for him.
        ReasonNeededError: a warning asks a reason and there is none.
        UnknownSubmissionError: there is no such submission.
        WrongStateError: it does not wait for confirmation; the text says what can be done.
    """
    said = optional_reason(reason)

    def decide(submission: Submission) -> EventContent | None:
        if submission.counts:
            return None
        check_confirmable(submission, said)
        return Confirmed(submission=number, reason=said)

    return _decided(home, number, Action.CONFIRM, actor, decide)


def withdraw(home: Home, number: int, *, reason: str, actor: Actor) -> Receipt:
    """Take a submission back, with a reason; the one before it counts again.

    Raises:
        AccessDeniedError: `actor` may not withdraw it, or it does not exist for him.
        ReasonNeededError: there is no reason.
        UnknownSubmissionError: there is no such submission.
        WrongStateError: it does not count (not judged yet, rejected, withdrawn).
    """
    said = needed_reason(reason, to="de aanlevering in te trekken")

    def decide(submission: Submission) -> EventContent:
        check_withdrawable(submission)
        return Withdrawn(submission=number, reason=said)

    return _decided(home, number, Action.WITHDRAW, actor, decide)


def reinstate(home: Home, number: int, *, reason: str, actor: Actor) -> Receipt:
    """Let a superseded or withdrawn submission count again, as if it was received now.

    It confirms its warnings as well: whoever reinstates it stands for it, with a reason.

    Raises:
        AccessDeniedError: `actor` may not reinstate it, or it does not exist for him.
        ReasonNeededError: there is no reason.
        UnknownSubmissionError: there is no such submission.
        WrongStateError: it counts already, or was never accepted.
    """
    said = needed_reason(reason, to="de aanlevering te herstellen")

    def decide(submission: Submission) -> EventContent:
        check_reinstatable(submission)
        return Reinstated(submission=number, reason=said)

    return _decided(home, number, Action.REINSTATE, actor, decide)


def purge(home: Home, number: int, *, reason: str, actor: Actor) -> Receipt:
    """Destroy the bytes of a file with personal data; purging again only makes sure that they are gone.

    The ledger says so first; a crash before the bytes are gone is finished by `intake.resume`.

    Raises:
        AccessDeniedError: `actor` may not purge it, or it does not exist for him.
        ReasonNeededError: there is no reason.
        UnknownSubmissionError: there is no such submission.
        WrongStateError: it was not set apart.
    """
    said = needed_reason(reason, to="het bestand te wissen")

    def decide(submission: Submission) -> EventContent | None:
        if submission.is_purged:
            return None
        check_purgeable(submission)
        return Purged(submission=number, sha256=submission.delivery.sha256, reason=said)

    return _decided(home, number, Action.PURGE, actor, decide)


def _decided(
    home: Home, number: int, action: Action, actor: Actor, decide: Callable[[Submission], EventContent | None]
) -> Receipt:
    def contents(events: Sequence[Event]) -> list[EventContent]:
        content = decide(submission_for(submissions(events), number, action=action, actor=actor))
        return [] if content is None else [content]

    events = Ledger(home).append_decided(contents, actor=actor).events
    submission = submissions(events)[number]
    settle(home, events, only={submission.delivery.sha256})
    return receipt_of(submission)
