"""From a loss to a deal that goes better: a session without scripts, then a lesson that watches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from app.lessons.changes import look_at
from app.lessons.record_queries import open_deals
from app.lessons.watch_queries import watches_on
from app.pipeline.changes import Act, close
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.users.models import User
from tests.browser.conftest import Live, cookie_of, watched_window
from tests.browser.walks import (
    assert_accessible,
    control,
    expect_said,
    fill,
    follow,
    press,
    today,
)

AMOUNT = Decimal(80_000_000)
"""More than any deal of other journeys, on which this watch is to be silent."""
LESSON = "Ask for the budget before the offer"


@pytest.fixture
def deals(live: Live, manager: User) -> tuple[Opportunity, Opportunity]:
    """A deal lost yesterday whose decider nobody knew, and an open one elsewhere like it."""
    values = {"owner_id": manager.id, "opened_on": today() - timedelta(60), "amount": AMOUNT}
    lost, still_open = (
        live.make.opportunity(live.make.account(f"{place} Hospital", owner=manager),
                              f"{place} beds", **values)
        for place in ("Ninghe", "Fuyang")
    )  # fmt: skip
    act = Act(on=today() - timedelta(1), at=datetime.now(UTC), user_id=manager.id, reason="Budget")
    close(live.make.session, lost, Outcome.LOST, act)
    live.make.session.commit()
    return lost, still_open


def test_a_loss_teaches_and_its_lesson_comes_back_by_itself(
    chromium: Browser,
    live: Live,
    manager: User,
    desk: Page,
    deals: tuple[Opportunity, Opportunity],
):
    lost, still_open = deals
    with watched_window(chromium, live, cookie_of(manager, live.address), scripts=False) as plain:
        look_back_without_scripts(plain, lost)
    draw_a_lesson(desk, lost)
    put_a_watch_on(desk)
    let_watches_look(live, still_open)
    hear_of_it(desk, lost, still_open)


def look_back_without_scripts(page: Page, lost: Opportunity) -> None:
    """Every act of a session is a plain form, and the page that follows shows it."""
    page.goto(f"/pipeline/{lost.id}/retrospectives")
    press(page, "Look back on it")
    follow(page, "Invite and begin")
    press(page, "Invite and begin")
    for words in ("The budget was cut in May", "Their money was gone"):
        page.locator("[name='factor']").select_option(label="The need was misread")
        fill(page, words=words)
        press(page, "Write it down")
        expect(page.locator("#board")).to_contain_text(words)
    press(page, "I am ready")
    page.locator("article", has_text="The budget was cut").get_by_role(
        "button", name="Give a dot"
    ).click()
    expect(page.locator("#board")).to_contain_text("4 dots left to give")
    page.locator("article", has_text="Their money was gone").get_by_text(
        "Says the same as another"
    ).click()
    page.locator("[name='leader_id']").select_option(index=1)
    page.locator("main form button.main").click()
    expect(page.locator("article")).to_have_count(1)
    follow(page, "Why, and what next")
    control(page, "Why?").fill("Nobody asked finance")
    page.locator("[name='evidence']").select_option(index=1)
    press(page, "Add")
    expect(page.locator(".chain")).to_contain_text("Nobody asked finance")
    page.locator("#decision-words").fill("Ask finance each spring")
    press(page, "Decide it")
    expect(page.locator("#decisions")).to_contain_text("Ask finance each spring")
    follow(page, "The session")
    page.locator("details.ending summary").click()
    fill(page, summary="We offered without a budget")
    press(page.locator(".ending"), "Finish")
    expect(page.locator("#board")).to_contain_text("We offered without a budget")


def draw_a_lesson(desk: Page, lost: Opportunity) -> None:
    """From the closed retrospective, with its cause and what shows it."""
    desk.goto(f"/pipeline/{lost.id}/retrospectives")
    desk.locator("a[href^='/retrospectives/']", has_text="After a loss").first.click()
    follow(desk, "Why, and what next")
    follow(desk, "Draw a lesson")
    fill(desk, words=LESSON)
    control(desk, "Its cause").select_option(label="The need was misread")
    desk.locator(".evidence input").first.check()
    press(desk, "Keep the lesson")
    expect(desk.locator("h1")).to_have_text(LESSON)
    assert_accessible(desk)


def put_a_watch_on(desk: Page) -> None:
    """Conditions from the list, tried on the past, then on."""
    follow(desk, "Put a watch together")
    desk.get_by_label("Nobody is known to decide").check()
    desk.get_by_label("Amount of at least").first.check()
    desk.locator(".value input[aria-label='Amount of at least']").fill("70000000")
    desk.locator("[name='advice']").fill("See finance first")
    press(desk, "Try it on the past")
    expect(desk.locator("main")).to_contain_text("Would have fired on 1 of ")
    assert_accessible(desk)
    press(desk, "Switch it on")
    expect_said(desk, "The watch is on.")


def let_watches_look(live: Live, deal: Opportunity) -> None:
    """What the app does by itself every few minutes."""
    session = live.make.session
    chosen = open_deals(Opportunity.account_id == deal.account_id)
    assert look_at(session, watches_on(session), chosen, today()) == 1
    session.commit()


def hear_of_it(desk: Page, lost: Opportunity, deal: Opportunity) -> None:
    """Today and the deal's page tell the lesson, where it came from and what to do; the answer
    is counted with the watch."""
    desk.goto("/")
    for words in (LESSON, "See finance first", "Ninghe beds"):
        expect(desk.locator("main")).to_contain_text(words)
    follow(desk, "Fuyang beds")
    told = desk.locator(".lesson-up")
    for words in (LESSON, "Ninghe beds", "See finance first", "Nobody is known to decide"):
        expect(told).to_contain_text(words)
    assert_accessible(desk)
    press(told, "Yes")
    expect(desk.locator(".lesson-up")).to_contain_text("Said to have helped.")
    follow(desk, LESSON)
    follow(desk, "Its record on the past, and what it fired on")
    expect(desk.locator("main")).to_contain_text("Fired on 1 deals")
    expect(desk.locator("main")).to_contain_text("It helped on 1, not on 0.")
    desk.goto("/")
    expect(desk.locator("main")).not_to_contain_text("See finance first")
