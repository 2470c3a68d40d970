"""Feedback: heard, decided, answered; its age while open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.records.feedback import FeedbackState, Voice, standing
from app.records.models import Feedback
from app.visits.models import VisitReport
from tests.factories import AT

TODAY = datetime.now(UTC).date()
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("decided", "answered", "voice", "state", "days"),
    [
        (None, None, Voice.CUSTOMER, FeedbackState.OPEN, 10),
        (2, None, Voice.CUSTOMER, FeedbackState.OWED, 10),
        (2, 5, Voice.CUSTOMER, FeedbackState.CLOSED, 5),
        (2, None, Voice.MANAGEMENT, FeedbackState.CLOSED, 2),
        (None, None, Voice.MANAGEMENT, FeedbackState.OPEN, 10),
    ],
)
def test_feedback_is_open_until_decided_and_the_customer_has_heard(
    decided, answered, voice, state, days
):
    on = [DAY + timedelta(one) if one is not None else None for one in (decided, answered)]

    found = standing(DAY, *on, voice, DAY + timedelta(10))

    assert (found.state, found.days) == (state, days)


@pytest.mark.parametrize(("days", "slow"), [(14, False), (15, True)])
def test_two_weeks_open_is_slow(days, slow):
    assert standing(DAY, None, None, Voice.CUSTOMER, DAY + timedelta(days)).is_slow is slow


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


def test_what_was_said_is_written_down_with_who_and_when(make, session, account, ada, browser_for):
    person = make.person(account, "Li Wei")
    form = {"words": "Deliver on Mondays", "voice": "customer", "on": "2026-03-02"}

    browser_for(ada).post(
        f"/accounts/{account.id}/feedback/add", {**form, "stakeholder_id": person.id}
    )

    page = browser_for(ada).get(f"/accounts/{account.id}/feedback")
    assert session.scalars(select(Feedback.words)).one() == "Deliver on Mondays"
    assert "Li Wei" in page.text and "to be decided" in page.text


def test_feedback_without_words_is_refused(account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/feedback/add", {"words": "", "voice": "customer", "on": DAY}
    )

    assert page.status == 422
    assert "Write down what was said." in page.text


def test_what_cannot_be_used_needs_a_reason(make, account, ada, browser_for):
    row = make.feedback(account)

    page = browser_for(ada).post(f"/feedback/{row.id}/settle", {"use": "not_used", "answer": "No"})

    assert page.status == 422
    assert "the customer will ask" in page.text
    assert page.field("answer") == "No"


def test_an_answer_needs_a_decision_first(make, account, ada, browser_for):
    row = make.feedback(account)

    page = browser_for(ada).post(f"/feedback/{row.id}/settle", {"answered_on": "2026-03-09"})

    assert page.status == 422


def test_deciding_notes_the_day_and_undeciding_forgets_it(make, account, ada, browser_for):
    row, browser = make.feedback(account), browser_for(ada)

    browser.post(f"/feedback/{row.id}/settle", {"use": "used", "reason": "Cheap to do"})
    decided = make.again(row).decided_on
    browser.post(f"/feedback/{row.id}/settle", {"use": ""})

    assert decided == TODAY
    assert make.again(row).decided_on is None


def test_the_oldest_that_waits_stands_first_and_what_is_closed_last(
    make, account, ben, browser_for
):
    make.feedback(account, "Closed", decided_on=DAY, answered_on=DAY, use="used")
    make.feedback(account, "Young", on=TODAY)
    make.feedback(account, "Old", on=TODAY - timedelta(40))

    page = browser_for(ben).get(f"/accounts/{account.id}/feedback")

    assert page.text.index("Old") < page.text.index("Young") < page.text.index("Closed")
    assert "open for 40 days" in page.text
    assert "/settle" not in page.text


def test_what_a_visit_heard_is_taken_up_once(make, account, ada, browser_for):
    visit = make.visit(account, ada, held_on=DAY)
    report = {"account_id": account.id, "visit_id": visit.id, "user_id": ada.id, "at": AT}
    kept = make.keep(VisitReport(**report, feedback="The alarm is too loud"))
    browser, at = browser_for(ada), f"/accounts/{account.id}/feedback"

    offered = browser.get(f"{at}/add?report={kept.id}")
    before = browser.get(at)
    form = {name: offered.field(name) for name in ("words", "on")}
    browser.post(f"{at}/add", {**form, "voice": "customer"})

    assert "Heard on visits, not taken up yet" in before.text
    assert (form["words"].strip(), form["on"]) == ("The alarm is too loud", "2026-03-02")
    assert "Heard on visits, not taken up yet" not in browser.get(at).text


def test_feedback_put_away_comes_back(make, account, ada, browser_for):
    row, browser = make.feedback(account, "Deliver on Mondays"), browser_for(ada)

    browser.post(f"/feedback/{row.id}/archive")
    gone = browser.get(f"/accounts/{account.id}/feedback")
    browser.post(f"/feedback/{row.id}/restore")

    assert "Deliver on Mondays" not in gone.text
    assert "Deliver on Mondays" in browser.get(f"/accounts/{account.id}/feedback").text
