"""Confirming, withdrawing and reinstating with the real checks: what counts afterwards, and what is refused and why."""

from pathlib import Path

import pytest

from expectations.findings import Outcome
from register.access import ANYONE, OPERATOR, Actor, Role
from register.decisions import confirm, reinstate, withdraw
from register.errors import AccessDeniedError, ReasonNeededError, UnknownSubmissionError, WrongStateError
from register.home import Home
from register.intake import Confirmation
from register.ledger import Ledger
from register.submissions import SubmissionState
from tests.support_register import (
    BSN,
    OFFICER,
    PERIOD,
    STRANGER,
    deliver,
    kinds,
    numbers_in_force,
    row,
    sound,
    states,
    warned,
)

FIRST = row("OUD08", 30)
JUMP = row("OUD08", 90)
"""Three times the quarter before: a warning that asks a reason."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")


@pytest.fixture
def with_history(home: Home) -> Home:
    """A data directory in which the quarter before is in force."""
    before = PERIOD.shifted(-1)
    deliver(home, sound(row("OUD08", 30, period=before)), period=before)
    return home


def test_a_file_with_warnings_waits_and_counts_after_confirmation(home: Home) -> None:
    (receipt,) = deliver(home, warned(FIRST), actor=OFFICER)
    assert (receipt.outcome, receipt.state) == (Outcome.ACCEPTED_WITH_WARNINGS, SubmissionState.AWAITING_CONFIRMATION)
    assert (receipt.can_confirm, receipt.can_withdraw, receipt.can_reinstate) == (True, True, False)
    assert "wacht op bevestiging" in receipt.message
    assert "tellen nog niet mee" in receipt.message
    assert "Bevestig dat de cijfers kloppen" in receipt.sentences[0]
    assert numbers_in_force(home) == {}
    confirmed = confirm(home, 1, reason=None, actor=OFFICER)
    assert (confirmed.state, confirmed.can_confirm) == (SubmissionState.ACCEPTED, False)
    assert numbers_in_force(home) == {"OUD08": 1}
    assert [(act.kind, act.actor) for act in confirmed.acts][-1] == ("confirmed", OFFICER.name)


def test_confirming_twice_changes_nothing(home: Home) -> None:
    deliver(home, warned(FIRST))
    first = confirm(home, 1, reason="klopt", actor=OFFICER)
    assert confirm(home, 1, reason="nog eens", actor=OFFICER) == first
    assert kinds(home) == ["received", "accepted", "confirmed"]


def test_confirming_what_has_no_warnings_changes_nothing(home: Home) -> None:
    deliver(home, sound(FIRST))
    assert confirm(home, 1, reason=None, actor=OFFICER).state is SubmissionState.ACCEPTED
    assert kinds(home) == ["received", "accepted"]


def test_a_large_change_is_confirmed_only_with_a_reason(with_history: Home) -> None:
    (receipt,) = deliver(with_history, sound(JUMP))
    assert receipt.submission is not None
    assert receipt.asks_reason
    assert "met een reden" in receipt.sentences[0]
    for nothing in (None, "", "  \n"):
        with pytest.raises(ReasonNeededError, match="waarom kloppen de cijfers"):
            confirm(with_history, receipt.submission, reason=nothing, actor=OFFICER)
    confirmed = confirm(with_history, receipt.submission, reason=" nieuwe locatie ", actor=OFFICER)
    assert confirmed.acts[-1].reason == "nieuwe locatie"


@pytest.mark.parametrize("reason", [None, "", "nieuwe locatie"])
def test_the_sender_can_confirm_in_the_same_call_where_the_reason_suffices(
    with_history: Home, reason: str | None
) -> None:
    (receipt,) = deliver(with_history, sound(JUMP), confirmation=Confirmation(reason))
    is_counting = receipt.state is SubmissionState.ACCEPTED
    assert is_counting == bool(reason)
    assert kinds(with_history)[2:] == ["received", "accepted", *(["confirmed"] if reason else [])]


def test_the_same_bytes_sent_again_with_a_confirmation_are_confirmed(home: Home) -> None:
    deliver(home, warned(FIRST))
    (again,) = deliver(home, warned(FIRST))
    assert "wacht nog op bevestiging" in again.message
    assert again.can_confirm
    (confirmed,) = deliver(home, warned(FIRST), confirmation=Confirmation())
    assert (confirmed.state, confirmed.already_received) == (SubmissionState.ACCEPTED, True)
    assert kinds(home) == ["received", "accepted", "confirmed"]


def test_a_confirmation_of_files_without_warnings_records_nothing(home: Home) -> None:
    deliver(home, sound(FIRST), sound("OUD08;x"), confirmation=Confirmation("klopt"))
    assert "confirmed" not in kinds(home)


def test_what_later_ones_wholly_replace_cannot_be_confirmed_and_says_by_which(home: Home) -> None:
    deliver(home, warned(FIRST))
    deliver(home, sound(row("OUD08", 31)))
    with pytest.raises(WrongStateError, match=r"aanlevering 3 kwam later.*Herstel haar"):
        confirm(home, 1, reason="toch", actor=OFFICER)
    restored = reinstate(home, 1, reason="toch", actor=OFFICER)
    assert restored.state is SubmissionState.ACCEPTED
    assert numbers_in_force(home) == {"OUD08": 1}


@pytest.mark.parametrize(("content", "text"), [(b"", "afgekeurd"), (warned(FIRST), "ingetrokken. Herstel haar")])
def test_what_is_rejected_or_withdrawn_cannot_be_confirmed(home: Home, content: bytes, text: str) -> None:
    (receipt,) = deliver(home, content)
    if receipt.can_withdraw:
        withdraw(home, 1, reason="fout", actor=OFFICER)
    with pytest.raises(WrongStateError, match=text):
        confirm(home, 1, reason="x", actor=OFFICER)


def test_what_waits_can_be_withdrawn(home: Home) -> None:
    deliver(home, warned(FIRST))
    receipt = withdraw(home, 1, reason="verkeerd bestand", actor=OFFICER)
    assert (receipt.state, receipt.can_reinstate) == (SubmissionState.WITHDRAWN, True)
    assert "ingetrokken en telt niet mee" in receipt.message


def test_v1_again_after_v2_asks_and_reinstating_makes_it_count(home: Home) -> None:
    v1, v2 = sound(FIRST, row("DIG01", 300)), sound(row("OUD08", 35))
    deliver(home, v1)
    deliver(home, v2)
    (again,) = deliver(home, v1)
    assert (again.submission, again.state, again.can_reinstate) == (1, SubmissionState.PARTLY_SUPERSEDED, True)
    assert "deels vervangen door aanlevering 3. Wilt u haar herstellen?" in again.message
    assert numbers_in_force(home) == {"DIG01": 1, "OUD08": 3}
    restored = reinstate(home, 1, reason="de eerste was goed", actor=OFFICER)
    assert restored.state is SubmissionState.ACCEPTED
    assert numbers_in_force(home) == {"DIG01": 1, "OUD08": 1}
    assert states(home)[3] is SubmissionState.SUPERSEDED
    reinstate(home, 3, reason="toch de tweede", actor=OFFICER)
    assert numbers_in_force(home) == {"DIG01": 1, "OUD08": 3}


def test_a_withdrawn_one_comes_back_with_a_reason(home: Home) -> None:
    deliver(home, sound(FIRST))
    withdraw(home, 1, reason="fout", actor=OFFICER)
    (again,) = deliver(home, sound(FIRST))
    assert again.can_reinstate
    assert "Wilt u haar herstellen?" in again.message
    with pytest.raises(ReasonNeededError, match="om de aanlevering te herstellen"):
        reinstate(home, 1, reason=" ", actor=OFFICER)
    assert reinstate(home, 1, reason="toch goed", actor=OFFICER).state is SubmissionState.ACCEPTED


@pytest.mark.parametrize(
    ("content", "text"), [(sound(FIRST), "telt al mee"), (warned(FIRST), "Bevestig haar"), (b"", "afgekeurd")]
)
def test_only_what_was_replaced_or_withdrawn_can_be_reinstated(home: Home, content: bytes, text: str) -> None:
    deliver(home, content)
    with pytest.raises(WrongStateError, match=text):
        reinstate(home, 1, reason="toch", actor=OFFICER)
    assert "reinstated" not in kinds(home)


DECISIONS = (confirm, withdraw, reinstate)


@pytest.mark.parametrize("decide", DECISIONS)
def test_another_region_cannot_decide_and_cannot_tell_numbers_apart(home: Home, decide: object) -> None:
    assert callable(decide)
    deliver(home, warned(FIRST))
    texts = set()
    for number in (1, 99):
        with pytest.raises(AccessDeniedError) as caught:
            decide(home, number, reason="x", actor=STRANGER)
        texts.add(str(caught.value).replace(str(number), "N"))
    assert len(texts) == 1
    with pytest.raises(UnknownSubmissionError, match="Aanlevering 99 bestaat niet"):
        decide(home, 99, reason="x", actor=OPERATOR)
    assert kinds(home) == ["received", "accepted"]


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize(
    "actor",
    [ANYONE, Actor(name="beleid", role=Role.POLICY_OFFICER, region="ZK08"), Actor(name="s", role=Role.PROGRAMME_STAFF)],
)
def test_only_a_data_officer_or_the_operator_decides(home: Home, decide: object, actor: Actor) -> None:
    assert callable(decide)
    deliver(home, warned(FIRST))
    with pytest.raises(AccessDeniedError):
        decide(home, 1, reason="x", actor=actor)


@pytest.mark.parametrize("reason", ["x" * 2_001, f"patiënt {BSN}"])
def test_a_reason_that_cannot_be_kept_is_refused(home: Home, reason: str) -> None:
    deliver(home, warned(FIRST))
    with pytest.raises(ReasonNeededError) as caught:
        confirm(home, 1, reason=reason, actor=OFFICER)
    assert BSN not in str(caught.value)
    assert Ledger(home).head() == 2


def test_a_reason_that_cannot_be_kept_stops_receiving_before_anything_is_stored(home: Home) -> None:
    with pytest.raises(ReasonNeededError):
        deliver(home, warned(FIRST), confirmation=Confirmation(BSN))
    assert not home.path.exists()
