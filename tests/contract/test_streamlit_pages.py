"""Every page runs for every role, shows what that role may see, and no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app.main import PAGES
from register.home import Home
from tests.support_pages import texts, visit
from tests.support_publication import OWN_REGION, PUBLICATION_ID, publish_for_tests


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return publish_for_tests(tmp_path_factory.mktemp("published"))


@pytest.fixture
def demo(published_home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A demo with figures, on a loopback address."""
    monkeypatch.setenv("JZOJP_HOME", str(published_home.path))
    monkeypatch.setenv("JZOJP_DEMO", "1")
    config.set_option("server.address", "127.0.0.1")
    yield published_home
    config.set_option("server.address", None)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["reader", "data_officer", "policy_officer", "programme_staff", "operator"])
def test_every_page_runs_for_every_role(demo: Home, page: str, role: str) -> None:
    at = visit(page, rol=role, van=OWN_REGION)
    assert len(at.title) == 1
    assert "Fictieve gegevens" in texts(at)


@pytest.mark.parametrize("page", ["overzicht", "regio", "indicator"])
def test_the_foot_names_the_publication(demo: Home, page: str) -> None:
    told = texts(visit(page))
    assert PUBLICATION_ID in told
    assert "Status: voorlopig" in told


def test_a_link_chooses_the_region(demo: Home) -> None:
    assert visit("regio", regio="ZK12").title[0].value == "Midden-Brabant"
    assert visit("regio", regio="nonsense").title[0].value == "Amstelland en De Meerlanden"


def test_targets_stand_beside_figures_or_say_why_not(demo: Home) -> None:
    at = visit("doelstellingen", doel="D08-PRE02", regio="ZK12")
    assert [item.value for item in at.header] == [
        "Hoe het er voor staat", "Alle regio's naast een doel", "Doelen zonder stand",
    ]  # fmt: skip
    told = texts(at)
    assert "halen het doel van ten minste 14" in told
    assert "Het doel is in een andere eenheid dan de indicator." in told
    assert "Geen voortgangscijfer: er is geen uitgangssituatie afgesproken." in told


def test_the_targets_of_one_theme_can_be_asked(demo: Home) -> None:
    told = texts(visit("doelstellingen", thema="ggz"))
    assert "Treeknormen" in told
    assert "GALA" not in told


def _choices(at: AppTest, label: str) -> list[str]:
    return list(next(item.options for item in at.selectbox if item.label == label))


def test_an_indicator_that_is_counted_so_is_shown_by_age_and_sex(demo: Home) -> None:
    shown = texts(visit("indicator", indicator="OUD01", regio="ZK04"))
    assert "Naar leeftijd en geslacht" in shown
    assert "85+, vrouwen" in shown
    assert "Gevulde punten zijn Arnhem" in shown
    assert "Naar leeftijd en geslacht" not in texts(visit("indicator", indicator="PRE02"))


def test_an_indicator_can_be_shown_per_ggd_regio(demo: Home) -> None:
    at = visit("indicator", indicator="PRE02", indeling="ggd_regio")
    assert _choices(at, "Indeling") == ["Zorgkantoorregio", "GGD-regio"]
    told = texts(at)
    assert "Per GGD-regio" in told
    assert "Hart voor Brabant" in told
    assert "Midden-Brabant" not in told
    assert "van 2016" in " ".join(item.value for item in at.caption)


def test_a_page_of_regions_has_no_areas_of_other_classifications(demo: Home) -> None:
    for page, choices in (("indicator", {"indicator": "PRE02"}), ("overzicht", {}), ("regio", {"regio": "ZK12"})):
        assert "Hart voor Brabant" not in texts(visit(page, **choices))


def test_an_indicator_counted_per_region_has_no_other_division(demo: Home) -> None:
    assert _choices(visit("indicator", indicator="OUD08", indeling="ggd_regio"), "Indeling") == ["Zorgkantoorregio"]


