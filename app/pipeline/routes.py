"""Whether routes that share nobody led to who decides on a deal, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.pipeline.around import Held, holds, roles_held
from app.stakeholders.layers import power_map
from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Depth, Role, Support, TieKind
from app.stakeholders.ways_in import Access

ROUTES = 2
"""How many are asked for: one falls with whoever stands on it."""
ANY_DAY = date.min
"""How fresh a contact is makes a route stronger or weaker, and none comes or goes by it."""


class Known(NamedTuple):
    """One of theirs, known from a day until the day they left."""

    id: int
    is_placeholder: bool
    since: date
    until: date | None


class Tied(NamedTuple):
    """A tie between two of theirs from a day until a day."""

    kind: TieKind
    from_id: int
    to_id: int
    since: date
    until: date | None


class Touched(NamedTuple):
    """One of ours in touch with one of theirs; ``id`` is what depths are told of."""

    id: int
    user_id: int
    person_id: int
    since: date
    until: date | None


class Said(NamedTuple):
    """A reading of somebody's support, for one deal or for all."""

    on: date
    deal_id: int | None
    support: Support


@dataclass(frozen=True, slots=True)
class MapPast:
    """What is recorded of an account's map, each with its days; readings in their order."""

    people: list[Known] = field(default_factory=list)
    ties: list[Tied] = field(default_factory=list)
    touches: list[Touched] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    depths: dict[int, list[tuple[date, Depth]]] = field(default_factory=dict)
    said: dict[int, list[Said]] = field(default_factory=dict)


def has_two_routes(past: MapPast, deal_id: int, on: date) -> bool:
    """Whether two routes that share nobody led from us to some decider at the end of a day.

    Routes run as on the map: over ours in touch, then over people who could bring us further
    (Menger 1927). Nothing known later enters.
    """
    roles = roles_held(past.held, deal_id, on)
    deciders = {one.person_id for one in roles if one.role is Role.DECIDER}
    ways = _first_steps(past, on) if deciders else {}
    if len(set().union(*ways.values())) < ROUTES:
        return False
    if any(len(ways.get(one, ())) >= ROUTES for one in deciders):
        return True
    people = tuple(_people(past, deal_id, on))
    ties = tuple(TieFact(*one[:3]) for one in past.ties if holds(one, on))
    return not deciders.isdisjoint(_reached_twice(people, ties, tuple(_coverage(past, on))))


def two_routes_known(past: MapPast, deal_id: int, on: date) -> bool | None:
    """The same; None while nobody of ours was ever noted to be in touch."""
    if all(one.since > on for one in past.touches):
        return None
    return has_two_routes(past, deal_id, on)


def _first_steps(past: MapPast, on: date) -> dict[int, set[int]]:
    """Who of ours was in touch with whom of theirs: each way begins with another of ours, and two
    who know a decider themselves are two ways."""
    here = {one.id for one in past.people if holds(one, on)}
    found: dict[int, set[int]] = {}
    for one in _coverage(past, on):
        if one.person_id in here and one.depth is not Depth.NONE:
            found.setdefault(one.person_id, set()).add(one.colleague_id)
    return found


def _people(past: MapPast, deal_id: int, on: date) -> Iterator[PersonFact]:
    for one in past.people:
        if holds(one, on):
            support = _support(past.said.get(one.id, ()), deal_id, on)
            yield PersonFact(one.id, "", is_placeholder=one.is_placeholder, support=support)


def _support(said: Iterable[Said], deal_id: int, on: date) -> Support | None:
    """The newest reading by a day; the deal's own come before the account's."""
    told = [one for one in said if one.on <= on and one.deal_id in (None, deal_id)]
    own = [one for one in told if one.deal_id is not None]
    return (own or told)[-1].support if told else None


def _coverage(past: MapPast, on: date) -> Iterator[CoverageFact]:
    for one in past.touches:
        if holds(one, on):
            told = [depth for day, depth in past.depths.get(one.id, ()) if day <= on]
            yield CoverageFact(one.user_id, "", one.person_id, told[-1] if told else None)


@lru_cache(4096)
def _reached_twice(
    people: tuple[PersonFact, ...], ties: tuple[TieFact, ...], coverage: tuple[CoverageFact, ...]
) -> frozenset[int]:
    """Ids of those to whom two routes lead; most deals of an account were decided on one map."""
    drawn = power_map(MapFacts(people, ties, coverage, ANY_DAY))
    access = Access(drawn, MapSettings())
    return frozenset(one for one in drawn.people if access.has_two_routes(one))
