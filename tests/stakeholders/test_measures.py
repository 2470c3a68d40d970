"""Measures held against published tables, textbook cases and another program."""

from __future__ import annotations

import networkx as nx
import pytest

from app.stakeholders.measures import Measures, measures
from app.stakeholders.rules import TieKind
from tests.stakeholders.map_cast import (
    allied,
    at_odds,
    covers,
    drawn,
    influences,
    people,
    person,
    reports,
)
from tests.stakeholders.networks import lazega, padgett

KITE = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
KITE_TIES = "AB AC AD AF BD BE BG CD CF DE DF DG EG FG FH GH HI IJ"


@pytest.fixture
def kite() -> Measures:
    """Krackhardt's kite (1990, Administrative Science Quarterly 35, 342-369)."""
    number = {name[0]: place for place, name in enumerate(KITE, 1)}
    ties = [allied(number[pair[0]], number[pair[1]]) for pair in KITE_TIES.split()]
    return measures(drawn(*[person(number[name[0]], name=name) for name in KITE], *ties))


def column(found: Measures, name: str) -> list[float]:
    return [getattr(one, name) for one in found.people]


class TestKite:
    """Expected values as published with the kite, to three decimals."""

    def test_degree(self, kite):
        assert column(kite, "degree") == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
        assert column(kite, "degree_share")[3] == pytest.approx(6 / 9)

    def test_closeness(self, kite):
        published = [0.529, 0.529, 0.500, 0.600, 0.500, 0.643, 0.643, 0.600, 0.429, 0.310]

        assert column(kite, "closeness") == pytest.approx(published, abs=0.0005)

    def test_betweenness(self, kite):
        published = [0.023, 0.023, 0.000, 0.102, 0.000, 0.231, 0.231, 0.389, 0.222, 0.000]

        assert column(kite, "betweenness") == pytest.approx(published, abs=0.0005)
        assert kite.of(8).betweenness_raw == pytest.approx(14)

    def test_density(self, kite):
        assert kite.ties == 18
        assert kite.density == pytest.approx(0.4)
        assert kite.reciprocity is None


class TestFlorentineFamilies:
    """Marriages among Padgett's families (Breiger and Pattison 1986)."""

    def test_betweenness_of_the_fifteen_tied_families(self):
        """Jackson, Social and Economic Networks (2008), section 1.2.1."""
        found = measures(padgett("marriage", TieKind.ALLIED, without="Pucci"), TieKind.ALLIED)
        families = padgett("marriage", TieKind.ALLIED, without="Pucci").people.values()
        number = {one.name: one.id for one in families}

        assert found.of(number["Medici"]).betweenness == pytest.approx(0.522, abs=0.0005)
        assert found.of(number["Guadagni"]).betweenness == pytest.approx(0.255, abs=0.0005)
        assert found.of(number["Strozzi"]).betweenness == pytest.approx(0.103, abs=0.0005)

    def test_betweenness_of_all_sixteen(self):
        """UCINET's table for the set: 47.5, 23.167 and 19.333; normalised 45.238 of 100."""
        drawn_map = padgett("marriage", TieKind.ALLIED)
        number = {one.name: one.id for one in drawn_map.people.values()}

        found = measures(drawn_map)

        assert found.of(number["Medici"]).betweenness_raw == pytest.approx(47.5)
        assert found.of(number["Guadagni"]).betweenness_raw == pytest.approx(23.167, abs=0.0005)
        assert found.of(number["Albizzi"]).betweenness_raw == pytest.approx(19.333, abs=0.0005)
        assert found.of(number["Medici"]).betweenness == pytest.approx(0.45238, abs=5e-6)
        assert found.of(number["Pucci"]).closeness == 0
        assert found.of(number["Medici"]).degree == 6


