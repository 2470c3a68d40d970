"""Visits as the cast finds them: planned with a purpose, logged in three taps, undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.stakeholders.models import ContactReading, Coverage, Observation
from app.visits.changes import record_visit
from app.visits.landing_changes import Log
from app.visits.models import Visit, VisitColleague, VisitPerson

NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def person(make, account):
    return make.person(account, "Li Wei", title="Head of Laboratory")


def planned(make, account, ada, *people, **more):
    """A visit to people at the account, by default of today."""
    visit = make.visit(account, ada, **{"on": TODAY, **more})
    for one in people:
        make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=one.id))
    return visit


def form(**more):
    """A visit's form as the page sends it."""
    return {"goals": "Agree the criteria", "on": TODAY, "channel": "in_person", **more}


def test_planning_a_visit_keeps_whom_and_what_for(
    session, make, account, person, ada, ben, browser_for
):
    deal = make.opportunity(account)
    browser = browser_for(ada)

    added = browser.post(
        f"/accounts/{account.id}/visits/add",
        form(
            people=[person.id],
            colleagues=[ben.id],
            user_id=ada.id,
            opportunity_id=deal.id,
            questions="Who signs?",
            at="14:30",
        ),
    )

    page = browser.get(added.headers["Location"])
    assert "Li Wei" in page.text
    assert "Ben Li" in page.text
    assert "Ward monitors" in page.text
    assert "Who signs?" in page.text
    assert session.scalar(select(Visit.starts_at)).strftime("%H:%M") == "14:30"


def test_a_visit_without_a_goal_is_refused_and_keeps_what_was_typed(account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/visits/add", form(goals=" ", commitment_sought="A date")
    )

    assert page.status == 422
    assert "Set at least one goal" in page.text
    assert page.field("commitment_sought") == "A date"


def test_a_visit_that_they_called_for_needs_no_goal(account, ada, browser_for):
    page = browser_for(ada).post(
        f"/accounts/{account.id}/visits/add", form(goals="", is_reactive="y")
    )

    assert page.status == 303


def test_people_of_another_account_cannot_be_visited_here(
    session, make, account, ada, cleo, browser_for
):
    stranger = make.person(make.account("Elsewhere", owner=cleo), "Wu Ting")

    page = browser_for(ada).post(f"/accounts/{account.id}/visits/add", form(people=[stranger.id]))

    assert page.status == 422
    assert session.scalar(select(func.count()).select_from(VisitPerson)) == 0


def test_a_visit_of_the_past_goes_on_to_its_log(account, ada, browser_for):
    added = browser_for(ada).post(
        f"/accounts/{account.id}/visits/add", form(on=TODAY - timedelta(days=1))
    )

    assert added.headers["Location"].endswith("/log")


def test_a_log_notes_the_contact_and_the_support_seen(
    session, make, account, person, ada, ben, browser_for
):
    visit = planned(make, account, ada, person)
    make.keep(VisitColleague(visit_id=visit.id, user_id=ben.id))
    make.coverage(ben, person, on=TODAY - timedelta(days=30))
    log = {"commitment": "part", "next_step": "Send references", "held_on": TODAY}

    browser_for(ada).post(f"/visits/{visit.id}/log", {**log, f"support_{person.id}": "1"})

    touched = session.execute(
        select(Coverage.user_id)
        .join(ContactReading, ContactReading.coverage_id == Coverage.id)
        .where(ContactReading.on == TODAY)
    )
    assert sorted(touched.scalars()) == [ada.id, ben.id]
    judged = session.scalars(select(Observation)).one()
    assert (judged.support, judged.on, judged.user_id) == (1, TODAY, ada.id)
    assert session.scalar(select(Visit.commitment)) == "part"


def test_logging_again_replaces_what_the_first_log_wrote(
    session, make, account, person, ada, browser_for
):
    visit, browser = planned(make, account, ada, person), browser_for(ada)
    address, log = f"/visits/{visit.id}/log", {"held_on": TODAY}

    browser.post(address, {**log, f"support_{person.id}": "1"})
    browser.post(address, {**log, f"support_{person.id}": "-1"})

    assert session.scalars(select(Observation.support)).all() == [-1]
    assert session.scalar(select(func.count()).select_from(ContactReading)) == 1


def test_taking_a_log_back_leaves_no_trace_of_it(session, make, account, person, ada, browser_for):
    visit, browser = planned(make, account, ada, person), browser_for(ada)
    make.observation(person, support=2)
    logged = browser.post(
        f"/visits/{visit.id}/log", {"held_on": TODAY, f"support_{person.id}": "1"}
    )
    offered = browser.get(logged.headers["Location"])

    browser.post(next(f.get("action") for f in offered.all("form") if "unlog" in f.get("action")))

    assert session.scalars(select(Observation.support)).all() == [2]
    assert session.scalars(select(ContactReading)).all() == []
    assert session.scalars(select(Coverage)).all() == []
    assert session.scalar(select(Visit.held_on)) is None


def test_taking_a_log_back_keeps_a_tie_that_was_there_before(
    session, make, account, person, ada, browser_for
):
    make.coverage(ada, person, on=TODAY)
    visit, browser = planned(make, account, ada, person), browser_for(ada)
    browser.post(f"/visits/{visit.id}/log", {"held_on": TODAY})

    browser.post(f"/visits/{visit.id}/unlog")

    assert session.scalar(select(func.count()).select_from(Coverage)) == 1


