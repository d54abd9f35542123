"""The site as a visitor meets it: wide and narrow, in Dutch, without a request that leaves the machine."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = ["overzicht", "regio", "indicator", "aanleveren"]
WIDTHS = [1280, 400]
OFFICER = "rol=data_officer&van=ZK04"
GOOD = "Indicator;Periode;Gebiedscode;Teller;Noemer\nOUD08;2026-Q3;ZK04;1210;10400\n"
BROKEN = "Indicator;Periode;Gebiedscode;Teller;Noemer\nOUD08;2026Q3;ZK04;twaalf;10400\n"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": request.param, "height": 900}, locale="nl-NL")
    yield made
    made.close()


def open_page(page: Page, address: str) -> None:
    """Go to a page and wait until all of it is there."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself, not a table in it, is wider than the screen."""
    is_wide = "box => box.scrollWidth > box.clientWidth"
    return bool(page.get_by_test_id("stMain").evaluate(is_wide) or page.locator("html").evaluate(is_wide))


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
    assert charts.count() == tables.count()
    tables.first.locator("summary").click()
    expect(tables.first.locator("table caption")).to_be_visible()
    assert page.locator(".vega-embed [aria-label]").first.get_attribute("aria-label")


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


@pytest.mark.parametrize(
    ("content", "verdict"), [(GOOD, "Geaccepteerd"), (BROKEN, "Afgekeurd")], ids=["good", "broken"]
)
def test_a_delivery_gets_an_answer(site: str, page: Page, tmp_path: Path, content: str, verdict: str) -> None:
    file = tmp_path / "levering.csv"
    file.write_text(content, "utf-8")
    open_page(page, f"{site}/aanleveren?{OFFICER}&kwartaal=2026Q3")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_text("levering.csv")).to_be_visible()
    page.get_by_role("button", name="Bestand aanleveren").click()
    expect(page.locator(".jzojp-verdict")).to_contain_text(verdict, timeout=60_000)
    expect(page.locator(".jzojp-definition")).to_contain_text(re.compile("[0-9a-f]{64}"))
    if verdict == "Afgekeurd":
        row = page.locator("tr", has_text="twaalf").first
        expect(row).to_contain_text("Teller")
        expect(row).to_contain_text("Schrijf een getal")
