"""The power map as an editor: people and ties by hand, with a way back, on a phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.users.models import User
from tests.browser.conftest import Live, problems_for_access
from tests.factories import DAY


@pytest.fixture
def account(live: Live):
    """A hospital of Ada's with a chief, a guide and a buyer."""
    make = live.make
    ada = make.session.query(User).filter_by(email="ada@example.com").one()
    account = make.account("Map Hospital", owner=ada)
    chief = make.person(account, "Wang Fang", title="President", roles=["decider"])
    guide = make.person(account, "Sun Li", roles=["guide"])
    buyer = make.person(account, "Gao Yuan", title="Buyer")
    make.tie("reports_to", guide, chief)
    make.tie("reports_to", buyer, chief)
    make.coverage(ada, guide, 3, on=DAY)
    return account


def card(page: Page, name: str):
    """A person's card on the map."""
    return page.locator(f".man[aria-label^='{name}']")


def drag(page: Page, start, end: tuple[float, float]) -> None:
    """From the middle of a card to a point of the window."""
    box = start.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def middle(place) -> tuple[float, float]:
    """The middle of a card in the window."""
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_tie_is_drawn_by_dragging_undone_and_done_again(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")
    ada.get_by_role("button", name="Draw ties").click()

    drag(ada, card(ada, "Sun Li"), middle(card(ada, "Wang Fang")))
    ada.locator("#draw-tie").get_by_text("influences", exact=True).click()
    ada.locator("#draw-tie").get_by_role("button", name="Draw the tie").click()
    expect(ada.locator(".tie.influences")).to_have_count(1)
    expect(ada.locator("#answers")).to_contain_text("Sun Li → Wang Fang")

    ada.get_by_role("button", name="Undo").first.click()
    expect(ada.locator(".tie.influences")).to_have_count(0)
    ada.get_by_role("button", name="Redo").click()
    expect(ada.locator(".tie.influences")).to_have_count(1)


def test_a_loop_is_refused_with_the_loop_named(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")
    ada.get_by_role("button", name="Draw ties").click()

    drag(ada, card(ada, "Wang Fang"), middle(card(ada, "Gao Yuan")))
    ada.locator("#draw-tie").get_by_text("reports to", exact=True).click()
    ada.locator("#draw-tie").get_by_role("button", name="Draw the tie").click()

    expect(ada.locator("#toasts")).to_contain_text("Wang Fang → Gao Yuan → Wang Fang")


def test_roles_and_support_are_set_beside_the_map(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")
    card(ada, "Gao Yuan").click()
    panel = ada.locator("#panel")

    panel.locator("#roles").get_by_text("Blocker", exact=True).click()
    expect(card(ada, "Gao Yuan, Buyer, Blocker")).to_be_visible()
    panel.locator("#judge").get_by_text("Sceptical", exact=True).click()
    panel.locator("#judge").get_by_role("button", name="Note it").click()

    expect(card(ada, "Gao Yuan, Buyer, Blocker, Sceptical")).to_be_visible()
    expect(panel).to_be_visible()
    assert problems_for_access(ada) == []


def test_somebody_is_added_without_leaving_the_map(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")

    ada.get_by_role("link", name="Add a person").click()
    ada.locator("#new-name").fill("Unknown head of nursing")
    ada.get_by_label("Not found yet").check()
    ada.locator("#add-person").get_by_role("button", name="Add", exact=True).click()

    expect(card(ada, "Unknown head of nursing")).to_have_class("man wanted near chosen")
    expect(ada.locator("#panel")).to_contain_text("to be found")


def test_a_card_put_elsewhere_stays_there(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")
    x, y = middle(card(ada, "Gao Yuan"))

    with ada.expect_response("**/map/places"):
        drag(ada, card(ada, "Gao Yuan"), (x + 90, y + 120))
    ada.wait_for_url("**layout=free**")
    ada.reload()

    moved = middle(card(ada, "Gao Yuan"))
    assert moved[1] > y + 60


def test_the_past_comes_back_by_the_slider(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")

    ada.locator("#days").focus()
    ada.keyboard.press("Home")

    expect(ada.locator(".tie")).to_have_count(0)


def test_the_map_is_used_on_a_phone(ada: Page, account):
    ada.set_viewport_size({"width": 390, "height": 800})
    ada.goto(f"/accounts/{account.id}/map")

    card(ada, "Wang Fang").click()

    expect(ada.locator("#panel")).to_contain_text("President")
    assert ada.evaluate("document.documentElement.scrollWidth") <= 390
    assert problems_for_access(ada) == []


def test_a_card_that_was_moved_goes_back_and_forth(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map?layout=free")
    before = middle(card(ada, "Gao Yuan"))
    with ada.expect_response("**/map/places"):
        drag(ada, card(ada, "Gao Yuan"), (before[0] + 80, before[1] + 90))
    moved = middle(card(ada, "Gao Yuan"))

    with ada.expect_response("**/map/places"):
        ada.get_by_role("button", name="Undo").first.click()
    back = middle(card(ada, "Gao Yuan"))
    with ada.expect_response("**/map/places"):
        ada.get_by_role("button", name="Redo").click()

    assert back == pytest.approx(before, abs=2)
    assert middle(card(ada, "Gao Yuan")) == pytest.approx(moved, abs=2)


def test_arrow_keys_go_from_card_to_card(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")

    card(ada, "Wang Fang").focus()
    ada.keyboard.press("ArrowDown")
    below = ada.evaluate("document.activeElement.getAttribute('aria-label')")
    ada.keyboard.press("ArrowUp")

    assert below.startswith(("Sun Li", "Gao Yuan"))
    expect(card(ada, "Wang Fang")).to_be_focused()


def test_filters_add_up(ada: Page, account):
    ada.goto(f"/accounts/{account.id}/map")
    ada.get_by_role("button", name="Filters").click()

    ada.get_by_label("Support").first.select_option(label="Unknown")
    expect(ada.locator(".man.hit")).to_have_count(3)
    ada.get_by_label("Our ties").first.select_option(label="None of ours")

    expect(ada.locator(".man.hit")).to_have_count(2)
    expect(card(ada, "Sun Li")).not_to_have_class("hit")


def test_what_a_colleague_changes_comes_by_itself(ada: Page, account, live: Live):
    ada.goto(f"/accounts/{account.id}/map")
    expect(card(ada, "Wu Lei")).to_have_count(0)

    live.make.person(account, "Wu Lei")

    expect(card(ada, "Wu Lei")).to_be_visible()
    expect(ada.locator("#toasts")).to_contain_text("Somebody else has changed this map")
