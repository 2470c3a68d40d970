"""Made maps, small and large, for their answers to be timed."""

from __future__ import annotations

import random
from datetime import timedelta

from app.db import now
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.rules import Depth, Influence, Role, Support, TieKind

SIZES = (50, 200, 1000)


def facts_of(size: int) -> MapFacts:
    """A company of so many: a hierarchy of fours, half as many informal ties, every third known."""
    chance, on = random.Random(size), now().date()
    people = tuple(_person(number, chance) for number in range(1, size + 1))
    formal = [TieFact(TieKind.REPORTS_TO, one, (one + 2) // 4) for one in range(2, size + 1)]
    informal = [
        TieFact(TieKind.INFLUENCES, one, other, chance.randint(1, 3))
        for one, other in (chance.sample(range(1, size + 1), 2) for _ in range(size // 2))
    ]
    contact = on - timedelta(days=30)
    coverage = tuple(
        CoverageFact(one % 5 + 1, f"Colleague {one % 5}", one, Depth.MUTUAL, contact)
        for one in range(2, size, 3)
    )
    return MapFacts(people, (*formal, *informal), coverage, on)


def _person(number: int, chance: random.Random) -> PersonFact:
    roles = {Role.DECIDER} if number == 1 else set(chance.sample(list(Role)[1:], 1))
    return PersonFact(
        number,
        f"Person {number}",
        level=min(number.bit_length() // 2 + 1, 6),
        roles=frozenset(roles),
        support=chance.choice((None, *Support)),
        influence=chance.choice((None, *Influence)),
    )
