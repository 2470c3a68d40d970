"""What our side of a map asks of the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, column, func, or_, select, table
from sqlalchemy.orm import Session

from app.accounts.models import ValueReading
from app.accounts.profile_queries import ValueRow, value_row
from app.stakeholders.map_queries import holds
from app.stakeholders.models import Coverage, Criterion, Rescue, Stakeholder
from app.stakeholders.our_side import Help
from app.stakeholders.relationship_stage import TradeFact
from app.stakeholders.rules import Approach, ContractPhase, Depth, HelpSource

SALES: Any = table("sale", column("account_id"), column("on"))
"""Records stand above: the stage of a relationship reads only these columns of their table."""


def chosen_approaches(session: Session, account_id: int) -> dict[int, Approach]:
    """What to do with people where somebody has said it."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.approach).where(
            Stakeholder.account_id == account_id, Stakeholder.approach.is_not(None)
        )
    )
    return {row.id: Approach(row.approach) for row in rows if row.approach}


def wanted_depths(session: Session, account_id: int, on: date) -> dict[tuple[int, int], Depth]:
    """The depth wanted of our ties, by (person, colleague)."""
    rows = session.execute(
        select(Coverage.stakeholder_id, Coverage.user_id, Coverage.wanted_depth).where(
            Coverage.account_id == account_id,
            Coverage.wanted_depth.is_not(None),
            holds(Coverage, on),
        )
    )
    return {(row[0], row[1]): Depth(row[2]) for row in rows if row[2] is not None}


def trade_fact(session: Session, account_id: int, *, is_ending: bool) -> TradeFact:
    """When the account first and last bought."""
    first, last = session.execute(
        select(func.min(SALES.c.on), func.max(SALES.c.on)).where(SALES.c.account_id == account_id)
    ).one()
    return TradeFact(_day(first), _day(last), is_ending=is_ending)


def _day(value: Any) -> date | None:
    """A day as the database gives it: SQLite knows a column without a type as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def helpers(session: Session, account_id: int, opportunity_id: int | None) -> list[Help]:
    """The rescue network of an account, or of it and one opportunity."""
    scope: ColumnElement[bool] = Rescue.opportunity_id.is_(None)
    if opportunity_id is not None:
        scope = or_(scope, Rescue.opportunity_id == opportunity_id)
    rows = session.scalars(
        select(Rescue)
        .where(Rescue.account_id == account_id, Rescue.until.is_(None), scope)
        .order_by(Rescue.id)
    )
    return [
        Help(row.id, ContractPhase(row.phase), HelpSource(row.source), row.who, row.purpose)
        for row in rows
    ]


def values_of_person(session: Session, person_id: int, most: int = 12) -> list[ValueRow]:
    """Readings of value as a person perceives it, newest first."""
    found = session.scalars(
        select(ValueReading)
        .where(ValueReading.stakeholder_id == person_id, ValueReading.archived_at.is_(None))
        .order_by(ValueReading.on.desc(), ValueReading.id.desc())
        .limit(most)
    )
    return [value_row(one) for one in found]


def values_by_person(session: Session, account_id: int, on: date) -> dict[int, ValueRow]:
    """The newest reading of value of each person who has one by a day."""
    found = session.scalars(
        select(ValueReading)
        .where(
            ValueReading.account_id == account_id,
            ValueReading.stakeholder_id.is_not(None),
            ValueReading.archived_at.is_(None),
            ValueReading.on <= on,
        )
        .order_by(ValueReading.on, ValueReading.id)
    )
    return {one.stakeholder_id: value_row(one) for one in found if one.stakeholder_id is not None}


def criteria(session: Session, person_id: int, opportunity_id: int | None) -> list[str]:
    """What a person decides by, ranked; an opportunity's own in place of the account's."""
    rows = session.execute(
        select(Criterion.words, Criterion.opportunity_id)
        .where(
            Criterion.stakeholder_id == person_id,
            or_(Criterion.opportunity_id.is_(None), Criterion.opportunity_id == opportunity_id),
        )
        .order_by(Criterion.rank, Criterion.id)
    ).all()
    own = [row.words for row in rows if row.opportunity_id is not None]
    return own or [row.words for row in rows if row.opportunity_id is None]
