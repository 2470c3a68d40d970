"""The portfolio's maps: what each comes to, looked through beside the requests, page by page."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from app.db import now
from app.leases import Lease, give_back, how_far, take
from app.stakeholders import portfolio_jobs
from app.stakeholders.kept_models import MapSummary
from app.stakeholders.map_standing import standing_of
from app.stakeholders.portfolio import Standing, need, need_parts
from app.stakeholders.portfolio_jobs import refresh
from app.stakeholders.portfolio_queries import LEASE, accounts_due, fingerprints
from app.stakeholders.power_map import answers
from app.stakeholders.reason_store import kept, reason_from
from app.stakeholders.rules import Role, Support
from app.vocabulary import Reason
from tests.factories import DAY
from tests.stakeholders.map_cast import covers, decider, facts, person

ALL_WELL = Standing(9, 2, 2, (), 0, 1.0, 1.0, 1.0)
NOTHING_KNOWN = Standing(0, 0, 0, tuple(Role), 9, None, None, None)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben)


@pytest.fixture
def engine(app):
    return app.extensions["engine"]


def summary(session, account):
    session.expire_all()
    found = session.get(MapSummary, account.id)
    session.commit()
    return found


def test_need_runs_from_all_is_well_to_nothing_is_known():
    assert need(ALL_WELL) == 0
    assert need(NOTHING_KNOWN) == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "worth"),
    [
        (Standing(9, 2, 1, (), 0, 1.0, 1.0, 1.0), 0.4 / 2),
        (Standing(9, 2, 2, (), 0, -1.0, 0.0, 1.0), 0.3),
        (Standing(9, 2, 2, (Role.GUIDE, Role.BLOCKER), 0, 1.0, 1.0, 1.0), 0.2 * 2 / 6),
        (Standing(9, 2, 2, (), 2, 1.0, 1.0, 1.0), 0.1 * 2 / 5),
    ],
)
def test_each_side_of_a_map_adds_its_part_by_hand(found, worth):
    assert need(found) == pytest.approx(worth)
    assert need_parts(found)[0].worth == pytest.approx(worth)


def test_a_map_in_figures_counts_deciders_with_a_way_in_and_not_those_sought():
    one = decider(1, support=Support.SUPPORTS, support_on=DAY)
    map_of = facts(one, decider(2), decider(3, is_placeholder=True), person(4), covers(9, 1))

    found, said = standing_of(answers(map_of))

    assert (found.people, found.deciders, found.reached, found.single_ties) == (4, 2, 1, 1)
    assert set(found.missing) == set(Role) - {Role.DECIDER}
    assert said is not None


def test_a_reason_is_kept_as_json_and_said_again_in_any_language():
    inner = Reason("%(role)s", {"role": Role.GUIDE})
    whole = Reason("%(why)s %(s)s %(d)s %(n)s", {"why": inner, "s": Support(-2), "d": DAY, "n": 3})

    again = reason_from(kept(whole))

    assert again.values == whole.values and again.message == whole.message
    assert isinstance(again.values["s"], Support)


def test_every_map_is_looked_through_once_and_then_only_what_changed(
    make, account, ada, session, engine
):
    chief = make.person(account, "Wang Fang", roles=["decider"])
    other = make.account("Second Hospital")

    first = refresh(engine)
    again = refresh(engine)
    make.coverage(ada, chief)
    changed = refresh(engine)

    assert (first, again, changed) == (2, 0, 1)
    assert (summary(session, account).deciders, summary(session, account).reached) == (1, 1)
    assert summary(session, other).finding["act"] == "find_person"


def test_every_kind_of_change_is_noticed(make, account, ada, session):
    """Each act gives another mark; nothing in between gives the same."""
    one, other = make.person(account), make.person(account, "Wang Fang")
    seen = []

    def mark() -> None:
        seen.append(fingerprints(session)[account.id])
        session.commit()

    mark()
    holding = make.role(one, "guide")
    mark()
    holding.until = DAY
    make.keep(holding)
    mark()
    judged = make.observation(one, support=1)
    mark()
    session.delete(judged)
    session.commit()
    mark()
    make.tie("influences", one, other)
    mark()
    make.coverage(ada, one)
    mark()
    one.title = "Buyer"
    make.keep(one)
    mark()
    one.archived_at = now()
    make.keep(one)
    mark()

    assert all(before != after for before, after in pairwise(seen))
    assert fingerprints(session)[account.id] == seen[-1]


def test_maps_have_their_turn_again_the_next_day_those_changed_first(
    make, account, session, engine
):
    other = make.account("Second Hospital")
    refresh(engine)
    make.person(other)
    tomorrow = now().date() + timedelta(days=1)

    due = accounts_due(session, tomorrow)

    assert list(due) == [other.id, account.id]


def test_only_one_worker_is_at_it_and_a_dead_ones_lease_runs_out(make, account, session, engine):
    assert take(engine, LEASE)
    held = refresh(engine)
    progress = how_far(session, LEASE)
    session.commit()
    past = now() - timedelta(seconds=1)
    with engine.begin() as connection:
        connection.execute(update(Lease).values(held_until=past))

    taken_over = refresh(engine)

    assert (held, progress, taken_over) == (0, (0, 0), 1)
    assert how_far(session, LEASE) is None


def test_a_lease_given_back_is_free(engine):
    assert take(engine, "anything")
    assert not take(engine, "anything")

    give_back(engine, "anything")

    assert take(engine, "anything")


def test_erasing_a_person_takes_the_summary_along(make, account, ada, session, engine, browser_for):
    person = make.person(account, "Wang Fang", roles=["decider"])
    refresh(engine)

    browser_for(ada).post(f"/people/{person.id}/erase")

    assert session.scalar(select(MapSummary)) is None


def test_the_page_shows_maps_by_need_with_their_reasons_and_only_those_one_may_see(
    make, account, ada, cleo, engine, browser_for
):
    well = make.account("Well-known Clinic", owner=ada)
    chief = make.person(well, "Wang Fang", roles=["decider"])
    make.observation(chief, support=2)
    make.coverage(ada, chief)
    make.account("Elsewhere", owner=cleo)
    refresh(engine)

    page = browser_for(ada).get("/maps")

    names = [head for head in page.words("th") if "person" in head or "people" in head]
    assert [name.split(" ")[0] for name in names] == ["First", "Well-known"]
    assert "Nobody at this account is known yet" in page.text
    assert "Nobody is known to decide" in page.text
    assert "Elsewhere" not in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lack=decider", ["First"]),
        ("lack=way", ["First", "Well-known"]),
        ("lack=single", []),
        ("q=well", ["Well-known"]),
        ("sort=-name", ["Well-known", "First"]),
        ("sort=lean", ["First", "Well-known"]),
        ("sort=nonsense&lack=nonsense", ["First", "Well-known"]),
    ],
)
def test_maps_are_filtered_and_sorted(asked, found, make, account, ada, engine, browser_for):
    known = make.account("Well-known Clinic", owner=ada)
    make.person(known, "Wang Fang", roles=["decider"])
    refresh(engine)

    page = browser_for(ada).get(f"/maps?{asked}")

    names = [head for head in page.words("th") if "person" in head or "people" in head]
    assert [name.split(" ")[0] for name in names] == found


def test_the_page_asks_as_often_for_six_maps_as_for_three(make, ada, engine, browser_for):
    def add(count: int) -> None:
        for number in range(count):
            make.person(make.account(f"Hospital {number}", owner=ada), roles=["decider"])
        refresh(engine)

    add(3)
    few = browser_for(ada)
    few.get("/maps")
    add(3)

    many = browser_for(ada)
    many.get("/maps")

    assert few.selects == many.selects <= 9


def test_before_the_first_look_the_page_says_what_to_do(account, ada, browser_for):
    page = browser_for(ada).get("/maps")

    assert "No map has been looked through yet" in page.text
    assert "1 account has not been looked through yet" in page.text


@pytest.mark.parametrize("count", [2, 25])
def test_looking_again_is_done_at_once_for_a_few_and_beside_the_request_for_many(
    count, make, ada, session, browser_for, monkeypatch
):
    begun = []
    monkeypatch.setattr(portfolio_jobs.threading, "Thread", lambda **given: Later(begun, given))
    for number in range(count):
        make.account(f"Hospital {number}", owner=ada)

    answer = browser_for(ada).post("/maps/refresh")

    done = len(session.scalars(select(MapSummary.account_id)).all())
    assert answer.status == 303
    assert (done, len(begun)) == ((count, 0) if count <= portfolio_jobs.FEW else (0, 1))


class Later:
    """A thread that only notes that it was begun."""

    def __init__(self, begun, given):
        self.start = lambda: begun.append(given["target"])
