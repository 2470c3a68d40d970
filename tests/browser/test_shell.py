"""What every page shares: the way in, both themes, phones, and who cannot see or use a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import problems_for_access, sign_in

THEMES = ("light", "dark")


def test_signing_in_opens_the_accounts(page: Page):
    sign_in(page, "ada@example.com")

    page.goto("/accounts/")

    expect(page.get_by_role("link", name="First Hospital")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_the_way_in_is_accessible(page: Page, theme: str):
    page.emulate_media(color_scheme=theme)

    page.goto("/sign-in")

    assert problems_for_access(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["/accounts/", "/accounts/add", "/me", "/pattern"])
def test_pages_are_accessible(ada: Page, path: str, theme: str):
    ada.emulate_media(color_scheme=theme)

    ada.goto(path)

    assert problems_for_access(ada) == []


def test_a_phone_shows_pages_without_scrolling_sideways(ada: Page):
    ada.set_viewport_size({"width": 390, "height": 844})

    ada.goto("/accounts/")

    assert ada.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_scripts_that_pages_load_are_there(ada: Page):
    ada.goto("/accounts/")

    assert ada.evaluate("typeof htmx") == "object"
