"""The facts of a map as of any day, and what changes do to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from app.history import Change
from app.search import SearchKey
from app.stakeholders.changes import (
    add_stakeholder,
    archive,
    erase,
    restore,
)
from app.stakeholders.coverage_changes import cover, note_contact, uncover
from app.stakeholders.map_facts import TieFact
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.stakeholders.observation_changes import observe, take_back
from app.stakeholders.post_changes import come_back, leave
from app.stakeholders.role_changes import set_roles
from app.stakeholders.rules import Depth, Influence, Role, Support, TieKind
from app.stakeholders.tie_changes import add_tie, end_tie, report_to, resume_tie
from tests.factories import DAY

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = DAY + timedelta(days=30)


@pytest.fixture
def account(make, ada):
    return make.account(owner=ada)


def facts_on(session, account, day: date, opportunity_id: int | None = None):
    session.flush()
    return map_facts_of(session, account.id, day, opportunity_id)


def person_on(session, account, day: date, opportunity_id: int | None = None):
    return facts_on(session, account, day, opportunity_id).people[0]


def test_a_person_is_on_the_map_from_the_day_they_are_known(session, account):
    add_stakeholder(session, account.id, "Li Wei", on=DAY)

    before, since = (facts_on(session, account, day) for day in (DAY - timedelta(1), DAY))

    assert before.people == ()
    assert [one.name for one in since.people] == ["Li Wei"]


def test_the_newest_judgement_counts_and_the_past_stays_readable(session, account, make, ada):
    person = make.person(account)
    said = {"at": AT, "user_id": ada.id}
    observe(session, person, on=DAY, support=Support.OPPOSES, influence=Influence.STRONG, **said)
    observe(session, person, on=LATER, support=Support.SUPPORTS, **said)

    then, now = person_on(session, account, DAY), person_on(session, account, LATER)

    assert (then.support, then.support_on) == (Support.OPPOSES, DAY)
    assert (now.support, now.support_on) == (Support.SUPPORTS, LATER)
    assert now.influence is Influence.STRONG


def test_a_judgement_entered_late_counts_from_the_day_it_is_about(session, account, make, ada):
    person = make.person(account)
    observe(session, person, on=LATER, at=AT, user_id=ada.id, support=Support.SUPPORTS)
    observe(session, person, on=DAY, at=AT + timedelta(90), user_id=ada.id, support=-2)

    assert person_on(session, account, LATER).support is Support.SUPPORTS


def test_a_judgement_taken_back_was_never_made(session, account, make, ada):
    person = make.person(account)
    judged = observe(session, person, on=DAY, at=AT, user_id=ada.id, support=2)

    take_back(session, judged)

    assert person_on(session, account, DAY).support is None


def test_an_opportunity_inherits_the_account_unless_overridden(session, account, make, ada):
    person = make.person(account, roles=["decider"])
    deal, other = make.opportunity(account), make.opportunity(account)
    observe(session, person, on=DAY, at=AT, user_id=ada.id, support=1)
    observe(session, person, on=DAY, at=AT, user_id=ada.id, support=-1, opportunity_id=deal.id)
    observe(session, person, on=LATER, at=AT, user_id=ada.id, support=2)

    own, inherited = (person_on(session, account, LATER, one.id) for one in (deal, other))

    assert own.support is Support.SCEPTICAL
    assert inherited.support is Support.CHAMPIONS
    assert own.roles == inherited.roles == {Role.DECIDER}


def test_roles_on_an_opportunity_stand_in_place_of_the_accounts(session, account, make):
    person = make.person(account, roles=["decider"])
    deal = make.opportunity(account)

    set_roles(session, person, ["guide", "executor"], DAY, deal.id)

    assert person_on(session, account, DAY, deal.id).roles == {Role.GUIDE, Role.EXECUTOR}
    assert person_on(session, account, DAY).roles == {Role.DECIDER}


def test_no_role_on_an_opportunity_is_not_the_same_as_nothing_said(session, account, make):
    person = make.person(account, roles=["decider"])
    deal = make.opportunity(account)

    set_roles(session, person, [], DAY, deal.id)
    none = person_on(session, account, DAY, deal.id).roles
    before = set_roles(session, person, None, DAY, deal.id)

    assert none == frozenset()
    assert before == []
    assert person_on(session, account, DAY, deal.id).roles == {Role.DECIDER}


def test_a_role_laid_down_stays_in_the_past(session, account, make):
    person = make.person(account, roles=["decider", "guide"])

    before = set_roles(session, person, ["guide"], LATER)

    assert before == ["decider", "guide"]
    assert person_on(session, account, DAY).roles == {Role.DECIDER, Role.GUIDE}
    assert person_on(session, account, LATER).roles == {Role.GUIDE}


def test_a_role_taken_up_and_laid_down_within_the_day_was_never_held(session, account, make):
    person = make.person(account)
    set_roles(session, person, ["decider"], DAY)

    set_roles(session, person, [], DAY)
    session.flush()

    assert session.scalars(select(RoleHolding)).all() == []


def test_a_tie_without_direction_is_kept_lower_id_first_and_ends_on_its_day(session, account, make):
    one, other = make.person(account, "Li Wei"), make.person(account, "Wang Fang")
    tie = add_tie(session, account.id, TieFact(TieKind.ALLIED, other.id, one.id), DAY)

    end_tie(tie, LATER)
    held, ended = (facts_on(session, account, day).ties for day in (DAY, LATER))
    resume_tie(tie)

    assert held == (TieFact(TieKind.ALLIED, one.id, other.id),)
    assert ended == ()
    assert facts_on(session, account, LATER).ties == held


def test_reporting_to_another_ends_the_line_there_was(session, account, make):
    person, old, new = (make.person(account, name) for name in ("Li", "Wang", "Chen"))
    report_to(session, person, old.id, DAY)

    report_to(session, person, new.id, LATER)
    report_to(session, person, new.id, LATER)

    assert [tie.to_id for tie in facts_on(session, account, DAY).ties] == [old.id]
    assert [tie.to_id for tie in facts_on(session, account, LATER).ties] == [new.id]


def test_coverage_has_its_newest_depth_and_last_contact_as_of_the_day(session, account, make, ada):
    person = make.person(account)
    tie = cover(session, person, ada.id, DAY)
    note_contact(session, tie, DAY, AT, depth=Depth.MUTUAL)
    note_contact(session, tie, LATER, AT)
    note_contact(session, tie, LATER + timedelta(5), AT, depth=Depth.CLOSE, is_contact=False)

    [then] = facts_on(session, account, DAY).coverage
    [now] = facts_on(session, account, LATER).coverage
    [seen] = facts_on(session, account, LATER + timedelta(5)).coverage

    assert (then.depth, then.last_contact) == (Depth.MUTUAL, DAY)
    assert (now.depth, now.last_contact) == (Depth.MUTUAL, LATER)
    assert (seen.depth, seen.last_contact) == (Depth.CLOSE, LATER)
    assert now.colleague_name == "Ada Zhang"


def test_covering_twice_is_one_tie_and_a_contact_before_it_moves_its_start(
    session, account, make, ada
):
    person = make.person(account)
    first = cover(session, person, ada.id, LATER, wanted_depth=3)

    again = cover(session, person, ada.id, LATER, is_owner=True)
    note_contact(session, again, DAY, AT)
    uncover(again, LATER)

    assert first is again
    assert (again.since, again.until) == (DAY, LATER)
    assert (again.wanted_depth, again.is_owner) == (3, True)


def test_who_leaves_takes_roles_ties_and_coverage_along_and_may_come_back(
    session, account, make, ada
):
    person, other = make.person(account, roles=["decider"]), make.person(account, "Wang Fang")
    add_tie(session, account.id, TieFact(TieKind.INFLUENCES, other.id, person.id, 3), DAY)
    cover(session, person, ada.id, DAY)
    before = facts_on(session, account, LATER)

    leave(session, person, LATER)
    gone, past = (facts_on(session, account, day) for day in (LATER, LATER - timedelta(1)))
    come_back(session, person)

    assert [one.name for one in gone.people] == ["Wang Fang"]
    assert gone.ties == gone.coverage == ()
    assert past.people == before.people
    assert facts_on(session, account, LATER) == before


def test_coming_back_does_not_tie_to_one_who_left_meanwhile(session, account, make):
    person, other = make.person(account), make.person(account, "Wang Fang")
    add_tie(session, account.id, TieFact(TieKind.ALLIED, other.id, person.id), DAY)
    leave(session, person, LATER)
    leave(session, other, LATER)

    come_back(session, person)

    assert facts_on(session, account, LATER).ties == ()


def test_an_archived_person_is_on_no_map_until_restored(session, account, make):
    person = make.person(account)

    archive(person, AT)
    away = facts_on(session, account, DAY).people
    restore(person)

    assert away == ()
    assert len(facts_on(session, account, DAY).people) == 1


def test_erasing_leaves_neither_opinion_nor_history_nor_name(session, account, make, ada):
    person, other = make.person(account, roles=["decider"]), make.person(account, "Wang Fang")
    observe(session, person, on=DAY, at=AT, user_id=ada.id, support=-2, note="Bribed?")
    add_tie(session, account.id, TieFact(TieKind.ALLIED, other.id, person.id), DAY)
    note_contact(session, cover(session, person, ada.id, DAY), DAY, AT)
    session.commit()

    erase(session, person)
    session.commit()

    kept = session.scalars(select(Change)).all()
    assert {one.entity_id for one in kept if one.entity == "stakeholder"} == {other.id}
    assert not {one.entity for one in kept} & {"tie", "coverage", "role_holding"}
    assert [one.name for one in session.scalars(select(Stakeholder))] == ["Wang Fang"]
    assert session.scalars(select(Observation)).all() == []
    keys = session.scalars(select(SearchKey).where(SearchKey.kind == "stakeholder"))
    assert {one.entity_id for one in keys} == {other.id}


def test_the_facts_take_five_selects_whatever_the_size(session, account, make, ada):
    for number in range(6):
        person = make.person(account, f"Person {number}", roles=["guide"])
        make.observation(person, support=1, influence=2)
        make.coverage(ada, person)
    asked: list[str] = []
    note = lambda _c, _k, sql, *_r: asked.append(sql)  # noqa: E731
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)

    facts = map_facts_of(session, account.id, DAY)
    event.remove(engine, "before_cursor_execute", note)

    assert len(facts.people) == len(facts.coverage) == 6
    assert len([sql for sql in asked if "SELECT" in sql]) == 5
