"""Lessons written after a deal, their watches, and where these speak up."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import main
from app.db import now
from app.lessons.jobs import look_through_deals
from app.lessons.models import Firing, Lesson
from app.pipeline.factor_tree import FACTOR_TREE, FactorTree, tree_text
from app.pipeline.models import StageMove, Terms
from app.users.models import Setting
from tests.factories import AT, DAY

TODAY = now().date()
WRITTEN = {
    "words": "Price cannot win back criteria that others wrote",
    "factor": "criteria",
    "action": "Ask for the scoring rules before the proposal",
    "due_on": "2026-04-01",
}


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def lost(make, account, ada):
    """A deal that was lost in March, its close date pushed twice."""
    return deal_of(make, account, ada, "Lost monitors", "lost")


def deal_of(make, account, owner, name, outcome, pushes=2):
    closed = DAY + timedelta(days=30)
    ended = outcome != "open"
    deal = make.opportunity(
        account, name, stage="proposal", owner_id=owner.id, outcome=outcome if ended else "open",
        closed_on=closed if ended else None, close_on=DAY,
    )  # fmt: skip
    with make.at_once():
        (first,) = make.session.scalars(
            select(StageMove).where(StageMove.opportunity_id == deal.id)
        )
        first.outcome = "open"
        for number in range(1, pushes + 1):
            on = DAY + timedelta(days=number)
            make.keep(Terms(opportunity_id=deal.id, on=on, amount=Decimal(100_000),
                            close_on=DAY + timedelta(days=30 * number), at=AT))  # fmt: skip
        if ended:
            make.keep(StageMove(account_id=account.id, opportunity_id=deal.id, on=closed,
                                from_stage="proposal", to_stage="proposal", outcome=outcome,
                                at=AT))  # fmt: skip
    return deal


def lesson_of(make, deal, **more):
    values = {"words": "It was pushed twice", "advice": "Ask what holds them up", "at": AT}
    return make.keep(
        Lesson(account_id=deal.account_id, opportunity_id=deal.id, **{**values, **more})
    )


PUSHED = [["pushed", "2"]]


def test_a_lesson_is_written_with_evidence_found_again_and_done(make, ada, ben, lost, browser_for):
    browser = browser_for(ada)

    page = browser.get(f"/pipeline/{lost.id}/lessons")
    assert f"/pipeline/{lost.id}/lessons/add" in page.links()
    form = browser.get(f"/pipeline/{lost.id}/lessons/add")
    marks = [one.get("value") for one in form.all("input") if one.get("name") == "evidence"]
    written = browser.post(
        f"/pipeline/{lost.id}/lessons/add",
        {**WRITTEN, "owner_id": str(ada.id), "evidence": marks[:2]},
    )

    lesson = make.find(select(Lesson))
    assert written.status == 303
    assert (lesson.factor, lesson.evidence) == ("criteria", marks[:2])
    shown = browser.get(f"/lessons/{lesson.id}")
    assert shown.h1 == WRITTEN["words"]
    assert "Criteria shaped by another" in shown.text
    assert len(shown.all("time")) == 2
    for query, is_there in (("q=CRITERIA", True), ("q=50%25_", False), ("factor=price", False),
                            ("factor=criteria&standing=open", True), ("standing=done", False),
                            (f"owner={ada.id}", True), (f"owner={ben.id}", False),
                            ("factor=nonsense", True)):  # fmt: skip
        assert (WRITTEN["words"] in browser.get(f"/lessons/?{query}").text) is is_there, query
    assert WRITTEN["action"] in browser.get("/today").text
    browser.post(f"/lessons/{lesson.id}/done")
    assert WRITTEN["words"] in browser.get("/lessons/?standing=done").text
    assert WRITTEN["action"] not in browser.get("/today").text
    browser.post(f"/lessons/{lesson.id}/archive")
    assert WRITTEN["words"] not in browser.get("/lessons/").text
    assert "archived" in browser_for(ben).get(f"/lessons/{lesson.id}").text
    browser.post(f"/lessons/{lesson.id}/restore")
    assert WRITTEN["words"] in browser.get("/lessons/").text


def test_a_lesson_without_words_or_a_day_is_not_kept_and_nothing_typed_is_lost(
    make, ada, lost, browser_for
):
    browser, address = browser_for(ada), f"/pipeline/{lost.id}/lessons/add"

    for wrong in ({"words": ""}, {"due_on": ""}, {"action": ""}, {"due_on": "soon"},
                  {"factor": "stars"}, {"evidence": "made up"}):  # fmt: skip
        page = browser.post(address, {**WRITTEN, "cause": "We came late", **wrong})
        assert page.status == 422, wrong
        assert page.field("cause") == "We came late"

    assert make.find(select(Lesson)) is None


def test_a_lesson_changed_by_another_meanwhile_is_not_overwritten(make, ada, lost, browser_for):
    lesson = lesson_of(make, lost)

    browser = browser_for(ada)
    saved = browser.post(f"/lessons/{lesson.id}/edit", {"words": "First", "version": "1"})
    late = browser.post(f"/lessons/{lesson.id}/edit", {"words": "Second", "version": "1"})

    assert (saved.status, late.status) == (303, 409)
    assert make.again(lesson).words == "First"


def test_a_watch_is_tried_on_the_past_before_it_is_on(make, ada, account, lost, browser_for):
    deal_of(make, account, ada, "Won pumps", "won", pushes=1)
    deal_of(make, account, ada, "Won beds", "closed", pushes=2)
    lesson, browser = lesson_of(make, lost, advice=""), browser_for(ada)
    asked = {"how": "all", "on_pushed": "y", "value_pushed": "2"}

    tried = browser.post(f"/lessons/{lesson.id}/watch", {**asked, "act": "try"})
    refused = browser.post(f"/lessons/{lesson.id}/watch", {**asked, "act": "on"})
    wrong = browser.post(f"/lessons/{lesson.id}/watch", {**asked, "value_pushed": "-1"})
    empty = browser.post(
        f"/lessons/{lesson.id}/watch", {"how": "any", "advice": "Ask", "act": "on"}
    )

    assert tried.status == 200
    # By hand: of the lost one, of the won one of two.
    assert "Would have fired on 1 of 1 lost and 1 of 2 won." in tried.text
    assert (refused.status, wrong.status, empty.status) == (422, 422, 422)
    assert make.again(lesson).watched_since is None
    kept = browser.post(f"/lessons/{lesson.id}/watch", {**asked, "advice": "Ask why", "act": "on"})
    assert kept.status == 303
    assert make.again(lesson).clauses == PUSHED
    assert lesson.watched_since is not None
    assert "Would have fired on 1 of 1 lost" in browser.get("/lessons/watches").text
    assert browser.get(f"/lessons/{lesson.id}/watch").field("value_pushed") == "2"


def test_a_watch_speaks_up_on_the_deals_that_meet_it_once_and_falls_silent(
    app, make, ada, cleo, account, lost, browser_for
):
    lesson = lesson_of(make, lost, clauses=PUSHED, watched_since=DAY)
    like, unlike = (deal_of(make, account, ada, name, "open", pushes)
                    for name, pushes in (("Like it", 2), ("Unlike it", 1)))  # fmt: skip
    other = make.account("Elsewhere", owner=cleo)
    foreign = deal_of(make, other, cleo, "Of others", "open")
    engine, browser = app.extensions["engine"], browser_for(ada)

    for _twice in range(2):
        look_through_deals(engine)

    fired = set(make.session.scalars(select(Firing.opportunity_id)))
    make.session.commit()
    assert fired == {like.id, foreign.id}
    page = browser.get(f"/pipeline/{like.id}")
    assert "It was pushed twice" in page.text
    assert "Ask what holds them up" in page.text
    assert f"/pipeline/{lost.id}" in page.links()
    assert "It was pushed twice" not in browser.get(f"/pipeline/{unlike.id}").text
    assert "Lost monitors" in browser.get("/today").text
    theirs = browser_for(cleo).get(f"/pipeline/{foreign.id}").text
    assert "It was pushed twice" in theirs
    assert "Lost monitors" not in theirs + browser_for(cleo).get("/today").text

    answer = f"/pipeline/{like.id}/lessons/{lesson.id}/helped"
    assert browser.post(answer, {"is_helpful": "perhaps"}).status == 422
    assert browser.post(f"/pipeline/{unlike.id}/lessons/{lesson.id}/helped",
                        {"is_helpful": "yes"}).status == 404  # fmt: skip
    assert browser.post(answer, {"is_helpful": "yes"}).status == 303
    assert "Did it help?" not in browser.get(f"/pipeline/{like.id}").text
    assert "Lost monitors" not in browser.get("/today").text

    lesson_now = make.again(lesson)
    lesson_now.clauses = [["pushed", "3"]]
    make.settle()
    look_through_deals(engine)

    cleared = make.session.scalars(select(Firing.cleared_on)).all()
    make.session.commit()
    assert cleared == [TODAY, TODAY]
    browser.post(f"/lessons/{lesson.id}/watch/retire")
    assert make.again(lesson).watched_since is None
    assert "It helped on 1" in browser.get("/lessons/watches").text


def test_a_watch_that_cries_wolf_retires_and_is_counted_afresh_when_switched_on_again(
    app, make, account, ada, lost, browser_for
):
    lesson = lesson_of(make, lost, clauses=PUSHED, watched_since=DAY)
    engine, browser = app.extensions["engine"], browser_for(ada)
    with make.at_once():
        for name in "ABCDE":
            won = deal_of(make, account, ada, name, "won", pushes=1)
            values = {"account_id": account.id, "opportunity_id": won.id, "on": DAY}
            make.keep(Firing(lesson_id=lesson.id, **values, is_helpful=name == "A" or None))

    look_through_deals(engine)
    # by hand: of five decided all were won, and one of them with its help
    assert make.again(lesson).retired_on == TODAY
    page = browser.get(f"/lessons/{lesson.id}/watch")
    assert "It cries wolf: of 5 decided deals it fired on, 4 were won" in page.text
    assert "It retired on" in page.text
    asked = {"how": "all", "on_pushed": "y", "value_pushed": "2", "advice": "Ask", "act": "on"}
    browser.post(f"/lessons/{lesson.id}/watch", asked)
    look_through_deals(engine)

    assert make.again(lesson).watched_since == TODAY


def test_the_watches_verb_tells_each_with_its_record(app, make, account, ada, lost, monkeypatch):
    deal_of(make, account, ada, "Won pumps", "won", pushes=1)
    lesson_of(make, lost, clauses=PUSHED, watched_since=DAY, factor="offer-1")
    make.keep(Setting(key=FACTOR_TREE, value=tree_text(FactorTree({"offer-1": "No demo"}))))
    monkeypatch.setattr("app.commands.common.prepare", lambda _config: app.extensions["engine"])

    told = CliRunner().invoke(main, ["watches", "--json"])
    plain = CliRunner().invoke(main, ["watches"])

    assert told.exit_code == plain.exit_code == 0, told.output + plain.output
    (one,) = json.loads(told.stdout)
    assert one["conditions"] == [{"condition": "pushed", "value": "2"}]
    assert one["past"]["lost"] == {"fired": 1, "deals": 1}
    assert one["past"]["won"] == {"fired": 0, "deals": 1}
    assert one["since"]["cries_wolf"] is False
    assert one["cause"] == {"key": "offer-1", "name": "No demo"}
    assert "1 of 1" in plain.stdout and "No demo" in plain.stdout


def test_a_deal_names_decided_deals_like_it_with_their_lessons(
    make, account, ada, lost, browser_for
):
    lesson_of(make, lost)
    like = deal_of(make, account, ada, "Like it", "open")

    page = browser_for(ada).get(f"/pipeline/{like.id}/lessons")

    assert f"/pipeline/{lost.id}" in page.links()
    assert "It was pushed twice" in page.text
    assert "Alike in" in page.text


def test_lists_ask_as_often_for_six_lessons_as_for_three(make, account, ada, lost, browser_for):
    browser, pages = browser_for(ada), ("/lessons/", "/lessons/watches")
    like = deal_of(make, account, ada, "Like it", "open")
    asked = []
    for _three in range(2):
        with make.at_once():
            for _one in range(3):
                lesson_of(make, lost, clauses=PUSHED, watched_since=DAY)
        counts = []
        for page in (*pages, f"/pipeline/{like.id}", f"/pipeline/{like.id}/lessons"):
            browser.get(page)
            browser.get(page)
            counts.append(browser.selects)
        asked.append(counts)

    assert asked[0] == asked[1]
    assert max(asked[1]) <= 60


def test_a_lesson_never_speaks_up_on_the_deal_that_taught_it(app, make, account, ada, browser_for):
    taught = deal_of(make, account, ada, "Still open", "open")
    lesson_of(make, taught, clauses=PUSHED, watched_since=DAY)

    look_through_deals(app.extensions["engine"])

    assert make.find(select(Firing)) is None
    assert "What to do" not in browser_for(ada).get(f"/pipeline/{taught.id}").text
