"""Maps too large to draw: those who weigh most are drawn, or one unit at a time."""

from __future__ import annotations

from datetime import date

import pytest

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_part import DRAWN_IN_PART, DRAWN_WHOLE, among, part_of, units
from app.stakeholders.rules import Role, Support, TieKind
from tests.factories import DAY

MANY = DRAWN_WHOLE + 1


def crowd(count: int, *known: PersonFact) -> MapFacts:
    """So many people, the known ones last."""
    rest = tuple(PersonFact(place, f"Person {place}") for place in range(1, count + 1 - len(known)))
    return MapFacts((*rest, *known), (), (), date(2026, 3, 2))


def test_a_map_of_a_thousand_is_drawn_whole():
    facts = crowd(DRAWN_WHOLE)

    assert part_of(facts) is facts


def test_beyond_a_thousand_deciders_roles_and_the_judged_come_first():
    chief = PersonFact(9001, "Chief", roles=frozenset({Role.DECIDER}))
    guide = PersonFact(9002, "Guide", roles=frozenset({Role.GUIDE}))
    judged = PersonFact(9003, "Judged", support=Support.OPPOSES)

    drawn = part_of(crowd(MANY, judged, guide, chief))

    assert len(drawn.people) == DRAWN_IN_PART
    assert {9001, 9002, 9003} <= {one.id for one in drawn.people}


def test_who_is_known_to_us_comes_before_who_is_only_tied():
    facts = crowd(MANY)
    covered = CoverageFact(1, "Ada", MANY)
    tie = TieFact(TieKind.INFLUENCES, MANY - 1, MANY - 2)
    facts = MapFacts(facts.people, (tie,), (covered,), facts.on)

    drawn = part_of(facts)

    assert {MANY, MANY - 1, MANY - 2} <= {one.id for one in drawn.people}
    assert drawn.ties == (tie,)
    assert drawn.coverage == (covered,)


def test_order_does_not_matter():
    facts = crowd(MANY)
    turned = MapFacts(facts.people[::-1], (), (), facts.on)

    assert {one.id for one in part_of(turned).people} == {one.id for one in part_of(facts).people}


def test_a_unit_alone_with_the_ties_inside_it():
    east = tuple(PersonFact(place, f"E{place}", unit="East") for place in (1, 2))
    west = (PersonFact(3, "W", unit="West"),)
    ties = (TieFact(TieKind.REPORTS_TO, 2, 1), TieFact(TieKind.REPORTS_TO, 3, 1))
    facts = MapFacts(west + east, ties, (), date(2026, 3, 2))

    drawn = part_of(facts, "East")

    assert units(facts) == ["East", "West"]
    assert {one.id for one in drawn.people} == {1, 2}
    assert drawn.ties == ties[:1]
    assert among(facts, set()).people == ()


@pytest.fixture
def hospital(make, ada):
    """Two sites with one person each."""
    account = make.account("First Hospital", owner=ada)
    make.person(account, "Li Wei", unit="East")
    make.person(account, "Wang Fang", unit="West")
    return account


def test_the_page_draws_the_unit_that_is_asked_for(hospital, ada, browser_for):
    page = browser_for(ada).get(f"/accounts/{hospital.id}/map?unit=East")

    assert "1 people" in page.text
    assert 'data-unit="West"' not in page.text


def test_an_unknown_unit_is_all_of_them(hospital, ada, browser_for):
    page = browser_for(ada).get(f"/accounts/{hospital.id}/map?unit=North")

    assert 'data-unit="West"' in page.text


def test_the_page_of_many_says_whom_it_draws(make, session, hospital, ada, browser_for):
    row = type(make.person(hospital, "Chief", roles=["decider"]))
    session.add_all(
        row(account_id=hospital.id, name=f"P{one}", known_on=DAY) for one in range(MANY)
    )
    session.commit()

    page = browser_for(ada).get(f"/accounts/{hospital.id}/map")

    assert f"Drawn are {DRAWN_IN_PART} of" in page.text
    assert "Chief" in page.text
