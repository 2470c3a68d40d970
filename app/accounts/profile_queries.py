"""What an account's own pages show: its family, team, tests, scores, appraisals and rivals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session, aliased

from app.accounts.importance import ImportanceScale
from app.accounts.models import (
    Account,
    Appraisal,
    FactorScore,
    KeyTestAnswer,
    Membership,
    Rival,
    ValueReading,
)
from app.accounts.queries import Seen, within
from app.accounts.rules import Aspect, Judgement, KeyTest, is_false_willingness
from app.accounts.settings import IMPORTANCE, scale_from
from app.accounts.team import Seat
from app.accounts.value_surplus import ValueFact
from app.users.models import User
from app.users.queries import find_setting
from app.users.rules import Level, UserRole


@dataclass(frozen=True, slots=True)
class Kin:
    """An account above or below another."""

    id: int
    name: str
    city: str
    is_parent: bool


def family(session: Session, account: Account, seen: Seen, most: int = 100) -> list[Kin]:
    """The parent and the subsidiaries of an account, of those ``seen``."""
    parent_id = account.parent_id
    below = select(Account.id).where(Account.parent_id == account.id)
    near = below if parent_id is None else below.union_all(select(literal(parent_id)))
    rows = session.execute(
        select(Account.id, Account.name, Account.city)
        .where(Account.id.in_(near), Account.archived_at.is_(None), within(Account.id, seen))
        .order_by(Account.name, Account.id)
        .limit(most)
    )
    return [Kin(row.id, row.name, row.city, row.id == parent_id) for row in rows]


def ancestors(session: Session, account_id: int) -> set[int]:
    """The ids of an account and of all above it."""
    above = (
        select(Account.id, Account.parent_id)
        .where(Account.id == account_id)
        .cte("above", recursive=True)
    )
    over = aliased(Account)
    above = above.union(select(over.id, over.parent_id).where(over.id == above.c.parent_id))
    return set(session.scalars(select(above.c.id)))


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague in the team."""

    name: str
    office: str
    seat: Seat


def team_of(session: Session, account_id: int) -> list[Member]:
    """An account's team: owners first, then by name."""
    rows = session.execute(
        select(User.id, User.name, User.role, User.office, User.archived_at, Membership.level)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.account_id == account_id)
        .order_by(Membership.level.desc(), User.name, User.id)
    )
    return [_member(row) for row in rows]


def _member(row: Any) -> Member:
    seat = Seat(row.id, UserRole(row.role), Level(row.level), row.archived_at is None)
    return Member(row.name, row.office, seat)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one of the twelve tests."""

    is_yes: bool
    evidence: str
    on: date


def answers_of(session: Session, account_id: int) -> dict[KeyTest, Answer]:
    """The answers given so far."""
    row = KeyTestAnswer
    found = session.execute(
        select(row.test, row.is_yes, row.evidence, row.on).where(row.account_id == account_id)
    )
    return {KeyTest(one.test): Answer(one.is_yes, one.evidence, one.on) for one in found}


@dataclass(frozen=True, slots=True)
class Scored:
    """What an account scores on a factor, and why."""

    score: int
    note: str


def scores_of(session: Session, account_id: int) -> dict[str, Scored]:
    """The scores of an account by factor."""
    row = FactorScore
    found = session.execute(
        select(row.factor, row.score, row.note).where(row.account_id == account_id)
    )
    return {one.factor: Scored(one.score, one.note) for one in found}


def scale_of_company(session: Session) -> ImportanceScale:
    """The company's factors and grades."""
    return scale_from(find_setting(session, IMPORTANCE))


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """What was thought of one side of an account on a day."""

    id: int
    aspect: Aspect
    judgement: Judgement
    note: str
    on: date
    by: str
    in_money: bool
    in_people: bool
    in_vehicles: bool

    @property
    def is_false(self) -> bool:
        """Whether this is willingness in attitude alone."""
        shown_in = self.in_money + self.in_people + self.in_vehicles
        return self.aspect is Aspect.WILLINGNESS and is_false_willingness(
            self.judgement, shown_in=shown_in
        )


def appraisals_of(session: Session, account_id: int, most: int = 60) -> list[AppraisalRow]:
    """What was thought of an account, newest first."""
    rows = session.execute(
        select(Appraisal, User.name)
        .outerjoin(User, User.id == Appraisal.user_id)
        .where(Appraisal.account_id == account_id, Appraisal.archived_at.is_(None))
        .order_by(Appraisal.on.desc(), Appraisal.id.desc())
        .limit(most)
    )
    return [_appraisal(row, name or "") for row, name in rows]


def _appraisal(row: Appraisal, by: str) -> AppraisalRow:
    return AppraisalRow(
        row.id,
        Aspect(row.aspect),
        Judgement(row.judgement),
        row.note,
        row.on,
        by,
        row.in_money,
        row.in_people,
        row.in_vehicles,
    )


def newest_of_each(rows: list[AppraisalRow]) -> Mapping[Aspect, AppraisalRow | None]:
    """The newest appraisal of every side, None where there is none; ``rows`` are newest first."""
    newest: dict[Aspect, AppraisalRow | None] = dict.fromkeys(Aspect)
    for row in reversed(rows):
        newest[row.aspect] = row
    return newest


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A reading of perceived value with its evidence."""

    id: int
    fact: ValueFact
    gain_evidence: str
    cost_evidence: str
    expected_evidence: str


def values_of(session: Session, account_id: int, most: int = 24) -> list[ValueRow]:
    """Readings of value as the account perceives it, newest first."""
    row = ValueReading
    found = session.scalars(
        select(row)
        .where(
            row.account_id == account_id, row.stakeholder_id.is_(None), row.archived_at.is_(None)
        )
        .order_by(row.on.desc(), row.id.desc())
        .limit(most)
    )
    return [value_row(one) for one in found]


def value_row(one: ValueReading) -> ValueRow:
    """A reading as a list shows it."""
    return ValueRow(
        one.id,
        ValueFact(one.on, one.gain, one.cost, one.expected),
        one.gain_evidence,
        one.cost_evidence,
        one.expected_evidence,
    )


@dataclass(frozen=True, slots=True)
class RivalRow:
    """A competitor at the account."""

    id: int
    name: str
    share: Decimal | None
    offer: str
    strengths: str
    weaknesses: str
    contacts_think: str


def rivals_of(session: Session, account_id: int, most: int = 40) -> list[RivalRow]:
    """The competitors at an account, the largest share first, unknown shares last."""
    row = Rival
    columns = (row.id, row.name, row.share, row.offer, row.strengths, row.weaknesses)
    found = session.execute(
        select(*columns, row.contacts_think)
        .where(row.account_id == account_id, row.archived_at.is_(None))
        .order_by(row.share.is_(None), row.share.desc(), row.name, row.id)
        .limit(most)
    )
    return [RivalRow(*one) for one in found]
