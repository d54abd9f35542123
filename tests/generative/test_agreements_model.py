"""Afspraken: any sound one goes out to a file and comes back the same; what stands follows from the events alone."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.functies import functies
from indicators.periods import Period
from register.access import OPERATOR
from register.agreement_draft import AgreementDraft
from register.agreement_events import AgreementChanged, AgreementMade, AgreementStatusChanged, AgreementWithdrawn
from register.agreement_fields import AgreementStatus, MoneyKind, Owner
from register.agreement_files import read_agreements
from register.agreement_model import Agreement, draft_of, persons_of, settled
from register.agreement_rules import Known
from register.agreement_sheets import HEAD
from register.agreement_states import StatusEntry, agreement_states, agreement_steps, field_changes, next_code
from register.agreement_views import AgreementView
from register.agreement_workbook import json_file, xlsx_file
from register.agreements import drafted
from register.events import EventContent
from register.persons import Person
from tests.support_agreements import TODAY, sound
from tests.support_ledger import ledger

KNOWN = Known(functies(), TODAY)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=1+1", "_x0041_", "1.234", "WAAR", "'", " \n\r\ta", "nee", "2026-01-01"]
)
FILLED = TEXTS.filter(lambda text: any(character.isalnum() for character in text))
NUMBERS = st.floats(0, 1e9, allow_nan=False).map(lambda number: number + 0.0)
QUARTERS = st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def indicators(draw: st.DrawFn) -> dict[str, Any]:
    code = draw(st.sampled_from(["PRE02", "OUD08", "GGZ01"]))
    if draw(st.booleans()):
        return {"indicator": code, "text": draw(FILLED), "missing": draw(FILLED)}
    values = st.floats(0, 100)
    levels = [
        {"value": draw(values), "period": Period.quarter(2024, 1).shifted(steps).code} for steps in draw(QUARTERS)
    ]
    return {
        "indicator": code, "direction": draw(st.sampled_from(["at_least", "at_most", "hold"])),
        "baseline": levels[0], "milestones": levels[1:-1], "target": levels[-1],
    }  # fmt: skip


@st.composite
def entered(draw: st.DrawFn) -> dict[str, Any]:
    texts = {name: draw(FILLED) for name in ("opgave", "doel", "maatregel")}
    return sound() | texts | {
        "owner": draw(st.sampled_from(Owner)).value,
        "parties": draw(st.lists(st.fixed_dictionaries({"name": FILLED}), min_size=1, max_size=3)),
        "contacts": draw(st.lists(st.fixed_dictionaries({"name": FILLED, "role": TEXTS}), max_size=2)),
        "indicators": draw(st.lists(indicators(), max_size=2)),
        "money": draw(st.lists(st.fixed_dictionaries({
            "payer": FILLED, "kind": st.sampled_from(MoneyKind).map(str), "amount_euro": NUMBERS, "note": TEXTS,
        }), max_size=2)),
        "evidence": draw(TEXTS), "obstacle": draw(TEXTS), "is_public": draw(st.booleans()),
        "examples": draw(st.lists(st.fixed_dictionaries({"title": TEXTS, "url": st.just("https://a.nl")}), max_size=2)),
    }  # fmt: skip


def agreed(raw: dict[str, Any]) -> tuple[Agreement, tuple[Person, ...]]:
    draft, faults = drafted(raw, KNOWN)
    assume(not faults)
    return settled(draft, []), persons_of(draft)


def view_of(code: str, agreement: Agreement, contacts: tuple[Person, ...]) -> AgreementView:
    status = StatusEntry(AgreementStatus.VOORGENOMEN, TODAY, "bij het maken")
    return AgreementView(code, 3, agreement, contacts, (status,), MOMENT, MOMENT, None, is_whole=True)


@pytest.mark.parametrize("as_xlsx", [True, False])
@settings(max_examples=25, deadline=None)
@given(st.lists(entered(), min_size=1, max_size=2))
def test_a_file_says_exactly_what_was_agreed(as_xlsx: bool, raws: list[dict[str, Any]]) -> None:
    views = [view_of(f"ZK33-A{number:03}", *agreed(raw)) for number, raw in enumerate(raws)]
    read = read_agreements(xlsx_file(views, functies()) if as_xlsx else json_file(views))
    assert read.faults == []
    assert [entry.label for entry in read.agreements] == [view.code for view in views]
    for entry, view in zip(read.agreements, views, strict=True):
        values = {name: value for name, value in entry.raw.items() if name not in HEAD}
        again, faults = drafted(values, KNOWN)
        assert faults == []
        assert (settled(again, []), persons_of(again)) == (view.agreement, view.contacts)


@settings(max_examples=100)
@given(entered())
def test_a_draft_settled_and_drafted_again_is_the_same(raw: dict[str, Any]) -> None:
    agreement, contacts = agreed(raw)
    draft = draft_of(agreement, contacts)
    assert settled(draft, []) == agreement
    assert AgreementDraft.model_validate_json(draft.model_dump_json()) == draft
    assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(sound())), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*sound(), *sound()["indicators"][0]]), JUNK))
def test_whatever_is_entered_gives_faults_and_never_a_crash(changes: dict[str, Any]) -> None:
    _, faults = drafted(sound() | changes, KNOWN)
    assert all(item.message and item.remedy for item in faults)


@settings(max_examples=200)
@given(st.binary(max_size=60) | JUNK.map(lambda value: json.dumps(value).encode()))
def test_whatever_file_is_read_never_crashes(content: bytes) -> None:
    assert read_agreements(content[:2].replace(b"PK", b"QQ") + content[2:]) is not None


BASE, _ = drafted(sound(), KNOWN)
SOUND = settled(BASE, [])


@st.composite
def histories(draw: st.DrawFn) -> Sequence[EventContent]:
    """Events as the use cases would write them."""
    contents: list[EventContent] = []
    standing: list[str] = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["make", "change", "status", "withdraw"])) if standing else "make"
        code = draw(st.sampled_from(standing)) if standing else ""
        other = SOUND.model_copy(update={"doel": draw(st.sampled_from("abc"))})
        if kind == "make":
            code = next_code("ZK33", [item.code for item in contents if isinstance(item, AgreementMade)])
            standing.append(code)
            contents.append(AgreementMade(code=code, agreement=other))
        elif kind == "change":
            contents.append(AgreementChanged(code=code, agreement=other, based_on=number, reason="r"))
        elif kind == "status":
            status = draw(st.sampled_from(AgreementStatus))
            contents.append(AgreementStatusChanged(code=code, status=status, since=date(2026, 1, 1), reason="r"))
        else:
            standing.remove(code)
            contents.append(AgreementWithdrawn(code=code, reason="r"))
    return contents


@settings(max_examples=100)
@given(histories(), st.integers(0, 12))
def test_what_stands_is_what_the_events_say_and_nothing_else(contents: Sequence[EventContent], cut: int) -> None:
    events = ledger(*contents)
    states = agreement_states(events)
    assert states == agreement_states(list(events))
    assert set(states) == {item.code for item in contents if isinstance(item, AgreementMade)}
    for code, state in states.items():
        own = [event for event in events if getattr(event.content, "code", None) == code]
        assert state == agreement_states(own)[code]
        assert state.version == own[-1].sequence
        assert state.agreement == [e.content.agreement for e in own if hasattr(e.content, "agreement")][-1]
        assert [step.version for step in agreement_steps(events, code)] == [event.sequence for event in own]
        assert (state.withdrawn_reason is not None) == isinstance(own[-1].content, AgreementWithdrawn)
    before = agreement_states(events[:cut])
    assert list(states)[: len(before)] == list(before)


@given(st.sampled_from("ab"), st.sampled_from("ab"))
def test_fields_change_exactly_when_the_content_does(first: str, second: str) -> None:
    old, new = (SOUND.model_copy(update={"doel": text}) for text in (first, second))
    assert [change.field for change in field_changes(old, new)] == (["doel"] if first != second else [])


def test_the_operator_is_who_wrote_it() -> None:
    (step,) = agreement_steps(ledger(AgreementMade(code="ZK33-A001", agreement=SOUND)), "ZK33-A001")
    assert step.actor_name == OPERATOR.name
