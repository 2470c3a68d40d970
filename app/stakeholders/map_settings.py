"""The numbers behind the power map; a company may set its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.stakeholders.rules import Depth, Role, Support


def _coverage_strength() -> dict[Depth, float]:
    return {Depth.NODDING: 0.2, Depth.MUTUAL: 0.5, Depth.HARDSHIP: 0.8, Depth.CLOSE: 0.95}


def _influence_strength() -> dict[int, float]:
    return {1: 0.4, 2: 0.65, 3: 0.9}


def _readiness() -> dict[Support | None, float]:
    return {
        Support.OPPOSES: 0.0,
        Support.SCEPTICAL: 0.3,
        Support.NEUTRAL: 0.6,
        None: 0.4,
        Support.SUPPORTS: 0.9,
        Support.CHAMPIONS: 1.0,
    }


def _rhythm_days() -> dict[Role, int]:
    return {
        Role.DECIDER: 60,
        Role.PROPOSER: 45,
        Role.GUIDE: 30,
        Role.EXECUTOR: 60,
        Role.BLOCKER: 60,
        Role.INFLUENCER: 60,
    }


@dataclass(frozen=True, slots=True)
class MapSettings:
    """Strengths lie in 0…1, shares too; days and counts say so in their names.

    The strengths, halvings and alpha are the product's definitions; what follows
    ``alternates`` is house convention, chosen so that a map of a dozen people says
    little and a map of a hundred does not say everything.
    """

    coverage_strength: Mapping[Depth, float] = field(default_factory=_coverage_strength)
    influence_strength: Mapping[int, float] = field(default_factory=_influence_strength)
    allied_strength: float = 0.8
    reporting_up_strength: float = 0.5
    reporting_down_strength: float = 0.7
    readiness: Mapping[Support | None, float] = field(default_factory=_readiness)
    contact_half_life_days: int = 180
    contact_floor: float = 0.25
    reading_half_life_days: int = 180
    alpha: float = 0.5
    alternates: int = 2
    explained_at_most: int = 25
    rhythm_days: Mapping[Role, int] = field(default_factory=_rhythm_days)
    rhythm_days_otherwise: int = 90
    key_sway_times_even: float = 2.0
    swayed_from: float = 0.1
    rank_gap: float = 0.5
    ranked_people_at_least: int = 5
    grouped_people_at_least: int = 5
    modularity_at_least: float = 0.2
    new_in_post_days: int = 120
