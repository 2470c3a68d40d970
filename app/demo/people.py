"""The demo's stakeholders: who they are, what was judged of them, who of ours knows whom."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.accounts import Customer
from app.demo.houses import GIVEN, HOUSES, SURNAMES, Post
from app.demo.rows import Rows
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.rules import Approach, Confidence, TieKind

YEARS = 730
APPROACHES = {"decider": Approach.WIN, "blocker": Approach.CONTAIN, "guide": Approach.HOLD}
SOURCES = (
    "拜访中说的 Said in a visit",
    "护士长转述 Heard from the ward",
    "会上的表态 In a meeting",
    "电话 Call",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A stakeholder of the demo: their number and their post."""

    id: int
    post: Post


def add_people(
    rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]
) -> dict[str, Known]:
    """Everyone at an account, from the top down, with ties, roles, judgements and contacts."""
    people: dict[str, Known] = {}
    for post in HOUSES[customer.house]:
        people[post.key] = _person(rows, account_id, post)
    _placeholder(rows, account_id, customer)
    _hierarchy(rows, account_id, people)
    for known in people.values():
        _judge(rows, account_id, customer, known, ours)
    _cover(rows, account_id, customer, people, ours)
    _influences(rows, account_id, people)
    return people


def _person(rows: Rows, account_id: int, post: Post) -> Known:
    chance = rows.chance
    count = len(rows.all(Stakeholder))
    surname, latin = SURNAMES[(count * 7) % len(SURNAMES)].split()
    given, latin_given = GIVEN[(count * 11 + count // len(GIVEN)) % len(GIVEN)].split()
    roles = list(post.roles)
    person_id = rows.add(
        Stakeholder,
        account_id=account_id,
        name=surname + given,
        other_name=f"{latin} {latin_given}",
        title=post.title,
        department=post.department,
        level=post.level,
        is_outside=post.is_outside,
        style=post.style or None,
        approach=next((APPROACHES[role] for role in roles if role in APPROACHES), Approach.RESPECT),
        phone=f"+86 139 0000 {chance.randrange(10_000):04}",
        known_on=rows.ago(YEARS - chance.randrange(60)),
        values=[],
    )
    for role in roles:
        since = rows.ago(YEARS - chance.randrange(200))
        rows.add(
            RoleHolding, account_id=account_id, stakeholder_id=person_id, role=role, since=since
        )
    return Known(person_id, post)


def _placeholder(rows: Rows, account_id: int, customer: Customer) -> None:
    """Someone known to exist whose name is still to be found."""
    if customer.key in {"yunxi", "anhe", "ruijiang"}:
        rows.add(
            Stakeholder,
            account_id=account_id,
            name="待查：分管审计的领导",
            other_name="Unknown head of audit",
            title="审计负责人 Head of audit",
            department="审计处 Audit",
            level=2,
            is_placeholder=True,
            known_on=rows.ago(90),
            values=[],
        )


def _hierarchy(rows: Rows, account_id: int, people: dict[str, Known]) -> None:
    for known in people.values():
        if known.post.under:
            _tie(rows, account_id, TieKind.REPORTS_TO, known, people[known.post.under], days=YEARS)


def _tie(
    rows: Rows,
    account_id: int,
    kind: TieKind,
    one: Known,
    other: Known,
    *,
    weight: int = 1,
    days: int,
) -> None:
    ends = (one.id, other.id)
    if kind in {TieKind.ALLIED, TieKind.AT_ODDS}:
        ends = (min(ends), max(ends))
    rows.add(
        Tie,
        account_id=account_id,
        kind=kind,
        from_id=ends[0],
        to_id=ends[1],
        weight=weight,
        since=rows.ago(days),
    )


INFLUENCES = (
    ("deputy", "head", 3),
    ("icu", "deputy", 3),
    ("surgery", "deputy", 2),
    ("equipment", "deputy", 1),
    ("expert", "buyer", 2),
    ("nursing", "icu", 1),
    ("sales", "deputy", 3),
    ("quality", "head", 2),
    ("category", "buyer", 2),
    ("operations", "deputy", 2),
    ("finance", "head", 2),
    ("doctor", "deputy", 2),
    ("bureau", "head", 3),
    ("adviser", "head", 1),
)


def _influences(rows: Rows, account_id: int, people: dict[str, Known]) -> None:
    for one, other, weight in INFLUENCES:
        if one in people and other in people and rows.chance.random() < 0.8:
            days = rows.chance.randrange(120, 700)
            _tie(
                rows,
                account_id,
                TieKind.INFLUENCES,
                people[one],
                people[other],
                weight=weight,
                days=days,
            )
    for kind, one, other in (
        (TieKind.ALLIED, "icu", "nursing"),
        (TieKind.AT_ODDS, "finance", "equipment"),
        (TieKind.ALLIED, "sales", "rep"),
        (TieKind.AT_ODDS, "buyer", "operations"),
    ):
        if one in people and other in people and rows.chance.random() < 0.6:
            _tie(
                rows,
                account_id,
                kind,
                people[one],
                people[other],
                days=rows.chance.randrange(90, 500),
            )


def _judge(
    rows: Rows, account_id: int, customer: Customer, known: Known, ours: dict[str, int]
) -> None:
    """Readings that move toward the account's mood; people out of reach stay unknown."""
    chance = rows.chance
    author = ours[customer.owner]
    rows.add(
        Observation,
        account_id=account_id,
        stakeholder_id=known.id,
        on=rows.ago(YEARS - 30),
        influence=known.post.influence,
        confidence=Confidence.GUESS,
        source="开户时的判断 First judgement",
        user_id=author,
        at=rows.at(rows.ago(YEARS - 30)),
    )
    if chance.random() > customer.reach + 0.1:
        return
    goal = customer.mood + chance.uniform(-1, 1) + (0.8 if "guide" in known.post.roles else 0)
    goal -= 0.9 if "blocker" in known.post.roles else 0
    value = 0.0
    days = float(chance.randrange(400, 690))
    while days > 4:
        value += (goal - value) * 0.5 + chance.uniform(-0.4, 0.4)
        _support(rows, account_id, known, days, max(-2, min(2, round(value))), author)
        days -= chance.uniform(70, 260)


def _support(
    rows: Rows, account_id: int, known: Known, days: float, value: int, author: int
) -> None:
    on = rows.ago(days)
    rows.add(
        Observation,
        account_id=account_id,
        stakeholder_id=known.id,
        on=on,
        support=value,
        confidence=rows.chance.choice(list(Confidence)),
        source=rows.chance.choice(SOURCES),
        user_id=author,
        at=rows.at(on, 10),
    )


def _cover(
    rows: Rows, account_id: int, customer: Customer, people: dict[str, Known], ours: dict[str, int]
) -> None:
    """Who of ours is in touch with whom: the owner with most, others with some."""
    chance = rows.chance
    for known in people.values():
        if chance.random() < customer.reach:
            depth = 1 + (chance.random() < customer.reach) + (chance.random() < customer.reach / 3)
            touch(rows, account_id, known, ours[customer.owner], depth, chance.randrange(5, 80))
    for key in customer.team:
        if key == "gu":
            continue
        tops = (
            ("head", "deputy")
            if key in {"han", "shen"}
            else ("equipment", "icu", "engineer", "quality", "operations")
        )
        for known in people.values():
            if known.post.key in tops and chance.random() < customer.reach:
                touch(
                    rows,
                    account_id,
                    known,
                    ours[key],
                    chance.choice((1, 2)),
                    chance.randrange(20, 150),
                )


def touch(rows: Rows, account_id: int, known: Known, user_id: int, depth: int, last: int) -> None:
    """One of ours in touch with one of theirs: first contact long ago, the last ``last`` days ago."""
    chance = rows.chance
    first = max(last, chance.randrange(200, 700))
    coverage = rows.add(
        Coverage,
        account_id=account_id,
        stakeholder_id=known.id,
        user_id=user_id,
        since=rows.ago(first),
        wanted_depth=min(4, depth + chance.choice((0, 1))),
        is_owner=True,
    )
    days = float(first)
    while days > last:
        _contact(
            rows,
            account_id,
            coverage,
            user_id,
            days,
            max(0, depth - 1) if days > first / 2 else depth,
        )
        days -= chance.uniform(30, 110)
    _contact(rows, account_id, coverage, user_id, last, depth)


def _contact(
    rows: Rows, account_id: int, coverage: int, user_id: int, days: float, depth: int
) -> None:
    on = rows.ago(days)
    rows.add(
        ContactReading,
        account_id=account_id,
        coverage_id=coverage,
        on=on,
        depth=depth,
        source="拜访 Visit",
        user_id=user_id,
        at=rows.at(on, 11),
    )
