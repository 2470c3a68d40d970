"""What holds on every map: order and names do not matter, knowing more never tells less."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.stakeholders.access_graph import US, Node, Side, theirs
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_report import all_answers, as_plain
from app.stakeholders.measures import measures
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import Depth, Influence, Role, Support, TieKind
from app.stakeholders.tie_problems import problems_adding_tie
from app.stakeholders.what_if import RemoveColleague, RemovePerson, changed_by
from tests.stakeholders.map_cast import DAY

COUNT = 7
IDS = st.integers(1, COUNT)
DAYS = st.integers(0, 800).map(lambda days: DAY - timedelta(days=days))
PEOPLE = st.tuples(
    *[
        st.builds(
            PersonFact,
            id=st.just(number),
            name=st.just(f"P{number}"),
            level=st.none() | st.integers(1, 4),
            is_placeholder=st.sampled_from([False, False, False, True]),
            roles=st.frozensets(st.sampled_from(Role), max_size=2),
            support=st.none() | st.sampled_from(Support),
            support_on=st.none() | DAYS,
            influence=st.none() | st.sampled_from(Influence),
        )
        for number in range(1, COUNT + 1)
    ]
)
TIES = st.lists(
    st.builds(TieFact, st.sampled_from(TieKind), IDS, IDS, st.integers(1, 3)), max_size=16
).map(tuple)
COVERAGE = st.lists(
    st.integers(1, 3).flatmap(
        lambda ours: st.builds(
            CoverageFact,
            colleague_id=st.just(ours),
            colleague_name=st.just(f"C{ours}"),
            person_id=IDS,
            depth=st.none() | st.sampled_from(Depth),
            last_contact=st.none() | DAYS,
        )
    ),
    max_size=5,
).map(tuple)
MAPS = st.builds(MapFacts, people=PEOPLE, ties=TIES, coverage=COVERAGE, on=st.just(DAY))
calm = settings(max_examples=30, deadline=None)


def reached(found: MapAnswers) -> list[int]:
    return [one for one, strength in found.access.strengths.items() if strength > 0]


@calm
@given(MAPS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(given_facts, random):
    turned = {
        name: tuple(random.sample(value, len(value)))
        for name in ("people", "ties", "coverage")
        for value in [getattr(given_facts, name)]
    }

    before = all_answers(answers(given_facts))
    after = all_answers(answers(replace(given_facts, **turned)))

    assert as_plain(before) == as_plain(after)


@calm
@given(MAPS)
def test_renaming_people_changes_only_the_names(given_facts):
    renamed = replace(
        given_facts,
        people=tuple(replace(one, name=f"%(x)s 王 <b>{one.id}") for one in given_facts.people),
    )

    before = str(as_plain(all_answers(answers(given_facts))))
    after = str(as_plain(all_answers(answers(renamed))))

    assert after.replace("%(x)s 王 <b>", "P") == before


@calm
@given(MAPS)
def test_renumbering_people_moves_no_figure(given_facts):
    """Which of two equal ways is shown may hang on the number; how strong it is may not."""
    number = {one: 100 - one for one in range(1, COUNT + 1)}
    renumbered = MapFacts(
        people=tuple(replace(one, id=number[one.id]) for one in given_facts.people),
        ties=tuple(
            replace(one, from_id=number[one.from_id], to_id=number[one.to_id])
            for one in given_facts.ties
        ),
        coverage=tuple(
            replace(one, person_id=number[one.person_id]) for one in given_facts.coverage
        ),
        on=DAY,
    )

    before, after = answers(given_facts), answers(renumbered)

    for one, other in number.items():
        assert after.access.strengths[other] == pytest.approx(before.access.strengths[one])
        assert after.sway.of(other).share == pytest.approx(before.sway.of(one).share)
        routes = before.access.independent_routes(one), after.access.independent_routes(other)
        assert routes[0].count == routes[1].count


@calm
@given(MAPS, st.sampled_from(list(TieKind)), IDS, IDS, st.integers(1, 3))
def test_a_usable_tie_never_takes_a_route_away(given_facts, kind, one, other, weight):
    assume(kind is not TieKind.AT_ODDS)
    tie = TieFact(kind, one, other, weight)
    before = answers(given_facts)
    assume(problems_adding_tie(tie, before.drawn) == [])

    after = answers(replace(given_facts, ties=(*given_facts.ties, tie)))

    for person_id in before.drawn.people:
        routes = before.access.independent_routes(person_id).count
        assert after.access.independent_routes(person_id).count >= routes
        assert after.access.strengths[person_id] >= before.access.strengths[person_id]


@calm
@given(MAPS, IDS, st.integers(1, 9))
def test_a_tie_of_ours_never_takes_a_route_away(given_facts, person_id, ours):
    before = answers(given_facts)
    tie = CoverageFact(ours, f"C{ours}", person_id, Depth.CLOSE, DAY)

    after = answers(replace(given_facts, coverage=(*given_facts.coverage, tie)))

    for one in before.drawn.people:
        routes = before.access.independent_routes(one).count
        assert after.access.independent_routes(one).count >= routes


@calm
@given(MAPS, IDS, st.sampled_from(Support))
def test_learning_where_somebody_stands_never_widens_the_lean(given_facts, person_id, support):
    people = tuple(
        replace(one, support=support, support_on=DAY) if one.id == person_id else one
        for one in given_facts.people
    )
    before = answers(given_facts).lean
    after = answers(replace(given_facts, people=people)).lean

    assert (before is None) == (after is None)
    if before and after:
        assert after.high - after.low <= before.high - before.low + 1e-12


@calm
@given(MAPS)
def test_a_lean_is_a_range_within_all_against_and_all_for(given_facts):
    lean = answers(given_facts).lean
    assume(lean is not None)

    assert -1 <= lean.low <= lean.known + 1e-12
    assert lean.known - 1e-12 <= lean.high <= 1
    assert lean.known_share <= 1 + 1e-12
    assert lean.high - lean.low == pytest.approx(2 * (1 - lean.known_share), abs=1e-9)


@calm
@given(MAPS)
def test_losing_somebody_we_depend_on_cuts_the_way_in(given_facts):
    before = answers(given_facts)

    for person_id in reached(before):
        for found in before.access.dependences(person_id):
            gone = RemovePerson if found.on.side is Side.THEIRS else RemoveColleague
            after = answers(changed_by(given_facts, gone(found.on.id)))
            assert after.access.strengths[person_id] == 0


@calm
@given(MAPS)
def test_losing_somebody_we_do_not_depend_on_leaves_a_way(given_facts):
    before = answers(given_facts)

    for person_id in reached(before):
        depended = {one.on for one in before.access.dependences(person_id)}
        for other in before.drawn.people:
            if other != person_id and theirs(other) not in depended:
                after = answers(changed_by(given_facts, RemovePerson(other)))
                assert after.access.strengths[person_id] > 0


def fewest_that_part(graph: nx.DiGraph, goal: Node) -> int:
    """By trying: the fewest people whose loss parts us from somebody."""
    between = [one for one in graph if one not in (US, goal)]
    for count in range(len(between) + 1):
        for gone in combinations(between, count):
            left = graph.subgraph([one for one in graph if one not in gone])
            if not nx.has_path(left, US, goal):
                return count
    raise AssertionError("a person is never tied to us but through one of ours")


@calm
@given(MAPS)
def test_there_are_as_many_routes_as_people_whose_loss_parts_us(given_facts):
    """Menger's theorem (1927), by brute force."""
    found = answers(given_facts)

    for person_id in found.drawn.people:
        routes = found.access.independent_routes(person_id)
        assert routes.count == fewest_that_part(found.access.graph, theirs(person_id))
        between = [node for route in routes.routes for node in route]
        assert len(between) == len(set(between))


