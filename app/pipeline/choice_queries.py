"""What a deal's own page and its forms ask: its products, and names to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Sight
from app.pipeline.models import Opportunity, OpportunityLine
from app.pipeline.standing_queries import gathered, is_wide
from app.records.models import Product
from app.search import ids_found
from app.users.models import User
from app.users.queries import colleague_choices


@dataclass(frozen=True, slots=True)
class LineRow:
    """A product in a deal."""

    id: int
    product: str
    series: str
    quantity: Decimal
    amount: Decimal | None


def lines_of(session: Session, opportunity_id: int) -> list[LineRow]:
    """The products in a deal."""
    rows = session.execute(
        select(
            OpportunityLine.id,
            Product.name,
            Product.series,
            OpportunityLine.quantity,
            OpportunityLine.amount,
        )
        .outerjoin(Product, Product.id == OpportunityLine.product_id)
        .where(OpportunityLine.opportunity_id == opportunity_id)
        .order_by(OpportunityLine.id)
    )
    return [
        LineRow(row.id, row.name or "", row.series or "", row.quantity, row.amount) for row in rows
    ]


def find_line(session: Session, opportunity_id: int, line_id: int) -> OpportunityLine | None:
    """A line, if it is that deal's."""
    line = session.get(OpportunityLine, line_id)
    return line if line is not None and line.opportunity_id == opportunity_id else None


def product_choices(session: Session) -> list[tuple[int, str]]:
    """What we sell, by name, for a choice."""
    rows = session.execute(
        select(Product.id, Product.name)
        .where(Product.archived_at.is_(None))
        .order_by(func.lower(Product.name))
    )
    return [(row.id, row.name) for row in rows]


def accounts_named(session: Session, seen: Select[Any], text: str) -> list[tuple[int, str]]:
    """The first twenty accounts, by name, whose names can be begun with ``text``."""
    query = select(Account.id, Account.name).where(
        Account.id.in_(seen), Account.archived_at.is_(None)
    )
    if text.strip():
        query = query.where(Account.id.in_(ids_found("account", text)))
    return [(row.id, row.name) for row in session.execute(query.order_by(Account.name).limit(20))]


def owner_choices(session: Session, seen: Sight, chosen: int | None) -> list[tuple[int, str]]:
    """Whose deals somebody may ask for, by name: of those that they see, besides one ``chosen``
    already. Whoever sees nearly all chooses among all colleagues."""
    if is_wide(seen):
        return colleague_choices(session)
    owners = select(Opportunity.owner_id).where(gathered(seen))
    wanted = User.id.in_(owners) & User.archived_at.is_(None)
    if chosen is not None:
        wanted |= User.id == chosen
    rows = session.execute(select(User.id, User.name).where(wanted).order_by(func.lower(User.name)))
    return [(row.id, row.name) for row in rows]


def user_name(session: Session, user_id: int | None) -> str:
    """One of our people's name; empty for nobody."""
    if user_id is None:
        return ""
    return session.scalar(select(User.name).where(User.id == user_id)) or ""
