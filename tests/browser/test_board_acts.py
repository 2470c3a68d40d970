"""The board in a browser: changed in place, cut into lanes, walked over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
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


def test_amount_date_and_step_are_changed_on_the_card(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/?view=0")
    ada.evaluate("window.same = true")
    ada.locator(f".deal > a[href='/pipeline/{deal.id}']").focus()

    ada.keyboard.press("e")
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Amount").fill("250000")
    dialog.get_by_label("Next step", exact=True).or_(
        dialog.get_by_label("Next step optional", exact=True)
    ).first.fill("Call")
    dialog.get_by_role("button", name="Save").click()

    expect(ada.locator(".deal", has_text="Ward monitors")).to_contain_text("250,000")
    expect(dialog).to_be_hidden()
    assert ada.evaluate("window.same")


def test_a_card_in_a_lane_goes_to_the_next_cell_of_its_lane(ada: Page, deal: Opportunity):
    ada.goto("/pipeline/?by=account")
    ada.locator(f".deal > a[href='/pipeline/{deal.id}']").focus()

    ada.keyboard.press("Shift+ArrowRight")
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Evidence").fill("Budget letter")
    dialog.get_by_role("button", name="Move").click()

    cell = ada.locator(".swim .lane[data-stage='qualification']")
    expect(cell.locator(".deal", has_text="Ward monitors")).to_have_count(1)


def test_a_deals_parts_and_the_pages_beside_the_board_are_accessible(ada: Page, deal: Opportunity):
    for part in ("", "/buying", "/people", "/papers", "/story", "/qualify", "/quick"):
        ada.goto(f"/pipeline/{deal.id}{part}")
        assert problems_for_access(ada) == [], part
    for page in ("?by=account", "list", "calendar", "flow", "views/add?q=x"):
        ada.goto(f"/pipeline/{page}")
        assert problems_for_access(ada) == [], page
