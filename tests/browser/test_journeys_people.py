"""A key-account manager gets to know a customer: account, people, ties, and what the map says."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.walks import (
    assert_accessible,
    control,
    expect_said,
    fill,
    follow,
    open_tab,
    pick,
    press,
)


def test_a_manager_draws_the_map_of_a_new_account_and_asks_it_the_way_in(desk: Page):
    add_account(desk, "Lakeside Hospital")
    add_person(desk, "Wu Hui", "President", "Decider")
    add_person(desk, "Ma Jun", "Head of supply", "Guide", "Influencer")
    judge(desk)
    draw_tie(desk)
    take_on(desk)

    open_tab(desk, "Power map")
    expect(desk.locator("#answers")).to_contain_text("Best way in")
    expect(desk.locator("#answers .steps").first).to_contain_text("Ma Jun → Wu Hui")
    assert_accessible(desk)

    open_by_mouse(desk)
    open_by_keys(desk)
    open_from_table(desk)


def add_account(page: Page, name: str) -> None:
    """By the key that adds what a list shows."""
    page.goto("/accounts/")
    assert_accessible(page)
    page.keyboard.press("n")
    page.wait_for_url("**/accounts/add")
    fill(page, name=name)
    press(page, "Add")
    expect(page.locator("h1")).to_have_text(name)
    assert_accessible(page)


def add_person(page: Page, name: str, title: str, *roles: str) -> None:
    """With the roles that are known at first sight."""
    open_tab(page, "People")
    follow(page, "Add a person")
    fill(page, name=name, title=title)
    pick(page, "Roles", *roles)
    press(page, "Add")
    expect_said(page, f"{name} is added.")


def judge(page: Page) -> None:
    """Ma Jun supports us, as we heard."""
    card = page.locator("#judge")
    pick(card, "Support", "Supports")
    fill(card, source="Lunch on Friday")
    press(card, "Note it")
    expect(page.locator("#judge")).to_contain_text("Lunch on Friday")
    assert_accessible(page)


def draw_tie(page: Page) -> None:
    """Ma Jun has the president's ear."""
    card = page.locator("#ties")
    control(card, "Tie").select_option(label="influences")
    control(card, "Person").select_option(label="Wu Hui – President")
    press(card, "Draw the tie")
    expect(page.locator("#ties")).to_contain_text("Wu Hui weight 2 of 3")


def take_on(page: Page) -> None:
    """The manager knows Ma Jun."""
    card = page.locator("#ours")
    control(card, "One of ours").select_option(label="Ning Zhou")
    control(card, "Depth now").select_option(label="Mutual benefit")
    press(card, "Note it")
    expect(page.locator("#ours")).to_contain_text("Mutual benefit")


def open_by_mouse(page: Page) -> None:
    """A click on a card opens the person beside the map; Escape shuts it."""
    page.locator(".man", has_text="Wu Hui").first.click()
    expect(page.locator("#panel")).to_contain_text("President")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def open_by_keys(page: Page) -> None:
    """The same with nothing but keys."""
    page.locator(".man", has_text="Ma Jun").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("Head of supply")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def open_from_table(page: Page) -> None:
    """The map's twin for those who cannot see it."""
    page.get_by_role("link", name="As a table").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".head.person")).to_contain_text("Wu Hui")
