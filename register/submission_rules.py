"""What may be done to a submission in its state, and why not: confirm, withdraw, reinstate, purge.

Belongs here: the rules, as questions (`can_be_...`) and as checks that say what is wrong and what to do instead.
Does not belong here: who may do it (`access.py`), and doing it (`decisions.py`).
"""

from register.errors import ReasonNeededError, WrongStateError
from register.events import Accepted
from register.submissions import Submission, SubmissionState


def can_be_confirmed(submission: Submission) -> bool:
    """Whether it waits for confirmation."""
    return submission.state is SubmissionState.AWAITING_CONFIRMATION


def can_be_withdrawn(submission: Submission) -> bool:
    """Whether it counts, waits for confirmation, or may count again when a later one is withdrawn."""
    return isinstance(submission.verdict, Accepted) and not submission.is_withdrawn


def can_be_reinstated(submission: Submission) -> bool:
    """Whether it is withdrawn, or something later is in force for its datasets."""
    return submission.state in {
        SubmissionState.SUPERSEDED, SubmissionState.PARTLY_SUPERSEDED, SubmissionState.WITHDRAWN,
    }  # fmt: skip


def can_be_purged(submission: Submission) -> bool:
    """Whether its bytes are in quarantine and can be destroyed."""
    return submission.has_personal_data and not submission.is_purged


def check_confirmable(submission: Submission, reason: str | None) -> None:
    """Go on only when the submission can be confirmed with this reason.

    Raises:
        WrongStateError: it does not wait for confirmation.
        ReasonNeededError: a reason is asked and there is none.
    """
    if not can_be_confirmed(submission):
        raise WrongStateError(f"{_subject(submission)} kan niet worden bevestigd: {_why_not_confirmable(submission)}")
    if isinstance(submission.verdict, Accepted) and submission.verdict.asks_reason and not reason:
        raise ReasonNeededError(
            f"{_subject(submission)} heeft waarschuwingen die om een verklaring vragen, bijvoorbeeld een grote "
            "verandering. Geef een reden op: waarom kloppen de cijfers?"
        )


def check_withdrawable(submission: Submission) -> None:
    """Go on only when the submission can be withdrawn.

    Raises:
        WrongStateError: it does not count already, or is not judged yet.
    """
    _check_judged(submission)
    if not can_be_withdrawn(submission):
        raise WrongStateError(f"{_subject(submission)} telt al niet mee; intrekken is niet nodig.")


def check_reinstatable(submission: Submission) -> None:
    """Go on only when the submission can be reinstated.

    Raises:
        WrongStateError: it counts already, was never accepted, or is not judged yet.
    """
    _check_judged(submission)
    if can_be_reinstated(submission):
        return
    reasons = {
        SubmissionState.ACCEPTED: "zij telt al mee.",
        SubmissionState.AWAITING_CONFIRMATION: "zij wacht op bevestiging. Bevestig haar.",
        SubmissionState.REJECTED: "zij is afgekeurd. Lever een verbeterd bestand aan.",
        SubmissionState.PURGED: "zij is gewist. Lever een bestand zonder persoonsgegevens aan.",
    }
    raise WrongStateError(f"{_subject(submission)} kan niet worden hersteld: {reasons[submission.state]}")


def check_purgeable(submission: Submission) -> None:
    """Go on only when the bytes of the submission can be destroyed.

    Raises:
        WrongStateError: it holds no personal data as far as is known, or is not judged yet.
    """
    _check_judged(submission)
    if not can_be_purged(submission):
        raise WrongStateError(
            f"{_subject(submission)} kan niet worden gewist: alleen een bestand dat is afgekeurd om persoonsgegevens "
            "wordt gewist. Trek een verkeerde aanlevering in."
        )


def _check_judged(submission: Submission) -> None:
    if submission.state is SubmissionState.RECEIVED:
        raise WrongStateError(f"{_subject(submission)} wordt nog beoordeeld. Probeer het daarna opnieuw.")


def _why_not_confirmable(submission: Submission) -> str:
    later = ", ".join(str(number) for number in submission.superseded_by)
    reasons = {
        SubmissionState.RECEIVED: "zij wordt nog beoordeeld.",
        SubmissionState.REJECTED: "zij is afgekeurd. Lever een verbeterd bestand aan.",
        SubmissionState.PURGED: "zij is gewist.",
        SubmissionState.WITHDRAWN: "zij is ingetrokken. Herstel haar met een reden als zij toch moet gelden.",
        SubmissionState.SUPERSEDED: f"aanlevering {later} kwam later en geldt nu. Herstel haar met een reden als zij "
        "toch moet gelden.",
    }
    return reasons[submission.state]


def _subject(submission: Submission) -> str:
    return f"Aanlevering {submission.number}"
