"""A real browser on the app as people run it: one process on SQLite, two workers on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, expect, sync_playwright
from sqlalchemy.orm import Session

from app.config import read_config
from app.migrate import prepare
from app.users.models import User
from app.users.sign_in import hash_password
from tests.chromium import find_chromium, launch_options
from tests.factories import Factory
from tests.live import SECRET_KEY, serving
from tests.postgres import running_server

FOR_THE_PAGE = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED")
"""What a browser notes of answers, and of a connection that a test cut: pages deal with both."""
PASSWORD = "four calm banyan trees"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
NUMBERS = count(1)
SERVERS = ("SQLite, one process", "PostgreSQL, two workers")
LONGEST = {
    "test_journeys_lessons",
    "test_journeys_plan",
    "test_journeys_people",
    "test_journeys_records",
    "test_journeys_retrospective",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser belongs to its pass. Journeys are made on both servers, the
    longest on the harder one alone; what a script does in the page is looked at on the other. A
    process of the tests takes a file at a time."""
    items[:] = [item for item in items if server_of(item) in servers_for(item)]
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if server := server_of(item):
            item.add_marker(pytest.mark.xdist_group(f"{server}: {item.path.name}"))


def server_of(item: pytest.Item) -> str | None:
    """Which of the servers a test is made on, if it needs one."""
    server: str | None = getattr(getattr(item, "callspec", None), "params", {}).get("database")
    return server


def servers_for(item: pytest.Item) -> tuple[str | None, ...]:
    """On which servers a test is made; None for one that needs none."""
    if not item.path.name.startswith("test_journeys"):
        return (None, SERVERS[0])
    return (None, SERVERS[1]) if item.path.stem in LONGEST else (None, *SERVERS)


@dataclass(frozen=True, slots=True)
class Live:
    """A running app and a way into its database."""

    address: str
    make: Factory


expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found: make test brings one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(path))
        yield browser
        browser.close()


@dataclass(slots=True)
class Kept:
    """What a process of the tests starts once, when it is first needed, and keeps to its end."""

    stack: ExitStack
    folder: Path
    databases: dict[str, str] = field(default_factory=dict)
    served: dict[str, Live] = field(default_factory=dict)
    passports: dict[str, StorageState] = field(default_factory=dict)

    def database(self, kind: str) -> str:
        """The address of a database of a kind."""
        if kind not in self.databases:
            self.databases[kind] = self.stack.enter_context(_new_database(kind, self.folder))
        return self.databases[kind]

    def live(self, database: str) -> Live:
        """The app served over a database."""
        if database not in self.served:
            self.served[database] = self.stack.enter_context(_serve(database))
        return self.served[database]

    def passport(self, chromium: Browser, live: Live) -> StorageState:
        """Ada's cookies, from signing in once."""
        if live.address not in self.passports:
            with watched_window(chromium, live) as window:
                sign_in(window, "ada@example.com")
                self.passports[live.address] = window.context.storage_state()
        return self.passports[live.address]


@contextmanager
def _new_database(kind: str, folder: Path) -> Iterator[str]:
    if kind == SERVERS[0]:
        yield f"sqlite:///{folder / 'banyan.db'}"
        return
    with running_server() as server:
        name = f"live_{WORKER}"
        server.drop(name)
        yield server.create(name)
        server.drop(name)


@contextmanager
def _serve(database: str) -> Iterator[Live]:
    """Over a database with Ada, who can sign in, and her account."""
    config = read_config({"DATABASE_URL": database}, testing=True)
    engine = prepare(config)
    with Session(engine, expire_on_commit=False) as session:
        make = Factory(session)
        make.user("Bao Chen", "boss@example.com", role="administrator")
        ada = make.user("Ada Zhang", "ada@example.com", password_hash=known_hash())
        make.account("First Hospital", owner=ada)
        with serving(database, workers=1 if database.startswith("sqlite") else 2) as address:
            yield Live(address, make)
    engine.dispose()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Databases and servers, as they come to be needed."""
    with ExitStack() as stack:
        yield Kept(stack, tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="session", params=SERVERS)
def database(request: pytest.FixtureRequest, kept: Kept) -> str:
    """The address of a database that the app is served over, of each kind in turn."""
    return kept.database(request.param)


@pytest.fixture
def live(database: str, kept: Kept) -> Live:
    """The app served over the database."""
    return kept.live(database)


@pytest.fixture
def page(chromium: Browser, live: Live) -> Iterator[Page]:
    """A new window of somebody who has not signed in."""
    with watched_window(chromium, live) as window:
        yield window


@pytest.fixture
def ada(chromium: Browser, live: Live, passport: StorageState) -> Iterator[Page]:
    """A new window of Ada, signed in."""
    with watched_window(chromium, live, passport) as window:
        yield window


@pytest.fixture
def passport(chromium: Browser, live: Live, kept: Kept) -> StorageState:
    """Ada's cookies."""
    return kept.passport(chromium, live)


@pytest.fixture
def manager(live: Live) -> User:
    """One of ours whom no other test knows, so that their lists and board are their own."""
    name = f"walker{next(NUMBERS)}@example.com"
    more = {"password_hash": known_hash(), "session_token": name, "timezone": "UTC"}
    return live.make.user("Ning Zhou", name, **more)


@pytest.fixture
def desk(chromium: Browser, live: Live, manager: User) -> Iterator[Page]:
    """A window of the manager's, signed in."""
    with watched_window(chromium, live, cookie_of(manager, live.address)) as window:
        yield window


def cookie_of(user: User, address: str) -> StorageState:
    """What somebody's browser keeps once they have signed in, without the seconds that it takes."""
    app = Flask(__name__)
    app.secret_key = SECRET_KEY
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    claim = {"_user_id": f"{user.id}.{user.session_token}", "_fresh": True}
    host = urlsplit(address).hostname
    return {
        "cookies": [
            {
                "name": "session",
                "value": signer.dumps(claim),
                "domain": host,
                "path": "/",
                "expires": -1,
                "httpOnly": True,
                "secure": False,
                "sameSite": "Lax",
            }
        ],
        "origins": [],
    }


@cache
def known_hash() -> str:
    """What is kept of the password that everyone here has."""
    return hash_password(PASSWORD)


@contextmanager
def watched_window(
    chromium: Browser, live: Live, passport: StorageState | None = None, *, scripts: bool = True
) -> Iterator[Page]:
    """A new window; the test fails if a script did, or if the content policy refused something."""
    context = chromium.new_context(
        base_url=live.address,
        locale="en-GB",
        reduced_motion="reduce",
        storage_state=passport,
        java_script_enabled=scripts,
    )
    window = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in FOR_THE_PAGE):
            complaints.append(message.text)

    window.on("console", note)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    yield window
    context.close()
    assert not complaints


def sign_in(window: Page, email: str) -> None:
    """Sign in as people do."""
    window.goto("/sign-in")
    window.get_by_label("E-mail").fill(email)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()
    window.wait_for_url(lambda address: "/sign-in" not in address)


def problems_for_access(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands, a line each."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]
