"""Files that take long are drawn beside the request, once, whoever asks."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from app.db import now
from app.stakeholders import drawing_jobs
from app.stakeholders.drawing_jobs import FileState, Wanted, content_of, draw, state_of
from app.stakeholders.kept_models import MapFile
from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.map_layout import Arrangement
from app.stakeholders.map_words import MapWords
from app.stakeholders.rules import Role
from tests.factories import DAY


class Drawer:
    """Stands in for matplotlib, and counts."""

    def __init__(self, monkeypatch):
        self.times = 0
        self.breaks = False
        monkeypatch.setattr(drawing_jobs, "drawn", self)
        monkeypatch.setattr(drawing_jobs.threading, "Thread", AtOnce)

    def __call__(self, _wanted):
        self.times += 1
        if self.breaks:
            raise ValueError("no ink")
        return b"a drawing"


class AtOnce:
    """A thread that does its work before anything else goes on."""

    def __init__(self, *, target, args, daemon):
        self.start = lambda: target(*args)


@pytest.fixture
def drawer(monkeypatch):
    return Drawer(monkeypatch)


@pytest.fixture
def account(make, ada, ben):
    account = make.account(owner=ada, reader=ben)
    make.person(account, "Wang Fang", roles=["decider"])
    return account


def wanted(*roles: Role, kind: str = "png", name: str = "Wang Fang") -> Wanted:
    facts = MapFacts((PersonFact(1, name, roles=frozenset(roles)),), (), (), DAY)
    words = MapWords("Title", "As known", {}, {}, shows_judgement=True)
    return Wanted(kind, "slide", facts, Arrangement.HIERARCHY, {}, words)


def test_a_map_is_drawn_once_however_many_ask(app, account, session, drawer):
    engine, asked = app.extensions["engine"], wanted(Role.DECIDER, Role.INFLUENCER)

    draw(engine, account.id, asked)
    draw(engine, account.id, asked)

    assert drawer.times == 1
    assert content_of(session, asked.digest) == b"a drawing"


def test_a_digest_tells_content_apart_and_nothing_else():
    same = wanted(Role.DECIDER, Role.GUIDE).digest

    assert wanted(Role.GUIDE, Role.DECIDER).digest == same
    assert wanted(Role.DECIDER).digest != same
    assert wanted(Role.DECIDER, Role.GUIDE, kind="pdf").digest != same
    assert wanted(Role.DECIDER, Role.GUIDE, name="Li Wei").digest != same


def test_a_drawing_that_broke_says_so_and_may_be_asked_for_again(app, account, session, drawer):
    engine, asked = app.extensions["engine"], wanted()
    drawer.breaks = True
    draw(engine, account.id, asked)
    broken = state_of(session, asked.digest)
    session.commit()

    drawer.breaks = False
    draw(engine, account.id, asked)

    assert broken is FileState.BROKEN
    assert state_of(session, asked.digest) is FileState.READY


@pytest.mark.parametrize(("seconds", "times"), [(120, 0), (400, 1)])
def test_a_drawing_whose_worker_went_silent_is_taken_over(
    seconds, times, app, account, make, session, drawer
):
    asked, began = wanted(), now() - timedelta(seconds=seconds)
    make.keep(MapFile(digest=asked.digest, account_id=account.id, at=began, beat_at=began))

    draw(app.extensions["engine"], account.id, asked)

    assert drawer.times == times


def test_files_of_weeks_ago_are_let_go(app, account, make, session, drawer):
    old = now() - timedelta(days=15)
    make.keep(MapFile(digest="old", account_id=account.id, at=old, beat_at=old, content=b"x"))

    draw(app.extensions["engine"], account.id, wanted())

    assert session.scalar(select(func.count(MapFile.id)).where(MapFile.digest == "old")) == 0


def test_the_page_says_that_the_file_is_to_be_drawn_then_gives_it(
    account, ada, ben, browser_for, drawer
):
    address = f"/accounts/{account.id}/map.png"
    browser = browser_for(ada)

    first = browser.get(address)
    asked = browser.post(address)
    done = browser.get(address)
    by_another = browser_for(ben).get(address)

    assert "has to be drawn first" in first.text
    assert asked.status == 303
    assert done.response.data == by_another.response.data == b"a drawing"
    assert drawer.times == 1


def test_a_page_that_waits_gets_a_link_to_follow_when_the_file_is_ready(
    account, ada, browser_for, drawer
):
    address = f"/accounts/{account.id}/map.pdf?sheet=slide"
    browser = browser_for(ada)
    browser.post(address)

    told = browser.get(address, headers={"HX-Request": "true"})

    links = [link for link in told.all("a") if "data-follow" in link.attrib]
    assert [link.get("href") for link in links] == [address]
    assert not told.is_whole and "every 1s" not in told.text


def test_a_file_is_called_what_people_call_the_account(make, ada, browser_for):
    account = make.account("江州/第一医院", owner=ada)

    sent = browser_for(ada).client.get(f"/accounts/{account.id}/map.graphml")

    named = sent.headers["Content-Disposition"]
    assert unquote(named.partition("UTF-8''")[2]).startswith("江州 第一医院 ")


def test_a_map_that_changed_is_another_file(account, ada, make, browser_for, drawer):
    address, browser = f"/accounts/{account.id}/map.png", browser_for(ada)
    browser.post(address)

    make.person(account, "Li Wei")
    page = browser.get(address)

    assert "has to be drawn first" in page.text
