"""Signals: what opens and closes one, what people do with it, and that it survives a restart."""

from datetime import date
from pathlib import Path

import pytest

from indicators.xmr import SpecialCause
from register.access import OPERATOR, Actor, Role
from register.errors import AccessDeniedError, ReasonNeededError, UnknownSignalError, WrongStateError
from register.events import UitvraagOpened
from register.home import Home
from register.ledger import Ledger
from register.signal_evaluation import evaluate
from register.signal_events import ClosedBecause
from register.signal_kinds import SignalKind
from register.signal_rules import CauseEvidence, PathEvidence
from register.signal_states import Signal, SignalState
from register.signals import acknowledge, close, signals, snooze

TODAY = date(2026, 11, 24)
POLICY = Actor(name="Bea", role=Role.POLICY_OFFICER, region="ZK22")
OTHER = Actor(name="Otto", role=Role.POLICY_OFFICER, region="ZK01")
STAFF = Actor(name="Piet", role=Role.PROGRAMME_STAFF)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var").create()


def path(state: str, period: str | None = "2026Q2", *, before: str | None = None, lost: bool = False) -> PathEvidence:
    return PathEvidence("ZK22-A001", "PRE02", "ZK22", period, state, before, lost)


def jump(
    period: str = "2026Q2", *, cause: SpecialCause | None = SpecialCause.ABOVE_LIMITS, step: float | None = 13.0
) -> CauseEvidence:
    """A step may be 3.267 / 2.66 x 10 = 12.28 by chance."""
    return CauseEvidence("OUD01", "ZK22", period, cause, step, 10.0)


def judged(home: Home, *evidence: PathEvidence | CauseEvidence) -> list[Signal]:
    paths = [item for item in evidence if isinstance(item, PathEvidence)]
    series = [item for item in evidence if isinstance(item, CauseEvidence)]
    evaluate(home, paths, series, today=TODAY, actor=OPERATOR)
    return signals(home, actor=OPERATOR)


def test_a_stalled_path_opens_one_signal_however_often_it_is_judged(home: Home) -> None:
    for _ in range(3):
        found = judged(home, path("stalled"))
    (signal,) = found
    assert (signal.cause.signal, signal.cause.area, signal.seen_in) == (SignalKind.STALLED, "ZK22", "2026Q2")
    assert signal.rule_version == "A"
    assert signal.state(TODAY) is SignalState.OPEN
    assert Ledger(home).head() == 1


def test_worsening_opens_after_two_quarters(home: Home) -> None:
    assert judged(home, path("worsening", before="improving")) == []
    (signal,) = judged(home, path("worsening", "2026Q3", before="worsening"))
    assert signal.cause.signal is SignalKind.WORSENING


def test_a_signal_that_stays_is_seen_again_once_a_quarter(home: Home) -> None:
    judged(home, path("stalled"))
    judged(home, path("stalled", "2026Q3", before="stalled"))
    (signal,) = judged(home, path("stalled", "2026Q3", before="stalled"))
    assert signal.seen_in == "2026Q3"
    assert [step.text for step in signal.steps] == [
        "Geopend op de cijfers van 2026Q2.", "Opnieuw gezien in 2026Q3.",
    ]  # fmt: skip


def test_it_closes_after_two_quarters_outside(home: Home) -> None:
    judged(home, path("stalled", "2026Q1"))
    (signal,) = judged(home, path("undecided", "2026Q2", before="stalled"))
    assert not signal.is_closed
    (signal,) = judged(home, path("improving", "2026Q3", before="undecided"))
    assert signal.closed_because is ClosedBecause.GONE
    assert "2026Q3" in signal.steps[-1].text


def test_a_correction_that_removes_the_cause_closes_it_at_once_with_that_reason(home: Home) -> None:
    judged(home, path("stalled", before="stalled"))
    (signal,) = judged(home, path("undecided", before="stalled"))
    assert signal.closed_because is ClosedBecause.CORRECTED
    assert signal.steps[-1].text == "Gesloten: de cijfers van 2026Q2 zijn gecorrigeerd."


def test_an_afspraak_that_ended_closes_its_signal(home: Home) -> None:
    judged(home, path("stalled"))
    (signal,) = judged(home)
    assert signal.closed_because is ClosedBecause.ENDED


