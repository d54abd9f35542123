"""More than one version on the pages: each period says under which it was computed, and nothing is lost or mixed."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit import config

from indicators.definitions import current_definition
from indicators.states import ValueState
from register.home import Home
from tests.support_pages import texts, visit
from tests.support_publication import OWN_REGION, PUBLICATION_ID, publish_for_tests

CHANGED, RETIRED = "OUD08", "DIG01"
OLD, NEW = "Uitleg van de oude versie.", "Breder geteld dan eerst."
GONE = "Niemand gebruikte dit cijfer."


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A demo in which OUD08 has a second version from 2025Q3, and DIG01 left the kernset after 2026Q2."""
    home = publish_for_tests(tmp_path / "published")
    for path in (home.publication_database_path(PUBLICATION_ID), home.own_database_path(PUBLICATION_ID, OWN_REGION)):
        with duckdb.connect(str(path)) as connection:
            _add_a_version(connection)
            _retire(connection)
            _stand_out(connection)
    monkeypatch.setenv("JZOJP_HOME", str(home.path))
    monkeypatch.setenv("JZOJP_DEMO", "1")
    config.set_option("server.address", "127.0.0.1")
    yield home
    config.set_option("server.address", None)


def _add_a_version(connection: duckdb.DuckDBPyConnection) -> None:
    definition = current_definition(CHANGED).model_dump(mode="json")
    first = json.dumps(definition | {"pitfalls": OLD})
    second = json.dumps(definition | {"version": 2, "valid_from": "2025Q3", "reason": NEW})
    chosen = {"code": CHANGED}
    connection.execute(
        "create table recomputed as select * replace (2 as indicator_version, value * 2 as value) from value "
        "where indicator_code = $code and period_start < '2025-07-01'",
        chosen,
    )
    connection.execute(
        "update value set indicator_version = 2, is_break = (period_code = '2025Q3') "
        "where indicator_code = $code and period_start >= '2025-07-01'",
        chosen,
    )
    connection.execute(
        "insert into indicator select * replace (2 as indicator_version, $second as definition_json) from indicator "
        "where indicator_code = $code",
        chosen | {"second": second},
    )
    connection.execute(
        "update indicator set is_current = false, definition_json = $first "
        "where indicator_code = $code and indicator_version = 1",
        chosen | {"first": first},
    )


def _stand_out(connection: duckdb.DuckDBPyConnection) -> None:
    """The last quarter of OUD08 stands out in the region, an earlier one of GGZ03 does not count any more."""
    connection.execute(
        "create table special_cause as select * from (values "
        "('OUD08', 2, $region, '2026Q2', null, false), ('OUD08', 2, $region, '2026Q3', 'rising', true), "
        "('GGZ03', 1, $region, '2026Q2', 'above_limits', false), ('GGZ03', 1, $region, '2026Q3', null, false)) "
        "as c(indicator_code, indicator_version, area_code, period_code, cause_code, is_trial)",
        {"region": OWN_REGION},
    )


def _retire(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("update indicator set is_current = false where indicator_code = $code", {"code": RETIRED})
    connection.execute(
        "delete from value where indicator_code = $code and period_start > '2026-04-01'", {"code": RETIRED}
    )
    connection.execute(
        "create table retirement as select $code as indicator_code, '2026Q2' as last_period_code, "
        "'OUD08' as successor_code, $reason as reason",
        {"code": RETIRED, "reason": GONE},
    )


@pytest.mark.usefixtures("demo")
def test_a_region_shows_all_its_history_and_says_with_which_version_it_was_computed() -> None:
    told = texts(visit("regio", regio=OWN_REGION, thema="ouderen"))
    assert "met versie 1, vanaf 3e kwartaal 2025 met versie 2 van de definitie" in told
    assert NEW in told
    assert ValueState.BREAK.words in told
    assert "Een jaar eerder gold een andere definitie" not in told


@pytest.mark.usefixtures("demo")
def test_the_past_can_be_read_under_the_definition_of_today_and_is_never_mixed() -> None:
    at = visit("regio", regio=OWN_REGION, thema="ouderen", definitie="nu")
    assert "Alle perioden zijn berekend met versie 2 van de definitie." in texts(at)
    assert "Definitie van eerdere perioden" in [item.label for item in at.radio]
    assert ValueState.BREAK.words not in texts(at)


@pytest.mark.usefixtures("demo")
def test_a_last_quarter_that_stands_out_is_told_with_its_rule() -> None:
    told = texts(visit("regio", regio=OWN_REGION, thema="ouderen"))
    assert "Valt op in het 3e kwartaal 2026: zeven kwartalen op rij steeds hoger." in told
    assert "minder dan twaalf kwartalen" in told
    assert "Valt op" not in texts(visit("regio", regio=OWN_REGION, thema="ggz"))


@pytest.mark.usefixtures("demo")
def test_a_theme_without_a_second_version_offers_no_choice() -> None:
    labels = [item.label for item in visit("regio", regio=OWN_REGION, thema="preventie").radio]
    assert "Definitie van eerdere perioden" not in labels


@pytest.mark.usefixtures("demo")
def test_a_period_of_before_shows_the_definition_of_then() -> None:
    then = texts(visit("indicator", indicator=CHANGED, periode="2025Q2"))
    assert "zijn berekend met versie 1 van de definitie" in then
    assert OLD in then
    now = texts(visit("indicator", indicator=CHANGED, periode="2025Q3"))
    assert "zijn berekend met versie" not in now
    assert OLD not in now


@pytest.mark.usefixtures("demo")
def test_a_retired_indicator_keeps_its_figures_and_says_since_when_and_why() -> None:
    at = visit("indicator", indicator=RETIRED)
    told = texts(at)
    assert "Vervallen na 2e kwartaal 2026." in told
    assert GONE in told
    assert "De opvolger is OUD08." in told
    assert "Alle regio's" in [item.value for item in at.header]
    name = current_definition(RETIRED).name
    assert name not in texts(visit("overzicht")).split("jzojp-not-filled")[0]
    assert name not in texts(visit("regio", regio=OWN_REGION))


def test_a_retired_indicator_that_never_had_figures_says_both(demo: Home) -> None:
    with duckdb.connect(str(demo.publication_database_path(PUBLICATION_ID))) as connection:
        connection.execute("delete from value where indicator_code = $code", {"code": RETIRED})
    told = texts(visit("indicator", indicator=RETIRED))
    assert GONE in told
    assert ValueState.NOT_FILLED.words.capitalize() in told


def test_a_publication_of_before_versions_is_shown_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = publish_for_tests(tmp_path / "published")
    monkeypatch.setenv("JZOJP_HOME", str(home.path))
    told = texts(visit("indicator", indicator=RETIRED))
    assert "Vervallen" not in told
    assert "Definitie" in told
