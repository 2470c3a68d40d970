"""A plan through its quarter, and a pipeline review from its agenda to the next one's opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from app.plans.models import AccountPlan
from app.users.models import User
from tests.browser.conftest import Live, cookie_of, watched_window
from tests.browser.walks import assert_accessible, control, expect_said, follow, press, today


@pytest.fixture
def director(live: Live, manager: User) -> User:
    """Who leads the manager."""
    email = f"director{manager.id}@example.com"
    leader = live.make.user("Dora Lin", email, role="director", session_token=email)
    manager.manager_id = leader.id
    live.make.session.commit()
    return leader


@pytest.fixture
def office(chromium: Browser, live: Live, director: User) -> Iterator[Page]:
    """A window of the director's."""
    with watched_window(chromium, live, cookie_of(director, live.address)) as window:
        yield window


@pytest.fixture
def plan(live: Live, manager: User) -> AccountPlan:
    """A plan of this half year with a goal that lacks its owner and its days."""
    account = live.make.account("Anhe Hospital", owner=manager)
    spans = {"starts_on": today() - timedelta(90), "ends_on": today() + timedelta(90)}
    plan = live.make.plan(account, stance="hold", **spans)
    live.make.goal(
        plan, "Sell 40 monitors", metric="sales", baseline=Decimal(0), target=Decimal(900)
    )
    live.make.sale(account, "500", on=today() - timedelta(9))
    return plan


def test_a_plan_is_acted_on_watched_and_reviewed(desk: Page, office: Page, plan: AccountPlan):
    mend_the_goal(desk, plan)
    act(desk, plan)
    watch(desk, plan)
    hear(desk)
    hold_the_review(desk)
    approve(office)
    compare(desk, plan)


def mend_the_goal(desk: Page, plan: AccountPlan) -> None:
    """One click each puts in what the letters lack."""
    desk.goto(f"/plans/{plan.id}")
    follow(desk, "Sell 40 monitors")
    for words in ("Make me the owner", "Start with the plan", "Due when the plan ends"):
        press(desk, words)
        expect_said(desk, "Mended")
    assert_accessible(desk)


def act(desk: Page, plan: AccountPlan) -> None:
    """An action that comes again is begun and done, and leaves the next behind."""
    desk.goto(f"/plans/{plan.id}/actions")
    follow(desk, "Add an action")
    control(desk, "What").fill("Ward round")
    control(desk, "Due").fill(str(today()))
    control(desk, "Comes again").select_option(label="Every month")
    press(desk, "Add")
    press(desk, "Begin")
    expect(desk.locator(".task-lane.in_hand")).to_contain_text("Ward round")
    assert_accessible(desk)
    follow(desk, "Done: Ward round")
    control(desk, "What came of it").fill("Two beds asked for")
    press(desk, "Done")
    expect_said(desk, "It comes again on")
    expect(desk.locator(".task-lane.done")).to_contain_text("Two beds asked for")
    expect(desk.locator(".task-lane.to_do")).to_contain_text("Ward round")
    follow(desk, "Timeline")
    assert_accessible(desk)


def watch(desk: Page, plan: AccountPlan) -> None:
    """The usual measures and the account's health."""
    desk.goto(f"/plans/{plan.id}/control")
    press(desk, "Watch the usual measures")
    expect(desk.get_by_role("table", name="Measures watched")).to_contain_text("Actions overdue")
    assert_accessible(desk)


def hear(desk: Page) -> None:
    """Something is said, decided and answered."""
    follow(desk, "Feedback")
    desk.get_by_role("link", name="Add feedback").first.click()
    control(desk, "What was said").fill("Deliver on Mondays")
    press(desk, "Add")
    follow(desk, "What became of it")
    control(desk, "What we do with it").select_option(label="We use it")
    control(desk, "What we told them became of it").fill("From next week on")
    control(desk, "Told on").fill(str(today()))
    press(desk, "Save")
    expect(desk.locator(".heard")).to_contain_text("closed")
    assert_accessible(desk)


