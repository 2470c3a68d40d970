"""The power map's answers: one entry, each part computed once and when first asked for."""

from __future__ import annotations

from functools import cached_property

from app.stakeholders.groups import Groups, groups
from app.stakeholders.informal import Standings, standings
from app.stakeholders.layers import PowerMap, power_map
from app.stakeholders.lean import Lean, WorthWinning, lean, worth_winning
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_layout import Arrangement, Positions, positions
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.measures import Measures, measures
from app.stakeholders.opposition import Opponent, opposition
from app.stakeholders.our_ties import OurTies, key_people, our_ties
from app.stakeholders.role_gaps import RoleCoverage, role_coverage
from app.stakeholders.rules import TieKind
from app.stakeholders.sway import Sway
from app.stakeholders.tie_problems import contradictions
from app.stakeholders.ways_in import Access, Dependence, IndependentRoutes, WaysIn
from app.vocabulary import Reason


class MapAnswers:
    """What a map answers, with the reasons. Properties are lazy and kept.

    Only what a page reads is computed: :attr:`access` and :attr:`sway` are shared by
    the rest; :attr:`groups` and :meth:`measures` are the dearest on a large map.
    """

    def __init__(self, facts: MapFacts, settings: MapSettings) -> None:
        self.facts = facts
        self.settings = settings
        self.drawn: PowerMap = power_map(facts)

    @cached_property
    def deciders(self) -> tuple[int, ...]:
        """The deciders explained one by one: known before placeholders, weightiest first.

        At most ``explained_at_most``; sway and lean count them all.
        """
        ordered = sorted(self.drawn.deciders, key=self._decider_order)
        return tuple(ordered[: self.settings.explained_at_most])

    @cached_property
    def access(self) -> Access:
        """The access graph and what can be asked of it, for anyone on the map."""
        return Access(self.drawn, self.settings)

    @cached_property
    def ways_in(self) -> tuple[WaysIn, ...]:
        """The ways in to each decider."""
        return tuple(self.access.ways_in(one) for one in self.deciders)

    @cached_property
    def routes(self) -> tuple[IndependentRoutes, ...]:
        """The independent routes to each decider."""
        return tuple(self.access.independent_routes(one) for one in self.deciders)

    @cached_property
    def dependences(self) -> tuple[Dependence, ...]:
        """Whom we depend on, decider by decider."""
        return tuple(found for one in self.deciders for found in self.access.dependences(one))

    @cached_property
    def sway(self) -> Sway:
        """Everyone's sway over the deciders, and over each other."""
        return Sway(self.drawn, self.settings)

    @cached_property
    def lean(self) -> Lean | None:
        """How the group would lean today; None when no decider is known."""
        return lean(self.drawn, self.sway.shares, self.settings)

    @cached_property
    def worth_winning(self) -> tuple[WorthWinning, ...]:
        """Whose support is worth winning next, best first."""
        return worth_winning(self.drawn, self.sway.shares, self.access.strengths)

    @cached_property
    def roles(self) -> tuple[RoleCoverage, ...]:
        """The six roles and how far we are with each."""
        return role_coverage(self.drawn)

    @cached_property
    def key_people(self) -> dict[int, Reason]:
        """Who matters, each with why."""
        return key_people(self.drawn, self.sway.shares, self.settings)

    @cached_property
    def our_ties(self) -> OurTies:
        """Where our coverage is thin, late, doubled or absent."""
        return our_ties(self.drawn, self.key_people, self.settings)

    @cached_property
    def opposition(self) -> tuple[Opponent, ...]:
        """Who is against us, whom they sway, and which friends of ours sway them."""
        return opposition(self.drawn, self.sway, self.settings)

    @cached_property
    def standings(self) -> Standings:
        """Formal rank against sway."""
        return standings(self.drawn, self.sway.shares, self.settings)

    @cached_property
    def groups(self) -> Groups:
        """Groups that go together."""
        return groups(self.drawn, self.sway.shares, self.settings)

    @cached_property
    def contradictions(self) -> tuple[Reason, ...]:
        """What on the map cannot all be true."""
        return contradictions(self.drawn)

    def measures(self, layer: TieKind | None = None) -> Measures:
        """The measures of the literature, over all ties or one layer; not kept."""
        return measures(self.drawn, layer)

    def positions(self, by: Arrangement) -> Positions:
        """Where everyone stands in an arrangement, in grid units."""
        shares = self.sway.shares if by is Arrangement.INFLUENCE else {}
        return positions(self.drawn, by, shares)

    def _decider_order(self, person_id: int) -> tuple[bool, int, int, int]:
        person = self.drawn.people[person_id]
        return person.is_placeholder, -(person.influence or 0), person.level or 0, person_id


def answers(facts: MapFacts, *, settings: MapSettings | None = None) -> MapAnswers:
    """The answers of a map; nothing is computed before it is asked for."""
    return MapAnswers(facts, settings or MapSettings())
