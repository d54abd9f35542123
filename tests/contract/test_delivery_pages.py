"""The pages Aanleveren and Leveringen, on real deliveries: who sees what, and what each button does."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app import intake_worker
from expectations.rules import Rule
from register.access import OPERATOR, Role
from register.deadlines import record_due
from register.home import Home
from register.submissions import SubmissionState
from register.tokens import Token, tokens
from tests.support_pages import texts, visit
from tests.support_publication import LAST_QUARTER, OWN_REGION
from tests.support_register import deliver, personal, row, sound, states, warned

OTHER_REGION: Final = "ZK02"
TYPED: Final = "geheim417"
MARKUP: Final = "<b>x **vet**"


def line(indicator: str, numerator: object, region: str = OWN_REGION) -> str:
    """One row of the last quarter."""
    return row(indicator, numerator, region, LAST_QUARTER)


GOOD: Final = sound(line("OUD08", 31), line("DIG01", 301))
CORRECTED: Final = sound(line("OUD08", 35))
WARNED: Final = warned(line("OUD08", 32))
BROKEN: Final = sound(line("OUD08", TYPED))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A demo without deliveries, on a loopback address."""
    made = Home(tmp_path / "var").create()
    monkeypatch.setenv("JZOJP_HOME", str(made.path))
    monkeypatch.setenv("JZOJP_DEMO", "1")
    config.set_option("server.address", "127.0.0.1")
    yield made
    config.set_option("server.address", None)


@pytest.fixture(scope="module", autouse=True)
def _worker() -> Iterator[None]:
    """End the worker that the page starts."""
    yield
    intake_worker.stop()


def send(home: Home, *contents: bytes, region: str = OWN_REGION) -> list[int]:
    """Deliver files for the last quarter; returns their numbers."""
    receipts = deliver(home, *contents, region=region, period=LAST_QUARTER)
    return [receipt.submission or 0 for receipt in receipts]


def officer(**choices: str) -> AppTest:
    """The page Aanleveren as the data officer of the own region sees it."""
    return visit("aanleveren", rol="data_officer", van=OWN_REGION, kwartaal=LAST_QUARTER.code, **choices)


def opened(number: int) -> AppTest:
    """The same with one submission open."""
    return officer(aanlevering=str(number))


def press(at: AppTest, label: str) -> AppTest:
    """Press a button by its words and see what the page says then."""
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def labels(at: AppTest) -> set[str]:
    """The words on all buttons."""
    return {button.label for button in at.button}


def downloads(at: AppTest) -> set[str]:
    """The words on all buttons that download something."""
    return {button.label for button in at.download_button}


def asks(at: AppTest, question: str) -> bool:
    """Whether there is a field with this question."""
    return any(area.label.startswith(question) for area in at.text_area)


def write(at: AppTest, question: str, text: str) -> None:
    """Fill in a reason."""
    next(area for area in at.text_area if area.label.startswith(question)).input(text)


def upload(at: AppTest, content: bytes, *, name: str = "levering.csv", is_dry: bool = False) -> AppTest:
    """Choose a file, tick what is asked, and send it."""
    at.file_uploader[0].set_value((name, content, "text/csv"))
    if is_dry:
        at.checkbox[0].check()
    at.default_timeout = 90
    return press(at, "Bestand aanleveren")


def test_before_anything_was_sent_the_page_says_when_it_is_due(home: Home) -> None:
    told = texts(officer())
    assert "Nog niet aangeleverd" in told
    assert "Uiterste datum: 14 november 2026." in told
    assert "Uw regio heeft nog niets aangeleverd." in told
    assert "Wat er nog ontbreekt" in told


def test_a_file_gets_its_answer_at_once_and_is_kept(home: Home) -> None:
    at = upload(officer(), GOOD, name=f"{MARKUP}.csv")
    told = texts(at)
    assert "jzojp-verdict'>Geaccepteerd" in told.replace('"', "'")
    assert "2 rijen gelezen" in told
    assert at.query_params["aanlevering"] == "1"
    assert "&lt;b&gt;x" in told
    assert "<b>x" not in told
    assert states(home) == {1: SubmissionState.ACCEPTED}