@calm
@given(MAPS)
def test_sway_is_shared_out_whole(given_facts):
    shares = answers(given_facts).sway.shares

    assert sum(shares.values()) == pytest.approx(1 if shares else 0)
    assert all(share >= 0 for share in shares.values())


@calm
@given(MAPS)
def test_no_way_leads_through_somebody_who_cannot_bring_us(given_facts):
    found = answers(given_facts)

    for person_id in found.drawn.people:
        ways = found.access.ways_in(person_id)
        every = [ways.best, *ways.alternates] if ways.best else []
        strengths = [way.strength for way in every]
        assert strengths == sorted(strengths, reverse=True)
        assert len({way.introducer for way in every}) == len(every)
        for way in every:
            for step in way.steps[1:]:
                giver = found.drawn.people[step.giver.id]
                assert giver.support != Support.OPPOSES
                assert not giver.is_placeholder
                assert not found.drawn.are_at_odds(step.giver.id, step.taker.id)


@calm
@given(MAPS, st.sampled_from([None, *TieKind]))
def test_measures_agree_with_networkx(given_facts, layer):
    drawn = answers(given_facts).drawn
    found = measures(drawn, layer)
    graph = nx.DiGraph() if found.is_directed else nx.Graph()
    graph.add_nodes_from(drawn.people)
    graph.add_edges_from(drawn.pairs() if layer is None else drawn.layers[layer])

    between = nx.betweenness_centrality(graph)
    for one in found.people:
        assert one.betweenness == pytest.approx(between[one.person_id])
    if not found.is_directed:
        closeness, constraint = nx.closeness_centrality(graph), nx.constraint(graph)
        for one in found.people:
            assert one.closeness == pytest.approx(closeness[one.person_id])
            if one.constraint is not None:
                assert one.constraint == pytest.approx(constraint[one.person_id])


@calm
@given(MAPS)
def test_everything_can_be_said_of_every_map(given_facts):
    found = all_answers(answers(given_facts))

    assert found["findings"]
    assert as_plain(found)
