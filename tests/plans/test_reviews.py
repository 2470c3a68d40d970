"""Reviews: begun, written, sent, approved by the director; the plan is frozen then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.plans.models import Action
from app.plans.review_models import PlanReview, PlanVersion
from app.plans.review_rules import next_due, problems_closing

TODAY = datetime.now(UTC).date()
NEXT = TODAY + timedelta(90)
WRITTEN = {"decision_1": "Ask for the new ward", "next_on": NEXT}


@pytest.fixture
def dora(make):
    return make.user("Dora Lin", "dora@example.com", role="director")


@pytest.fixture
def plan(make, session, ada, ben, dora):
    ada.manager_id = dora.id
    session.commit()
    account = make.account(owner=ada, reader=ben)
    return make.plan(account, starts_on=TODAY - timedelta(200), ends_on=TODAY + timedelta(100))


@pytest.fixture
def review(make, plan):
    return make.review(plan, on=TODAY)


def test_reviews_are_quarterly_unless_a_day_is_set():
    assert next_due(date(2026, 1, 1), None, None) == date(2026, 4, 1)
    assert next_due(date(2026, 1, 1), date(2026, 5, 31), None) == date(2026, 8, 31)
    assert next_due(date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 9)) == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("decisions", "next_on", "count"),
    [(["One"], NEXT, 0), ([], NEXT, 1), (["One"], None, 1), (["One"], TODAY, 1), ([], None, 2)],
)
def test_a_review_decides_something_and_says_when_to_look_again(decisions, next_on, count):
    assert len(problems_closing(decisions, next_on, TODAY)) == count


def test_beginning_twice_goes_on_with_the_same_review(plan, ada, session, browser_for):
    browser = browser_for(ada)

    first = browser.post(f"/plans/{plan.id}/reviews/begin").headers["Location"]
    second = browser.post(f"/plans/{plan.id}/reviews/begin").headers["Location"]

    assert first == second
    assert session.scalar(select(PlanReview.since)) == plan.starts_on


def test_the_next_review_goes_on_from_the_last(make, session, plan, ada, browser_for):
    make.review(plan, on=TODAY - timedelta(90), status="approved")

    browser_for(ada).post(f"/plans/{plan.id}/reviews/begin")

    begun = session.scalars(select(PlanReview).order_by(PlanReview.id.desc())).first()
    assert begun.since == TODAY - timedelta(90)


def test_the_page_tells_what_changed_and_keeps_what_is_decided(
    make, plan, review, ada, browser_for
):
    make.action(plan, "Ward round", due_on=TODAY, done_on=TODAY, result="Two beds")
    browser, at = browser_for(ada), f"/reviews/{review.id}"

    page = browser.get(at)
    browser.post(at, {**WRITTEN, "version": page.field("version")})

    assert "Done: Ward round (Two beds)" in page.text
    assert browser.get(at).field("decision_1") == "Ask for the new ward"
    assert make.again(review).status == "open"


def test_a_review_that_decides_nothing_is_not_sent(review, ada, browser_for):
    page = browser_for(ada).post(
        f"/reviews/{review.id}", {"send": "1", "notes": "We talked", "next_on": NEXT}
    )

    assert page.status == 422
    assert "Decide at least one thing." in page.text
    assert page.field("notes") == "We talked"


def test_an_action_decided_in_a_review_belongs_to_its_plan(session, plan, review, ada, browser_for):
    browser = browser_for(ada)

    refused = browser.post(f"/reviews/{review.id}/actions", {"title": ""})
    browser.post(
        f"/reviews/{review.id}/actions", {"title": "Call", "owner_id": ada.id, "due_on": NEXT}
    )

    action = session.scalars(select(Action)).one()
    assert refused.status == 422
    assert (action.plan_id, action.review_id, action.owner_id) == (plan.id, review.id, ada.id)


def sent(browser, review):
    """A review written and sent to the director."""
    browser.post(f"/reviews/{review.id}", {**WRITTEN, "send": "1"})


def test_the_director_approves_and_the_plan_is_frozen(
    make, session, plan, review, ada, dora, browser_for
):
    make.goal(plan, "Sell 900")
    sent(browser_for(ada), review)
    leader = browser_for(dora)
    listed = leader.get("/plans/")

    leader.post(f"/reviews/{review.id}/approve", {"approve": "1", "remark": "Well done"})

    version = session.scalars(select(PlanVersion)).one()
    kept = make.again(review)
    assert f"/reviews/{review.id}" in listed.links()
    assert (kept.status, kept.approver_id, kept.approved_on) == ("approved", dora.id, TODAY)
    assert (version.number, version.review_id) == (1, review.id)
    assert [goal["statement"] for goal in version.content["goal"].values()] == ["Sell 900"]


def test_the_director_sends_a_review_back_with_words(review, make, ada, dora, browser_for):
    sent(browser_for(ada), review)

    browser_for(dora).post(f"/reviews/{review.id}/approve", {"return": "1", "remark": "Who?"})

    page = browser_for(ada).get(f"/reviews/{review.id}")
    assert "Who?" in page.text
    assert make.again(review).status == "returned"
    assert page.field("decision_1") == "Ask for the new ward"


def test_only_the_director_approves_and_only_what_was_sent(
    session, review, make, ada, dora, browser_for
):
    early = browser_for(dora).post(f"/reviews/{review.id}/approve", {"approve": "1"})
    sent(browser_for(ada), review)
    own = browser_for(ada).post(f"/reviews/{review.id}/approve", {"approve": "1"})

    assert early.status == 303
    assert own.status == 403
    assert make.again(review).status == "waiting"
    assert session.scalars(select(PlanVersion)).all() == []


def test_an_approved_review_is_not_changed_any_more(make, plan, ada, browser_for):
    done = make.review(plan, status="approved", decisions=["Kept"])

    browser_for(ada).post(f"/reviews/{done.id}", WRITTEN)
    browser_for(ada).post(f"/reviews/{done.id}/archive")

    assert make.again(done).decisions == ["Kept"]
    assert done.archived_at is None


def test_two_who_write_at_once_lose_neither(review, make, ada, browser_for):
    browser, at = browser_for(ada), f"/reviews/{review.id}"
    version = browser.get(at).field("version")
    browser.post(at, {**WRITTEN, "version": version})

    late = browser.post(at, {"decision_1": "Other", "next_on": NEXT, "version": version})

    assert late.status == 409
    assert make.again(review).decisions == ["Ask for the new ward"]


def test_a_reader_reads_a_review_and_writes_nothing(review, ben, browser_for):
    page = browser_for(ben).get(f"/reviews/{review.id}")

    assert "Send for approval" not in page.text
