"""What came of a visit: told by one or two of ours, landing where it belongs, counted once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.pipeline.deal_models import DealNote
from app.plans.thinking_models import PlanAnswer
from app.records.models import Feedback
from app.stakeholders.models import ContactReading, Coverage, Observation, Stakeholder
from app.users.rules import Level
from app.visits.models import Promise, Visit, VisitPerson, VisitQuestion, VisitReport

TODAY = datetime.now(UTC).date()


@pytest.fixture
def account(make, ada, ben):
    account = make.account(owner=ada)
    make.member(account, ben, Level.EDIT)
    return account


@pytest.fixture
def person(make, account):
    return make.person(account, "Li Wei", roles=["decider"])


@pytest.fixture
def visit(make, account, ada, person):
    visit = make.visit(account, ada, on=TODAY)
    make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))
    return visit


def log(**more):
    return {"held_on": TODAY, "went": "well", "commitment": "yes", "quick": "none", **more}


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_three_taps_are_enough(make, visit, ada, browser_for):
    browser_for(ada).post(f"/visits/{visit.id}/log", log(quick="send"))

    kept = make.again(visit)
    assert (kept.went, kept.commitment) == ("well", "yes")
    assert kept.next_step == "Send what they asked for"
    assert kept.next_step_on == TODAY + timedelta(days=3)


def test_what_one_writes_comes_before_what_one_tapped(make, visit, ada, browser_for):
    browser_for(ada).post(
        f"/visits/{visit.id}/log", log(quick="send", next_step="Invite them", next_step_on=TODAY)
    )

    kept = make.again(visit)
    assert (kept.next_step, kept.next_step_on) == ("Invite them", TODAY)


def test_a_log_lands_on_the_map_with_the_deal_as_feedback_and_as_promises(
    session, make, account, visit, person, ada, browser_for
):
    deal = make.opportunity(account)
    visit.opportunity_id = deal.id
    question = make.keep(
        VisitQuestion(account_id=account.id, visit_id=visit.id, place=0, words="Who signs?")
    )
    more = {
        f"support_{person.id}": "1",
        f"depth_{person.id}": "3",
        f"answer_{question.id}": "The board",
        "noes": "2",
        "feedback": "Repairs take too long",
        "promise_0": "Bring a reference",
        "promise_by_0": ada.id,
        "promise_1": "Arrange a meeting",
        "promise_by_1": "theirs",
        "met": "Wang Fang, Buyer",
    }

    browser_for(ada).post(f"/visits/{visit.id}/log", log(**more))

    assert session.scalars(select(Observation.support)).all() == [1]
    assert 3 in session.scalars(select(ContactReading.depth)).all()
    assert make.again(question).answer == "The board"
    assert session.scalars(select(DealNote.kind)).all() == ["no", "no"]
    assert session.scalar(select(Feedback.words)) == "Repairs take too long"
    assert session.execute(select(Promise.is_ours, Promise.owner_id)).all() == [
        (True, ada.id),
        (False, None),
    ]
    assert session.scalar(select(Stakeholder.title).where(Stakeholder.name == "Wang Fang"))


def test_a_log_taken_back_takes_all_that_along(session, make, account, visit, ada, browser_for):
    make.opportunity(account)
    browser = browser_for(ada)
    browser.post(
        f"/visits/{visit.id}/log", log(feedback="Slow", promise_0="Bring it", promise_by_0=ada.id)
    )

    browser.post(f"/visits/{visit.id}/unlog")

    for model in (VisitReport, Promise, Feedback, ContactReading, Coverage):
        assert count(session, model) == 0
    assert make.again(visit).held_on is None


def test_two_colleagues_log_one_visit_with_both_accounts_of_it(
    session, make, visit, person, ada, ben, browser_for
):
    browser_for(ben).post(
        f"/visits/{visit.id}/log",
        log(went="badly", outcome="He doubts us", next_step="Send the norm", quick="none"),
    )
    browser_for(ada).post(
        f"/visits/{visit.id}/log", log(outcome="He agreed", next_step="Fix the day")
    )

    page = browser_for(ada).get(f"/visits/{visit.id}")
    kept = make.again(visit)
    assert "He doubts us" in page.text
    assert "He agreed" in page.text
    assert (kept.went, kept.outcome) == ("well", "He agreed")  # whose visit it is, counts
    assert kept.next_step == "Send the norm"
    assert session.scalars(select(Promise.words)).all() == ["Fix the day"]
    assert count(session, Visit) == 1
    touched = select(Coverage.user_id).join(
        ContactReading, ContactReading.coverage_id == Coverage.id
    )
    assert sorted(session.scalars(touched)) == [ada.id, ben.id]  # one contact each, not two


def test_taking_ones_own_log_back_leaves_the_colleagues(
    session, make, visit, ada, ben, browser_for
):
    browser_for(ada).post(f"/visits/{visit.id}/log", log(outcome="Mine"))
    browser_for(ben).post(f"/visits/{visit.id}/log", log(outcome="His", went="badly"))

    browser_for(ada).post(f"/visits/{visit.id}/unlog")

    kept = make.again(visit)
    assert (kept.outcome, kept.went) == ("His", "badly")
    assert kept.held_on == TODAY
    assert count(session, VisitReport) == 1


def test_a_form_that_arrives_twice_counts_once(session, visit, person, ada, browser_for):
    browser = browser_for(ada)
    typed = log(key="form-1", **{f"support_{person.id}": "2"})

    first = browser.post(f"/visits/{visit.id}/log", typed)
    again = browser.post(f"/visits/{visit.id}/log", {**typed, "outcome": "Once more"})

    assert (first.status, again.status) == (303, 303)
    assert count(session, VisitReport) == count(session, Observation) == 1
    assert session.scalar(select(VisitReport.outcome)) == ""


def test_a_log_written_from_elsewhere_meanwhile_is_not_overwritten_unseen(
    session, visit, ada, browser_for
):
    browser = browser_for(ada)
    opened = browser.get(f"/visits/{visit.id}/log").field("version")
    browser.post(f"/visits/{visit.id}/log", log(outcome="From the phone"))

    refused = browser.post(f"/visits/{visit.id}/log", log(outcome="From here", version=opened))

    assert refused.status == 422
    assert "From here" in refused.text
    assert session.scalar(select(VisitReport.outcome)) == "From the phone"


def test_a_colleagues_record_of_the_same_visit_is_noticed_and_joined(
    session, make, account, visit, person, ben, browser_for
):
    twin = make.visit(account, ben, on=TODAY, purpose="The same one")
    make.keep(VisitPerson(visit_id=twin.id, stakeholder_id=person.id))
    browser = browser_for(ben)

    page = browser.get(f"/visits/{twin.id}/log")
    joined = browser.post(f"/visits/{twin.id}/join")

    assert "Is it the same one?" in page.text
    assert joined.headers["Location"].endswith(f"/visits/{visit.id}/log")
    assert make.again(twin).archived_at is not None
    assert "Ben Li" in browser.get(f"/visits/{visit.id}").text


def test_records_told_by_each_are_joined_without_losing_either(
    session, make, account, visit, person, ada, ben, browser_for
):
    twin = make.visit(account, ben, on=TODAY)
    make.keep(VisitPerson(visit_id=twin.id, stakeholder_id=person.id))
    browser_for(ada).post(f"/visits/{visit.id}/log", log(outcome="Hers"))
    browser_for(ben).post(f"/visits/{twin.id}/log", log(outcome="His"))

    browser_for(ben).post(f"/visits/{twin.id}/join")

    page = browser_for(ada).get(f"/visits/{visit.id}")
    assert "Hers" in page.text
    assert "His" in page.text


def test_a_promise_is_kept_and_open_again(make, account, ada, browser_for):
    promise = make.promise(account, owner_id=ada.id)
    browser = browser_for(ada)

    browser.post(f"/promises/{promise.id}/kept")
    kept = make.again(promise).done_on
    browser.post(f"/promises/{promise.id}/kept?undone=1")

    assert kept == TODAY
    assert make.again(promise).done_on is None


def test_a_visit_not_logged_is_asked_for_once(make, visit, ada, browser_for):
    make.keep(visit).on = TODAY - timedelta(days=1)
    make.session.commit()
    browser = browser_for(ada)

    asked = browser.get("/today")
    browser.post(f"/visits/{visit.id}/asked")

    assert f"/visits/{visit.id}/log" in asked.links()
    assert f"/visits/{visit.id}/log" not in browser.get("/today").links()
    assert f"/visits/{visit.id}/log" in browser.get("/visits/").links()


def test_a_promise_and_its_visit_are_nobodys_elses(make, account, visit, cleo, browser_for):
    promise = make.promise(account)

    assert browser_for(cleo).post(f"/promises/{promise.id}/kept").status == 404
    assert browser_for(cleo).get(f"/visits/{visit.id}/brief").status == 404


def test_an_open_question_of_the_diagnosis_goes_along_and_its_answer_comes_home(
    session, make, account, ada, browser_for
):
    plan = make.plan(
        account, starts_on=TODAY - timedelta(days=30), ends_on=TODAY + timedelta(days=30)
    )
    browser = browser_for(ada)
    form = {"goals": "Learn", "on": TODAY, "channel": "call", "offered": "diagnosis:diagnose-1"}

    browser.post(f"/accounts/{account.id}/visits/add", form)
    question = session.scalars(select(VisitQuestion)).one()
    session.commit()
    answer = {f"answer_{question.id}": "Too few beds"}
    browser.post(f"/visits/{question.visit_id}/log", log(**answer))

    kept = session.scalars(select(PlanAnswer)).one()
    assert (kept.plan_id, kept.question, kept.words) == (plan.id, "diagnose-1", "Too few beds")
    assert (kept.on, kept.owner_id) == (TODAY, ada.id)
    offered = browser.get(f"/accounts/{account.id}/visits/add")
    values = [e.get("value") for e in offered.all("input") if e.get("name") == "offered"]
    assert "diagnosis:diagnose-1" not in values
    assert "diagnosis:diagnose-2" in values