def test_own_figures_exist_only_for_the_own_region(demo: Home) -> None:
    def labels(region: str) -> list[str]:
        return [item.label for item in visit("regio", rol="policy_officer", van=OWN_REGION, regio=region).radio]

    assert "Cijfers" in labels(OWN_REGION)
    assert "Cijfers" not in labels("ZK02")


def test_own_figures_say_that_they_are_confidential(demo: Home) -> None:
    told = texts(visit("regio", rol="data_officer", van=OWN_REGION, regio=OWN_REGION, cijfers="eigen"))
    assert "Vertrouwelijk" in told
    assert "Exacte eigen cijfers" in told


def test_asking_for_own_figures_of_another_region_gives_the_published_ones(demo: Home) -> None:
    told = texts(visit("regio", rol="data_officer", van=OWN_REGION, regio="ZK02", cijfers="eigen"))
    assert "Vertrouwelijk" not in told


def test_a_data_officer_delivers_for_the_own_region_without_choosing(demo: Home) -> None:
    at = visit("aanleveren", rol="data_officer", van=OWN_REGION, regio="ZK02")
    assert [item.label for item in at.selectbox if item.label == "Regio"] == []
    assert "<strong>Arnhem</strong> (ZK04)" in texts(at)


@pytest.mark.parametrize("role", ["reader", "programme_staff"])
def test_who_may_not_deliver_gets_no_form(demo: Home, role: str) -> None:
    at = visit("aanleveren", rol=role, van=OWN_REGION)
    assert not at.button
    assert "Alleen een datamedewerker" in texts(at)


@pytest.mark.parametrize(("flag", "address"), [("", "127.0.0.1"), ("1", "0.0.0.0"), ("1", None)])  # noqa: S104
def test_no_role_switch_without_the_flag_or_beyond_loopback(
    demo: Home, monkeypatch: pytest.MonkeyPatch, flag: str, address: str | None
) -> None:
    monkeypatch.setenv("JZOJP_DEMO", flag)
    config.set_option("server.address", address)
    at = visit("aanleveren", rol="operator")
    assert "Rol" not in [item.label for item in at.selectbox]
    assert "Alleen een datamedewerker" in texts(at)


@pytest.mark.parametrize("page", ["overzicht", "regio", "indicator"])
def test_without_a_publication_a_page_says_what_to_do(
    demo: Home, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JZOJP_HOME", str(tmp_path))
    told = texts(visit(page))
    assert "Nog geen cijfers" in told
    assert "jzojp demo" in told


def test_a_reader_does_not_see_a_concept_and_programme_staff_does(
    demo: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    concept = publish_for_tests(tmp_path / "concept", released=False)
    monkeypatch.setenv("JZOJP_HOME", str(concept.path))
    assert "nog een concept" in texts(visit("overzicht"))
    assert "Status: concept" in texts(visit("overzicht", rol="programme_staff"))
    assert "nog een concept" in texts(visit("overzicht", rol="policy_officer", van=OWN_REGION))
    assert "Status: concept" in texts(visit("regio", rol="policy_officer", van=OWN_REGION, regio=OWN_REGION))


def test_real_figures_are_not_called_fictitious(demo: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = publish_for_tests(tmp_path / "real", is_fictitious=False)
    monkeypatch.setenv("JZOJP_HOME", str(real.path))
    monkeypatch.delenv("JZOJP_DEMO")
    assert "Fictieve gegevens" not in texts(visit("overzicht"))


def test_work_in_the_background_is_told_until_it_is_done(demo: Home) -> None:
    demo.notice_path.write_text('{"text": "Kwartaal 3 van 12 wordt geladen."}', "utf-8")
    assert "Kwartaal 3 van 12" in texts(visit("overzicht"))
    demo.notice_path.unlink()
    assert "Kwartaal 3 van 12" not in texts(visit("overzicht"))
