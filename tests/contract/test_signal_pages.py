"""The pages Signalen and Afspraken: who sees what, and what somebody does there is in the register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app.agreement_files import faults_table, report_sentence
from orchestration.demo.agreements import make_agreements
from register.access import OPERATOR
from register.agreement_faults import AgreementRule, fault
from register.agreement_import import Effect, ImportLine, ImportReport
from register.agreements import agreements
from register.explanations import explanations
from register.home import Home
from register.signal_evaluation import evaluate
from register.signal_kinds import SignalKind
from register.signal_rules import PathEvidence
from register.signal_states import SignalState
from register.signals import signals
from tests.support_pages import texts, visit
from tests.support_publication import LAST_QUARTER, publish_for_tests

STAGNATION = PathEvidence("ZK22-A001", "PRE02", "ZK22", LAST_QUARTER.code, "stalled", "stalled", True)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = publish_for_tests(tmp_path / "published")
    make_agreements(home, LAST_QUARTER, OPERATOR)
    evaluate(home, [STAGNATION], [], today=date(2026, 11, 24), actor=OPERATOR)
    monkeypatch.setenv("JZOJP_HOME", str(home.path))
    monkeypatch.setenv("JZOJP_DEMO", "1")
    config.set_option("server.address", "127.0.0.1")
    yield home
    config.set_option("server.address", None)


def test_a_region_sees_its_signals_and_another_region_does_not(demo: Home) -> None:
    own = texts(visit("signalen", rol="policy_officer", van="ZK22"))
    assert "afspraak ZK22-A001" in own
    assert "Geopend op de cijfers van" in own
    other = texts(visit("signalen", rol="policy_officer", van="ZK12"))
    assert "ZK22-A001" not in other
    assert "Er zijn geen signalen die hieraan voldoen." in other


def test_a_reader_sees_the_rules_and_no_signal(demo: Home) -> None:
    told = texts(visit("signalen"))
    assert "ZK22-A001" not in told
    assert all(kind.rule in told for kind in SignalKind)


def test_a_signal_is_taken_up_on_the_page(demo: Home) -> None:
    at = visit("signalen", rol="policy_officer", van="ZK22", soort="stalled")
    next(item for item in at.text_area if "gaat u doen" in item.label).set_value("Gesprek met de gemeenten.")
    next(button for button in at.button if button.label == "Signaal oppakken").click().run()
    assert not at.exception
    assert "Het signaal is opgepakt." in texts(at)
    taken = next(item for item in signals(demo, actor=OPERATOR) if item.cause.signal is SignalKind.STALLED)
    assert taken.state(date(2026, 11, 24)) is SignalState.ACKNOWLEDGED


def test_an_empty_plan_is_refused_on_the_spot(demo: Home) -> None:
    at = visit("signalen", rol="policy_officer", van="ZK22")
    next(button for button in at.button if button.label == "Signaal oppakken").click().run()
    assert "wat gaat u doen" in texts(at)
    assert all(item.plan is None for item in signals(demo, actor=OPERATOR))


def test_an_afspraak_is_shown_from_opgave_to_maatregel(demo: Home) -> None:
    told = texts(visit("afspraken", regio="ZK22"))
    for word in ("Opgave", "Doel", "Functie", "Maatregel", "gezamenlijk preventieaanbod", "Nog niet berekend"):
        assert word in told, word
    assert "Geschiedenis" not in told


def test_all_afspraken_stand_per_functie(demo: Home) -> None:
    told = texts(visit("afspraken", welke="functie"))
    assert told.count("<caption>Afspraken over") == 3
    assert "Volgende mijlpaal" in told


def test_only_who_makes_afspraken_can_send_a_file(demo: Home) -> None:
    own = visit("afspraken", rol="policy_officer", van="ZK22", regio="ZK22")
    assert [button.label for button in own.button].count("Afspraken opsturen") == 1
    staff = visit("afspraken", rol="programme_staff", regio="ZK22")
    assert [button.label for button in staff.button].count("Afspraken opsturen") == 0
    assert len(agreements(demo, actor=OPERATOR)) == 3


def _fill(at: AppTest, **texts: str) -> AppTest:
    for key, text in texts.items():
        next(item for item in (*at.text_area, *at.text_input) if item.key == key).set_value(text)
    next(button for button in at.button if button.label == "Afspraak vastleggen").click().run()
    assert not at.exception
    return at


def test_a_region_makes_an_afspraak_on_the_page(demo: Home) -> None:
    at = visit("afspraken", rol="policy_officer", van="ZK12", regio="ZK12")
    at.selectbox(key="indicator_new_0").set_value("PRE02")
    at.selectbox(key="direction_new_0").set_value("at_least")
    made = _fill(
        at, opgave_new="Ouderen vallen.", doel_new="Meer testen.", maatregel_new="Wijkteams testen.",
        parties_new="Zorgkantoor\nGM0855", start_new="01-01-2026", end_new="31-12-2028",
        baseline_new_0_value="7,5", baseline_new_0_period="2025Q4", target_new_0_value="14", target_new_0_period="2028",
        milestones_new_0="2026Q4: 9,5",
    )  # fmt: skip
    assert "Afspraak ZK12-A001 is vastgelegd." in texts(made)
    (view,) = agreements(demo, "ZK12", actor=OPERATOR)
    path = view.agreement.indicators[0].path
    assert path is not None
    assert [(level.value, level.period.code) for level in path.points] == [
        (7.5, "2025Q4"), (9.5, "2026Q4"), (14.0, "2028"),
    ]  # fmt: skip


def test_every_fault_of_a_form_is_told_and_nothing_is_kept(demo: Home) -> None:
    at = visit("afspraken", rol="policy_officer", van="ZK12", regio="ZK12")
    at.selectbox(key="indicator_new_0").set_value("PRE02")
    at.selectbox(key="direction_new_0").set_value("increase")
    told = texts(_fill(
        at, opgave_new="Ouderen vallen.", start_new="01-01-2026", end_new="31-12-2020",
        baseline_new_0_value="15", baseline_new_0_period="2025Q4", target_new_0_value="14", target_new_0_period="2024",
    ))  # fmt: skip
    for place in ("maatregel", "partij", "einddatum", "richting"):
        assert place in told, place
    assert agreements(demo, "ZK12", actor=OPERATOR) == []


def test_a_change_on_the_page_needs_a_reason_and_stays_in_the_history(demo: Home) -> None:
    at = visit("afspraken", rol="policy_officer", van="ZK22", regio="ZK22")
    next(item for item in at.text_area if str(item.key).startswith("doel_ZK22-A001")).set_value("Een ander doel.")
    next(item for item in at.text_area if item.label.startswith("Reden van")).set_value("Bijgesteld.")
    next(button for button in at.button if button.label == "Wijziging vastleggen").click().run()
    assert not at.exception
    assert "is vastgelegd" in texts(at)
    (view,) = agreements(demo, "ZK22", actor=OPERATOR)
    assert view.agreement.doel == "Een ander doel."
    assert view.agreement.indicators[0].path is not None


def _say(at: AppTest, text: str) -> AppTest:
    at.text_area[0].set_value(text)
    next(button for button in at.button if button.label == "Duiding vastleggen").click().run()
    assert not at.exception
    return at


def test_a_region_explains_its_figures_and_everybody_reads_it(demo: Home) -> None:
    at = _say(visit("regio", regio="ZK22", rol="policy_officer", van="ZK22", thema="preventie"), "Nieuw meldpunt.")
    assert "De duiding is vastgelegd." in texts(at)
    read = texts(visit("regio", regio="ZK22", thema="preventie"))
    assert "Nieuw meldpunt." in read
    assert "beleidsmedewerker van een regio" in read
    assert "demo: beleidsmedewerker" not in read
    assert "Duiding geven" not in read


def test_a_signal_is_answered_by_a_duiding(demo: Home) -> None:
    at = visit("signalen", rol="policy_officer", van="ZK22", soort="stalled")
    _say(at, "De huisartsen testen pas vanaf januari.")
    (said,) = explanations(demo, "ZK22", actor=OPERATOR)
    number = next(item.number for item in signals(demo, actor=OPERATOR) if item.cause.signal is SignalKind.STALLED)
    assert (said.signal, said.indicator) == (number, "PRE02")
    assert f"bij signaal {number}" in texts(at)


def test_a_duiding_with_a_burgerservicenummer_is_refused(demo: Home) -> None:
    at = visit("signalen", rol="policy_officer", van="ZK22", soort="stalled")
    assert "persoonsgegevens" in texts(_say(at, "Het gaat om 123456782.")).lower()
    assert explanations(demo, "ZK22", actor=OPERATOR) == []


def test_every_fault_of_a_file_has_its_place_and_its_remedy() -> None:
    found = fault(
        ("functie",), AgreementRule.UNKNOWN, "Deze functie bestaat niet.", "Kies een functie.", value="F99"
    ).model_copy(update={"sheet": "Afspraken", "row": 4, "column": "functie"})
    assert faults_table([found]).rows == [
        ("Afspraken, rij 4, functie", "F99", "Deze functie bestaat niet.", "Kies een functie."),
    ]  # fmt: skip


def test_a_check_says_that_nothing_was_kept() -> None:
    lines = (ImportLine("nieuw", "ZK22-A002", Effect.MADE), ImportLine("ZK22-A001", "ZK22-A001", Effect.CHANGED))
    assert report_sentence(ImportReport(is_dry_run=True, lines=lines)) == (
        "Alleen gecontroleerd, niets vastgelegd: 1 gemaakt, 1 gewijzigd, 0 ongewijzigd."
    )
    assert report_sentence(ImportReport(is_dry_run=False, lines=())).startswith("Vastgelegd: 0 gemaakt")
