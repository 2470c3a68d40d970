"""Sway: Friedkin and Johnsen's model by hand for two to four people, and by the inverse."""

from __future__ import annotations

import numpy as np
import pytest

from app.stakeholders.map_settings import MapSettings
from app.stakeholders.sway import Sway, influence_weights
from tests.stakeholders.map_cast import decider, drawn, influences, people, person, reports


def shares(*given, alpha: float = 0.5) -> dict[int, float]:
    return Sway(drawn(*given), MapSettings(alpha=alpha)).shares


def test_influence_counts_by_its_weight():
    weights = influence_weights(drawn(*people(3), influences(1, 3, 3), influences(2, 3, 1)))

    assert weights[3] == {1: 0.75, 2: 0.25}


def test_someone_nobody_influences_listens_to_their_manager():
    weights = influence_weights(drawn(*people(3), reports(1, 2), reports(3, 2), influences(1, 3)))

    assert weights == {1: {2: 1.0}, 2: {2: 1.0}, 3: {1: 1.0}}


def test_two_managers_in_the_data_are_listened_to_alike():
    weights = influence_weights(drawn(*people(3), reports(1, 2), reports(1, 3)))

    assert weights[1] == {2: 0.5, 3: 0.5}


def test_someone_with_neither_keeps_their_own_view():
    assert shares(decider(1), person(2)) == pytest.approx({1: 1.0, 2: 0.0})


def test_two_people_one_of_whom_listens():
    """By hand: x1 = ½·x2 + ½·s1 and x2 = s2."""
    assert shares(decider(1), person(2), influences(2, 1)) == pytest.approx({1: 0.5, 2: 0.5})


def test_two_people_who_listen_to_each_other():
    """By hand: x1 = ½·x2 + ½·s1 and x2 = ½·x1 + ½·s2 give x1 = ⅔·s1 + ⅓·s2."""
    found = shares(decider(1), person(2), influences(2, 1), influences(1, 2))

    assert found == pytest.approx({1: 2 / 3, 2: 1 / 3})


def test_three_people_in_a_reporting_line():
    """By hand: x3 = s3, x2 = ½·x3 + ½·s2, x1 = ½·x2 + ½·s1."""
    found = shares(decider(1), person(2), person(3), reports(1, 2), reports(2, 3))

    assert found == pytest.approx({1: 0.5, 2: 0.25, 3: 0.25})


def test_four_people_with_weights_and_a_manager():
    """By hand: x1 = ½(¾·x2 + ¼·x3) + ½·s1, x2 = ½·x4 + ½·s2, x3 = s3, x4 = s4."""
    found = shares(
        decider(1), *people(4)[1:], influences(2, 1, 3), influences(3, 1, 1), reports(2, 4)
    )

    assert found == pytest.approx({1: 0.5, 2: 0.1875, 3: 0.125, 4: 0.1875})


def test_a_decider_who_holds_more_to_their_own_view_is_swayed_less():
    """By hand, α = 0.2: x1 = 0.2·x2 + 0.8·s1."""
    found = shares(decider(1), person(2), influences(2, 1), alpha=0.2)

    assert found == pytest.approx({1: 0.8, 2: 0.2})


def test_sway_is_the_mean_over_the_deciders():
    found = shares(decider(1), decider(2), person(3), influences(3, 1))

    assert found == pytest.approx({1: 0.25, 2: 0.5, 3: 0.25})


def test_without_a_decider_nobody_sways():
    sway = Sway(drawn(person(1), person(2), influences(1, 2)), MapSettings())

    assert sway.shares == {}
    assert sway.of(1).share == 0
    assert sway.of(1).reasons == ()


def test_an_empty_map_has_no_sway():
    assert shares() == {}


def test_the_series_is_the_inverse_written_out():
    """V = (1 − α)(I − αW)⁻¹, here by numpy's inverse on a map with loops and self-holders."""
    ties = [
        influences(a, b, 1 + (a * b) % 3) for a in range(1, 13) for b in (a * 5 % 13, a * 7 % 13)
    ]
    given = drawn(*[decider(one) for one in (2, 5)], *people(12), *ties, reports(1, 2))
    sway = Sway(given, MapSettings(alpha=0.85))
    w = np.array([[sway.weights[row].get(col, 0) for col in given.people] for row in given.people])
    v = 0.15 * np.linalg.inv(np.eye(len(w)) - 0.85 * w)

    parts, swayed = sway.parts_of_each([3, 7]), sway.swayed_by_each([3, 7])

    assert [*parts[0].values()] == pytest.approx(v[2])
    assert [*parts[1].values()] == pytest.approx(v[6])
    assert [*swayed[0].values()] == pytest.approx(v[:, 2])
    assert [*swayed[1].values()] == pytest.approx(v[:, 6])


@pytest.mark.parametrize("alpha", [1.0, -0.1, 2])
def test_an_alpha_that_never_settles_is_refused(alpha):
    with pytest.raises(ValueError, match="alpha"):
        shares(decider(1), alpha=alpha)


def test_with_no_influence_at_all_deciders_keep_their_first_view():
    assert shares(decider(1), person(2), influences(2, 1), alpha=0.0) == {1: 1.0, 2: 0.0}


def test_sway_is_told_in_per_cent():
    sway = Sway(drawn(decider(1), person(2), influences(2, 1)), MapSettings())

    assert [str(reason) for reason in sway.of(2).reasons] == [
        "50 % of what the deciders settle on stems from P2",
        "P2 influences P1: weight 1 of 3",
    ]


def test_sway_says_where_it_comes_from():
    given = drawn(
        *[decider(1), *people(4)[1:]],
        *[influences(1, 2, 1), influences(1, 4, 3), reports(3, 1), reports(2, 1)],
    )

    told = [str(reason) for reason in Sway(given, MapSettings()).of(1).reasons]

    assert told == [
        "100 % of what the deciders settle on stems from P1",
        "P1 decides",
        "P1 influences P4: weight 3 of 3",
        "P1 influences P2: weight 1 of 3",
        "Reports of P1 who listen to their manager: 1",
    ]