class TestOneLayer:
    def test_a_directed_path(self):
        """By hand: of six ordered pairs only 1 → 3 has somebody between."""
        found = measures(drawn(*people(3), influences(1, 2), influences(2, 3)), TieKind.INFLUENCES)

        assert found.is_directed
        assert column(found, "in_degree") == [0, 1, 1]
        assert column(found, "out_degree") == [1, 1, 0]
        assert column(found, "degree") == [1, 2, 1]
        assert column(found, "betweenness_raw") == [0, 1, 0]
        assert column(found, "betweenness") == [0, 0.5, 0]
        assert column(found, "closeness") == column(found, "constraint") == [None] * 3
        assert found.density == pytest.approx(2 / 6)
        assert found.reciprocity == 0

    def test_reciprocity_is_the_share_of_ties_returned(self):
        found = measures(
            drawn(*people(3), influences(1, 2), influences(2, 1), influences(2, 3)),
            TieKind.INFLUENCES,
        )

        assert found.reciprocity == pytest.approx(2 / 3)

    def test_a_layer_without_ties_has_no_reciprocity(self):
        found = measures(drawn(*people(3)), TieKind.REPORTS_TO)

        assert (found.reciprocity, found.density, found.ties) == (None, 0, 0)

    def test_an_undirected_layer_is_measured_as_one(self):
        found = measures(drawn(*people(3), at_odds(1, 2), allied(2, 3)), TieKind.AT_ODDS)

        assert not found.is_directed
        assert column(found, "degree") == [1, 1, 0]

    def test_the_lawyers_advice_against_networkx(self):
        firm = lazega("advice", TieKind.INFLUENCES)
        other = nx.DiGraph(list(firm.layers[TieKind.INFLUENCES]))

        found = measures(firm, TieKind.INFLUENCES)

        assert found.ties == 892
        assert found.density == pytest.approx(892 / (71 * 70))
        assert found.reciprocity == pytest.approx(nx.reciprocity(other))
        between = nx.betweenness_centrality(other, normalized=False)
        for one in found.people:
            assert one.betweenness_raw == pytest.approx(between[one.person_id])


class TestAllTies:
    def test_several_ties_of_a_pair_count_as_one(self):
        found = measures(
            drawn(
                *people(2),
                *[allied(1, 2), influences(2, 1), reports(1, 2), covers(9, 1)],
            )
        )

        assert (found.ties, found.density) == (1, 1)
        assert column(found, "degree") == [1, 1]

    def test_closeness_in_a_graph_in_pieces(self):
        """By hand, five people, a path of three and a pair: 2/2·2/4, 2/3·2/4, 1/1·1/4."""
        found = measures(drawn(*people(5), allied(1, 2), allied(2, 3), allied(4, 5)))

        assert column(found, "closeness") == pytest.approx([1 / 3, 0.5, 1 / 3, 0.25, 0.25])

    def test_constraint_of_a_triangle_and_of_a_broker(self):
        """Burt (1992): in a triangle 2·(½ + ½·½)² = 1.125; a broker of four has 4·(¼)²."""
        triangle = measures(drawn(*people(3), allied(1, 2), allied(2, 3), allied(1, 3)))
        star = measures(drawn(*people(5), *[allied(1, one) for one in range(2, 6)]))

        assert column(triangle, "constraint") == pytest.approx([1.125] * 3)
        assert column(star, "constraint") == pytest.approx([0.25, 1, 1, 1, 1])

    def test_constraint_of_the_kite_against_networkx(self, kite):
        other = nx.constraint(nx.krackhardt_kite_graph())

        assert column(kite, "constraint") == pytest.approx([other[one] for one in range(10)])

    def test_an_island_has_no_constraint(self):
        assert measures(drawn(person(1), person(2))).of(1).constraint is None

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_maps_too_small_for_a_middle(self, count):
        found = measures(drawn(*people(count)))

        assert column(found, "betweenness") == [0] * count
        assert found.density == 0

    def test_one_alone_has_nobody_to_be_tied_to(self):
        alone = measures(drawn(person(1))).of(1)

        assert (alone.degree_share, alone.closeness) == (None, 0)

    def test_somebody_who_is_not_on_the_map_is_named(self):
        with pytest.raises(KeyError, match="7"):
            measures(drawn(person(1))).of(7)

    def test_a_ring_in_batches_is_the_same_as_at_once(self, monkeypatch):
        ring = drawn(*people(30), *[allied(one, one % 30 + 1) for one in range(1, 31)])
        at_once = column(measures(ring), "betweenness_raw")

        monkeypatch.setattr("app.stakeholders.shortest_paths.CELLS_AT_ONCE", 100)

        assert column(measures(ring), "betweenness_raw") == pytest.approx(at_once)
