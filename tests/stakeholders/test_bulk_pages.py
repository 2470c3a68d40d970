"""The same act on several people of the list, and the way back."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder
from app.stakeholders.rules import Role, Support


@pytest.fixture
def hospital(make, ada, ben):
    """The id of an account with three people; Li Wei decides already."""
    account = make.account("First Hospital", owner=ada, reader=ben)
    make.person(account, "Li Wei", roles=["decider"], unit="East")
    make.person(account, "Wang Fang", unit="West")
    make.person(account, "Zhao Min")
    return make.again(account).id


@pytest.fixture
def act(hospital, session, ada, browser_for):
    """Do something to people by name, as Ada; gives the answer and the address that undoes it."""
    browser = browser_for(ada)

    def go(what: str, *names: str, **values):
        query = select(Stakeholder.id).where(Stakeholder.name.in_(names))
        ids = list(session.scalars(query))
        session.commit()
        sent = {f"to-{name}": value for name, value in {"what": what, **values}.items()}
        return browser.post(f"/accounts/{hospital}/people/bulk", {"id": ids, **sent})

    def back():
        page = browser.get(f"/accounts/{hospital}/people")
        found = re.search(r"/accounts/\d+/people/unbulk[^\"&]*(?:&amp;[^\"]*)?", page.text)
        assert found, page.text
        return browser.post(found[0].replace("&amp;", "&"))

    go.back = back
    return go


@pytest.fixture
def known(hospital, session):
    """What is believed today of each, by name."""

    def look():
        facts = map_facts_of(session, hospital, date.today())  # noqa: DTZ011 - as the page
        session.commit()
        return {one.name: one for one in facts.people}

    return look


def rows(session, query) -> list[tuple]:
    """What is there by now."""
    found = [tuple(row) for row in session.execute(query)]
    session.commit()
    return found


def test_a_role_is_given_to_several_and_taken_back(act, known):
    assert act("give", "Li Wei", "Wang Fang", role="guide").status == 303
    assert known()["Li Wei"].roles == {Role.DECIDER, Role.GUIDE}
    assert known()["Wang Fang"].roles == {Role.GUIDE}

    act.back()

    assert known()["Li Wei"].roles == {Role.DECIDER}
    assert known()["Wang Fang"].roles == frozenset()


def test_a_role_is_laid_down_by_several_and_held_again(act, known):
    act("take", "Li Wei", "Wang Fang", role="decider")
    assert known()["Li Wei"].roles == frozenset()

    act.back()

    assert known()["Li Wei"].roles == {Role.DECIDER}


def test_a_reading_of_support_is_noted_for_several_and_forgotten(act, known, make):
    act("judge", "Li Wei", "Zhao Min", support="0", confidence="guess")
    assert known()["Zhao Min"].support is Support.NEUTRAL
    assert known()["Wang Fang"].support is None

    act.back()

    assert make.find(select(func.count(Observation.id))) == 0


def test_a_unit_is_set_for_several_and_each_goes_back_to_its_own(act, known):
    act("unit", "Li Wei", "Wang Fang", unit="South")
    assert {known()[name].unit for name in ("Li Wei", "Wang Fang")} == {"South"}

    act.back()

    assert known()["Li Wei"].unit == "East"
    assert known()["Wang Fang"].unit == "West"


def test_the_tie_is_handed_to_a_colleague_and_back(act, make, ada, ben, session, hospital):
    li = make.find(select(Stakeholder).where(Stakeholder.name == "Li Wei"))
    make.coverage(ada, make.again(li), is_owner=True)
    owners = select(Coverage.user_id, Coverage.is_owner).order_by(Coverage.id)
    one, other = make.again(ada).id, make.again(ben).id

    act("owner", "Li Wei", "Zhao Min", colleague=other)
    assert rows(session, owners) == [(one, False), (other, True), (other, True)]
    act.back()

    assert rows(session, owners) == [(one, True)]


def test_several_are_archived_and_come_back(act, known):
    act("archive", "Li Wei", "Zhao Min")
    assert set(known()) == {"Wang Fang"}

    act.back()

    assert set(known()) == {"Li Wei", "Wang Fang", "Zhao Min"}


def test_what_was_changed_again_since_stays(act, known, make, session):
    act("unit", "Li Wei", "Wang Fang", unit="South")
    li = make.find(select(Stakeholder).where(Stakeholder.name == "Li Wei"))
    make.again(li).unit = "North"
    session.commit()

    act.back()

    assert known()["Li Wei"].unit == "North"
    assert known()["Wang Fang"].unit == "West"


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("give", {}),
        ("judge", {}),
        ("owner", {}),
        ("owner", {"colleague": "x"}),
        ("give", {"role": "king"}),
        ("fly", {}),
    ],
)
def test_an_act_without_its_value_is_refused(act, what, values):
    assert act(what, "Li Wei", **values).status == 422


def test_nobody_ticked_is_told(act):
    reply = act("archive")

    assert reply.status == 422
    assert "Tick the people first." in reply.text


def test_people_of_elsewhere_are_left_alone(act, make, ada, session):
    other = make.person(make.account("Second Hospital", owner=ada), "Sun Li")

    act("archive", "Li Wei", "Sun Li")

    assert make.again(other).archived_at is None


def test_a_reader_sees_no_ticks_and_may_not(hospital, ben, browser_for):
    browser = browser_for(ben)

    assert 'name="id"' not in browser.get(f"/accounts/{hospital}/people").text
    assert browser.post(f"/accounts/{hospital}/people/bulk").status == 403


def test_what_may_be_done_comes_at_the_first_tick(hospital, ada, ben, browser_for):
    browser = browser_for(ada)
    page = browser.get(f"/accounts/{hospital}/people")

    part = browser.get(f"/accounts/{hospital}/people/bulk")

    assert f'hx-get="/accounts/{hospital}/people/bulk"' in page.text
    assert 'name="to-what"' not in page.text
    assert {"give", "take", "judge", "owner", "unit", "archive"} == {
        button.get("value") for button in part.all("button")
    }
    assert browser_for(ben).get(f"/accounts/{hospital}/people/bulk").status == 403


def test_somebody_elses_changes_are_not_undone_with_mine(act, hospital, make, boss, browser_for):
    account = make.find(select(Account).where(Account.id == hospital))
    make.member(make.again(account), make.again(boss))
    act("unit", "Li Wei", unit="South")

    browser_for(boss).post(f"/accounts/{hospital}/people/unbulk?first=1&last=999999")

    units = make.find(select(Stakeholder.unit).where(Stakeholder.name == "Li Wei"))
    assert units == "South"
    assert make.find(select(func.count(RoleHolding.id))) == 1
