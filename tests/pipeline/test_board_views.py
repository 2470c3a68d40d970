"""The board cut into lanes, filtered by what needs somebody, and kept as views."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.pipeline.deal_models import SavedView
from app.pipeline.kept_views import MOST_VIEWS, kept_query, problems_keeping_view
from app.web import today


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def now(app):
    with app.test_request_context():
        return today()


def cards(page):
    found = [item for item in page.all("li") if (item.get("class") or "").startswith("deal")]
    return ["".join(item[0].itertext()) for item in found]


def test_lanes_by_owner_hold_their_own_deals_and_sums(ada, ben, account, story, browser_for):
    story(account, name="Hers", owner_id=ada.id, amount=Decimal(700))
    story(account, name="Hers too", owner_id=ada.id, stage="bidding", amount=Decimal(50))
    story(account, name="His", owner_id=ben.id)
    story(account, name="Nobody's")

    page = browser_for(ada).get("/pipeline/?by=owner")

    lanes = {words.split(" ¥")[0]: words for words in page.words("h3") if "¥" in words}
    assert list(lanes) == ["Ada Zhang 2", "Ben Li 1", "Nobody 1"]
    assert "¥750" in lanes["Ada Zhang 2"]
    assert sorted(cards(page)) == ["Hers", "Hers too", "His", "Nobody's"]


def test_a_cell_shows_some_cards_and_leads_to_the_rest(ada, account, story, browser_for):
    for number in range(6):
        story(account, name=f"Deal {number}")

    page = browser_for(ada).get("/pipeline/?by=account")

    assert len(cards(page)) == 2
    assert "4 more" in page.text
    assert f"/pipeline/list?stage=prospecting&account={account.id}" in page.links()


def test_only_the_lanes_with_most_deals_are_shown_and_that_is_said(
    make, ada, account, story, browser_for
):
    for number in range(9):
        owner = make.user(f"Seller {number}")
        for _ in range(2 if number else 1):
            story(account, owner_id=owner.id)

    page = browser_for(ada).get("/pipeline/?by=owner")

    assert "Only those with most deals are shown" in page.text
    assert "Seller 0" not in " ".join(page.words("h3"))


def test_lanes_ask_as_often_for_six_owners_as_for_three(make, ada, account, story, browser_for):
    browser, counts = browser_for(ada), []
    for number in range(6):
        owner = make.user(f"Seller {number}")
        story(account, name=f"Deal {number}", owner_id=owner.id)
        if number in {2, 5}:
            browser.get("/pipeline/?by=owner")
            counts.append(browser.selects)

    assert counts[0] == counts[1] <= 11


@pytest.mark.parametrize("page", ["", "list"])
def test_what_needs_somebody_is_asked_for(page, ada, account, story, now, browser_for):
    yesterday = now - timedelta(days=1)
    fine = {"next_step": "Call", "next_step_on": now + timedelta(days=1)}
    story(account, name="Deal late", close_on=yesterday, **fine)
    story(account, name="Deal stepless", close_on=now)
    story(account, name="Deal fine", close_on=now, grade="A", **fine)
    browser = browser_for(ada)

    def shown(query):
        text = browser.get(f"/pipeline/{page}?{query}").text
        return [name for name in ("late", "stepless", "fine") if f">Deal {name}<" in text]

    assert shown("attention=late") == ["late"]
    assert shown("attention=step") == ["stepless"]
    assert shown("grade=A") == ["fine"]
    assert shown("attention=nonsense&grade=Z") == ["late", "stepless", "fine"]


def keep(browser, **typed):
    values = {"page": "board", "query": "by=owner&after=3", "name": "My lanes", **typed}
    return browser.post("/pipeline/views/add", values)


def test_a_view_is_kept_offered_and_opens_first_when_wished(
    session, ada, ben, account, browser_for
):
    browser = browser_for(ada)

    kept = keep(browser, is_default="y")

    view = session.scalars(select(SavedView)).one()
    assert (view.query, view.user_id, view.is_default) == ("by=owner", ada.id, True)
    assert kept.headers["Location"] == f"/pipeline/?by=owner&view={view.id}"
    bare = browser.get("/pipeline/")
    assert (bare.status, bare.headers["Location"]) == (302, kept.headers["Location"])
    assert browser.get("/pipeline/?view=0").status == 200
    assert "My lanes" in browser.get(kept.headers["Location"]).text
    assert "My lanes" not in browser_for(ben).get("/pipeline/").text


def test_a_shared_view_is_everyones_to_use_and_its_owners_to_change(ada, ben, browser_for):
    owner, other = browser_for(ada), browser_for(ben)
    keep(owner, is_shared="y")

    assert "My lanes" in other.get("/pipeline/").text
    assert "by Ada Zhang" in other.get("/pipeline/views").text
    for act in ("default", "share", "remove"):
        assert other.post(f"/pipeline/views/1/{act}").status == 404


def test_a_view_is_unshared_made_first_and_forgotten(session, ada, browser_for):
    browser = browser_for(ada)
    keep(browser, is_shared="y", is_default="y")
    keep(browser, name="Second", query="grade=A")

    browser.post("/pipeline/views/2/default")
    browser.post("/pipeline/views/1/share")
    views = session.scalars(select(SavedView).order_by(SavedView.id)).all()
    assert [(one.is_default, one.is_shared) for one in views] == [(False, False), (True, False)]
    session.commit()
    browser.post("/pipeline/views/2/default")
    browser.post("/pipeline/views/1/remove")

    session.expire_all()
    (left,) = session.scalars(select(SavedView)).all()
    assert (left.name, left.is_default) == ("Second", False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Give the view a name."),
        ({"query": "after=3&q="}, "Nothing is filtered"),
        ({"page": "elsewhere"}, "There is no such page."),
        ({"query": None}, "Nothing is filtered"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(typed, words, ada, browser_for):
    page = keep(browser_for(ada), **typed)

    assert page.status == 422
    assert words in page.text


def test_names_of_views_are_ones_own_and_not_without_end():
    assert "already" in str(problems_keeping_view("By Owner", "q=1", ["by owner"])[0])
    assert "at most" in str(problems_keeping_view("x", "q=1", map(str, range(MOST_VIEWS)))[0])
    assert problems_keeping_view("x", "q=1", []) == []
    assert kept_query("page=list&q=%E5%8D%8E&owner=") == "q=%E5%8D%8E"
