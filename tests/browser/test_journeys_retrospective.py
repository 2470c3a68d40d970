"""A retrospective in three windows: write alone, open, weigh; a lost connection, a late comer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.pipeline.models import Opportunity
from app.users.models import User
from tests.browser.conftest import Live, cookie_of, watched_window
from tests.browser.walks import assert_accessible, control, follow, press, today


@dataclass
class Team:
    """A lost deal and those who worked on it, each with a window."""

    deal: Opportunity
    lin: Page
    song: Page


@pytest.fixture
def team(chromium: Browser, live: Live, manager: User) -> Iterator[Team]:
    """The manager's deal, lost yesterday; Lin is invited from elsewhere, Song is on the team."""
    account = live.make.account("Taihe Hospital", owner=manager)
    values = {"owner_id": manager.id, "outcome": "lost", "closed_on": today() - timedelta(1)}
    deal = live.make.opportunity(
        account, "Taihe pumps", opened_on=today() - timedelta(60), **values
    )
    people = []
    for name in ("Lin Lan", "Song Tao"):
        token = f"{name[:4].strip()}{manager.id}"
        people.append(live.make.user(name, f"{token}@example.com", session_token=token))
    live.make.member(account, people[1])
    with (
        watched_window(chromium, live, cookie_of(people[0], live.address)) as lin,
        watched_window(chromium, live, cookie_of(people[1], live.address)) as song,
    ):
        yield Team(deal, lin, song)


def test_a_loss_is_looked_back_on_together(desk: Page, team: Team, manager: User):
    address = begin(desk, team)
    write_alone(desk, team, address)
    lose_the_connection(team.lin, desk)
    open_and_weigh(desk, team)
    come_late(desk, team, address)
    ask_why(desk, team, address)


def begin(desk: Page, team: Team) -> str:
    """From the deal to the session, with Lin invited."""
    desk.goto(f"/pipeline/{team.deal.id}")
    follow(desk, "Look back on it")
    press(desk, "Look back on it")
    expect(desk.locator("h1")).to_have_text("Looking back on Taihe pumps")
    assert_accessible(desk)
    follow(desk, "Invite and begin")
    desk.get_by_label(re.compile("Lin Lan")).last.check(force=True)
    press(desk, "Invite and begin")
    desk.wait_for_url("**/live")
    return desk.url.removesuffix("/live")


def note(page: Page, factor: str, words: str) -> None:
    """Write something down."""
    control(page, "Where it belongs").select_option(label=factor)
    control(page, "What I saw").fill(words)
    press(page, "Write it down")


def write_alone(desk: Page, team: Team, address: str) -> None:
    """Each sees their own words, and nobody else's anywhere on the page."""
    team.lin.goto(f"{address}/live")
    note(desk, "Price", "Nine per cent above theirs")
    note(team.lin, "We came in late", "The criteria were settled in May")
    expect(team.lin.locator("#board")).to_contain_text("The criteria were settled in May")
    expect(desk.locator("#board")).to_contain_text("Nine per cent above theirs")
    assert "The criteria were settled" not in desk.content()
    assert "Nine per cent" not in team.lin.content()


def lose_the_connection(lin: Page, desk: Page) -> None:
    """What is typed without a connection waits on the device, even when the window is reloaded."""
    lin.context.set_offline(True)
    note(lin, "No guide", "Nobody told us who scores")
    expect(lin.locator("[data-waiting]")).to_contain_text("Nobody told us who scores")
    expect(lin.locator("[data-offline]")).to_contain_text("No connection")
    control(lin, "What I saw").fill("Half a tho")
    lin.context.set_offline(False)
    lin.reload()
    expect(control(lin, "What I saw")).to_have_value("Half a tho")
    expect(lin.locator("#board")).to_contain_text("Nobody told us who scores")
    expect(lin.locator("[data-waiting]")).to_be_hidden()
    assert "Nobody told us" not in desk.content()
    control(lin, "What I saw").fill("")


def heap(page: Page, words: str) -> Locator:
    """The card of a note with these words."""
    return page.locator("article", has=page.locator(".slip > p", has_text=words))


def open_and_weigh(desk: Page, team: Team) -> None:
    """The last to be ready opens it; dots appear in the other window by themselves."""
    press(team.lin, "I am ready")
    expect(desk.locator("#board")).to_contain_text("1 of 2 are ready")
    assert "Nobody told us" not in desk.content()
    press(desk, "I am ready")
    for window in (desk, team.lin):
        for words in ("Nine per cent", "settled in May", "Nobody told us who scores"):
            expect(window.locator("#board")).to_contain_text(words)
    late = heap(team.lin, "settled in May")
    late.get_by_role("button", name="Give a dot").click()
    expect(late.locator(".weight")).to_have_text("1")
    expect(heap(desk, "settled in May").locator(".weight")).to_have_text("1")
    expect(team.lin.locator("#board")).to_contain_text("4 dots left to give")
    together = heap(desk, "Nobody told us").get_by_role("combobox")
    together.focus()
    together.select_option(label="as: The criteria were settled in May")
    expect(late).to_contain_text("Nobody told us who scores")
    assert_accessible(desk)


def come_late(desk: Page, team: Team, address: str) -> None:
    """Who comes late finds all of it, and adds to it."""
    team.song.goto(f"{address}/live")
    expect(team.song.locator("#board")).to_contain_text("settled in May")
    press(team.song, "Take part")
    note(team.song, "Price", "They left out the training")
    for window in (desk, team.lin):
        expect(window.locator("#board")).to_contain_text("They left out the training")


def ask_why(desk: Page, team: Team, address: str) -> None:
    """A chain with evidence, seen in the other window; a decision ends it."""
    follow(desk, "Why, and what next")
    team.lin.goto(f"{address}/causes")
    control(desk, "Why?").fill("Leads come from notices alone")
    control(desk, "What in the record shows it").select_option(index=1)
    press(desk, "Add")
    expect(team.lin.locator("#board")).to_contain_text("Leads come from notices alone")
    expect(team.lin.locator("#board")).to_contain_text("Opened in Prospecting")
    control(team.lin, "Answers").select_option(label="– Leads come from notices alone")
    control(team.lin, "Why?").fill("Nobody visits planners")
    press(team.lin, "Add")
    expect(desk.locator(".chain .chain")).to_contain_text("Nobody visits planners")
    control(desk, "What we decide").fill("Visit planners monthly")
    press(desk, "Decide it")
    expect(team.lin.locator("#decisions")).to_contain_text("Visit planners monthly")
    assert_accessible(desk)
    follow(desk, "Three columns")
    assert_accessible(desk)
    follow(desk, "The session")
    desk.get_by_text("Finish").first.click()
    control(desk, "In a few sentences").fill("We came late")
    press(desk.locator(".ending"), "Finish")
    desk.get_by_role("dialog").get_by_role("button", name="Finish").click()
    expect(team.lin.locator("#board")).to_contain_text("We came late")
