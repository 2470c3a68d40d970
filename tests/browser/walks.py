"""What journeys share: controls by their words, what was said, axe in both themes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import problems_for_access

# Axe is on the page already by then.
CONTRAST = """async () => {
  const found = await axe.run({ runOnly: ["color-contrast"] });
  return found.violations.flatMap((one) => one.nodes.map((node) => node.html));
}"""


def control(place: Page | Locator, words: str) -> Locator:
    """The control with exactly this label, whether or not it says that it is optional."""
    return place.get_by_label(re.compile(rf"^{re.escape(words)}(\s+optional)?$"))


def fill(place: Page | Locator, **values: str) -> None:
    """Type into controls by their names."""
    for name, value in values.items():
        place.locator(f"[name='{name}']").fill(value)


def pick(place: Page | Locator, group: str, *choices: str) -> None:
    """Press choices that are all in sight."""
    for choice in choices:
        place.get_by_role("group", name=group).get_by_text(choice, exact=True).click()


def press(place: Page | Locator, words: str) -> None:
    """Press the button with exactly these words."""
    place.get_by_role("button", name=words, exact=True).click()


def follow(place: Page | Locator, words: str) -> None:
    """Follow the link with exactly these words."""
    place.get_by_role("link", name=words, exact=True).first.click()


def open_tab(page: Page, words: str) -> None:
    """Go to a part of the account at hand."""
    page.get_by_role("navigation", name="Parts of the account").get_by_text(words).click()


def expect_said(page: Page, words: str) -> None:
    """A toast says so."""
    expect(page.locator("#toasts")).to_contain_text(words)


def assert_accessible(page: Page) -> None:
    """Axe finds nothing; in the dark only colours are looked at again, nothing else changes."""
    page.emulate_media(color_scheme="light")
    found = problems_for_access(page)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(CONTRAST)
    assert not found, "\n".join(found)


def today() -> date:
    """The day where the people of these journeys are."""
    return datetime.now(UTC).date()
