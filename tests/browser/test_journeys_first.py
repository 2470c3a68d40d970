"""The first visitor of an empty workspace, and the door afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from babel.support import Translations
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from app.config import read_config
from app.migrate import prepare
from app.users.changes import new_first_token
from app.users.sign_in import MOST_FAILURES, attempt_keys, note_failure
from tests.browser.conftest import PASSWORD, WORKER, Live, watched_window
from tests.browser.walks import assert_accessible, expect_said, fill, follow, press
from tests.factories import Factory
from tests.live import ROOT, serving
from tests.postgres import Server

CHINESE = Translations.load(ROOT / "translations", ["zh_Hans_CN"])
MANAGER = "zhou@example.com"


@pytest.fixture(scope="module")
def address(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that nobody has been in, of the kind that this pass is about."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path_factory.mktemp('empty') / 'banyan.db'}"
        return
    server, name = Server(database, end=lambda: None), f"empty_{WORKER}"
    server.drop(name)
    yield server.create(name)
    server.drop(name)


@pytest.fixture(scope="module")
def workspace(address: str) -> Iterator[Live]:
    """The app over a workspace without a soul."""
    engine = prepare(read_config({"DATABASE_URL": address}, testing=True))
    workers = 1 if address.startswith("sqlite") else 2
    with Session(engine) as session, serving(address, workers=workers) as served:
        yield Live(served, Factory(session))
    engine.dispose()


@pytest.fixture
def visitor(chromium: Browser, workspace: Live) -> Iterator[Page]:
    """A window on the empty workspace."""
    with watched_window(chromium, workspace) as window:
        yield window


def test_the_first_visitor_begins_in_their_language_and_the_door_holds(
    visitor: Page, workspace: Live
):
    become_administrator(visitor, workspace)
    change_language(visitor)
    add_colleague(visitor)

    sign_out(visitor)
    try_door(visitor, "not the password")
    expect(visitor.get_by_role("alert")).to_contain_text(
        CHINESE.ugettext("E-mail and password do not go together.")
    )
    assert_accessible(visitor)

    fail_until_locked(workspace)
    try_door(visitor, PASSWORD)
    expect(visitor.locator("h1")).to_have_text(CHINESE.ugettext("Too many attempts"))


def become_administrator(page: Page, workspace: Live) -> None:
    """Any address leads to the token; a wrong one is told, the right one opens."""
    token = new_first_token(workspace.make.session)
    workspace.make.session.commit()
    page.goto("/sign-in")
    assert_accessible(page)
    fill(page, token="guessed", name="罗敏", email=MANAGER, password=PASSWORD)
    press(page, "Begin")
    expect(page.get_by_role("alert")).to_contain_text("not the token")
    fill(page, token=token, password=PASSWORD)
    press(page, "Begin")
    expect(page.locator("main")).to_contain_text("Welcome, 罗敏")
    assert_accessible(page)


def change_language(page: Page) -> None:
    """From the menu of every page, and it stays."""
    page.get_by_role("button", name="You: 罗敏").click()
    press(page, "简体中文")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans-CN")
    page.goto("/accounts/")
    expect(page.locator("h1")).to_have_text(CHINESE.ugettext("Accounts"))


def add_colleague(page: Page) -> None:
    """They are invited by a link that is handed over once."""
    page.goto("/settings/people")
    follow(page, CHINESE.ugettext("Add a colleague"))
    fill(page, name="周倩", email="qian@example.com")
    press(page, CHINESE.ugettext("Add"))
    expect(page.locator("body")).to_contain_text("周倩")


def sign_out(page: Page) -> None:
    """Back to the door."""
    page.get_by_role("button", name="罗敏").click()
    press(page, CHINESE.ugettext("Sign out"))
    expect_said(page, CHINESE.ugettext("You have signed out."))


def try_door(page: Page, password: str) -> None:
    """Type name and password."""
    page.goto("/sign-in")
    fill(page, email=MANAGER, password=password)
    press(page, CHINESE.ugettext("Sign in"))


def fail_until_locked(workspace: Live) -> None:
    """As many failures as somebody guessing would leave."""
    keys = attempt_keys(MANAGER, "127.0.0.1")
    for _ in range(MOST_FAILURES):
        note_failure(workspace.make.session, keys, datetime.now(UTC))
    workspace.make.session.commit()
