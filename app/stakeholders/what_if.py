"""What would change if somebody left, changed their mind, or a tie were made or lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.stakeholders.layers import pair_of
from app.stakeholders.map_facts import CoverageFact, MapFacts, TieFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.rules import Support
from app.vocabulary import N_, Reason, because

VISIBLE = 0.005
"""Shares and strengths that move by less print the same before and after."""


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """One of theirs leaves; those who reported to them have no manager until one is drawn."""

    person_id: int


@dataclass(frozen=True, slots=True)
class RemoveColleague:
    """One of ours leaves, and with them all their ties."""

    colleague_id: int


@dataclass(frozen=True, slots=True)
class ChangeSupport:
    """Somebody's support is read anew on the day of the map; None forgets it."""

    person_id: int
    support: Support | None


@dataclass(frozen=True, slots=True)
class AddTie:
    """A tie between two of theirs is made."""

    tie: TieFact


@dataclass(frozen=True, slots=True)
class RemoveTie:
    """A tie between two of theirs is lost."""

    tie: TieFact


@dataclass(frozen=True, slots=True)
class AddCoverage:
    """One of ours gets to know one of theirs, or knows them better."""

    coverage: CoverageFact


Change = RemovePerson | RemoveColleague | ChangeSupport | AddTie | RemoveTie | AddCoverage


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer before and after, in words; ``is_better`` for us, None where that is open."""

    reason: Reason
    is_better: bool | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answers before and after some changes, and where they differ."""

    before: MapAnswers
    after: MapAnswers
    differences: tuple[Difference, ...]


def what_if(facts: MapFacts, *changes: Change, settings: MapSettings | None = None) -> WhatIf:
    """The answers before and after; nothing is saved."""
    changed = facts
    for change in changes:
        changed = changed_by(changed, change)
    before, after = answers(facts, settings=settings), answers(changed, settings=settings)
    return WhatIf(before, after, differences(before, after))


def changed_by(facts: MapFacts, change: Change) -> MapFacts:
    """The facts as they would be after one change."""
    match change:
        case RemovePerson(person_id):
            return _without_person(facts, person_id)
        case RemoveColleague(colleague_id):
            kept = tuple(one for one in facts.coverage if one.colleague_id != colleague_id)
            return replace(facts, coverage=kept)
        case ChangeSupport(person_id, support):
            return _with_support(facts, person_id, support)
        case AddTie(tie):
            return replace(facts, ties=(*facts.ties, tie))
        case RemoveTie(tie):
            return replace(facts, ties=tuple(one for one in facts.ties if not _same(one, tie)))
    return replace(facts, coverage=(*facts.coverage, change.coverage))


def _without_person(facts: MapFacts, person_id: int) -> MapFacts:
    return replace(
        facts,
        people=tuple(one for one in facts.people if one.id != person_id),
        ties=tuple(one for one in facts.ties if person_id not in (one.from_id, one.to_id)),
        coverage=tuple(one for one in facts.coverage if one.person_id != person_id),
    )


def _with_support(facts: MapFacts, person_id: int, support: Support | None) -> MapFacts:
    people = tuple(
        replace(one, support=support, support_on=facts.on) if one.id == person_id else one
        for one in facts.people
    )
    return replace(facts, people=people)


def _same(one: TieFact, other: TieFact) -> bool:
    return one.kind is other.kind and pair_of(one) == pair_of(other)


def differences(before: MapAnswers, after: MapAnswers) -> tuple[Difference, ...]:
    """Where the answers to two maps differ, the ways in first."""
    return tuple(_differences(before, after))


def _differences(before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    if before.drawn.deciders and not after.drawn.deciders:
        yield Difference(because(N_("Nobody would be known to decide")), is_better=False)
    for person_id in before.deciders:
        if person_id in after.drawn.people:
            yield from _way_differences(person_id, before, after)
    yield from _lean_difference(before, after)
    yield from _role_differences(before, after)
    yield from _lost_reach(before, after)
    yield from _sway_differences(before, after)


def _way_differences(person_id: int, before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    name = before.drawn.name(person_id)
    strengths = before.access.strengths[person_id], after.access.strengths[person_id]
    message = N_("Way in to %(name)s: strength from %(before)s to %(after)s")
    yield from _moved(message, name, strengths)
    routes = [side.access.independent_routes(person_id).count for side in (before, after)]
    message = N_("Routes to %(name)s that share nobody: from %(before)s to %(after)s")
    yield from _moved(message, name, (routes[0], routes[1]))
    old = {one.on: one for one in before.access.dependences(person_id)}
    new = {one.on: one for one in after.access.dependences(person_id)}
    for node, dependence in new.items():
        if node not in old:
            yield Difference(dependence.reason, is_better=False)
    for node, dependence in old.items():
        if node not in new and strengths[1] > 0:
            message = N_("No longer so: %(before)s")
            yield Difference(because(message, before=dependence.reason), is_better=True)


def _lean_difference(before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    old, new = before.lean, after.lean
    if old is None or new is None:
        return
    low, high = new.low - old.low, new.high - old.high
    if max(abs(low), abs(high)) < VISIBLE:
        return
    reason = because(
        N_("The lean: from %(low)s … %(high)s to %(new_low)s … %(new_high)s"),
        low=round(old.low, 2),
        high=round(old.high, 2),
        new_low=round(new.low, 2),
        new_high=round(new.high, 2),
    )
    middle = low + high
    yield Difference(reason, is_better=None if abs(middle) < VISIBLE else middle > 0)


def _role_differences(before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    for old, new in zip(before.roles, after.roles, strict=True):
        if old.state != new.state:
            values = {"role": old.role, "before": old.state, "after": new.state}
            reason = Reason(N_("%(role)s: from %(before)s to %(after)s"), values)
            yield Difference(reason, is_better=new.state > old.state)


def _lost_reach(before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    """Key people who come into reach or fall out of it; deciders are told of above."""
    told = set(before.deciders)
    for person_id in before.key_people:
        if person_id in told or person_id not in after.drawn.people:
            continue
        name = before.drawn.name(person_id)
        was, would_be = before.access.strengths[person_id], after.access.strengths[person_id]
        if was and not would_be:
            reason = because(N_("There would be no way in to %(name)s"), name=name)
            yield Difference(reason, is_better=False)
        elif would_be and not was:
            reason = because(N_("There would be a way in to %(name)s"), name=name)
            yield Difference(reason, is_better=True)


def _sway_differences(before: MapAnswers, after: MapAnswers) -> Iterator[Difference]:
    """Whose sway moves by five per cent of the whole or more."""
    old, new = before.sway.shares, after.sway.shares
    moved = {one: abs(new[one] - old[one]) for one in old if one in new}
    visibly = [one for one, by in moved.items() if by >= 10 * VISIBLE]
    for person_id in sorted(visibly, key=lambda one: (-moved[one], one)):
        values = {
            "name": before.drawn.name(person_id),
            "before": round(100 * old[person_id]),
            "after": round(100 * new[person_id]),
        }
        message = N_("Sway of %(name)s: from %(before)s %% to %(after)s %%")
        yield Difference(Reason(message, values), is_better=None)


def _moved(message: str, name: str, values: tuple[float, float]) -> Iterator[Difference]:
    old, new = values
    if abs(new - old) >= VISIBLE:
        printed = {"name": name, "before": round(old, 2), "after": round(new, 2)}
        yield Difference(Reason(message, printed), is_better=new > old)
