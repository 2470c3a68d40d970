"""People change: what it breaks is shown, tasks are made, and the post is kept in history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import now
from app.plans.models import Action
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import FormerPost, RoleHolding, Stakeholder, Tie

TODAY = now().date()


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def chief(make, account):
    return make.person(account, "Wang Fang", title="President", roles=["decider"])


@pytest.fixture
def buyer(make, account, chief, ada):
    """The buyer is our one way in to the president."""
    person = make.person(account, "Li Wei", title="Buyer", department="Purchasing", roles=["guide"])
    make.tie("reports_to", person, chief)
    make.tie("influences", person, chief, 3)
    make.coverage(ada, person, 3)
    return person


def open_tasks(session, person):
    wanted = select(Action).where(Action.stakeholder_id == person.id, Action.archived_at.is_(None))
    return session.scalars(wanted.order_by(Action.due_on, Action.id)).all()


def test_what_a_leaving_breaks_is_shown_with_the_tasks_it_makes(buyer, ada, browser_for):
    page = browser_for(ada).get(f"/people/{buyer.id}/leave")

    assert "Way in to Wang Fang: strength from" in page.text
    assert "Find a new way in to Wang Fang" in page.text
    assert "Find out who takes over from Li Wei: Buyer" in page.text
    ticks = [box for box in page.all("input") if box.get("name") == "tasks"]
    assert ticks and all("checked" in box.attrib for box in ticks)


def test_tasks_ticked_are_made_as_actions_of_the_plan_and_undone_with_the_leaving(
    make, account, buyer, ada, session, browser_for
):
    year = date(TODAY.year, 1, 1)
    plan = make.plan(account, starts_on=year, ends_on=date(TODAY.year, 12, 31))
    browser = browser_for(ada)
    form = {"on": f"{TODAY}", "tasks": ["heir", "role-guide"], "owner": ada.id}

    left = browser.post(f"/people/{buyer.id}/leave", form)

    made = open_tasks(session, buyer)
    assert left.status == 303
    assert [task.title for task in made] == [
        "Find out who takes over from Li Wei: Buyer",
        "Find out who has this role now: Guide",
    ]
    assert {(task.plan_id, task.owner_id) for task in made} == {(plan.id, ada.id)}
    assert made[0].due_on == TODAY + timedelta(days=14)
    session.commit()
    page = browser.get(f"/people/{buyer.id}")
    assert "2 tasks are made." in page.text and made[0].title in page.text
    undo = next(
        form.get("action") for form in page.all("form") if "/undo" in form.get("action", "")
    )
    browser.post(undo)
    session.expire_all()
    assert open_tasks(session, buyer) == []
    assert session.get(Stakeholder, buyer.id).left_on is None
    assert session.scalar(select(FormerPost)) is None


def test_a_successor_takes_the_lines_and_the_post_is_kept_in_history(
    buyer, chief, ada, session, browser_for
):
    browser = browser_for(ada)
    form = {"on": f"{TODAY}", "successor": "Sun Li", "tasks": ["heir"], "owner": ada.id}

    browser.post(f"/people/{buyer.id}/leave", form)

    heir = session.scalar(select(Stakeholder).where(Stakeholder.name == "Sun Li"))
    line = session.scalar(select(Tie).where(Tie.kind == "reports_to", Tie.until.is_(None)))
    assert (heir.title, heir.department) == ("Buyer", "Purchasing")
    assert (line.from_id, line.to_id) == (heir.id, chief.id)
    assert [task.title for task in open_tasks(session, heir)] == [
        "Find out what part Sun Li has in decisions",
        "See Sun Li before others do",
    ]
    session.commit()
    assert "Li Wei" in browser.get(f"/people/{heir.id}").text
    assert "Sun Li" in browser.get(f"/people/{buyer.id}").text


def test_a_move_ends_roles_and_lines_and_the_past_keeps_the_old_title(
    make, account, buyer, ada, session, browser_for
):
    browser = browser_for(ada)
    form = {"on": f"{TODAY}", "title": "Head of logistics", "department": "Logistics", "manager": 0}

    browser.post(f"/people/{buyer.id}/move", {**form, "owner": ada.id, "tasks": ["part"]})

    moved = make.again(buyer)
    before = map_facts_of(session, account.id, TODAY - timedelta(days=1)).people
    after = map_facts_of(session, account.id, TODAY).people
    assert (moved.title, moved.since) == ("Head of logistics", TODAY)
    assert {one.name: one.title for one in before}["Li Wei"] == "Buyer"
    assert {one.name: one.title for one in after}["Li Wei"] == "Head of logistics"
    held = select(RoleHolding).where(RoleHolding.until.is_(None))
    assert [one.role for one in session.scalars(held)] == ["decider"]
    ties = session.scalars(select(Tie.kind).where(Tie.until.is_(None)))
    assert list(ties) == ["influences"]


def test_a_move_undone_brings_back_post_roles_and_lines(buyer, ada, session, browser_for):
    browser = browser_for(ada)
    form = {"on": f"{TODAY}", "title": "Head of logistics", "manager": 0, "owner": ada.id}
    browser.post(f"/people/{buyer.id}/move", {**form, "is_placeholder": "y", "tasks": ["heir"]})

    browser.post(f"/people/{buyer.id}/move/undo")

    session.expire_all()
    back = session.get(Stakeholder, buyer.id)
    heir = session.scalar(select(Stakeholder).where(Stakeholder.is_placeholder))
    line = session.scalar(select(Tie).where(Tie.kind == "reports_to", Tie.until.is_(None)))
    assert (back.title, back.department, back.since) == ("Buyer", "Purchasing", None)
    assert heir.archived_at is not None
    assert line.from_id == buyer.id
    held = select(RoleHolding.role).where(RoleHolding.until.is_(None))
    assert set(session.scalars(held)) == {"decider", "guide"}


def test_a_move_without_a_title_is_refused_and_what_was_typed_is_kept(buyer, ada, browser_for):
    page = browser_for(ada).post(
        f"/people/{buyer.id}/move",
        {"on": f"{TODAY}", "department": "Logistics", "owner": ada.id, "tasks": ["part"]},
    )

    assert page.status == 422
    assert "Say what they are now." in page.text
    assert page.field("department") == "Logistics"


def test_somebody_new_is_offered_the_tasks_and_gets_them(make, account, ada, session, browser_for):
    person = make.person(account, "Sun Li", since=TODAY)
    browser = browser_for(ada)

    offered = browser.get(f"/people/{person.id}")
    browser.post(f"/people/{person.id}/arrive", {"tasks": ["see"], "owner": ada.id})

    assert f"/people/{person.id}/arrive" in offered.text
    assert [task.title for task in open_tasks(session, person)] == ["See Sun Li before others do"]


def test_erasing_somebody_takes_the_tasks_about_them_along(buyer, ada, session, browser_for):
    browser = browser_for(ada)
    browser.post(
        f"/people/{buyer.id}/leave", {"on": f"{TODAY}", "tasks": ["heir"], "owner": ada.id}
    )

    browser.post(f"/people/{buyer.id}/erase")

    assert session.scalars(select(Action.title)).all() == []
    assert session.scalars(select(FormerPost.id)).all() == []
