"""Groups that go together."""

from __future__ import annotations

import pytest

from app.stakeholders.power_map import answers
from app.stakeholders.rules import TieKind
from tests.stakeholders.map_cast import (
    allied,
    at_odds,
    covers,
    decider,
    facts,
    influences,
    people,
    person,
    reports,
)
from tests.stakeholders.networks import lazega


def groups(*given):
    return answers(facts(*given)).groups


def clique(*members: int):
    return [allied(one, other) for one in members for other in members if one < other]


TWO_CLIQUES = [*clique(1, 2, 3, 4), *clique(5, 6, 7), reports(4, 5)]


def test_two_cliques_with_one_bridge_are_two_groups():
    found = groups(*people(8), *TWO_CLIQUES)

    assert [one.members for one in found.groups] == [(1, 2, 3, 4), (5, 6, 7)]
    assert found.modularity == pytest.approx(0.4125, abs=0.001)
    assert str(found.reason).startswith("Groups: 2")


def test_a_group_tells_who_leads_it_and_whom_we_know():
    found = groups(
        *people(4),
        person(6),
        person(7),
        decider(5),
        *TWO_CLIQUES,
        influences(7, 5, 3),
        covers(9, 6),
    ).groups[1]

    assert found.leading == 5
    assert found.deciders == (5,)
    assert found.covered == (6,)
    assert found.sway == pytest.approx(1)
    assert str(found.reason) == "The group round P5: people 3, known to us 1"


def test_without_sway_the_most_tied_leads():
    assert [one.leading for one in groups(*people(8), *TWO_CLIQUES).groups] == [4, 5]


def test_people_at_odds_do_not_bind():
    torn = [at_odds(4, 5)]

    assert [one.members for one in groups(*people(7), *TWO_CLIQUES, *torn).groups] == [
        (1, 2, 3, 4),
        (5, 6, 7),
    ]
    assert groups(*people(5), *[at_odds(one, 5) for one in range(1, 5)]).groups == ()


def test_too_few_tied_people_are_no_groups():
    found = groups(*people(9), *clique(1, 2), *clique(3, 4))

    assert found.groups == ()
    assert str(found.reason) == "Too few ties are known to tell groups apart"


def test_one_clique_does_not_part():
    found = groups(*people(6), *clique(1, 2, 3, 4, 5, 6))

    assert found.groups == ()
    assert str(found.reason) == "The ties do not part into groups: modularity 0.0"


def test_the_lawyers_part_by_office():
    """Lazega (2001): co-work in the firm runs along its offices."""
    firm = lazega("cowork", TieKind.INFLUENCES)
    office = {one.id: one.department for one in firm.people.values()}

    found = answers(
        facts(
            *firm.people.values(),
            *[influences(one, other) for one, other in firm.layers[TieKind.INFLUENCES]],
        )
    ).groups

    second = next(one for one in found.groups if office[one.leading] == "Office 2")
    in_office = sum(office[one] == "Office 2" for one in second.members)
    assert in_office / len(second.members) > 0.7
