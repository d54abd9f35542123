"""What follows from the events about afspraken: how each stands now, and what was changed field by field.

Belongs here: pure functions of events. Does not belong here: who may see it (`agreement_views.py`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from register.agreement_faults import place_words
from register.agreement_fields import AgreementStatus
from register.agreement_model import Agreement
from register.events import AgreementChanged, AgreementMade, AgreementStatusChanged, AgreementWithdrawn, Event

_FIRST_REASON: Final = "bij het maken"


class StatusEntry(NamedTuple):
    """Since when an afspraak is in a state, and why."""

    status: AgreementStatus
    since: date
    reason: str


@dataclass(frozen=True)
class AgreementState:
    """How an afspraak stands; `version` is the sequence number of its last event."""

    code: str
    version: int
    agreement: Agreement
    statuses: tuple[StatusEntry, ...]
    made_at: datetime
    changed_at: datetime
    withdrawn_reason: str | None = None

    @property
    def status(self) -> StatusEntry:
        """The state that was set last."""
        return self.statuses[-1]


class FieldChange(NamedTuple):
    """One field that an event changed; None where it was or became empty. Persons stand as a number only."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class AgreementStep:
    """One event in the history of an afspraak: who, when, what and why."""

    version: int
    occurred_at: datetime
    actor_name: str
    actor_role: str
    what: str
    reason: str | None
    changes: tuple[FieldChange, ...]


def agreement_states(events: Iterable[Event]) -> dict[str, AgreementState]:
    """Every afspraak by code, in the order in which they were made; withdrawn ones too."""
    found: dict[str, AgreementState] = {}
    for event in events:
        match event.content:
            case AgreementMade(code=code, agreement=agreement):
                moment = event.occurred_at
                begun = StatusEntry(AgreementStatus.VOORGENOMEN, moment.date(), _FIRST_REASON)
                found[code] = AgreementState(code, event.sequence, agreement, (begun,), moment, moment)
            case AgreementChanged(code=code, agreement=agreement):
                found[code] = _after(found[code], event, agreement=agreement)
            case AgreementStatusChanged(code=code) as changed:
                entry = StatusEntry(changed.status, changed.since, changed.reason)
                found[code] = _after(found[code], event, statuses=(*found[code].statuses, entry))
            case AgreementWithdrawn(code=code, reason=reason):
                found[code] = _after(found[code], event, withdrawn_reason=reason)
            case _:
                pass
    return found


def _after(before: AgreementState, event: Event, **changes: object) -> AgreementState:
    return replace(before, version=event.sequence, changed_at=event.occurred_at, **changes)  # type: ignore[arg-type]


def next_code(region_code: str, taken: Iterable[str]) -> str:
    """The code of the next afspraak of a region; a code is never used again."""
    numbers = [int(code.partition("-A")[2]) for code in taken if code.startswith(f"{region_code}-A")]
    return f"{region_code}-A{max(numbers, default=0) + 1:03}"


def agreement_steps(events: Iterable[Event], code: str) -> list[AgreementStep]:
    """The history of one afspraak, oldest first."""
    steps: list[AgreementStep] = []
    last: Agreement | None = None
    status: str | None = AgreementStatus.VOORGENOMEN.words
    for event in events:
        match event.content:
            case AgreementMade(code=found, agreement=agreement) if found == code:
                steps.append(_step(event, "gemaakt", None, ()))
                last = agreement
            case AgreementChanged(code=found, agreement=agreement, reason=reason) if found == code and last:
                steps.append(_step(event, "gewijzigd", reason, tuple(field_changes(last, agreement))))
                last = agreement
            case AgreementStatusChanged(code=found, reason=reason) as changed if found == code:
                change = FieldChange("stand", status, f"{changed.status.words} sinds {changed.since}")
                steps.append(_step(event, "stand gewijzigd", reason, (change,)))
                status = change.after
            case AgreementWithdrawn(code=found, reason=reason) if found == code:
                steps.append(_step(event, "ingetrokken", reason, ()))
            case _:
                pass
    return steps


def _step(event: Event, what: str, reason: str | None, changes: tuple[FieldChange, ...]) -> AgreementStep:
    actor = event.actor
    return AgreementStep(event.sequence, event.occurred_at, actor.name, actor.role, what, reason, changes)


def field_changes(before: Agreement, after: Agreement) -> Iterator[FieldChange]:
    """Every field that differs, in the order of the fields."""
    old, new = _fields(before), _fields(after)
    for path in dict.fromkeys([*old, *new]):
        if old.get(path) != new.get(path):
            yield FieldChange(place_words(path), old.get(path), new.get(path))
    if before.contacts != after.contacts:
        yield FieldChange("contactpersonen", str(len(before.contacts)), str(len(after.contacts)))


def _fields(agreement: Agreement) -> Mapping[tuple[str | int, ...], str]:
    return dict(_leaves(agreement.model_dump(mode="json", exclude={"contacts"}), ()))


def _leaves(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, path if name == "path" else (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    elif isinstance(value, bool):
        yield path, "ja" if value else "nee"
    elif isinstance(value, float):
        yield path, f"{value:.15g}".replace(".", ",")
    elif value is not None:
        yield path, str(value)
