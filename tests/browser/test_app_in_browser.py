"""The site as a visitor meets it: wide and narrow, in Dutch, without a request that leaves the machine."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from indicators.definitions import current_definition
from tests.support_browser import open_page, scrolls_sideways
from tests.support_publication import SILENT_INDICATOR

PAGES = ["overzicht", "regio", "indicator", "doelstellingen", "afspraken", "signalen", "aanleveren", "leveringen"]
WIDTHS = [1280, 400]
OFFICER = "rol=data_officer&van=ZK04"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": request.param, "height": 900}, locale="nl-NL")
    yield made
    made.close()


def heading_levels(page: Page) -> list[int]:
    """The levels of the headings, from top to bottom."""
    tags = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(item => item.tagName)")
    return [int(tag[1]) for tag in tags]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_dutch_and_local(site: str, page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, f"{site}/{name}?{OFFICER}")
    assert page.locator("html").get_attribute("lang") == "nl"
    expect(page.get_by_text("Fictieve gegevens", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("kan nu niet worden getoond")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
    assert not scrolls_sideways(page)
    levels = heading_levels(page)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["regio", "indicator"])
def test_every_chart_has_a_text_and_a_table(site: str, page: Page, name: str) -> None:
    open_page(page, f"{site}/{name}")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts.first).to_be_visible()
    tables = page.locator("details", has_text="Als tabel")
    expect(charts).to_have_count(tables.count(), timeout=30_000)
    tables.first.locator("summary").click()
    expect(tables.first.locator("table caption")).to_be_visible()
    assert page.locator(".vega-embed [aria-label]").first.get_attribute("aria-label")


def test_an_indicator_without_figures_is_found_in_the_list_and_says_why(site: str, page: Page) -> None:
    open_page(page, f"{site}/overzicht")
    mine = current_definition(SILENT_INDICATOR)
    page.locator(".jzojp-not-filled").get_by_role("link", name=mine.name).click()
    expect(page.locator("h1")).to_have_text(mine.name, timeout=30_000)
    expect(page.get_by_text("Niet gevuld.")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    assert not scrolls_sideways(page)
    chosen = page.get_by_role("combobox", name="Indicator")
    chosen.click()
    expect(page.get_by_role("option").first).not_to_contain_text("niet gevuld")
    chosen.fill("niet gevuld")
    expect(page.get_by_role("option").first).to_contain_text("(niet gevuld)")


def test_a_region_in_the_matrix_leads_to_its_page(site: str, page: Page) -> None:
    open_page(page, f"{site}/?{OFFICER}")
    page.get_by_role("link", name="Friesland").click()
    expect(page.locator("h1")).to_have_text("Friesland", timeout=30_000)
    assert "regio=ZK08" in page.url
    expect(page.get_by_test_id("stPopover")).to_contain_text("datamedewerker")


def test_the_navigation_is_reachable_at_every_width(site: str, page: Page) -> None:
    open_page(page, site)
    is_narrow = page.locator("html").evaluate("html => html.clientWidth") < 640
    place = page.locator(".st-key-narrow_navigation" if is_narrow else "[data-testid=stHeader]")
    place.get_by_role("link", name="Indicator", exact=True).click()
    expect(page.get_by_role("heading", name="Definitie")).to_be_visible(timeout=30_000)
