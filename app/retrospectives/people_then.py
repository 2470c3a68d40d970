"""The map as it was believed at each stage, beside how people turned out to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.stakeholders.rules import NO_ROLE, Role, Support


class Held(NamedTuple):
    """A role, by its identifier, at an account or in one deal, from a day until a day."""

    person_id: int
    deal_id: int | None
    role: str
    since: date
    until: date | None


class Reading(NamedTuple):
    """How somebody was judged to stand on a day; ``is_own`` in this very deal."""

    person_id: int
    on: date
    is_own: bool
    support: Support


@dataclass(frozen=True, slots=True)
class Person:
    """One of theirs."""

    id: int
    name: str
    title: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What is recorded of an account's people; readings and contacts in the order of days."""

    people: Mapping[int, Person] = field(default_factory=dict)
    held: Sequence[Held] = ()
    readings: Sequence[Reading] = ()
    contacts: Mapping[int, Sequence[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """What was believed of a person on a day; support None was not known."""

    on: date
    roles: frozenset[Role]
    support: Support | None
    is_reached: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person through a deal: ``turned_out`` is the newest word after the decision, None when
    nobody has said; ``contacts`` are days in touch while the deal ran."""

    person: Person
    roles: tuple[Role, ...]
    cells: tuple[Cell, ...]
    turned_out: Support | None
    contacts: tuple[date, ...]

    @property
    def is_reached(self) -> bool:
        """Whether any of ours was in touch while the deal ran."""
        return bool(self.contacts)

    @property
    def was_misread(self) -> bool:
        """Whether they turned out to stand on the other side, or a step or more below."""
        last = self.cells[-1].support if self.cells else None
        return last is not None and self.turned_out is not None and self.turned_out < last


def roles_then(held: Iterable[Held], deal_id: int, day: date) -> frozenset[Role]:
    """The roles that one person held in a deal on a day: those held there stand in place of all
    that are held on the account, and one of them may say that there is none."""
    on_day = [one for one in held if one.since <= day and (one.until is None or one.until > day)]
    own = [one for one in on_day if one.deal_id == deal_id]
    counting = own or [one for one in on_day if one.deal_id is None]
    return frozenset(Role(one.role) for one in counting if one.role != NO_ROLE)


def support_then(readings: Iterable[Reading], day: date) -> Support | None:
    """The support of one person that counted on a day: the deal's own word first, then the
    newest."""
    known = [one for one in readings if one.on <= day]
    newest = max(known, key=lambda one: (one.is_own, one.on), default=None)
    return newest.support if newest else None


def people_then(
    past: Past, deal_id: int, days: Sequence[date], opened_on: date, decided_on: date | None
) -> list[PersonLine]:
    """Those who held a role in the deal while it ran, deciders first."""
    until = decided_on or date.max
    lines = [
        _line(_own(past, one), deal_id, days, opened_on, until) for one in past.people.values()
    ]
    order = list(Role)
    kept = [line for line in lines if line.roles]
    return sorted(kept, key=lambda line: (order.index(line.roles[0]), line.person.name))


def _own(past: Past, person: Person) -> Past:
    """What is recorded of one person."""
    return Past(
        {person.id: person},
        [one for one in past.held if one.person_id == person.id],
        [one for one in past.readings if one.person_id == person.id],
        {person.id: past.contacts.get(person.id, ())},
    )


def _line(
    own: Past, deal_id: int, days: Sequence[date], opened_on: date, until: date
) -> PersonLine:
    ((person_id, person),) = own.people.items()
    during = tuple(day for day in own.contacts[person_id] if opened_on <= day <= until)
    cells = tuple(
        Cell(
            day,
            roles_then(own.held, deal_id, day),
            support_then(own.readings, day),
            any(one <= day for one in during),
        )
        for day in days
    )
    begun = (one.since for one in own.held if opened_on <= one.since <= until)
    ever = {role for day in (*days, *begun) for role in roles_then(own.held, deal_id, day)}
    after = [one for one in own.readings if one.on > until]
    roles = tuple(role for role in Role if role in ever)
    return PersonLine(person, roles, cells, support_then(after, date.max), during)
