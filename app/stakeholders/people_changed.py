"""When people change: what it breaks, and what is to be done about it at once [001].

A new or departing decider is an opportunity: whoever finds the new person's role first, and
sees them first, is ahead of competitors who do not wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.power_map import MapAnswers, answers
from app.stakeholders.role_gaps import RoleState
from app.stakeholders.rules import Depth, TieKind
from app.stakeholders.what_if import Difference, RemovePerson, changed_by, differences
from app.vocabulary import N_, Reason, Term, because

FIND_PART, SEE, FIND_HEIR, FIND_ROLE, FIND_CARES = 7, 14, 14, 21, 21
"""Days until each task is due. House convention: the first weeks are when others move."""


class PeopleChange(Term):
    """What happened to somebody's post."""

    LEAVE = "leave", N_("Leaves")
    MOVE = "move", N_("Moves to another post")
    ARRIVE = "arrive", N_("Is new here")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do about a change, due on a day; ``key`` names it among its kin."""

    key: str
    what: Reason
    why: Reason
    due_on: date


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change breaks or mends, and what to do about it."""

    differences: tuple[Difference, ...]
    tasks: tuple[Task, ...]


def people_changed(
    facts: MapFacts, person_id: int, change: PeopleChange, on: date, heir: str = ""
) -> Changed:
    """What a change of one of the people on the map means; ``heir`` is who takes the post over.

    Somebody new breaks nothing. Who is not on the map (any more) brings no tasks either.
    """
    person = next((one for one in facts.people if one.id == person_id), None)
    if person is None:
        return Changed((), ())
    if change is PeopleChange.ARRIVE:
        return Changed((), tuple(_of_newcomer(person, facts, on)))
    before = answers(facts)
    after = answers(_without(facts, person_id, change))
    tasks = [*_of_post(person, change, before, on, heir), *_of_gaps(before, after, on)]
    return Changed(differences(before, after), tuple(tasks))


def _without(facts: MapFacts, person_id: int, change: PeopleChange) -> MapFacts:
    """The map once they are gone, or once they are where nobody knows what they decide."""
    if change is PeopleChange.LEAVE:
        return changed_by(facts, RemovePerson(person_id))
    people = (
        replace(one, roles=frozenset()) if one.id == person_id else one for one in facts.people
    )
    kept = (
        tie
        for tie in facts.ties
        if tie.kind is not TieKind.REPORTS_TO or person_id not in (tie.from_id, tie.to_id)
    )
    return replace(facts, people=tuple(people), ties=tuple(kept))


def _of_newcomer(person: PersonFact, facts: MapFacts, on: date) -> Iterator[Task]:
    yield from _meeting(person.name, on)
    yield Task(
        "cares",
        because(N_("Find out what %(name)s cares about and how they decide"), name=person.name),
        because(N_("Who knows that early shapes the criteria")),
        on + timedelta(FIND_CARES),
    )
    if not any(tie.person_id == person.id for tie in facts.coverage):
        yield Task(
            "tie",
            because(N_("Say who of ours holds the tie to %(name)s"), name=person.name),
            because(N_("None of ours knows %(name)s"), name=person.name),
            on + timedelta(FIND_PART),
        )


def _of_post(
    person: PersonFact, change: PeopleChange, before: MapAnswers, on: date, heir: str
) -> Iterator[Task]:
    if _is_near(person, before):
        yield Task(
            "introduction",
            because(N_("Ask %(name)s to introduce us to who comes after them"), name=person.name),
            because(N_("They know us well; it is easiest while they are still there")),
            on,
        )
    if heir:
        yield from _meeting(heir, on)
    else:
        yield Task(
            "heir",
            because(
                N_("Find out who takes over from %(name)s: %(post)s"),
                name=person.name,
                post=person.title or person.department or "?",
            ),
            because(N_("Competitors do not wait, and new deciders are more open to new ideas")),
            on + timedelta(FIND_HEIR),
        )
    if change is PeopleChange.MOVE:
        yield Task(
            "part",
            because(N_("Find out what %(name)s decides in the new post"), name=person.name),
            because(N_("Roles go with the post, not with the person")),
            on + timedelta(FIND_PART),
        )


def _is_near(person: PersonFact, before: MapAnswers) -> bool:
    return any((tie.depth or 0) >= Depth.MUTUAL for tie in before.drawn.ties_to(person.id))


def _meeting(name: str, on: date) -> Iterator[Task]:
    yield Task(
        "new-part",
        because(N_("Find out what part %(name)s has in decisions"), name=name),
        because(N_("The role of somebody new is found out at once")),
        on + timedelta(FIND_PART),
    )
    yield Task(
        "see",
        because(N_("See %(name)s before others do"), name=name),
        because(N_("Competitors do not wait, and new deciders are more open to new ideas")),
        on + timedelta(SEE),
    )


def _of_gaps(before: MapAnswers, after: MapAnswers, on: date) -> Iterator[Task]:
    for old, new in zip(before.roles, after.roles, strict=True):
        if old.state > RoleState.NOBODY and new.state is RoleState.NOBODY:
            yield Task(
                f"role-{new.role.value}",
                because(N_("Find out who has this role now: %(role)s"), role=new.role),
                because(N_("Nobody else is known to hold it")),
                on + timedelta(FIND_ROLE),
            )
    for one in before.deciders:
        was = before.access.strengths[one]
        if was and one in after.drawn.people and not after.access.strengths[one]:
            yield Task(
                f"way-{one}",
                because(N_("Find a new way in to %(name)s"), name=before.drawn.name(one)),
                because(N_("Every way to them ran through this change")),
                on + timedelta(FIND_ROLE),
            )
