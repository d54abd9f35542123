"""Indicators without figures on the pages: counted apart, with their reason, never as an empty row or a chart."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from app.filling import NOTHING_DELIVERED
from indicators.definitions import current_definition, kernset
from register.home import Home
from tests.support_pages import texts, visit
from tests.support_publication import OWN_REGION, PUBLICATION_ID, SILENT_INDICATOR, publish_for_tests

REASON = "Alleen voor deze test: geen bron."
SILENT_NAME = current_definition(SILENT_INDICATOR).name
TOTAL = len(kernset().indicators)
WITH_FIGURES = [
    item
    for item in (current_definition(name.split("@")[0]) for name in kernset().indicators)
    if item.not_filled is None and item.code != SILENT_INDICATOR
]
NEW_FIELDS = (
    "plain_name",
    "why",
    "how_to_read",
    "delivered_by",
    "open_source",
    "standardisation",
    "choices",
    "not_filled",
)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A demo of its own, on a loopback address."""
    made = publish_for_tests(tmp_path / "published")
    monkeypatch.setenv("JZOJP_HOME", str(made.path))
    monkeypatch.setenv("JZOJP_DEMO", "1")
    config.set_option("server.address", "127.0.0.1")
    yield made
    config.set_option("server.address", None)


def rewrite(home: Home, change: Callable[[dict[str, Any]], object]) -> None:
    """Change every definition in the publication and in the own snapshot beside it."""
    for path in (home.publication_database_path(PUBLICATION_ID), home.own_database_path(PUBLICATION_ID, OWN_REGION)):
        with duckdb.connect(str(path)) as connection:
            for (text,) in connection.execute("select definition_json from indicator").fetchall():
                definition = json.loads(text)
                change(definition)
                connection.execute(
                    "update indicator set definition_json = $text where indicator_code = $code",
                    {"text": json.dumps(definition), "code": definition["code"]},
                )


def rows_of_tables(at: AppTest) -> str:
    """The tables on the page, without what stands after the heading of the indicators that are not filled."""
    return texts(at).split("jzojp-not-filled")[0]


@pytest.mark.parametrize("page", ["overzicht", "regio"])
def test_an_indicator_without_figures_is_listed_with_its_reason_and_is_no_row(demo: Home, page: str) -> None:
    at = visit(page, regio=OWN_REGION)
    assert f"{len(WITH_FIGURES)} van de {TOTAL} indicatoren hebben cijfers." in texts(at)
    assert "Nog niet gevuld" in [item.value for item in at.header]
    assert NOTHING_DELIVERED in texts(at)
    assert WITH_FIGURES[0].name in rows_of_tables(at)
    assert SILENT_NAME not in rows_of_tables(at)


def test_every_reason_of_a_definition_is_on_the_overview(demo: Home) -> None:
    rewrite(demo, lambda item: item.update(not_filled=REASON) if item["code"] == SILENT_INDICATOR else None)
    told = texts(visit("overzicht"))
    assert REASON in told
    assert NOTHING_DELIVERED not in told
    for name in kernset().indicators:
        item = current_definition(name.split("@")[0])
        assert (
            item.code == SILENT_INDICATOR or item.not_filled is None or item.not_filled in told.replace("&#x27;", "'")
        )


def test_a_theme_counts_its_own_indicators(demo: Home) -> None:
    theme = current_definition(SILENT_INDICATOR).theme
    mine = [name for name in kernset().indicators if current_definition(name.split("@")[0]).theme is theme]
    filled = [item for item in WITH_FIGURES if item.theme is theme]
    assert f"{len(filled)} van de {len(mine)} indicatoren" in texts(visit("overzicht", thema=theme.value))


def test_the_page_of_an_indicator_without_figures_has_its_definition_and_reason_and_no_chart(demo: Home) -> None:
    at = visit("indicator", indicator=SILENT_INDICATOR)
    assert at.title[0].value == SILENT_NAME
    assert "Niet gevuld." in texts(at)
    assert NOTHING_DELIVERED in texts(at)
    assert current_definition(SILENT_INDICATOR).why in texts(at).replace("&#x27;", "'")
    assert [item.value for item in at.header] == ["Definitie", "Landelijke doelstelling"]
    assert not at.get("vega_lite_chart")
    assert [item.label for item in at.selectbox if item.label == "Periode"] == []


def test_the_list_of_indicators_begins_with_those_that_have_figures(demo: Home) -> None:
    (choice,) = [item for item in visit("indicator").selectbox if item.label == "Indicator"]
    marked = [text.startswith("(niet gevuld) ") for text in choice.options]
    assert marked == sorted(marked)
    assert marked.count(False) == len(WITH_FIGURES)
    assert len(marked) == TOTAL


def test_figures_are_shown_also_where_the_definition_still_says_that_there_are_none(demo: Home) -> None:
    code = WITH_FIGURES[0].code
    rewrite(demo, lambda item: item.update(not_filled=REASON) if item["code"] == code else None)
    assert REASON not in texts(visit("overzicht"))
    at = visit("indicator", indicator=code)
    assert "Alle regio's" in [item.value for item in at.header]
    assert at.get("vega_lite_chart")


def test_an_old_publication_opens_on_every_page(demo: Home) -> None:
    rewrite(demo, lambda item: [item.pop(name) for name in NEW_FIELDS])
    assert NOTHING_DELIVERED in texts(visit("overzicht"))
    assert NOTHING_DELIVERED in texts(visit("regio", rol="data_officer", van=OWN_REGION, cijfers="eigen"))
    told = texts(visit("indicator", indicator=WITH_FIGURES[0].code))
    assert "Teller" in told
    assert "Zo leest u een cijfer" not in told
