"""Bringing in a file with afspraken: all of it or nothing, with every fault at its place.

A row with an existing code changes that afspraak and names the version on which it is based; any other word in its
place makes a new one. Belongs here: what a file would do, and doing it. Does not belong here: reading the file
(`agreement_files.py`), the rules (`agreement_rules.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from register.access import Action, Actor, require
from register.agreement_draft import AgreementDraft, DraftHead, read_loose
from register.agreement_faults import AgreementFault, AgreementRule, fault
from register.agreement_files import FileAgreement, read_agreements
from register.agreement_head import Begun, begun, head_faults
from register.agreement_plan import AgreementPlan, refuse
from register.agreement_rules import Known
from register.agreement_sheets import HEAD
from register.agreement_states import AgreementState, FieldChange, agreement_states, field_changes
from register.agreement_views import may_see
from register.agreements import drafted, require_own_region
from register.events import AgreementChanged, Event
from register.functie_list import known_functies
from register.home import Home
from register.ledger import Ledger
from register.lookup import needed_reason
from register.person_plan import carry_out
from register.submissions import today_in_the_netherlands

_CODE: Final = re.compile(r"ZK\d\d-A\d+", re.IGNORECASE)


class Effect(StrEnum):
    """What a file does with one afspraak."""

    MADE = "gemaakt"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"


@dataclass(frozen=True)
class ImportLine:
    """What a file does, or would do, with one afspraak; `label` is the word or code in the file."""

    label: str
    code: str
    effect: Effect
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What a file did, or with `is_dry_run` would do; the codes of new afspraken may then become others."""

    is_dry_run: bool
    lines: tuple[ImportLine, ...]

    def count(self, effect: Effect) -> int:
        """How many afspraken it does this with."""
        return sum(line.effect is effect for line in self.lines)


@dataclass(frozen=True)
class _Judged:
    """One afspraak of a file, judged beside the register."""

    label: str
    state: AgreementState | None
    draft: AgreementDraft
    begun: Begun | None
    faults: tuple[AgreementFault, ...]


def import_agreements(
    home: Home, content: bytes, *, reason: str, dry_run: bool = False, actor: Actor, today: date | None = None
) -> ImportReport:
    """Make and change afspraken as a file says; with `dry_run` only tell what it would do.

    Raises:
        AccessDeniedError: `actor` may not make or change one of them.
        AgreementRefusedError: nothing is done; every fault is told, with sheet, row and column.
        ReasonNeededError: there is no reason.
    """
    said = needed_reason(reason, to="afspraken uit een bestand vast te leggen")
    read = read_agreements(content)
    lines: list[ImportLine] = []

    def plan_of(events: Sequence[Event]) -> AgreementPlan:
        states = agreement_states(events)
        now = Known(known_functies(events), today or today_in_the_netherlands())
        judged = [_judged(entry, states.get(entry.label), now, actor) for entry in read.agreements]
        refuse([*read.faults, *(item for one in judged for item in one.faults)])
        plan = AgreementPlan()
        lines[:] = [_planned(home, plan, item, list(states), said) for item in judged]
        return plan

    if dry_run:
        plan_of(Ledger(home).events())
    else:
        carry_out(home, plan_of, actor=actor)
    return ImportReport(dry_run, tuple(lines))


def _judged(entry: FileAgreement, found: AgreementState | None, now: Known, actor: Actor) -> _Judged:
    state = found if found is not None and may_see(found, actor) else None
    if state is not None:
        require(actor, Action.MANAGE_AGREEMENT, state.agreement.region)
    head, unread = read_loose(DraftHead, {name: entry.raw[name] for name in HEAD if name in entry.raw})
    values = {name: value for name, value in entry.raw.items() if name not in HEAD}
    before = None if state is None else state.agreement
    draft, wrong = drafted(values, now._replace(before=before))
    require_own_region(draft, actor)
    beside = [*_faults_of_code(entry.label, state), *head_faults(head, state, now.today)]
    skipped = {item.path for item in unread}
    faults = [*unread, *(item for item in beside if item.path not in skipped), *wrong]
    return _Judged(entry.label, state, draft, begun(head, state), tuple(entry.placed(item) for item in faults))


def _faults_of_code(label: str, state: AgreementState | None) -> list[AgreementFault]:
    if state is not None or not _CODE.fullmatch(label):
        return []
    return [fault(
        ("code",), AgreementRule.UNKNOWN, f"Afspraak {label} bestaat niet, of u hebt er geen recht op.",
        "Schrijf voor een nieuwe afspraak een eigen woord, zoals nieuw1; het register geeft de code.", value=label,
    )]  # fmt: skip


def _planned(home: Home, plan: AgreementPlan, item: _Judged, taken: Sequence[str], reason: str) -> ImportLine:
    """Put one afspraak in the plan; says what that does."""
    changes: tuple[FieldChange, ...] = ()
    if item.state is None:
        code, effect = plan.make(item.draft, taken), Effect.MADE
    else:
        code = item.state.code
        is_changed = plan.change(home, item.state, item.draft, reason)
        effect = Effect.CHANGED if is_changed or item.begun else Effect.UNCHANGED
        last = plan.contents[-1] if is_changed else None
        if isinstance(last, AgreementChanged):
            changes = tuple(field_changes(item.state.agreement, last.agreement))
    if item.begun is not None:
        plan.set_status(code, item.begun.status, item.begun.since, item.begun.reason)
        before = None if item.state is None else item.state.status.status.words
        changes = (*changes, FieldChange("stand", before, item.begun.status.words))
    return ImportLine(item.label, code, effect, changes)
