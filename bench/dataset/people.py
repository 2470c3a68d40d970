"""An account's stakeholders in the data set, what is believed of them and their ties."""

from __future__ import annotations

from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.rules import Role, TieKind
from bench.dataset.cast import ACCOUNTS_EACH, person_name
from bench.dataset.place import Place, at

LARGE = 50
SMALL = (4, 14)
DEPARTMENTS = ("Procurement 采购部", "Radiology 放射科", "Finance 财务处", "ICU 重症医学科")
TITLES = ("Director 主任", "Vice president 副院长", "Engineer 工程师", "Head nurse 护士长")


def add_people(place: Place) -> list[int]:
    """The people of an account: fifty at every fortieth, some nine elsewhere; their ids."""
    count = LARGE if place.number % ACCOUNTS_EACH == 0 else place.chance.randint(*SMALL)
    people = [_person(place, rank) for rank in range(count)]
    for rank, person_id in enumerate(people):
        if rank:
            above = people[(rank - 1) // 4]
            place.add(
                Tie, kind=TieKind.REPORTS_TO, from_id=person_id, to_id=above, since=place.ago(600)
            )
        if rank > 1 and place.chance.random() < 0.5:
            kind = place.chance.choice((TieKind.INFLUENCES, TieKind.ALLIED, TieKind.AT_ODDS))
            other = people[place.chance.randrange(rank)]
            weight = place.chance.randint(1, 3)
            place.add(
                Tie, kind=kind, from_id=other, to_id=person_id, weight=weight, since=place.ago(400)
            )
    return people


def _person(place: Place, rank: int) -> int:
    chance = place.chance
    name = person_name(chance)
    person_id = place.add(
        Stakeholder,
        external_id=f"P{place.account_id}-{rank}",
        name=name,
        title=chance.choice(TITLES),
        department=chance.choice(DEPARTMENTS),
        level=1 if rank == 0 else 2 if rank < 5 else 3 if rank < 21 else 4,
        since=place.ago(chance.randrange(100, 3000)),
    )
    place.rows.name("stakeholder", person_id, place.account_id, name)
    roles = (
        {Role.DECIDER}
        if rank == 0
        else {chance.choice(list(Role)) for _ in range(chance.choice((0, 1, 1, 2)))}
    )
    for role in sorted(roles):
        place.add(RoleHolding, stakeholder_id=person_id, role=role, since=place.ago(500))
    for days in (400, chance.randrange(5, 200)):
        _judge(place, person_id, days)
    if chance.random() < 0.5:
        _cover(place, person_id)
    return person_id


def _judge(place: Place, person_id: int, days: int) -> None:
    on = place.ago(days)
    place.add(
        Observation,
        stakeholder_id=person_id,
        on=on,
        at=at(on),
        support=place.chance.choice((-2, -1, 0, 1, 1, 2)),
        influence=place.chance.choice((None, 0, 1, 2, 3)),
        confidence=place.chance.choice(("heard", "second_hand", "guess")),
        user_id=place.owner,
    )


def _cover(place: Place, person_id: int) -> None:
    user_id = place.helper if place.helper and place.chance.random() < 0.3 else place.owner
    since = place.ago(450)
    tie = place.add(Coverage, stakeholder_id=person_id, user_id=user_id, since=since)
    for days in (430, 200, place.chance.randrange(1, 150)):
        on = place.ago(days)
        depth = place.chance.randrange(0, 5)
        place.add(ContactReading, coverage_id=tie, on=on, depth=depth, user_id=user_id, at=at(on))
