"""Two people at one form; one who knows the keys; one whose browser runs no scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.models import Account
from app.users.models import User
from tests.browser.conftest import Live, known_hash, sign_in, watched_window
from tests.browser.walks import (
    assert_accessible,
    expect_said,
    fill,
    follow,
    pick,
    press,
    today,
)


@pytest.fixture
def account(live: Live, manager: User) -> Account:
    """An account of the manager's, with a name that people type by its initials."""
    return live.make.account("瑞安医院", other_name="Ruian Hospital", owner=manager)


@pytest.fixture
def colleague(chromium: Browser, live: Live, account: Account) -> Iterator[Page]:
    """A window of somebody else on the account's team."""
    email = f"colleague{account.id}@example.com"
    user = live.make.user("Bei Lin", email, password_hash=known_hash(), session_token=email)
    live.make.member(account, user)
    with watched_window(chromium, live) as window:
        sign_in(window, email)
        yield window


@pytest.fixture
def plain(chromium: Browser, live: Live, manager: User) -> Iterator[Page]:
    """The manager's window in a browser that runs no scripts."""
    with watched_window(chromium, live, scripts=False) as window:
        sign_in(window, manager.email)
        yield window


def test_the_second_to_save_sees_both_versions_and_loses_nothing(
    desk: Page, colleague: Page, account: Account
):
    desk.goto(f"/accounts/{account.id}/edit")
    colleague.goto(f"/accounts/{account.id}/edit")
    fill(colleague, city="Wenzhou", industry="Hospital")
    press(colleague, "Save")
    fill(desk, city="Ruian", phone="0577 6666 0000")
    press(desk, "Save")

    expect(desk.locator("h1")).to_have_text("Somebody was quicker")
    for words in ("Wenzhou", "Ruian", "0577 6666 0000"):
        expect(desk.get_by_role("table")).to_contain_text(words)
    assert_accessible(desk)

    desk.get_by_role("row", name="City").get_by_label("Wenzhou").check()
    press(desk, "Save")
    for words in ("Wenzhou", "Hospital", "0577 6666 0000"):
        expect(desk.locator("main")).to_contain_text(words)


def test_a_name_is_found_by_its_initials_with_the_keys_alone(desk: Page, account: Account):
    desk.goto("/me")

    desk.keyboard.press("Control+k")
    desk.keyboard.type("rayy")
    expect(desk.locator("#hits")).to_contain_text("瑞安医院")
    assert_accessible(desk)
    desk.keyboard.press("Enter")

    desk.wait_for_url(f"**/accounts/{account.id}")


def test_the_help_sheet_tells_keys_that_work(desk: Page):
    desk.goto("/me")

    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Pipeline")
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    desk.keyboard.press("g")
    desk.keyboard.press("p")

    desk.wait_for_url("**/pipeline/")


def test_the_main_forms_work_without_scripts(plain: Page, account: Account):
    add_person(plain, account)
    judge(plain)
    plan_visit(plain, account)
    open_and_move_deal(plain, account)

    plain.goto(f"/accounts/{account.id}/map")
    plain.locator(".man", has_text="Gao Ling").first.click()
    expect(plain.locator(".head.person")).to_contain_text("Gao Ling")


def add_person(page: Page, account: Account) -> None:
    """Somebody with two roles."""
    page.goto(f"/accounts/{account.id}/people/add")
    fill(page, name="Gao Ling")
    pick(page, "Roles", "Decider", "Guide")
    press(page, "Add")
    expect_said(page, "Gao Ling is added.")


def judge(page: Page) -> None:
    """Where she stands."""
    pick(page.locator("#judge"), "Support", "Champions")
    press(page.locator("#judge"), "Note it")
    expect(page.locator("#judge")).to_contain_text("Champions")


def plan_visit(page: Page, account: Account) -> None:
    """A visit without a goal is sent back with everything that was typed."""
    page.goto(f"/accounts/{account.id}/visits/add")
    fill(page, on=today().isoformat(), commitment_sought="She names the day")
    press(page, "Plan it")
    expect(page.get_by_role("alert")).to_contain_text("Set at least one goal")
    expect(page.locator("[name='commitment_sought']")).to_have_value("She names the day")
    fill(page, goals="Agree the trial's date")
    press(page, "Plan it")
    expect(page.locator("main")).to_contain_text("Agree the trial's date")


def open_and_move_deal(page: Page, account: Account) -> None:
    """The board's cards have a button for whoever cannot drag."""
    page.goto(f"/accounts/{account.id}/opportunities/add")
    fill(page, name="Ward monitors")
    press(page, "Add")
    page.goto("/pipeline/")
    follow(page, "Move Ward monitors")
    page.locator("[name='to']").select_option(label="Qualification")
    fill(page, evidence="Letter of the project office")
    press(page, "Move")
    follow(page, "What happened")
    expect(page.locator("main")).to_contain_text("Letter of the project office")