def hold_the_review(desk: Page) -> None:
    """What changed is there already; a decision, an action, and off to the director."""
    follow(desk, "Plan reviews")
    press(desk, "Begin the review")
    expect(desk.locator("#changes")).to_contain_text("Done: Ward round (Two beds asked for)")
    expect(desk.locator("#changes")).to_contain_text("Answered: Deliver on Mondays")
    assert_accessible(desk)
    desk.locator("#actions [name='title']").fill("Ask for the east wing")
    desk.locator("#actions").get_by_role("button", name="Add").click()
    expect(desk.locator("#actions")).to_contain_text("Ask for the east wing")
    control(desk, "First decision").fill("Win the east wing first")
    press(desk, "Send for approval")
    expect_said(desk, "Sent to the director")


def approve(office: Page) -> None:
    """The director finds it among the plans."""
    office.goto("/plans/")
    follow(office, "Anhe Hospital")
    expect(office.locator("#decisions")).to_contain_text("Win the east wing first")
    assert_accessible(office)
    press(office, "Approve and freeze the plan")
    expect_said(office, "frozen")


def compare(desk: Page, plan: AccountPlan) -> None:
    """What is changed afterwards stands against what was approved."""
    desk.goto(f"/plans/{plan.id}")
    follow(desk, "Sell 40 monitors")
    follow(desk, "Edit")
    control(desk, "Target").fill("1000")
    press(desk, "Save")
    desk.goto(f"/plans/{plan.id}/versions")
    expect(desk.locator(".changed").first).to_contain_text("Target: from 900 to 1,000")
    assert_accessible(desk)


@pytest.fixture
def late_deals(live: Live, manager: User) -> None:
    """Two deals of the manager's whose close dates have passed, the larger first."""
    account = live.make.account("Harbour Clinics", owner=manager)
    for name, amount in (("Ward monitors", 900), ("Infusion pumps", 500)):
        late = {"close_on": today() - timedelta(9), "amount": Decimal(amount)}
        live.make.opportunity(account, name, owner_id=manager.id, **late)


@pytest.mark.usefixtures("late_deals")
def test_a_pipeline_review_is_held_and_the_next_one_opens_with_what_it_decided(office: Page):
    office.goto("/pipeline/review")
    expect(office.locator("#overdue")).to_contain_text("Ward monitors")
    assert_accessible(office)
    press(office, "Start the review")
    decide_deal_by_deal(office)
    close_with_minutes(office)

    press(office.locator("main"), "Start the review")
    expect(office.locator("#before")).to_contain_text("Ask for the budget in writing")
    expect(office.locator("#before")).to_contain_text("0 of 1 actions done")
    control(office.locator("#before"), "What came of it").fill("It came on Friday")
    press(office.locator("#before"), "Done")
    expect(office.locator("#before")).to_contain_text("1 of 1 actions done")
    assert_accessible(office)


def decide_deal_by_deal(office: Page) -> None:
    """A decision and an action on the first deal, on to the second by a key, and to the end."""
    follow(office, "Start with the first deal")
    expect(office.locator("h1")).to_have_text("Ward monitors")
    office.get_by_placeholder("What do we do about it?").fill("Ask for the budget in writing")
    office.locator(".adder [name='what']").fill("Write to the project office")
    press(office.locator(".adder"), "Add")
    expect(office.locator("#taken")).to_contain_text("Write to the project office")
    expect(office.get_by_placeholder("What do we do about it?")).to_have_value(
        "Ask for the budget in writing"
    )
    assert_accessible(office)
    press(office, "Save and go on")
    expect(office.locator("h1")).to_have_text("Infusion pumps")
    office.get_by_placeholder("What do we do about it?").fill("Give it until the quarter ends")
    press(office, "Save and go on")


def close_with_minutes(office: Page) -> None:
    """Who was there and the sum of it; then the minutes, as a page and as files."""
    expect(office.locator("main")).to_contain_text("2 of 2 deals talked about")
    control(office, "Who was there").fill("All of us")
    press(office, "Close with minutes")
    press(office.get_by_role("dialog"), "Close it")
    expect(office.locator("h1")).to_contain_text("Minutes of")
    expect(office.locator("main")).to_contain_text("Give it until the quarter ends")
    expect(office.locator("main")).to_contain_text("Write to the project office")
    assert_accessible(office)
    with office.expect_download() as download:
        follow(office, "XLSX")
    assert re.fullmatch(r"review-[-0-9]{10}\.xlsx", download.value.suggested_filename)
    follow(office, "The next review")
