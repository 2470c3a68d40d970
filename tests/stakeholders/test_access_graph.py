"""Strengths of the access graph: the product's table, halving, readiness."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.stakeholders.access_graph import US, access_graph, ours, strength_between, theirs
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, Support
from tests.stakeholders.map_cast import (
    DAY,
    allied,
    at_odds,
    covers,
    drawn,
    influences,
    people,
    person,
    reports,
)

READY = {"support": Support.CHAMPIONS}


def between(giver, taker, *given) -> float:
    return strength_between(access_graph(drawn(*given), MapSettings()), giver, taker)


@pytest.mark.parametrize(
    ("depth", "strength"),
    [
        (Depth.NODDING, 0.2),
        (Depth.MUTUAL, 0.5),
        (Depth.HARDSHIP, 0.8),
        (Depth.CLOSE, 0.95),
        (Depth.NONE, 0.0),
        (None, 0.2),
    ],
)
def test_our_tie_is_as_strong_as_it_is_deep(depth, strength):
    assert between(ours(7), theirs(1), person(1), covers(7, 1, depth)) == strength


def test_we_start_from_every_colleague_who_knows_someone():
    assert between(US, ours(7), person(1), covers(7, 1)) == 1
    assert between(US, ours(7), person(1), covers(7, 1, Depth.NONE)) == 0


@pytest.mark.parametrize(
    ("days", "left"),
    [(-5, 1.0), (0, 1.0), (90, 0.5**0.5), (180, 0.5), (360, 0.25), (361, 0.25), (3000, 0.25)],
)
def test_our_tie_halves_for_each_half_year_down_to_a_quarter(days, left):
    seen = covers(7, 1, Depth.HARDSHIP, DAY - timedelta(days=days))

    assert between(ours(7), theirs(1), person(1), seen) == pytest.approx(0.8 * left)


def test_a_tie_without_contact_on_record_stands_at_the_floor():
    assert between(ours(7), theirs(1), person(1), covers(7, 1, Depth.HARDSHIP, None)) == 0.2


@pytest.mark.parametrize(("weight", "strength"), [(1, 0.4), (2, 0.65), (3, 0.9)])
def test_influence_brings_us_the_way_it_points(weight, strength):
    given = [*people(2, **READY), influences(1, 2, weight)]

    assert between(theirs(1), theirs(2), *given) == strength
    assert between(theirs(2), theirs(1), *given) == 0


def test_allies_bring_us_both_ways():
    given = [*people(2, **READY), allied(1, 2)]

    assert between(theirs(1), theirs(2), *given) == between(theirs(2), theirs(1), *given) == 0.8


def test_reporting_lines_bring_us_down_more_easily_than_up():
    given = [*people(2, **READY), reports(1, 2)]

    assert between(theirs(1), theirs(2), *given) == 0.5
    assert between(theirs(2), theirs(1), *given) == 0.7


@pytest.mark.parametrize(
    ("support", "readiness"),
    [
        (Support.OPPOSES, 0.0),
        (Support.SCEPTICAL, 0.3),
        (Support.NEUTRAL, 0.6),
        (None, 0.4),
        (Support.SUPPORTS, 0.9),
        (Support.CHAMPIONS, 1.0),
    ],
)
def test_a_step_out_of_somebody_counts_by_their_readiness(support, readiness):
    given = [person(1, support=support), person(2, support=Support.OPPOSES), allied(1, 2)]

    assert between(theirs(1), theirs(2), *given) == pytest.approx(0.8 * readiness)


def test_a_step_out_of_ours_counts_in_full_whoever_it_leads_to():
    assert between(ours(7), theirs(1), person(1, support=Support.OPPOSES), covers(7, 1)) == 0.95


def test_nobody_is_introduced_by_a_placeholder():
    given = [person(1, is_placeholder=True, **READY), person(2), allied(1, 2)]

    assert between(theirs(1), theirs(2), *given) == 0


def test_a_pair_at_odds_has_no_edge_whatever_else_ties_them():
    given = [*people(2, **READY), at_odds(2, 1), allied(1, 2), reports(1, 2), influences(1, 2, 3)]

    assert between(theirs(1), theirs(2), *given) == between(theirs(2), theirs(1), *given) == 0


def test_of_several_ties_the_strongest_counts():
    given = [*people(2, **READY), reports(1, 2), allied(1, 2), influences(1, 2, 2)]

    assert between(theirs(1), theirs(2), *given) == 0.8


def test_of_two_records_of_one_tie_of_ours_the_deeper_counts():
    given = [person(1), covers(7, 1, Depth.NODDING), covers(7, 1, Depth.MUTUAL)]

    assert between(ours(7), theirs(1), *given) == 0.5


def test_a_colleague_and_a_customer_of_the_same_number_stay_apart():
    given = [person(1), person(2), covers(2, 1), allied(1, 2)]

    assert between(ours(2), theirs(1), *given) == 0.95
    assert between(theirs(2), theirs(1), *given) == pytest.approx(0.8 * 0.4)


def test_coverage_of_nobody_on_the_map_is_passed_over():
    graph = access_graph(drawn(person(1), covers(7, 99)), MapSettings())

    assert set(graph) == {US, theirs(1)}
