"""The people of a map as a list: the map's twin for those who read tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact
from app.stakeholders.rules import Depth, Role, Support

UNKNOWN = "unknown"
"""In a filter: support that nobody has judged."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with our ties to them; ``depth`` is the deepest, ``last_contact`` the latest."""

    person: PersonFact
    roles: tuple[Role, ...]
    coverage: tuple[CoverageFact, ...]
    depth: Depth | None
    last_contact: date | None
    manager: PersonFact | None

    @property
    def id(self) -> int:
        """The person's."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class PeopleWish:
    """What somebody wants to see of the list; empty fields ask for nothing."""

    text: str = ""
    role: Role | None = None
    support: str = ""
    department: str = ""
    reach: str = ""
    sort: str = "name"
    descending: bool = False


def people_rows(facts: MapFacts) -> list[PersonRow]:
    """Everyone on the map, by name."""
    ties: dict[int, list[CoverageFact]] = {}
    for tie in facts.coverage:
        ties.setdefault(tie.person_id, []).append(tie)
    people = {person.id: person for person in facts.people}
    managers = {
        tie.from_id: people.get(tie.to_id) for tie in facts.ties if tie.kind == "reports_to"
    }
    rows = [
        _row(person, tuple(ties.get(person.id, ())), managers.get(person.id))
        for person in facts.people
    ]
    return sorted(rows, key=lambda row: (row.person.name.casefold(), row.id))


def wished(rows: Iterable[PersonRow], wish: PeopleWish) -> list[PersonRow]:
    """Those of the rows that are wanted, in the order wanted; what is unknown comes last."""
    kept = [row for row in rows if _fits(row, wish)]
    key = SORTS[wish.sort]
    known = [row for row in kept if key(row) is not None]
    known.sort(key=key, reverse=wish.descending)
    return known + [row for row in kept if key(row) is None]


def departments(facts: MapFacts) -> list[str]:
    """The departments there are, by name."""
    return sorted({person.department for person in facts.people if person.department})


SORTS: dict[str, Callable[[PersonRow], Any]] = {
    "name": lambda row: row.person.name.casefold(),
    "department": lambda row: row.person.department.casefold() or None,
    "level": lambda row: row.person.level,
    "support": lambda row: row.person.support,
    "influence": lambda row: row.person.influence,
    "depth": lambda row: row.depth,
    "contact": lambda row: row.last_contact,
}


def _row(
    person: PersonFact, coverage: Sequence[CoverageFact], manager: PersonFact | None
) -> PersonRow:
    depths = [tie.depth for tie in coverage if tie.depth is not None]
    days = [tie.last_contact for tie in coverage if tie.last_contact is not None]
    return PersonRow(
        person=person,
        roles=tuple(role for role in Role if role in person.roles),
        coverage=tuple(coverage),
        depth=max(depths, default=None),
        last_contact=max(days, default=None),
        manager=manager,
    )


def _fits(row: PersonRow, wish: PeopleWish) -> bool:
    person = row.person
    return (
        _names(person, wish.text)
        and (wish.role is None or wish.role in person.roles)
        and _stands(person.support, wish.support)
        and (not wish.department or person.department == wish.department)
        and _reached(row, wish.reach)
    )


def _names(person: PersonFact, text: str) -> bool:
    return not text or text.casefold() in f"{person.name} {person.title}".casefold()


def _stands(support: Support | None, wanted: str) -> bool:
    if not wanted:
        return True
    return support is None if wanted == UNKNOWN else str(support) == wanted


def _reached(row: PersonRow, wanted: str) -> bool:
    """``none``: none of ours knows them; ``one``: a single tie; ``some``: covered at all."""
    return {"": True, "none": not row.coverage, "one": len(row.coverage) == 1}.get(
        wanted, bool(row.coverage)
    )
