"""The demo workspace: the same on the same day, sound, and every page has something to show."""

from __future__ import annotations

import re
from collections import deque
from datetime import date

import pytest
from sqlalchemy import func, select, text

from app.accounts.models import Account
from app.commands.checks import findings
from app.demo.build import fill
from app.demo.cast import PASSWORD
from app.demo.sign_ins import said, sign_ins
from app.pipeline.models import Opportunity
from app.stakeholders.models import Stakeholder
from app.tables import METADATA
from app.users.models import User
from app.users.queries import find_by_email
from tests.postgres import ON_POSTGRESQL, RENUMBER

DAY = date(2026, 3, 4)
PAGE, DRAWN = re.compile(r"^/([^/]|$)"), re.compile(r"\.(png|pdf|pptx)(\?|$)")
# One page of each shape: nearly all of a manager's, and the first ones of the others.
MOST_PAGES = {"daniel": 140, "zhou": 10, "shen": 50, "lin": 20, "gu": 25, "admin": 30}
if ON_POSTGRESQL:
    MOST_PAGES = {"daniel": 40, "shen": 40}


@pytest.fixture(scope="module")
def standing_demo(stand):
    """The demo as of a day, with a password that takes no time to hash."""

    def prepare(make):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.demo.build.hash_password", lambda _password: "-")
            fill(make.session, DAY)

    return stand(prepare)


@pytest.fixture
def app(one_app, standing_demo):
    """The app over the demo."""
    standing_demo.fresh()
    return one_app


@pytest.fixture
def demo(session):
    """A session on the demo."""
    return session


def rows_of(session):
    tables = [table for table in METADATA.sorted_tables if table.name != "search_key"]
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}


def renumber(session):
    """PostgreSQL goes on counting where rows were; SQLite begins again by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(RENUMBER))


def test_two_demos_of_a_day_are_the_same_and_of_two_days_are_not(demo, monkeypatch):
    monkeypatch.setattr("app.demo.build.hash_password", lambda _password: "-")
    first = rows_of(demo)
    for day, is_same in ((DAY, True), (date(2026, 3, 5), False)):
        for table in reversed(METADATA.sorted_tables):
            demo.execute(table.delete())
        renumber(demo)
        fill(demo, day)

        assert (rows_of(demo) == first) is is_same


def test_the_demo_has_what_it_says(demo):
    count = {
        model: demo.scalar(select(func.count()).select_from(model))
        for model in (Account, Stakeholder, Opportunity)
    }

    assert count[Account] == 14
    assert 150 <= count[Stakeholder] <= 170
    assert 68 <= count[Opportunity] <= 75


def test_the_demo_is_sound(app, demo):
    wrong = [name for name, found in findings(app.extensions["engine"], demo) if found]

    assert [name for name in wrong if "schema" not in name] == []


def test_sign_ins_are_told_of_the_demo_and_never_of_a_real_workspace(demo, make):
    assert any("daniel@rongan.example" in line for line in said(sign_ins(demo)))

    make.user("A real person", "ada@example.com")

    assert said(sign_ins(demo)) == []


def links(page):
    """The pages of ours that a page leads to, without their anchors; drawn files have own tests."""
    found = (href.partition("#")[0] for href in page.links())
    return [href for href in found if PAGE.match(href) and not DRAWN.search(href)]


def test_the_door_offers_the_demos_people_and_nobody_of_a_real_workspace(demo, make, browser_for):
    told = browser_for(None).get("/sign-in")
    assert "daniel@rongan.example" in told.text
    assert PASSWORD in told.text

    make.user("Ada", email="ada@example.com")

    told = browser_for(None).get("/sign-in")
    assert PASSWORD not in told.text
    assert "rongan.example" not in told.text


@pytest.mark.parametrize(("who", "most"), MOST_PAGES.items())
def test_every_page_that_a_demo_person_can_click_to_is_there(who, most, demo, browser_for):
    browser = browser_for(find_by_email(demo, f"{who}@rongan.example"))
    queue, shapes = deque(["/"]), {"/"}

    for _page in range(most):
        if not queue:
            break
        address = queue.popleft()
        page = browser.get(address)
        assert page.status in {200, 303}, f"{address} answered {page.status}"
        for link in links(page):
            shape = re.sub(r"\d+", "#", link.partition("?")[0])
            if shape not in shapes:
                shapes.add(shape)
                queue.append(link)

    assert len(shapes) >= most or not queue
    assert demo.scalar(select(func.count()).select_from(User)) == 10
