"""What is known around a deal on a day: its people, how they stand, who of ours is in touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from app.accounts.rules import SizeClass
from app.later import Later
from app.stakeholders.rules import Role

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = Later("networkx")

Value = TypeVar("Value")
ACTIVE = timedelta(days=60)
"""A contact within so many days is activity: house convention, two months of the usual rhythm."""


class Around(NamedTuple):
    """What was known around a deal; None is not known, which is a value of its own.

    ``against_norm`` is the time in its stage over the norm, ``roles`` how many of the six are
    held by people we are in touch with, ``support`` that of the least willing decider, -2…2,
    and ``two_routes`` whether two routes that share nobody led to a decider, as on the map.
    """

    against_norm: float | None = None
    size_class: SizeClass | None = None
    roles: int | None = None
    support: int | None = None
    has_blocker: bool | None = None
    two_routes: bool | None = None
    is_active: bool | None = None


NOT_KNOWN = Around()


class Held(NamedTuple):
    """A role at an account from a day until a day, for one deal or for all; None is the word
    that somebody has none in this deal."""

    person_id: int
    deal_id: int | None
    role: Role | None
    since: date
    until: date | None


class Touch(NamedTuple):
    """One of ours in touch with one of theirs; ``until`` at the latest when they left."""

    user_id: int
    person_id: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What is recorded of an account, each with its day; readings in the order of their days."""

    classes: list[tuple[date, SizeClass]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    contacts: list[date] = field(default_factory=list)
    support: dict[int, list[tuple[date, int]]] = field(default_factory=dict)


def around(
    facts: AccountFacts,
    deal_id: int,
    on: date,
    against_norm: float | None,
    two_routes: bool | None = None,
) -> Around:
    """What was known around a deal at the end of a day; nothing later enters."""
    held = roles_held(facts.held, deal_id, on)
    reached = {one.person_id for one in facts.touches if holds(one, on)}
    said = {one.person_id: newest(facts.support.get(one.person_id, ()), on) for one in held}
    deciders = [said[one.person_id] for one in held if one.role is Role.DECIDER]
    blockers = [said[one.person_id] for one in held if one.role is Role.BLOCKER]
    contacts = [day for day in facts.contacts if day <= on]
    return Around(
        against_norm,
        newest(facts.classes, on),
        len({one.role for one in held if one.person_id in reached}) if held else None,
        min((one for one in deciders if one is not None), default=None),
        any(one is None or one < 0 for one in blockers) if held else None,
        two_routes,
        max(contacts) > on - ACTIVE if contacts else None,
    )


def roles_held(recorded: Iterable[Held], deal_id: int, on: date) -> list[Held]:
    """The roles that hold for a deal: in it they stand in place of all that a person has at the
    account."""
    now = [one for one in recorded if one.deal_id in (None, deal_id) and holds(one, on)]
    special = {one.person_id for one in now if one.deal_id is not None}
    return [
        one for one in now if one.role and (one.deal_id is not None or one.person_id not in special)
    ]


class Dated(Protocol):
    """What lasts from a day until a day, that last day not included."""

    @property
    def since(self) -> date: ...

    @property
    def until(self) -> date | None: ...


def holds(one: Dated, on: date) -> bool:
    """Whether what lasts from a day until a day holds at the end of one."""
    return one.since <= on and (one.until is None or one.until > on)


def newest(readings: Sequence[tuple[date, Value]], on: date) -> Value | None:
    """The last reading until a day."""
    return next((value for day, value in reversed(readings) if day <= on), None)


def routes(touches: Iterable[tuple[int, int]]) -> int:
    """How many of ours are each in touch with a different one of theirs: the greatest matching
    of direct touches (Hopcroft and Karp 1973). Ways over third persons are not counted.

    >>> routes([(1, 7), (2, 7)]), routes([(1, 7), (2, 7), (2, 8)]), routes([])
    (1, 2, 0)
    """
    return _matched(frozenset(touches))


@lru_cache(4096)
def _matched(touches: frozenset[tuple[int, int]]) -> int:
    ours, theirs = ({one[side] for one in touches} for side in (0, 1))
    if min(len(ours), len(theirs)) < 2:
        return min(len(ours), len(theirs))
    graph = nx.Graph((("ours", one), ("theirs", other)) for one, other in touches)
    top = {("ours", one) for one in ours}
    return len(nx.bipartite.hopcroft_karp_matching(graph, top)) // 2
