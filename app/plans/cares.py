"""What each stakeholder is likely to care about: by role, and by what is known of them [001]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.stakeholders.dealing import ROLE_GUIDES
from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.rules import Role, Value

MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Cares:
    """A person with what holders of their roles care about, and what they are known to value."""

    person: PersonFact
    roles: tuple[Role, ...]
    usual: tuple[str, ...]
    known: tuple[Value, ...]


def cares(facts: MapFacts, values: Mapping[int, tuple[Value, ...]]) -> list[Cares]:
    """Everyone who holds a role, deciders first, each with at most four usual cares a role."""
    found = [_cares(person, values.get(person.id, ())) for person in facts.people if person.roles]
    order = list(Role)
    return sorted(found, key=lambda one: (order.index(one.roles[0]), one.person.name))


def _cares(person: PersonFact, known: tuple[Value, ...]) -> Cares:
    roles = tuple(role for role in Role if role in person.roles)
    usual = [care for role in roles for care in ROLE_GUIDES[role].cares[:MOST_TOLD]]
    return Cares(person, roles, tuple(dict.fromkeys(usual)), known)
