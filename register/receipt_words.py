"""What a receipt says, in plain Dutch: what happened to the file and what follows from it.

Belongs here: the sentences. Does not belong here: the fields (`receipts.py`) and what a state allows
(`submission_rules.py`).
"""

from collections.abc import Iterator
from datetime import date

from expectations.findings import Outcome, Severity
from register.event_fields import Changes
from register.events import Accepted, Rejected
from register.submission_rules import can_be_purged, can_be_reinstated
from register.submissions import Submission, SubmissionState

_AGAIN = "Lever een aangepast bestand aan als er andere cijfers moeten gelden."
_PERSONAL_DATA = (
    "Er staan persoonsgegevens in dit bestand (een burgerservicenummer). Het bestand is apart gezet: niemand kan het "
    "lezen en het telt niet mee."
)


def message_of(submission: Submission, *, already_received: bool) -> str:
    """What happened to the file."""
    delivery = submission.delivery
    if already_received:
        return f"Dit bestand was al ontvangen als aanlevering {submission.number}. {_standing(submission)}"
    name = f"Aanlevering {submission.number} van {delivery.region} over {delivery.period}"
    match submission.state:
        case SubmissionState.RECEIVED:
            return f"{name} is ontvangen en wordt nog beoordeeld."
        case SubmissionState.AWAITING_CONFIRMATION:
            return f"{name} {_awaiting_words(submission)}."
        case SubmissionState.WITHDRAWN:
            return f"{name} is ingetrokken en telt niet mee."
        case SubmissionState.PURGED:
            return f"{name} is gewist, omdat er persoonsgegevens in stonden; alleen de vingerafdruk is bewaard."
        case SubmissionState.SUPERSEDED | SubmissionState.PARTLY_SUPERSEDED:
            return f"{name} is {_replaced_words(submission)}."
        case SubmissionState.ACCEPTED | SubmissionState.REJECTED:
            return f"{name} {_verdict_words(submission.verdict)}."


def sentences_of(submission: Submission, due_date: date | None) -> tuple[str, ...]:
    """What follows from it: what to do next, what it changes, whether it was in time."""
    changes = submission.verdict.changes if isinstance(submission.verdict, Accepted) else None
    return (*_next_steps(submission), *_change_words(changes), *_time_words(submission.received_on, due_date))


def dry_message(verdict: Accepted | Rejected) -> str:
    """What would happen to the file."""
    return f"Proef: dit bestand {_verdict_words(verdict)}. Er is niets opgeslagen."


def dry_sentences(verdict: Accepted | Rejected) -> tuple[str, ...]:
    """What would follow from it."""
    if isinstance(verdict, Rejected):
        return (_PERSONAL_DATA_DRY,) if verdict.has_personal_data else ()
    asks = ("Bij het echte aanleveren wordt om een bevestiging gevraagd.",)
    waits = verdict.outcome is Outcome.ACCEPTED_WITH_WARNINGS
    return (*(asks if waits else ()), *_change_words(verdict.changes))


_PERSONAL_DATA_DRY = (
    "Er staan persoonsgegevens in dit bestand (een burgerservicenummer). Verwijder ze voordat u het aanlevert."
)


def counted(count: int, one: str, many: str) -> str:
    """A number with its word: `1 fout`, `12 fouten`."""
    return f"{count:,} {one if count == 1 else many}".replace(",", ".")


def listed(numbers: tuple[int, ...]) -> str:
    """Numbers of submissions in a sentence."""
    return ", ".join(str(number) for number in numbers)


