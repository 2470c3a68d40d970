"""The week's work: a plan with its goal and action, and a visit from a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.users.models import User
from tests.browser.conftest import Live
from tests.browser.walks import (
    assert_accessible,
    expect_said,
    fill,
    follow,
    open_tab,
    pick,
    press,
    today,
)

PHONE = {"width": 390, "height": 844}
LETTERS = ("Specific", "Measurable", "Achievable", "Realistic", "Time-tabled")


@pytest.fixture
def hospital(live: Live, manager: User) -> str:
    """The address of an account with a decider whom nobody has judged."""
    account = live.make.account("Riverside Hospital", owner=manager)
    person = live.make.person(account, "Gao Ling", title="Director", roles=("decider",))
    live.make.coverage(manager, person)
    return f"/accounts/{account.id}"


def test_a_plan_has_a_goal_judged_by_five_letters_and_an_action_done_and_undone(
    desk: Page, hospital: str
):
    desk.goto(hospital)
    begin_plan(desk)
    add_goal(desk)
    add_action(desk)

    finish(desk, "Invite the ward to a trial")
    expect(desk.locator("#action .done-line")).to_contain_text("Twelve came")
    press(desk.locator("#toasts"), "Undo")

    expect_said(desk, "The action is open again.")
    expect(desk.locator("#action .done-line")).to_have_count(0)


def begin_plan(page: Page) -> None:
    """For this year, as offered."""
    open_tab(page, "Plan")
    follow(page, "Begin a plan")
    assert_accessible(page)
    press(page, "Open the plan")
    expect(page.locator("#goals")).to_be_visible()
    assert_accessible(page)


def add_goal(page: Page) -> None:
    """Its five letters are judged at once, each with its reason."""
    year = today().year
    follow(page, "Add a goal")
    fill(page, statement="Sell monitors for two million", baseline="1500000", target="2000000")
    fill(page, starts_on=f"{year}-01-01", due_on=f"{year}-12-31")
    page.locator("[name='metric']").select_option(label="Sales amount")
    press(page, "Add")
    for letter in LETTERS:
        expect(page.locator("main")).to_contain_text(letter)
    assert_accessible(page)
    follow(page, f"Plan {year}")


def add_action(page: Page) -> None:
    """Who does what by when."""
    follow(page, "Add an action")
    fill(page, title="Invite the ward to a trial", due_on=today().isoformat())
    assert_accessible(page)
    press(page, "Add")
    expect(page.locator("#action")).to_contain_text("Invite the ward to a trial")


def finish(page: Page, title: str) -> None:
    """With what came of it."""
    follow(page, f"Done: {title}")
    fill(page, result="Twelve came")
    press(page, "Done")


def test_a_visit_is_planned_and_logged_on_a_phone_and_the_map_knows(desk: Page, hospital: str):
    desk.set_viewport_size(PHONE)
    plan_visit(desk)

    desk.goto("/")
    expect(desk.locator("main")).to_contain_text("People going cold")
    assert_fits(desk)
    log_in_three_taps(desk)

    desk.goto("/")
    expect(desk.locator("main")).to_contain_text("Nothing needs you today")
    desk.goto(f"{hospital}/map")
    expect(desk.locator(".man", has_text="Gao Ling").first).to_have_attribute("data-support", "1")
    assert_fits(desk)


def plan_visit(page: Page) -> None:
    """For today, with the one person there is."""
    page.goto("/")
    follow(page, "Plan a visit")
    follow(page, "Riverside Hospital")
    fill(page, goals="Agree the trial's date", on=today().isoformat())
    fill(page, commitment_sought="She names the day")
    pick(page, "Whom of theirs", "Gao Ling · Director")
    assert_fits(page)
    press(page, "Plan it")
    expect(page.locator("main")).to_contain_text("She names the day")
    assert_fits(page)


def log_in_three_taps(page: Page) -> None:
    """What was given, how she stands, keep it."""
    follow(page, "Agree the trial's date")
    follow(page, "Log")
    assert_fits(page)
    pick(page, "Was the commitment given?", "Given")
    page.get_by_text("How they stand to us").click()
    pick(page, "Gao Ling", "Supports")
    press(page, "Save")
    expect_said(page, "The visit is logged.")


def assert_fits(page: Page) -> None:
    """Nothing is wider than the telephone, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)