def test_a_visit_cannot_have_been_held_tomorrow(make, account, ada, browser_for):
    visit = planned(make, account, ada)
    day = TODAY + timedelta(days=2)

    page = browser_for(ada).post(f"/visits/{visit.id}/log", {"held_on": day})

    assert page.status == 422
    assert "That day has not come yet." in page.text


def test_a_promise_kept_leaves_the_page_and_can_be_undone(session, make, account, ada, browser_for):
    visit = planned(make, account, ada, held_on=TODAY, next_step="Send references")
    browser = browser_for(ada)

    kept = browser.post(f"/visits/{visit.id}/step")
    page = browser.get(kept.headers["Location"])
    browser.post(f"/visits/{visit.id}/step?undone=1")

    assert "Send references" not in page.text
    assert session.scalar(select(Visit.next_step_done_on)) is None


def test_changing_a_visit_changes_whom_it_is_to(session, make, account, person, ada, browser_for):
    other = make.person(account, "Wu Ting")
    visit, browser = planned(make, account, ada, person), browser_for(ada)
    opened = browser.get(f"/visits/{visit.id}/edit")

    browser.post(
        f"/visits/{visit.id}/edit", form(people=[other.id], version=opened.field("version"))
    )

    assert session.scalars(select(VisitPerson.stakeholder_id)).all() == [other.id]


def test_an_archived_visit_leaves_the_lists_and_comes_back(make, account, ada, browser_for):
    visit, browser = planned(make, account, ada), browser_for(ada)

    browser.post(f"/visits/{visit.id}/archive")
    browser.get(f"/accounts/{account.id}/visits")
    gone = browser.get(f"/accounts/{account.id}/visits")
    browser.post(f"/visits/{visit.id}/restore")

    assert "Agree the tender" not in gone.text
    assert "Agree the tender" in browser.get(f"/accounts/{account.id}/visits").text


def test_the_week_shows_my_visits_and_those_i_go_along_on(
    make, account, ada, ben, cleo, browser_for
):
    along = planned(make, account, ben, purpose="Along")
    make.keep(VisitColleague(visit_id=along.id, user_id=ada.id))
    planned(make, account, ada, purpose="Mine")
    planned(make, account, ben, purpose="Of Ben alone")
    planned(make, make.account("Elsewhere", owner=cleo), cleo, purpose="Hidden")

    mine = browser_for(ada).get("/visits/")
    all_seen = browser_for(ada).get("/visits/?whose=team")

    assert [name in mine.text for name in ("Along", "Mine", "Of Ben alone")] == [True, True, False]
    assert "Of Ben alone" in all_seen.text
    assert "Hidden" not in all_seen.text


def test_visits_that_are_over_wait_to_be_logged(make, account, ada, browser_for):
    planned(make, account, ada, on=TODAY - timedelta(days=20), purpose="Long over")

    page = browser_for(ada).get("/visits/")

    assert "Long over" in page.text
    assert "to be logged" in page.text


@pytest.mark.parametrize(
    "address", ["/visits/?day=x&view=year&account=x", "/visits/?day=0001-01-01&whose=%00"]
)
def test_nonsense_in_an_address_is_never_a_fault(address, ada, browser_for):
    assert browser_for(ada).get(address).status == 200


def test_planning_begins_with_an_account_that_one_may_change(make, account, ada, ben, browser_for):
    link = f"/accounts/{account.id}/visits/add"

    assert link in browser_for(ada).get("/visits/add?q=first").links()
    assert link not in browser_for(ada).get("/visits/add?q=other").links()
    assert link not in browser_for(ben).get("/visits/add").links()


def test_a_director_may_plan_visits_for_those_they_lead(make, browser_for):
    director = make.user("Dong Fang", role="director")
    account = make.account(owner=make.user("Seller", manager_id=director.id))

    page = browser_for(director).get("/visits/add")

    assert f"/accounts/{account.id}/visits/add" in page.links()


@pytest.mark.parametrize("address", ["/visits/", "/accounts/{}/visits"])
def test_lists_ask_as_often_for_six_visits_as_for_three(
    address, make, account, person, ada, browser_for
):
    def some(count):
        for _number in range(count):
            planned(make, account, ada, person)
            planned(make, account, ada, person, on=TODAY - timedelta(1), held_on=TODAY)

    browser = browser_for(ada)
    some(3)
    browser.get(address.format(account.id))
    few = browser.selects
    some(3)

    browser.get(address.format(account.id))

    assert browser.selects == few <= 12


def test_recording_a_visit_is_one_call_for_imports(session, make, account, person, ada):
    visit = Visit(
        account_id=account.id, user_id=ada.id, on=TODAY, channel="call", purpose="Imported"
    )
    log = Log(date(2026, 3, 2), "Fine", "yes", support={person.id: 2})

    record_visit(session, visit, [person.id], log=log, at=NOW)
    session.commit()

    assert visit.held_on == date(2026, 3, 2)
    assert session.scalar(select(Observation.support)) == 2
    assert session.scalar(select(ContactReading.on)) == date(2026, 3, 2)


def test_planning_a_visit_to_a_person_goes_to_their_account_with_them_chosen(
    make, account, person, ada, cleo, browser_for
):
    address = f"/visits/add?person={person.id}"

    there = browser_for(ada).get(address).headers["Location"]
    chosen = [e for e in browser_for(ada).get(there).all("input") if e.get("checked") is not None]

    assert str(person.id) in [e.get("value") for e in chosen if e.get("name") == "people"]
    assert browser_for(cleo).get(address).status == 404