def _verdict_words(verdict: Accepted | Rejected | None) -> str:
    if verdict is None:
        return "wordt nog beoordeeld"
    if isinstance(verdict, Rejected) and verdict.has_personal_data:
        return "is afgekeurd om persoonsgegevens; niets uit dit bestand telt mee"
    match verdict.outcome:
        case Outcome.ACCEPTED:
            return "is geaccepteerd"
        case Outcome.ACCEPTED_WITH_WARNINGS:
            return f"is geaccepteerd, met {_warnings(verdict)}"
        case Outcome.REJECTED:
            faults = counted(verdict.finding_counts.get(Severity.ERROR, 0), "fout", "fouten")
            return f"is afgekeurd om {faults}; niets uit dit bestand telt mee"


def _warnings(verdict: Accepted | Rejected) -> str:
    return counted(verdict.finding_counts.get(Severity.WARNING, 0), "waarschuwing", "waarschuwingen")


def _awaiting_words(submission: Submission) -> str:
    warnings = _warnings(submission.verdict) if submission.verdict else ""
    return f"heeft {warnings} en wacht op bevestiging; de rijen tellen nog niet mee"


def _replaced_words(submission: Submission) -> str:
    part = "deels " if submission.state is SubmissionState.PARTLY_SUPERSEDED else ""
    return f"{part}vervangen door aanlevering {listed(submission.superseded_by)}"


def _standing(submission: Submission) -> str:
    """How the submission stands whose bytes came again."""
    match submission.state:
        case SubmissionState.WITHDRAWN:
            return "Die aanlevering is ingetrokken en telt niet mee. Wilt u haar herstellen?"
        case SubmissionState.SUPERSEDED | SubmissionState.PARTLY_SUPERSEDED:
            return f"Die is {_replaced_words(submission)}. Wilt u haar herstellen?"
        case SubmissionState.AWAITING_CONFIRMATION:
            return "Die wacht nog op bevestiging; de rijen tellen nog niet mee."
        case SubmissionState.REJECTED if not submission.has_personal_data:
            return "Die is afgekeurd. Verbeter de fouten hieronder en lever het verbeterde bestand aan."
        case SubmissionState.REJECTED:
            return "Die is afgekeurd om persoonsgegevens."
        case SubmissionState.PURGED:
            return "Dat is gewist, omdat er persoonsgegevens in stonden. Het is niet opnieuw bewaard."
        case _:
            return "Er is niets veranderd."


def _next_steps(submission: Submission) -> Iterator[str]:
    if can_be_purged(submission):
        yield _PERSONAL_DATA
        yield "Verwijder de persoonsgegevens, lever het bestand opnieuw aan en laat dit bestand wissen."
    if submission.state is SubmissionState.AWAITING_CONFIRMATION:
        yield _how_to_confirm(submission)
    if can_be_reinstated(submission):
        yield f"Herstellen kan met een reden: dan geldt deze aanlevering weer, alsof zij nu is ontvangen. {_AGAIN}"


def _how_to_confirm(submission: Submission) -> str:
    if isinstance(submission.verdict, Accepted) and submission.verdict.asks_reason:
        return "Bevestig met een reden dat de cijfers kloppen, of lever een verbeterd bestand aan."
    return "Bevestig dat de cijfers kloppen, of lever een verbeterd bestand aan."


def _change_words(changes: Changes | None) -> Iterator[str]:
    if changes is None:
        return
    replaced = f"Vergeleken met wat gold (aanlevering {listed(changes.replaces)})"
    if changes.is_empty:
        yield f"{replaced} verandert er niets."
        return
    parts = [
        counted(count, "rij", "rijen") + f" {word}"
        for count, word in ((changes.added, "erbij"), (changes.removed, "weg"), (changes.altered, "anders"))
        if count
    ]
    yield f"{replaced}: {', '.join(parts)}."


def _time_words(received_on: date, due_date: date | None) -> Iterator[str]:
    if due_date is None:
        return
    if received_on <= due_date:
        yield f"Op tijd: de uiterste datum is {due_date:%d-%m-%Y}."
    else:
        late = counted((received_on - due_date).days, "dag", "dagen")
        yield f"Te laat: de uiterste datum was {due_date:%d-%m-%Y}, {late} eerder."
