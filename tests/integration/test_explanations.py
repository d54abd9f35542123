"""Duiding: who says what beside which figure, how it read before, and who may read it when."""

from datetime import date
from pathlib import Path

import pytest

from indicators.errors import UnknownCodeError
from indicators.periods import Period
from register.access import Actor, Role
from register.errors import (
    AccessDeniedError,
    EntryRefusedError,
    ReasonNeededError,
    StaleVersionError,
    UnknownRecordError,
    WrongStateError,
)
from register.explanation_states import explanation_states
from register.explanations import Subject, change_explanation, explain, explanations, withdraw_explanation
from register.home import Home
from register.ledger import Ledger
from register.publications import Pointer, replace_pointer
from tests.support_agreements import DATA, NEIGHBOUR, POLICY, READER, STAFF
from tests.support_publication import LAST_QUARTER, PUBLICATION_ID, publish_for_tests

TODAY = date(2026, 12, 1)
PRE02 = Subject("ZK33", "PRE02", LAST_QUARTER.code)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


def given(home: Home, subject: Subject = PRE02, actor: Actor = POLICY) -> str:
    return explain(home, subject, " De telling begon later.\r\n", actor=actor, today=TODAY).code


def texts(home: Home, actor: Actor, area: str = "ZK33") -> list[str]:
    return [item.current.text for item in explanations(home, area, actor=actor)]


def test_an_explanation_is_dated_and_by_a_role(home: Home) -> None:
    given(home)
    (found,) = explanations(home, "ZK33", "PRE02", actor=DATA)
    assert (found.code, found.period, found.current.text) == ("ZK33-D001", "2026Q3", "De telling begon later.")
    assert (found.current.role, found.current.author) == (Role.POLICY_OFFICER, POLICY.name)
    assert explanations(home, "ZK33", "PRE03", actor=DATA) == []


def test_the_region_explains_its_figures_and_the_programme_those_of_the_country(home: Home) -> None:
    given(home, actor=DATA)
    given(home, Subject("NL", "PRE02"), actor=STAFF)
    for actor, area in ((NEIGHBOUR, "ZK33"), (STAFF, "ZK33"), (READER, "ZK33"), (POLICY, "NL"), (READER, "NL")):
        with pytest.raises(AccessDeniedError):
            explain(home, Subject(area, "PRE02"), "tekst", actor=actor)
    with pytest.raises(UnknownCodeError):
        explanations(home, "ZK99", actor=READER)


def test_a_change_makes_a_version_and_keeps_the_one_before(home: Home) -> None:
    code = given(home)
    first = explanations(home, "ZK33", actor=POLICY)[0].current.version
    after = change_explanation(home, code, "De telling begon in mei.", version=first, actor=DATA)
    assert [item.text for item in after.versions] == ["De telling begon later.", "De telling begon in mei."]
    assert [item.role for item in after.versions] == [Role.POLICY_OFFICER, Role.DATA_OFFICER]
    with pytest.raises(StaleVersionError):
        change_explanation(home, code, "nog eens", version=first, actor=POLICY)
    same = change_explanation(home, code, "De telling begon in mei.", version=after.current.version, actor=POLICY)
    assert same == after
    with pytest.raises(UnknownRecordError):
        change_explanation(home, code, "x", version=after.current.version, actor=NEIGHBOUR)


def test_a_withdrawn_explanation_stays_in_the_history_with_its_reason(home: Home) -> None:
    code, version = given(home), Ledger(home).head()
    with pytest.raises(ReasonNeededError):
        withdraw_explanation(home, code, version=version, reason="", actor=POLICY)
    withdraw_explanation(home, code, version=version, reason="klopte niet", actor=POLICY)
    assert texts(home, POLICY) == []
    (kept,) = explanations(home, "ZK33", with_withdrawn=True, actor=STAFF)
    assert kept.withdrawn_reason == "klopte niet"
    with pytest.raises(WrongStateError, match="ingetrokken"):
        change_explanation(home, code, "x", version=version, actor=POLICY)
    assert given(home) == "ZK33-D002"


def test_everybody_reads_it_once_the_figure_is_published_without_a_name(home: Home) -> None:
    given(home)
    given(home, Subject("ZK33", "PRE02"))
    given(home, Subject("ZK33", "PRE02", LAST_QUARTER.shifted(1).code))
    assert texts(home, READER) == []
    publish_for_tests(home.path, released=False)
    assert texts(home, READER) == []
    replace_pointer(home, Pointer(latest=PUBLICATION_ID, released=PUBLICATION_ID))
    for actor in (READER, NEIGHBOUR):
        found = explanations(home, "ZK33", actor=actor)
        assert [item.period for item in found] == [LAST_QUARTER.code, None]
        assert {item.current.author for item in found} == {None}
    assert len(texts(home, POLICY)) == len(texts(home, STAFF)) == 3


def test_a_signal_is_answered(home: Home) -> None:
    given(home, PRE02._replace(signal=7))
    given(home)
    (found,) = explanations(home, "ZK33", signal=7, actor=POLICY)
    assert found.code == "ZK33-D001"


@pytest.mark.parametrize(
    ("subject", "text", "places"),
    [
        (Subject("GM0363", "PRE02"), "x", ["regio"]),
        (Subject("ZK33", "PRE99"), "x", ["indicator"]),
        (Subject("ZK33", "PRE02", "ooit"), "x", ["periode"]),
        (Subject("ZK33", "PRE02", "2031Q1"), "x", ["periode"]),
        (Subject("ZK33", "PRE02", signal=0), "x", ["signaal"]),
        (PRE02, " \n", ["tekst"]),
        (PRE02, "x" * 2001, ["tekst"]),
        (PRE02, "bel anna@voorbeeld.nl", ["tekst"]),
        (PRE02, "cliënt 111222333", ["tekst"]),
        (Subject("ZK33", "PRE99", "ooit"), "", ["indicator", "periode", "tekst"]),
    ],
)
def test_what_is_wrong_is_told_at_once(home: Home, subject: Subject, text: str, places: list[str]) -> None:
    actor = Actor(name="beheerder", role=Role.OPERATOR)
    with pytest.raises(EntryRefusedError) as caught:
        explain(home, subject, text, actor=actor, today=TODAY)
    assert [item.place for item in caught.value.faults] == places
    assert "anna" not in str(caught.value)


def test_what_stands_follows_from_the_events_alone(home: Home) -> None:
    code = given(home, PRE02._replace(period="3e kwartaal 2026"))
    change_explanation(home, code, "anders", version=1, actor=POLICY)
    events = Ledger(home).events()
    assert explanation_states(events) == explanation_states(Ledger(home).events())
    assert explanation_states(events)[code].period == Period.quarter(2026, 3).code
    assert explanation_states(events[:1])[code].current.text == "De telling begon later."