def test_the_same_cause_later_is_a_new_signal_and_the_old_one_stays(home: Home) -> None:
    judged(home, path("stalled"))
    judged(home, path("improving"))
    later, earlier = judged(home, path("stalled", "2026Q3"))
    assert (later.is_closed, earlier.is_closed) == (False, True)
    assert later.number > earlier.number


def test_out_of_reach_and_a_special_cause_are_signals_of_their_own(home: Home) -> None:
    found = judged(home, path("undecided", lost=True), jump())
    assert {signal.cause.signal for signal in found} == {SignalKind.OUT_OF_REACH, SignalKind.SPECIAL_CAUSE}
    found = judged(home, path("undecided", "2026Q3"), jump("2026Q3", cause=None))
    assert {signal.closed_because for signal in found} == {ClosedBecause.GONE}


@pytest.mark.parametrize(
    "evidence",
    [
        jump(step=12.28),
        jump(step=None),
        jump(cause=SpecialCause.RISING),
        jump(cause=SpecialCause.ABOVE_MEAN),
        jump(cause=None),
    ],
)
def test_a_series_that_left_its_limits_without_a_step_beyond_chance_is_no_signal(
    home: Home, evidence: CauseEvidence
) -> None:
    assert judged(home, evidence) == []


def test_a_delivery_that_is_overdue_opens_a_signal_for_each_region_that_lacks_something(home: Home) -> None:
    opened = UitvraagOpened(period="2026Q2", uitvraag_version=3, due_date=date(2026, 8, 14))
    Ledger(home).append([opened], actor=OPERATOR)
    found = judged(home)
    assert {signal.cause.signal for signal in found} == {SignalKind.OVERDUE}
    assert len(found) == 31
    assert {signal.cause.period for signal in found} == {"2026Q2"}
    assert len(judged(home)) == 31


def test_who_takes_it_up_says_what_will_be_done(home: Home) -> None:
    (signal,) = judged(home, path("stalled"))
    with pytest.raises(ReasonNeededError):
        acknowledge(home, signal.number, plan=" ", actor=POLICY)
    taken = acknowledge(home, signal.number, plan="Gesprek met de gemeenten in december.", actor=POLICY)
    assert taken.state(TODAY) is SignalState.ACKNOWLEDGED
    assert (taken.steps[-1].by, taken.plan) == ("Bea", "Gesprek met de gemeenten in december.")


def test_what_is_put_off_comes_back_on_its_day(home: Home) -> None:
    (signal,) = judged(home, path("stalled"))
    with pytest.raises(WrongStateError, match="Kies een latere dag"):
        snooze(home, signal.number, until=TODAY, owner="Bea", reason="wacht", today=TODAY, actor=POLICY)
    until = date(2027, 1, 15)
    off = snooze(home, signal.number, until=until, owner="Bea", reason="Wacht op cijfers.", today=TODAY, actor=POLICY)
    assert off.state(TODAY) is SignalState.SNOOZED
    assert off.state(until) is SignalState.OPEN


def test_what_a_person_closed_opens_again_in_a_later_period_only(home: Home) -> None:
    (signal,) = judged(home, path("stalled"))
    closed = close(home, signal.number, reason="Is afgesproken.", actor=STAFF)
    assert closed.closed_because is ClosedBecause.PERSON
    with pytest.raises(WrongStateError, match="al gesloten"):
        acknowledge(home, signal.number, plan="toch", actor=STAFF)
    assert [item.is_closed for item in judged(home, path("stalled"))] == [True]
    assert [item.is_closed for item in judged(home, path("stalled", "2026Q3"))] == [False, True]


def test_another_region_sees_and_does_nothing(home: Home) -> None:
    (signal,) = judged(home, path("stalled"))
    assert signals(home, actor=OTHER) == []
    assert [item.number for item in signals(home, actor=POLICY)] == [signal.number]
    with pytest.raises(UnknownSignalError):
        close(home, signal.number, reason="weg ermee", actor=OTHER)
    with pytest.raises(AccessDeniedError):
        signals(home, actor=Actor(name="lezer", role=Role.READER))
    with pytest.raises(AccessDeniedError):
        evaluate(home, [], [], today=TODAY, actor=POLICY)


def test_every_kind_says_its_rule() -> None:
    assert all(len(kind.rule) > 40 and "Sluit" in kind.rule for kind in SignalKind)
