"""What every test in a browser does: go to a page, and see whether it fits the screen."""

from playwright.sync_api import Page, expect


def open_page(page: Page, address: str) -> None:
    """Go to a page and wait until all of it is there."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself, not a table in it, is wider than the screen."""
    is_wide = "box => box.scrollWidth > box.clientWidth"
    return bool(page.get_by_test_id("stMain").evaluate(is_wide) or page.locator("html").evaluate(is_wide))
