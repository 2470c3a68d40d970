"""The day of the last contact that is kept beside a person is what the readings tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from app.stakeholders.coverage_changes import cover, note_contact, uncover
from app.stakeholders.last_contact import last_touched, renew_all
from app.stakeholders.models import ContactReading, Stakeholder
from app.visits.models import VisitPerson
from tests.factories import DAY

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = DAY + timedelta(days=30)
LOGGED = {"commitment": "yes", "next_step": "Send the offer", "outcome": "They agree"}


@pytest.fixture
def account(make, ada):
    return make.account(owner=ada)


@pytest.fixture
def person(session, make, account):
    return make.person(account, "Li Wei")


def touched_on(session, person) -> date | None:
    """The day kept, which must be the one that the readings tell."""
    session.flush()
    kept, told = session.execute(
        select(Stakeholder.touched_on, last_touched()).where(Stakeholder.id == person.id)
    ).one()
    assert kept == told
    return kept


def test_somebody_whom_none_of_ours_knows_has_none(session, person):
    assert touched_on(session, person) is None


def test_until_the_first_contact_it_is_the_day_the_first_tie_began(session, person, ada, ben):
    cover(session, person, ada.id, LATER)
    cover(session, person, ben.id, DAY)

    assert touched_on(session, person) == DAY


def test_a_contact_of_any_of_ours_counts_and_a_judged_depth_alone_does_not(
    session, person, ada, ben
):
    own, other = cover(session, person, ada.id, DAY), cover(session, person, ben.id, DAY)

    note_contact(session, own, DAY, AT)
    note_contact(session, other, LATER, AT)
    note_contact(session, own, LATER + timedelta(days=9), AT, depth=2, is_contact=False)

    assert touched_on(session, person) == LATER


def test_it_outlives_the_tie(session, person, ada):
    tie = cover(session, person, ada.id, DAY)
    note_contact(session, tie, LATER, AT)

    uncover(tie, LATER)

    assert touched_on(session, person) == LATER


def test_a_contact_taken_back_leaves_the_one_before(session, person, ada):
    tie = cover(session, person, ada.id, DAY)
    note_contact(session, tie, DAY, AT)
    mistaken = note_contact(session, tie, LATER, AT)

    session.delete(mistaken)

    assert touched_on(session, person) == DAY


def test_a_visit_logged_sets_it_and_a_log_taken_back_unsets_it(
    session, make, account, person, ada, browser_for
):
    visit = make.visit(account, ada, on=DAY)
    make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))
    browser = browser_for(ada)

    browser.post(f"/visits/{visit.id}/log", {**LOGGED, "held_on": f"{DAY}"})
    logged = make.find(select(Stakeholder.touched_on).where(Stakeholder.id == person.id))
    browser.post(f"/visits/{visit.id}/unlog")

    assert logged == DAY
    assert touched_on(session, person) is None


def test_all_can_be_told_anew(session, person, ada):
    tie = cover(session, person, ada.id, DAY)
    reading = {"account_id": person.account_id, "coverage_id": tie.id, "on": LATER, "at": AT}
    session.connection().execute(insert(ContactReading), [{**reading, "is_contact": True}])

    renew_all(session.connection())

    assert touched_on(session, person) == LATER
