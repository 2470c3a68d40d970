"""A deal from its first day to its end, on the board and off it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from app.users.models import User
from tests.browser.conftest import Live
from tests.browser.walks import assert_accessible, fill, follow, press, today


@pytest.fixture
def pumps(live: Live, manager: User) -> None:
    """An account of the manager's with a deal of spring."""
    account = live.make.account("Harbour Clinics", owner=manager)
    live.make.opportunity(account, "Infusion pumps", owner_id=manager.id)


@pytest.mark.usefixtures("pumps")
def test_a_deal_is_opened_moved_and_another_lost_and_yesterday_stays_as_it_was(desk: Page):
    open_deal(desk, "Harbour Clinics", "Ward monitors")
    move_by_dragging(desk, "Ward monitors")
    move_by_keys(desk, "Ward monitors")
    assert_accessible(desk)

    lose(desk, "Infusion pumps", reason="Their price was a fifth lower", to="Mindray")
    see_yesterday(desk)

    expect(lane(desk, "prospecting")).to_contain_text("Infusion pumps")
    expect(desk.locator(".deal")).to_have_count(1)


def lane(page: Page, stage: str) -> Locator:
    return page.locator(f"#lane-{stage}")


def open_deal(page: Page, account: str, name: str) -> None:
    """From the board, by the key that adds."""
    page.goto("/pipeline/")
    page.keyboard.press("n")
    follow(page, account)
    fill(page, name=name, amount="250000")
    assert_accessible(page)
    press(page, "Add")
    expect(page.locator("h1")).to_have_text(name)
    assert_accessible(page)


def move_by_dragging(page: Page, name: str) -> None:
    """Into the next column; the milestone's evidence is asked for at once."""
    page.goto("/pipeline/")
    expect(page.locator(".cards.drags")).to_have_count(6)
    page.locator(".deal", has_text=name).drag_to(lane(page, "qualification").locator("ol"))
    page.get_by_role("dialog").get_by_label("Evidence").fill("Letter of the project office")
    assert_accessible(page)
    press(page.get_by_role("dialog"), "Move")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
    expect(lane(page, "qualification")).to_contain_text(name)


def move_by_keys(page: Page, name: str) -> None:
    """One column on, without a mouse: the card has kept the focus."""
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("dialog").get_by_label("Evidence").fill("Approved on Monday")
    page.get_by_role("dialog").get_by_role("button", name="Move").press("Enter")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
    expect(lane(page, "proposal")).to_contain_text(name)


def lose(page: Page, name: str, *, reason: str, to: str) -> None:
    """With a reason and who won it; it leaves the board."""
    follow(page, name)
    page.get_by_label("More acts").click()
    follow(page, "Lost")
    press(page, "Mark as lost")
    expect(page.get_by_role("alert")).to_be_visible()
    fill(page, reason=reason, competitor=to)
    assert_accessible(page)
    press(page, "Mark as lost")
    expect(page.locator("main")).to_contain_text(reason)
    expect(page.locator("main")).to_contain_text(f"to {to}")
    page.goto("/pipeline/")
    expect(page.locator(".deal", has_text=name)).to_have_count(0)


def see_yesterday(page: Page) -> None:
    """The board as it was believed at the end of that day."""
    fill(page, as_of=(today() - timedelta(days=1)).isoformat())
    page.locator("[name='as_of']").press("Enter")
    expect(page.locator("main")).to_contain_text("The board as it was")
    assert_accessible(page)
