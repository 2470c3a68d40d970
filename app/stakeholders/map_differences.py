"""What changed on a map between two days, as a list that reads and people to mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class MapChange:
    """One thing that is different, and the people it is about."""

    people: tuple[int, ...]
    reason: Reason


def map_differences(before: MapFacts, after: MapFacts) -> tuple[MapChange, ...]:
    """From the earlier facts to the later: who came and went, views, roles, ties, ours."""
    old = {person.id: person for person in before.people}
    new = {person.id: person for person in after.people}
    found = [*_comings(old, new)]
    for person_id in old.keys() & new.keys():
        found += _views(old[person_id], new[person_id])
    found += _ties(before, after, {**old, **new})
    found += _coverage(before, after, {**old, **new})
    return tuple(sorted(found, key=lambda one: one.people))


def differing(base: MapFacts, other: MapFacts) -> frozenset[int]:
    """Ids of those whose roles, support or influence differ between two maps of a day."""
    known = {person.id: _judged(person) for person in base.people}
    return frozenset(one.id for one in other.people if known.get(one.id) != _judged(one))


def _judged(person: PersonFact) -> tuple[object, ...]:
    return person.roles, person.support, person.influence


def _comings(old: Mapping[int, PersonFact], new: Mapping[int, PersonFact]) -> Iterator[MapChange]:
    for person_id in new.keys() - old.keys():
        came = because(N_("New on the map: %(name)s"), name=new[person_id].name)
        yield MapChange((person_id,), came)
    for person_id in old.keys() - new.keys():
        yield MapChange((person_id,), because(N_("%(name)s has left"), name=old[person_id].name))


def _views(old: PersonFact, new: PersonFact) -> Iterator[MapChange]:
    for role in Role:
        if (role in old.roles) is not (role in new.roles):
            message = N_("%(name)s is now: %(role)s")
            if role in old.roles:
                message = N_("%(name)s is no longer: %(role)s")
            yield MapChange((new.id,), because(message, name=new.name, role=role))
    if old.support != new.support:
        values = {
            "name": new.name,
            "old": _or_unknown(old.support),
            "new": _or_unknown(new.support),
        }
        yield MapChange((new.id,), Reason(N_("%(name)s: %(old)s → %(new)s"), values))
    if old.influence != new.influence:
        values = {
            "name": new.name,
            "old": _or_unknown(old.influence),
            "new": _or_unknown(new.influence),
        }
        yield MapChange((new.id,), Reason(N_("%(name)s: %(old)s → %(new)s"), values))


def _or_unknown(value: object) -> object:
    return UNKNOWN if value is None else value


UNKNOWN = because(N_("unknown"))


def _ties(
    before: MapFacts, after: MapFacts, people: Mapping[int, PersonFact]
) -> Iterator[MapChange]:
    old, new = set(before.ties), set(after.ties)
    for message, ties in (
        (N_("New tie: %(one)s, %(tie)s, %(other)s"), new - old),
        (N_("Tie ended: %(one)s, %(tie)s, %(other)s"), old - new),
    ):
        for tie in ties:
            if tie.from_id in people and tie.to_id in people:
                yield MapChange((tie.from_id, tie.to_id), _tie_reason(message, tie, people))


def _tie_reason(message: str, tie: TieFact, people: Mapping[int, PersonFact]) -> Reason:
    one, other = people[tie.from_id].name, people[tie.to_id].name
    return Reason(message, {"one": one, "other": other, "tie": tie.kind})


def _coverage(
    before: MapFacts, after: MapFacts, people: Mapping[int, PersonFact]
) -> Iterator[MapChange]:
    old = {(one.person_id, one.colleague_id): one for one in before.coverage}
    new = {(one.person_id, one.colleague_id): one for one in after.coverage}
    for pair in old.keys() | new.keys():
        person = people.get(pair[0])
        reason = _our_reason(old.get(pair), new.get(pair), person.name) if person else None
        if reason is not None:
            yield MapChange((pair[0],), reason)


def _our_reason(old: CoverageFact | None, new: CoverageFact | None, name: str) -> Reason | None:
    known = new or old
    assert known is not None
    values = {"one": known.colleague_name, "name": name}
    if old is None:
        return Reason(N_("%(one)s is now in touch with %(name)s"), values)
    if new is None:
        return Reason(N_("%(one)s is no longer in touch with %(name)s"), values)
    if old.depth == new.depth:
        return None
    depths = {"old": _or_unknown(old.depth), "new": _or_unknown(new.depth)}
    return Reason(N_("%(one)s and %(name)s: %(old)s → %(new)s"), {**values, **depths})
