"""Contacts: who is told about what, who may see that, and that a person can be erased while the ledger stays whole."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.definition_model import Theme
from orchestration import command_line
from orchestration.commands.console import ExitCode
from register.access import OPERATOR, Actor
from register.agreement_draft import DraftContact
from register.agreements import agreements
from register.contact_events import Notice, OrganisationKind
from register.contacts import RecipientEntry, add_recipient, change_recipient, recipients, remove_recipient
from register.errors import AccessDeniedError, EntryRefusedError, ReasonNeededError, UnknownRecordError
from register.home import Home
from register.ledger import Ledger
from register.organisations import add_organisation, organisations, remove_organisation
from register.person_erasure import erase, find_person
from tests.support_agreements import DATA, NEIGHBOUR, POLICY, READER, STAFF, made

BOB = DraftContact(name="Bob Jansen", role="adviseur", e_mail="bob@voorbeeld.nl")
EVE = DraftContact(name="Eve Smit", e_mail="eve@voorbeeld.nl")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def gemeente(home: Home) -> str:
    found = add_organisation(
        home, "Gemeente X", OrganisationKind.GEMEENTE, region="ZK33", area_code="GM0363", actor=POLICY
    )
    return found.code


@pytest.fixture
def vws(home: Home) -> str:
    return add_organisation(home, "Ministerie", OrganisationKind.VWS, region=None, actor=STAFF).code


def regional(person: DraftContact = BOB, *themes: Theme, notice: Notice = Notice.WEEKLY) -> RecipientEntry:
    return RecipientEntry(person, themes, ("ZK33",), notice)


def names(home: Home, region: str | None = None, theme: Theme | None = None, actor: Actor = OPERATOR) -> list[str]:
    return [item.person.name for item in recipients(home, region, theme, actor=actor)]


def raw(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.ledger_path.parent.glob(f"{home.ledger_path.name}*"))


def test_recipients_are_told_about_their_themes_and_regions(home: Home, gemeente: str, vws: str) -> None:
    add_recipient(home, gemeente, regional(BOB, Theme.GGZ), actor=POLICY)
    add_recipient(home, vws, RecipientEntry(EVE), actor=STAFF)
    assert names(home, "ZK33", Theme.GGZ) == ["Bob Jansen", "Eve Smit"]
    assert names(home, "ZK33", Theme.GENERIEK) == ["Bob Jansen", "Eve Smit"]
    assert names(home, "ZK33", Theme.OUDEREN) == ["Eve Smit"]
    assert names(home, "ZK08", Theme.GGZ) == ["Eve Smit"]
    assert names(home) == ["Bob Jansen", "Eve Smit"]


def test_a_region_sees_and_keeps_its_own_contacts_only(home: Home, gemeente: str, vws: str) -> None:
    bob = add_recipient(home, gemeente, regional(), actor=POLICY)
    eve = add_recipient(home, vws, RecipientEntry(EVE), actor=STAFF)
    assert names(home, actor=POLICY) == names(home, actor=DATA) == ["Bob Jansen"]
    assert names(home, actor=NEIGHBOUR) == names(home, actor=READER) == []
    assert [item.code for item in organisations(home, actor=POLICY)] == [gemeente]
    assert [item.code for item in organisations(home, actor=STAFF)] == [gemeente, vws]
    for actor in (NEIGHBOUR, READER):
        with pytest.raises(UnknownRecordError):
            add_recipient(home, gemeente, regional(EVE), actor=actor)
    with pytest.raises(AccessDeniedError):
        add_recipient(home, gemeente, regional(EVE), actor=DATA)
    with pytest.raises(AccessDeniedError):
        change_recipient(home, bob.code, RecipientEntry(BOB, regions=("ZK08",)), actor=POLICY)
    with pytest.raises(AccessDeniedError):
        add_recipient(home, gemeente, RecipientEntry(EVE), actor=POLICY)
    with pytest.raises(UnknownRecordError):
        remove_recipient(home, eve.code, reason="x", actor=POLICY)
    with pytest.raises(AccessDeniedError):
        add_organisation(home, "VNG", OrganisationKind.VNG, region=None, actor=POLICY)


def test_all_faults_of_an_entry_are_told_at_once(home: Home, gemeente: str) -> None:
    with pytest.raises(EntryRefusedError) as caught:
        add_recipient(home, gemeente, RecipientEntry(DraftContact(e_mail="bob"), regions=("ZK99",)), actor=OPERATOR)
    assert [item.place for item in caught.value.faults] == ["naam", "e-mailadres", "regio"]
    with pytest.raises(EntryRefusedError) as caught:
        add_organisation(home, " ", OrganisationKind.VNG, region="ZK33", area_code="GM9999", actor=POLICY)
    assert [item.place for item in caught.value.faults] == ["naam", "regio", "code"]
    with pytest.raises(EntryRefusedError, match="bestaat al"):
        add_organisation(home, "gemeente x", OrganisationKind.GEMEENTE, region="ZK33", actor=POLICY)


def test_the_same_again_changes_nothing(home: Home, gemeente: str) -> None:
    bob = add_recipient(home, gemeente, regional(), actor=POLICY)
    head = Ledger(home).head()
    assert change_recipient(home, bob.code, regional(), actor=POLICY) == bob
    assert Ledger(home).head() == head
    assert change_recipient(home, bob.code, regional(notice=Notice.NEVER), actor=POLICY).notice is Notice.NEVER


@pytest.mark.parametrize("way", ["change", "remove", "organisation", "erase"])
def test_a_person_is_gone_from_the_file_and_the_chain_holds(home: Home, gemeente: str, way: str) -> None:
    bob = add_recipient(home, gemeente, regional(), actor=POLICY)
    assert b"Jansen" in raw(home)
    assert not any("Jansen" in event.canonical_json() for event in Ledger(home).events())
    if way == "change":
        change_recipient(home, bob.code, regional(EVE), actor=POLICY)
    elif way == "remove":
        remove_recipient(home, bob.code, reason="uit dienst", actor=POLICY)
    elif way == "organisation":
        remove_organisation(home, gemeente, reason="opgeheven", actor=POLICY)
    else:
        (found,) = find_person(home, "BOB@", actor=STAFF)
        erase(home, [found.person_id], reason="op verzoek", actor=STAFF)
    assert b"Jansen" not in raw(home)
    assert names(home) == (["Eve Smit"] if way == "change" else [])
    assert Ledger(home).verify() == Ledger(home).head()


def test_somebody_is_found_and_erased_wherever_he_is_a_contact(home: Home, gemeente: str) -> None:
    view = made(home)
    anna = DraftContact(name="Anna de Vries", e_mail="anna@voorbeeld.nl")
    add_recipient(home, gemeente, regional(anna), actor=POLICY)
    found = find_person(home, "de vries", actor=STAFF)
    assert [item.place for item in found] == [view.code, "ONT001"]
    with pytest.raises(AccessDeniedError):
        find_person(home, "de vries", actor=POLICY)
    erase(home, [item.person_id for item in found], reason="op verzoek", actor=STAFF)
    assert find_person(home, "de vries", actor=STAFF) == []
    assert agreements(home, actor=POLICY)[0].contacts == ()
    assert b"Vries" not in raw(home)


def test_an_erasure_names_who_is_there_and_why(home: Home, gemeente: str) -> None:
    with pytest.raises(UnknownRecordError):
        erase(home, ["0" * 12], reason="op verzoek", actor=STAFF)
    bob = add_recipient(home, gemeente, regional(), actor=POLICY)
    with pytest.raises(ReasonNeededError):
        remove_recipient(home, bob.code, reason="", actor=POLICY)


@pytest.fixture
def contact(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """`jzojp contact ...` on a data directory; the answer begins with its exit code."""
    monkeypatch.setenv("JZOJP_HOME", str(home.path))

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["jzojp", "contact", *arguments])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        return f"{ended.value.code or 0} {capsys.readouterr().out}"

    return run


def test_recipients_are_kept_from_the_command_line(contact: Callable[..., str]) -> None:
    added = contact("add-organisation", "Zorgkantoor Fictief", "--kind", "zorgkantoor", "--region", "ZK08")
    assert added.startswith("0 Organisatie ORG001")
    told = contact(
        "add", "ORG001", "--name", "Bea Voorbeeld", "--e-mail", "bea@example.org", "--region", "ZK08",
        "--theme", "ouderen", "--notice", "direct",
    )  # fmt: skip
    assert "ONT001" in told
    found = json.loads(contact("list", "--format", "json")[2:])
    assert [(item["name"], item["notice"], item["themes"]) for item in found["recipients"]] == [
        ("Bea Voorbeeld", "direct", ["ouderen"]),
    ]  # fmt: skip
    assert "Ontvangers" in contact("list")
    assert contact("remove", "ORG001", "--reason", "opgeheven").startswith("0 ")
    assert json.loads(contact("list", "--format", "json")[2:]) == {"organisations": [], "recipients": []}


def test_a_recipient_without_a_right_address_is_refused(contact: Callable[..., str]) -> None:
    contact("add-organisation", "VWS", "--kind", "vws")
    refused = contact("add", "ORG001", "--name", "Piet", "--e-mail", "geen adres", "--region", "ZK99")
    assert refused.startswith(f"{int(ExitCode.REFUSED_INPUT)} ")
    assert "e-mailadres" in refused
    assert "ZK99" in refused
