"""Signals from delivered files to the register: the planted stories are found, and a correction closes one."""

from orchestration.backlog import backlog
from orchestration.demo.deliveries import DeliveryRow, delivery_csv, delivery_rows
from orchestration.demo.loading import start
from orchestration.pipeline import publish
from orchestration.signals import judge_signals
from register.access import OPERATOR
from register.agreement_fields import AgreementStatus
from register.agreements import agreement, set_status
from register.home import Home
from register.intake import Confirmation, Delivery, receive
from register.publications import PublicationStatus, latest, open_publication
from register.signal_events import ClosedBecause
from register.signal_kinds import SignalKind
from register.signal_states import Signal
from register.signals import acknowledge, signals
from register.submissions import today_in_the_netherlands

PATHS = (SignalKind.STALLED, SignalKind.WORSENING, SignalKind.OUT_OF_REACH)


def about_paths(home: Home) -> dict[tuple[SignalKind, str], Signal]:
    found = signals(home, actor=OPERATOR)
    return {(item.cause.signal, item.cause.area): item for item in found if item.cause.signal in PATHS}


def more_tests(row: DeliveryRow) -> DeliveryRow:
    return row._replace(numerator=str(round(int(row.numerator) * 1.5)), value="", note="Correctie: vergeten testen.")


def test_a_stalled_afspraak_is_found_and_a_correction_closes_its_signal(demo_home: Home) -> None:
    found = about_paths(demo_home)
    assert {key for key, signal in found.items() if not signal.is_closed} == {
        (SignalKind.STALLED, "ZK22"), (SignalKind.OUT_OF_REACH, "ZK22"), (SignalKind.OUT_OF_REACH, "ZK31"),
    }  # fmt: skip
    stalled = found[SignalKind.STALLED, "ZK22"]
    acknowledge(demo_home, stalled.number, plan="Gesprek met de gemeenten.", actor=OPERATOR)
    assert judge_signals(demo_home, today=today_in_the_netherlands(), actor=OPERATOR) == []

    setting = start(demo_home).setting
    rows = [more_tests(row) for row in delivery_rows(setting, "ZK22", setting.last) if row.indicator == "PRE02"]
    delivery = Delivery(delivery_csv(rows), "fictief_correctie.csv", "ZK22", setting.last)
    (receipt,) = receive(demo_home, [delivery], OPERATOR, confirmation=Confirmation("vergeten testen"))
    assert receipt.submission is not None
    publish(demo_home, status=PublicationStatus.VOORLOPIG, actor=OPERATOR, say=lambda _: None)

    assert not backlog(demo_home).is_behind
    closed = about_paths(demo_home)[SignalKind.STALLED, "ZK22"]
    assert closed.closed_because is ClosedBecause.CORRECTED
    assert [step.text.split()[0].rstrip(":.") for step in closed.steps] == ["Geopend", "Opgepakt", "Gesloten"]
    with open_publication(demo_home, str(latest(demo_home))) as reader:
        states = reader.query("select * from target_state where path_code = 'ZK22-A001'")
    assert states["state_code"].tolist() != ["stalled"]
    assert not {"value", "path_value", "ahead"} & {name for name in states if states[name].notna().any()}

    afspraak = agreement(demo_home, "ZK22-A001", actor=OPERATOR)
    stopped = set_status(
        demo_home, afspraak.code, AgreementStatus.GESTOPT, since=today_in_the_netherlands(), version=afspraak.version,
        reason="Anders ingericht.", actor=OPERATOR,
    )  # fmt: skip
    assert stopped.status.status.is_over
    assert backlog(demo_home).is_agreed_changed
    publish(demo_home, status=PublicationStatus.VOORLOPIG, actor=OPERATOR, say=lambda _: None)
    assert not backlog(demo_home).is_behind
    assert about_paths(demo_home)[SignalKind.OUT_OF_REACH, "ZK22"].is_closed
