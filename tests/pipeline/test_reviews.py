"""The review as a meeting: its agenda kept, decisions taken by those who may, minutes fixed."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.pipeline.agenda import Moved, Topic, map_risk, stuck, told
from app.pipeline.kept_reasons import kept, read
from app.pipeline.meeting import MOST_DEALS, entries, is_late, since_day
from app.pipeline.models import Opportunity
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.rules import Outcome, Stage
from app.web import today
from tests.pipeline.conftest import day

ON = date(2026, 6, 8)


def point(topic, *deals):
    items = [SimpleNamespace(id=one, why=stuck(30, 10)) for one in deals]
    return SimpleNamespace(topic=topic, items=items)


def test_a_deal_comes_up_once_with_every_reason():
    listed = entries([point(Topic.WON, 7), point(Topic.STUCK, 2, 7), point(Topic.MAP, 2)])

    assert [(one.deal.id, [topic for topic, _why in one.topics]) for one in listed] == [
        (7, [Topic.WON, Topic.STUCK]),
        (2, [Topic.STUCK, Topic.MAP]),
    ]


def test_a_meeting_has_an_end():
    assert len(entries([point(Topic.STUCK, *range(MOST_DEALS + 9))])) == MOST_DEALS


@pytest.mark.parametrize(
    ("wanted", "last", "since"),
    [
        ("2026-06-01", "2026-05-25", "2026-06-01"),
        (None, "2026-05-25", "2026-05-25"),
        (None, None, "2026-06-01"),
        ("2026-06-08", None, "2026-06-01"),
        ("2020-01-01", "2026-06-02", "2026-06-02"),
        (None, "2024-06-02", "2026-06-01"),
    ],
)
def test_a_review_looks_back_to_the_last_one(wanted, last, since):
    def at(text):
        return date.fromisoformat(text) if text else None

    assert since_day(at(wanted), at(last), ON) == at(since)


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [(ON, None, False), (ON - timedelta(1), None, True), (ON - timedelta(1), ON, False),
     (None, None, False)],
)  # fmt: skip
def test_what_was_due_before_today_and_is_not_done_is_late(due, done, late):
    assert is_late(SimpleNamespace(due=due, done_on=done), ON) is late


@pytest.mark.parametrize(
    "reason",
    [
        stuck(30, 10),
        map_risk(has_decider=True),
        told(Moved(ON, Stage.BIDDING, Stage.DELIVERY, Outcome.WON, False, evidence="Signed")),
        told(Moved(ON, Stage.BIDDING, Stage.BIDDING, Outcome.LOST, False)),
    ],
)
def test_a_reason_that_is_kept_is_read_back_as_it_was(reason):
    assert read(kept(reason)) == reason


@pytest.fixture
def now(app):
    with app.test_request_context():
        return today()


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def deals(make, account, ada, now):
    """Three open deals whose close date has passed, the largest first."""
    return [
        make.opportunity(account, name, owner_id=ada.id, amount=amount, close_on=now - timedelta(9))
        for name, amount in (("Monitors", 900), ("Pumps", 500), ("Beds", 100))
    ]


@pytest.fixture
def review(deals, ada, browser_for, make):
    """Ada has begun the review."""
    browser_for(ada).post("/pipeline/review")
    return make.find(select(Review))


def item(make, review, place=1):
    return make.find(select(ReviewItem).filter_by(review_id=review.id, place=place))


def test_a_review_begins_with_the_agenda_as_it_stands(ada, review, make, browser_for, now):
    page = browser_for(ada).get(f"/pipeline/reviews/{review.id}")

    assert (review.on, review.since) == (now, now - timedelta(7))
    assert page.text.index("Monitors") < page.text.index("Pumps") < page.text.index("Beds")
    assert "0 of 3 deals talked about" in page.text
    assert item(make, review).amount == 900


def test_the_agenda_stays_what_it_was_whatever_becomes_of_the_deals(
    ada, review, deals, session, make, browser_for
):
    session.get(Opportunity, deals[0].id).close_on = day("12-31")
    session.commit()

    page = browser_for(ada).get(f"/pipeline/reviews/{review.id}/deals/1")

    assert "days ago" in page.text
    assert "was" in page.text


def test_one_goes_from_deal_to_deal(ada, review, browser_for):
    browser = browser_for(ada)

    first = browser.get(f"/pipeline/reviews/{review.id}/deals/1")
    last = browser.get(f"/pipeline/reviews/{review.id}/deals/3")

    assert f"/pipeline/reviews/{review.id}/deals/2" in first.links()
    assert first.h1 == "Monitors"
    assert "To the minutes" in last.text
    assert browser.get(f"/pipeline/reviews/{review.id}/deals/4").status == 404


def test_who_decides_and_who_is_against_stand_beside_the_deal(
    ada, review, account, make, browser_for
):
    make.observation(make.person(account, "Li Wei", roles=("decider",)), support=-1)
    make.person(account, "Wang Fang", roles=("blocker",))
    make.person(account, "Guide", roles=("guide",))

    page = browser_for(ada).get(f"/pipeline/reviews/{review.id}/deals/1")

    assert "Li Wei" in page.text
    assert "Wang Fang" in page.text
    assert "Guide" not in page.text


def test_a_decision_is_kept_and_the_next_deal_comes_up(ada, review, make, browser_for):
    at = f"/pipeline/reviews/{review.id}/deals"

    answer = browser_for(ada).post(f"{at}/1", {"decision": "Lower the price", "next": "1"})

    assert answer.headers["Location"].endswith("/deals/2")
    kept_item = item(make, review)
    assert (kept_item.decision, kept_item.user_id) == ("Lower the price", ada.id)
    assert kept_item.discussed_at is not None


def test_a_script_keeps_it_while_one_types(ada, review, browser_for):
    headers = {"X-Requested-With": "fetch"}
    at = f"/pipeline/reviews/{review.id}/deals/1"

    answer = browser_for(ada).post(at, {"decision": "Low", "version": 1}, headers=headers)

    assert answer.response.json == {"version": 2, "said": "Saved"}


def test_what_somebody_else_wrote_meanwhile_is_never_lost_unseen(ada, review, make, browser_for):
    at, headers = f"/pipeline/reviews/{review.id}/deals/1", {"X-Requested-With": "fetch"}
    browser = browser_for(ada)
    browser.post(at, {"decision": "Wait", "version": 1}, headers=headers)

    by_script = browser.post(at, {"decision": "Go", "version": 1}, headers=headers)
    by_hand = browser.post(at, {"decision": "Go", "version": 1})

    assert (by_script.status, by_hand.status) == (409, 409)
    assert "“Wait”" in by_script.response.json["said"]
    assert "“Wait”" in by_hand.text
    assert by_hand.field("decision").strip() == "Go"
    assert by_hand.field("version") == "2"
    assert item(make, review).decision == "Wait"


def test_who_may_only_read_the_account_reads_along(ben, review, browser_for):
    browser = browser_for(ben)

    assert "read along" in browser.get(f"/pipeline/reviews/{review.id}/deals/1").text
    assert browser.post(f"/pipeline/reviews/{review.id}/deals/1", {"decision": "x"}).status == 403
    assert browser.post(f"/pipeline/reviews/{review.id}/actions", {"what": "x"}).status == 403


def test_who_belongs_elsewhere_sees_no_review(cleo, review, browser_for):
    browser = browser_for(cleo)

    assert browser.get(f"/pipeline/reviews/{review.id}").status == 404
    assert "No review has been held yet" in browser.get("/pipeline/reviews").text


def test_in_a_review_each_sees_only_the_deals_of_their_accounts(
    make, ada, cleo, deals, browser_for, now
):
    other = make.account("Second Hospital", owner=ada)
    make.member(other, cleo)
    make.opportunity(other, "Lamps", close_on=now - timedelta(3))
    browser_for(ada).post("/pipeline/review")
    found = make.find(select(Review))

    page = browser_for(cleo).get(f"/pipeline/reviews/{found.id}")

    assert "Lamps" in page.text
    assert "Monitors" not in page.text


def test_actions_are_taken_on_for_a_deal(ada, review, make, browser_for, now):
    at = f"/pipeline/reviews/{review.id}"
    data = {"place": "1", "what": "Call the director", "owner_id": ada.id, "due": str(now)}

    answer = browser_for(ada).post(f"{at}/actions", data)

    action = make.find(select(ReviewAction))
    assert answer.headers["Location"].endswith("/deals/1#taken")
    assert (action.what, action.owner_id, action.due) == ("Call the director", ada.id, now)
    assert action.account_id is not None
    assert "Call the director" in browser_for(ada).get(f"{at}/deals/1/taken").text


@pytest.mark.parametrize("place", ["1", ""])
def test_an_action_without_words_is_refused_where_it_was_typed(place, ada, review, browser_for):
    data = {"place": place, "what": "", "due": "soon"}

    page = browser_for(ada).post(f"/pipeline/reviews/{review.id}/actions", data)

    assert page.status == 422
    assert "Say what is to be done." in page.text


def test_the_next_review_opens_with_what_was_decided_and_whether_it_was_done(
    ada, review, make, browser_for
):
    browser, at = browser_for(ada), f"/pipeline/reviews/{review.id}"
    browser.post(f"{at}/deals/1", {"decision": "Lower the price"})
    browser.post(f"{at}/actions", {"place": "1", "what": "Send the offer"})
    browser.post(f"{at}/actions", {"place": "", "what": "Look at all norms"})
    done = make.find(select(ReviewAction).filter_by(what="Send the offer"))
    browser.post(f"/pipeline/review-actions/{done.id}/done", {"outcome": "They took it"})
    browser.post(f"{at}/summary", {"close": "1", "summary": "A good quarter", "present": "Ada"})
    browser.post("/pipeline/review")
    newest = make.find(select(Review).order_by(Review.id.desc()))

    page = browser.get(f"/pipeline/reviews/{newest.id}")

    assert newest.id != review.id
    assert newest.since == review.since  # the same day: that review was held today
    for words in ("Lower the price", "Send the offer", "They took it", "Look at all norms",
                  "1 of 2 actions done"):  # fmt: skip
        assert words in page.text

    browser.post(f"/pipeline/reviews/{newest.id}/summary", {"close": "1"})
    browser.post("/pipeline/review")
    third = make.find(select(Review).order_by(Review.id.desc()))
    page = browser.get(f"/pipeline/reviews/{third.id}")
    assert "Still open from earlier reviews" in page.text
    assert "Look at all norms" in page.text and "They took it" not in page.text


def test_closed_minutes_stay_as_they_are(ada, review, make, browser_for):
    browser, at = browser_for(ada), f"/pipeline/reviews/{review.id}"
    browser.post(f"{at}/deals/2", {"decision": "Wait for the budget"})
    browser.post(f"{at}/summary", {"close": "1", "summary": "All said"})

    page = browser.get(at)

    assert page.h1.startswith("Minutes of")
    assert "Wait for the budget" in page.text
    assert "All said" in page.text
    for path in (f"{at}/deals/2", f"{at}/actions", f"{at}/summary"):
        assert browser.post(path, {"decision": "No", "what": "No"}).status == 403
    assert item(make, review, 2).decision == "Wait for the budget"


def test_a_review_closed_by_mistake_goes_on_the_same_day(ada, review, make, browser_for, session):
    browser, at = browser_for(ada), f"/pipeline/reviews/{review.id}"
    browser.post(f"{at}/summary", {"close": "1"})

    browser.post(f"{at}/reopen")

    assert make.again(review).closed_at is None
    review.on -= timedelta(1)
    session.commit()
    assert browser.post(f"{at}/reopen").status == 403


def test_an_action_is_opened_again_and_taken_back(ada, review, make, browser_for):
    browser = browser_for(ada)
    browser.post(f"/pipeline/reviews/{review.id}/actions", {"what": "Call", "place": "2"})
    action = make.find(select(ReviewAction))

    browser.post(f"/pipeline/review-actions/{action.id}/done", {"outcome": "Reached"})
    browser.post(f"/pipeline/review-actions/{action.id}/done", {"is_done": "no"})
    again = make.again(action)
    assert (again.done_on, again.outcome) == (None, "")
    browser.post(f"/pipeline/review-actions/{action.id}/remove")

    assert browser.post(f"/pipeline/review-actions/{action.id}/done").status == 404
    assert "Call" not in browser.get(f"/pipeline/reviews/{review.id}").text


def test_without_anything_to_talk_about_no_review_begins(ada, make, browser_for):
    answer = browser_for(ada).post("/pipeline/review")

    assert answer.status == 303
    assert make.find(select(Review)) is None


def test_somebody_may_join_a_review_under_way(ben, review, browser_for):
    assert f"/pipeline/reviews/{review.id}" in browser_for(ben).get("/pipeline/review").links()


def test_the_meeting_asks_as_often_for_many_deals_as_for_few(
    ada, review, make, account, browser_for, now
):
    few = browser_for(ada)
    few.get(f"/pipeline/reviews/{review.id}")
    make.keep(ReviewItem(review_id=review.id, account_id=account.id, place=9, stage="bidding",
                         opportunity_id=make.opportunity(account).id, currency="CNY"))  # fmt: skip
    many = browser_for(ada)

    many.get(f"/pipeline/reviews/{review.id}")

    assert few.selects == many.selects
    few.get(f"/pipeline/reviews/{review.id}/deals/1")
    assert few.selects <= 17


def test_the_minutes_are_a_file_whatever_people_typed(ada, review, browser_for):
    browser, at = browser_for(ada), f"/pipeline/reviews/{review.id}"
    assert browser.get(f"{at}/minutes.pdf").status == 404
    browser.post(f"{at}/deals/1", {"decision": '#read("/etc/passwd") $x$ 降价 *五*'})
    browser.post(f"{at}/actions", {"place": "1", "what": "#pagebreak() 汇报", "due": "2026-12-01"})
    browser.post(f"{at}/summary", {"close": "1", "summary": "]#panic()"})

    answer = browser.get(f"{at}/minutes.pdf").response

    assert answer.mimetype == "application/pdf"
