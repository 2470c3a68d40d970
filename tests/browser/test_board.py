"""The board in a browser: a card is moved by keys and by dragging, and nothing is loaded anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app.accounts.models import Account
from app.pipeline.models import Opportunity
from tests.browser.conftest import Live, problems_for_access


@pytest.fixture
def deal(live: Live) -> Iterator[Opportunity]:
    """A deal in prospecting, on an account of Ada's."""
    account = live.make.session.scalars(select(Account)).first()
    live.make.session.commit()
    deal = live.make.opportunity(account, "Ward monitors")
    yield deal
    live.make.session.refresh(deal)
    live.make.session.delete(deal)
    live.make.session.commit()


def lane(page: Page, stage: str) -> Locator:
    return page.locator(f"#lane-{stage}")


def card(page: Page, deal: Opportunity) -> Locator:
    return page.locator(f".deal > a[href='/pipeline/{deal.id}']")


def test_a_card_is_moved_by_keys_with_its_evidence(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/")
    ada.evaluate("window.same = true")
    card(ada, deal).focus()

    ada.keyboard.press("Shift+ArrowRight")
    dialog = ada.get_by_role("dialog")
    dialog.get_by_role("button", name="Move").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Evidence").fill("Budget letter of 2 March")
    dialog.get_by_role("button", name="Move").click()

    expect(lane(ada, "qualification").locator(".deal")).to_have_count(1)
    expect(lane(ada, "prospecting").locator(".deal")).to_have_count(0)
    expect(dialog).to_be_hidden()
    expect(card(ada, deal)).to_be_focused()
    assert ada.evaluate("window.same")


def test_a_card_dragged_and_not_moved_goes_back(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/")
    expect(ada.locator(".cards.drags")).to_have_count(6)

    card(ada, deal).locator("..").drag_to(lane(ada, "bidding").locator("ol"))
    expect(lane(ada, "bidding").locator(".deal")).to_have_count(1)
    ada.get_by_role("dialog").get_by_role("link", name="Cancel").click()

    expect(lane(ada, "prospecting").locator(".deal")).to_have_count(1)
    expect(lane(ada, "bidding").locator(".deal")).to_have_count(0)


def test_a_card_dragged_over_stages_is_moved_with_a_reason(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/")
    expect(ada.locator(".cards.drags")).to_have_count(6)

    card(ada, deal).locator("..").drag_to(lane(ada, "bidding").locator("ol"))
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("The tender came early")
    dialog.get_by_role("button", name="Move").click()

    expect(lane(ada, "bidding").locator("h2")).to_contain_text("1")
    expect(lane(ada, "prospecting").locator("h2")).to_contain_text("0")
    expect(lane(ada, "bidding").locator(".deal")).to_have_count(1)


def test_the_board_and_a_deal_are_accessible(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/")
    assert problems_for_access(ada) == []

    ada.goto(f"/pipeline/{deal.id}")
    assert problems_for_access(ada) == []