def test_a_dry_run_shows_the_answer_and_keeps_nothing(home: Home) -> None:
    told = texts(upload(officer(), BROKEN, is_dry=True))
    assert "Controle zonder te bewaren" in told
    assert "Er is niets opgeslagen" in told
    assert TYPED in told
    assert not states(home)


def test_without_a_file_nothing_happens(home: Home) -> None:
    assert "Er is nog geen bestand. Kies een bestand van hoogstens 100 MB" in texts(
        press(officer(), "Bestand aanleveren")
    )


def test_too_large_a_file_is_refused_in_dutch(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JZOJP_MAXIMUM_MEGABYTES", "1")
    told = texts(upload(officer(), b"x" * 1_000_001))
    assert "Het bestand is te groot" in told
    assert "hoogstens 1 MB" in str(officer().file_uploader[0].label)
    assert not states(home)


def test_a_worker_that_dies_gives_a_sentence(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(intake_worker, "run", die)
    assert "Het controleren is afgebroken" in texts(upload(officer(), GOOD))


def test_the_same_bytes_of_a_withdrawn_file_ask_whether_it_must_count_again(home: Home) -> None:
    (number,) = send(home, GOOD)
    at = opened(number)
    write(at, "Waarom trekt u", f"Verkeerd {MARKUP}")
    assert "is ingetrokken en telt niet meer mee" in texts(press(at, "Intrekken"))
    assert states(home) == {number: SubmissionState.WITHDRAWN}
    at = upload(at, GOOD)
    assert f"Dit bestand was al ontvangen als aanlevering {number}" in texts(at)
    assert "Deze aanlevering weer laten gelden" in [heading.value for heading in at.subheader]
    write(at, "Waarom moet", "Toch goed")
    told = texts(press(at, "Weer laten gelden"))
    assert f"Aanlevering {number} geldt weer." in told
    assert "&lt;b&gt;x **vet**" in told
    assert states(home) == {number: SubmissionState.ACCEPTED}


def test_withdrawing_asks_a_reason(home: Home) -> None:
    (number,) = send(home, GOOD)
    assert "Geef een reden op" in texts(press(opened(number), "Intrekken"))
    assert states(home) == {number: SubmissionState.ACCEPTED}


def test_warnings_wait_for_confirmation_and_count_after_it(home: Home) -> None:
    (number,) = send(home, WARNED)
    at = opened(number)
    told = texts(at)
    assert "wacht op bevestiging" in told
    assert "Deze rijen tellen nog niet mee" in told
    assert asks(at, "Waarom kloppen de cijfers? (mag leeg blijven)")
    assert f"Aanlevering {number} is bevestigd." in texts(press(at, "Bevestigen"))
    assert "Bevestigen" not in labels(at)
    assert states(home) == {number: SubmissionState.ACCEPTED}


def test_a_correction_tells_what_changes(home: Home) -> None:
    _, later = send(home, GOOD, CORRECTED)
    told = texts(opened(later))
    assert "1 rij anders" in told
    assert "De grootste verschillen" in told
    assert "+4" in told


def test_faults_stand_in_groups_and_row_by_row(home: Home) -> None:
    (number,) = send(home, BROKEN)
    at = opened(number)
    told = texts(at)
    assert "Per soort, met wat u kunt doen" in told
    assert f"&#x27;{TYPED}&#x27; bij &#x27;Teller&#x27; is geen getal" in told
    assert "Uw bestand met de fouten gemarkeerd (Excel)" in downloads(at)


def test_personal_data_can_be_purged_and_is_never_given_back(home: Home) -> None:
    (number,) = send(home, personal(line("OUD08", 31)))
    at = opened(number)
    assert not [label for label in downloads(at) if "bestand" in label]
    assert "niemand kan het lezen" in texts(at)
    assert "is gewist" in texts(press(at, "Bestand wissen"))
    assert states(home) == {number: SubmissionState.PURGED}


def test_another_regions_submission_is_not_opened(home: Home) -> None:
    (number,) = send(home, sound(line("OUD08", 31, OTHER_REGION)), region=OTHER_REGION)
    at = opened(number)
    assert "bestaat niet, of u hebt er geen recht op" in texts(at)
    assert f"Aanlevering {number}" not in [heading.value for heading in at.header]


def test_declaring_complete_asks_why_something_is_missing(home: Home) -> None:
    send(home, GOOD)
    at = officer()
    assert "Lever ze aan, of geef een reden" in texts(press(at, "Dit kwartaal is compleet"))
    write(at, "Waarom ontbreken", "Die registratie begint later")
    told = texts(press(at, "Dit kwartaal is compleet"))
    assert "gereed gemeld" in told
    assert "Reden voor wat er ontbreekt: Die registratie begint later" in told
    assert "Dit kwartaal is compleet" not in labels(at)


def test_a_token_is_shown_once_and_can_be_revoked(home: Home) -> None:
    at = officer()
    at.text_input(key="token_label").input("Systeem <i>A</i>")
    told = texts(press(at, "Toegangscode maken"))
    assert f"jzojp_{OWN_REGION}_" in told
    assert "&lt;i&gt;A" in told
    assert f"jzojp_{OWN_REGION}_" not in texts(at.run())
    at.text_input(key="revocation_reason").input("Niet meer nodig")
    press(at, "Toegangscode intrekken")
    (token,) = tokens(home, actor=OPERATOR)
    assert isinstance(token, Token)
    assert not token.is_valid


def test_a_policy_officer_reads_along_without_a_single_button(home: Home) -> None:
    (number,) = send(home, WARNED)
    at = visit("aanleveren", rol="policy_officer", van=OWN_REGION, kwartaal=LAST_QUARTER.code, aanlevering=str(number))
    assert not at.button
    assert not at.file_uploader
    assert "wacht op bevestiging" in texts(at)
    assert "Sjabloon voor Excel" not in downloads(at)


def test_a_reader_sees_no_deliveries(home: Home) -> None:
    told = texts(visit("leveringen", rol="reader"))
    assert "Deze pagina is voor programmamedewerkers" in told
    assert "Amsterdam" not in told


def test_programme_staff_sees_every_region_and_a_region_only_itself(home: Home) -> None:
    send(home, GOOD)
    everything = texts(visit("leveringen", rol="programme_staff"))
    assert everything.count('scope="row"') >= 31
    assert "Amsterdam" in everything
    own = texts(visit("leveringen", rol="policy_officer", van=OWN_REGION))
    assert "Arnhem" in own
    assert "Amsterdam" not in own


@pytest.mark.parametrize(
    ("role", "is_shown"), [(Role.PROGRAMME_STAFF, False), (Role.OPERATOR, True), (Role.DATA_OFFICER, True)]
)
def test_a_report_leaves_out_what_the_file_says_for_who_may_not_read_it(home: Home, role: Role, is_shown: bool) -> None:
    (number,) = send(home, BROKEN)
    at = visit(
        "leveringen", rol=role, van=OWN_REGION, regio=OWN_REGION, kwartaal=LAST_QUARTER.code, aanlevering=str(number)
    )
    told = texts(at)
    assert (TYPED in told) is is_shown
    assert ("ziet alleen de regio zelf" in told) is not is_shown
    assert "is geen getal" in told
    assert "Schrijf een getal zonder tekst" in told
    assert not at.button


def test_a_cell_of_another_region_does_not_open_for_a_region(home: Home) -> None:
    told = texts(
        visit("leveringen", rol="data_officer", van=OWN_REGION, regio=OTHER_REGION, kwartaal=LAST_QUARTER.code)
    )
    assert "Terug naar alle leveringen" not in told


def test_reminders_that_were_recorded_are_listed(home: Home) -> None:
    record_due(home, today=LAST_QUARTER.end.replace(year=2027), actor=OPERATOR)
    assert "te laat gemeld" in texts(visit("leveringen", rol="programme_staff"))


def test_the_rule_of_the_broken_file_still_says_this() -> None:
    from expectations.rules import rule_texts

    assert rule_texts()[Rule.NUMBER_NONE].remedy.startswith("Schrijf een getal zonder tekst")
