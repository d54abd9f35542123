"""Delivering as a data officer does it: template, good, warned and terrible files, and what comes after."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support_browser import open_page, scrolls_sideways
from tests.support_workbooks import comments, sheets_of

WIDTHS: Final = [1280, 400]
PATIENCE: Final = 60_000
OFFICER: Final = "rol=data_officer&van=ZK04&kwartaal=2026Q3"
GOOD: Final = "Indicator;Periode;Gebiedscode;Teller;Noemer\nOUD08;2026-Q3;ZK04;{count};10400\n"
WARNED: Final = "Indicator;Periode;Gebiedscode;Teller;Noemer;Kleur\nDIG01;2026Q3;ZK04;{count};10400;blauw\n"
TERRIBLE: Final = "Indicator;Periode;Gebiedscode;Teller;Noemer\n" + "PRE99;morgen;GM9999;<b>veel</b>;0\n" * 300


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """The page Aanleveren of a data officer, wide and narrow."""
    made = browser.new_page(viewport={"width": request.param, "height": 900}, locale="nl-NL", accept_downloads=True)
    open_page(made, f"{site}/aanleveren?{OFFICER}")
    yield made
    made.close()


def send(page: Page, folder: Path, content: str, *, is_dry: bool = False) -> None:
    """Choose a file and send it; the bytes differ per width, so that none of them was received before."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    file = folder / "levering.csv"
    file.write_text(content.replace("{count}", str(1_000 + width)), "utf-8")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_text("levering.csv").first).to_be_visible()
    if is_dry:
        page.get_by_text("Alleen controleren, niets bewaren").click()
    page.get_by_role("button", name="Bestand aanleveren").click()


def verdict(page: Page, words: str) -> None:
    """Wait for the answer."""
    expect(page.locator(".jzojp-verdict")).to_have_text(words, timeout=PATIENCE)


def download(page: Page, label: str, folder: Path) -> Path:
    """Press a button that gives a file."""
    with page.expect_download(timeout=PATIENCE) as given:
        page.get_by_role("button", name=label).click()
    path = folder / given.value.suggested_filename
    given.value.save_as(path)
    return path


def test_the_template_can_be_filled_in(page: Page, tmp_path: Path) -> None:
    workbook = download(page, "Sjabloon voor Excel", tmp_path)
    assert workbook.name == "sjabloon_ZK04_2026Q3.xlsx"
    assert sheets_of(workbook.read_bytes())
    assert b"OUD08;2026Q3;ZK04" in download(page, "Sjabloon als CSV", tmp_path).read_bytes()


def test_a_good_file_counts_and_its_receipt_can_be_kept(page: Page, tmp_path: Path) -> None:
    send(page, tmp_path, GOOD)
    verdict(page, "Geaccepteerd")
    expect(page.locator(".jzojp-facts").first).to_contain_text(re.compile("[0-9a-f]{64}"))
    expect(page.get_by_text("'2026-Q3' gelezen als '2026Q3'")).to_be_visible()
    kept = download(page, "Ontvangstbewijs om te printen", tmp_path).read_text("utf-8")
    assert '<html lang="nl">' in kept
    assert b"2026-Q3" in download(page, "Het bestand zoals u het stuurde", tmp_path).read_bytes()
    assert not scrolls_sideways(page)


def test_a_warned_file_counts_after_confirmation_and_no_longer_after_withdrawal(page: Page, tmp_path: Path) -> None:
    send(page, tmp_path, WARNED)
    verdict(page, "Wacht op bevestiging")
    page.get_by_role("button", name="Bevestigen").click()
    verdict(page, "Geaccepteerd")
    page.get_by_text("Deze aanlevering intrekken").click()
    page.get_by_label("Waarom trekt u deze aanlevering in").fill("Verkeerd bestand")
    page.get_by_role("button", name="Intrekken", exact=True).click()
    verdict(page, "Ingetrokken")
    expect(page.get_by_text("Verkeerd bestand")).to_be_visible()


def test_a_terrible_file_is_told_in_groups_and_comes_back_marked(page: Page, tmp_path: Path) -> None:
    send(page, tmp_path, TERRIBLE)
    verdict(page, "Afgekeurd")
    group = page.locator("tr", has_text="voor het eerst in rij 2").filter(has_text="is geen getal")
    expect(group.first).to_contain_text("300")
    expect(page.get_by_text(re.compile("De eerste 50 van"))).to_be_visible()
    expect(page.get_by_text("<b>veel</b>").first).to_be_attached()
    assert not scrolls_sideways(page)
    marked = download(page, "Uw bestand met de fouten gemarkeerd", tmp_path).read_bytes()
    assert sheets_of(marked)["Levering"][1][0] == "PRE99"
    assert "is geen getal" in comments(marked)["D2"]


def test_a_dry_run_keeps_nothing_and_the_file_stays_chosen(page: Page, tmp_path: Path) -> None:
    send(page, tmp_path, TERRIBLE.replace("300", "301"), is_dry=True)
    verdict(page, "Fouten gevonden")
    expect(page.get_by_text("Er is niets opgeslagen")).to_be_visible()
    expect(page.get_by_text("levering.csv").first).to_be_visible()
    assert "aanlevering=" not in page.url


def test_an_answer_opens_again_from_the_history(page: Page, tmp_path: Path) -> None:
    send(page, tmp_path, GOOD.replace("OUD08", "GGZ03"))
    verdict(page, "Geaccepteerd")
    number = page.url.split("aanlevering=")[1]
    page.goto(page.url.split("&aanlevering=")[0])
    page.get_by_role("link", name=f"Nummer {number}", exact=True).click()
    verdict(page, "Geaccepteerd")


def test_the_matrix_scrolls_in_its_box_and_leads_to_a_cell(page: Page, site: str) -> None:
    open_page(page, f"{site}/leveringen?rol=programme_staff")
    assert not scrolls_sideways(page)
    box = page.locator(".jzojp-scroll").first
    assert page.viewport_size
    is_wider = bool(box.evaluate("box => box.scrollWidth > box.clientWidth + 1"))
    assert is_wider == (page.viewport_size["width"] < 640)
    page.locator("tr", has_text="Arnhem").get_by_role("link").nth(1).click()
    expect(page.get_by_role("heading", name="Arnhem, 3e kwartaal 2026")).to_be_visible(timeout=PATIENCE)
    assert not scrolls_sideways(page)
