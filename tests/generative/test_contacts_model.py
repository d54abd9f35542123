"""Contacts and duiding: what there is follows from the events alone, in whatever order they came."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.definition_model import Theme
from register.contact_events import (
    Notice,
    OrganisationAdded,
    OrganisationKind,
    OrganisationRemoved,
    RecipientAdded,
    RecipientChanged,
    RecipientRemoved,
)
from register.contact_states import contact_states
from register.events import EventContent
from register.explanation_events import ExplanationChanged, ExplanationGiven, ExplanationWithdrawn
from register.explanation_states import explanation_states
from register.persons import PersonReference
from tests.support_ledger import ledger

PERSON = PersonReference(person_id="0" * 12, fingerprint="0" * 64)


@st.composite
def contact_histories(draw: st.DrawFn) -> tuple[Sequence[EventContent], dict[str, str]]:
    """Events as the use cases would write them, and the organisation of every recipient that is left."""
    contents: list[EventContent] = []
    organisations: list[str] = []
    left: dict[str, str] = {}
    made = 0
    for number in range(draw(st.integers(0, 15))):
        kind = draw(st.sampled_from(["organisation", "drop", "recipient", "change", "remove"]))
        if kind == "organisation" or not organisations:
            organisations.append(f"ORG{number:03}")
            contents.append(OrganisationAdded(
                code=organisations[-1], name="x", organisation_kind=OrganisationKind.OTHER, region="ZK33"
            ))  # fmt: skip
        elif kind == "drop":
            gone = organisations.pop(draw(st.integers(0, len(organisations) - 1)))
            left = {code: organisation for code, organisation in left.items() if organisation != gone}
            contents.append(OrganisationRemoved(code=gone, reason="r"))
        elif kind == "recipient" or not left:
            made += 1
            code, organisation = f"ONT{made:03}", draw(st.sampled_from(organisations))
            left[code] = organisation
            contents.append(RecipientAdded(
                code=code, organisation=organisation, person=PERSON, themes=(), regions=(), notice=Notice.WEEKLY
            ))  # fmt: skip
        elif kind == "change":
            contents.append(RecipientChanged(
                code=draw(st.sampled_from(sorted(left))), person=PERSON, themes=(Theme.GGZ,), regions=("ZK33",),
                notice=Notice.NEVER,
            ))  # fmt: skip
        else:
            code = draw(st.sampled_from(sorted(left)))
            del left[code]
            contents.append(RecipientRemoved(code=code, reason="r"))
    return contents, left


@settings(max_examples=100)
@given(contact_histories())
def test_recipients_are_those_that_were_added_and_not_removed(
    history: tuple[Sequence[EventContent], dict[str, str]],
) -> None:
    contents, left = history
    states = contact_states(ledger(*contents))
    assert {code: item.organisation for code, item in states.recipients.items()} == left
    assert states.recipient_count == sum(isinstance(item, RecipientAdded) for item in contents)
    assert states == contact_states(ledger(*contents))
    for code, item in states.recipients.items():
        changes = [c for c in contents if isinstance(c, RecipientChanged) and c.code == code]
        assert item.notice is (Notice.NEVER if changes else Notice.WEEKLY)
        assert item.is_told_about("ZK33", Theme.GGZ)
        assert item.is_told_about("ZK08", Theme.OUDEREN) is not bool(changes)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["a", "b", ""]), max_size=8))
def test_every_text_of_an_explanation_is_kept_in_order(texts: list[str]) -> None:
    contents: list[EventContent] = [
        ExplanationGiven(code="ZK33-D001", area="ZK33", indicator="PRE02", period="2025Q4", text="first")
    ]
    for number, text in enumerate(texts, start=1):
        if text:
            contents.append(ExplanationChanged(code="ZK33-D001", text=text, based_on=number))
    contents.append(ExplanationWithdrawn(code="ZK33-D001", reason="r"))
    found = explanation_states(ledger(*contents))["ZK33-D001"]
    assert [item.text for item in found.versions] == ["first", *filter(None, texts)]
    assert found.withdrawn_reason == "r"
