"""What is exported: for each kind the columns, by our own names for fields, and the rows.

Every SELECT is narrowed to the accounts a person may see and read in pieces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.pipeline.models import Opportunity, OpportunityLine, StageMove
from app.records.list_queries import LISTS, header_of, listed
from app.records.models import Product, Sale
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.users.models import User
from app.users.rules import Level

PIECE = 1_000
Cells = Iterable[Any]
Query = Select[*tuple[Any, ...]]
Seen = Select[Any] | None

ACCOUNTS = ("external_id", "name", "other_name", "parent", "industry", "region", "city", "website",
            "phone", "employees", "annual_revenue", "founded", "ownership", "loyalty", "chain",
            "kind", "segment", "currency", "owner", "notes")  # fmt: skip
PEOPLE = ("account", "external_id", "name", "title", "department", "unit", "level", "reports_to",
          "role", "support", "influence", "email", "phone", "is_outside", "style",
          "notes")  # fmt: skip
RELATIONSHIPS = ("account", "from", "to", "kind", "weight", "since", "depth", "last_contact")
OPPORTUNITIES = ("external_id", "account", "name", "product", "owner", "stage", "outcome", "amount",
                 "currency", "opened", "close_date", "closed", "probability", "next_step",
                 "next_step_on")  # fmt: skip
PRODUCTS = ("external_id", "name", "code", "series", "price", "currency")
MOVES = ("account", "deal", "date", "stage", "outcome", "evidence", "reason", "owner")
SALES = ("external_id", "account", "product", "description", "date", "quantity", "amount", "cost")


def _within(query: Query, account_id: Any, seen: Seen) -> Query:
    return query if seen is None else query.where(account_id.in_(seen))


def _rows(session: Session, query: Query) -> Iterator[Any]:
    yield from session.execute(query.execution_options(yield_per=PIECE))


def accounts(session: Session, seen: Seen) -> Iterator[Cells]:
    """Accounts with their parents and first owners."""
    parent = aliased(Account)
    owners = _owners(session, seen)
    hidden = parent.id.in_(seen) if seen is not None else True
    query = (
        select(Account.id, Account.external_id, Account.name, Account.other_name, parent.name,
               Account.industry, Account.region, Account.city, Account.website, Account.phone,
               Account.employees, Account.annual_revenue, Account.founded, Account.ownership,
               Account.loyalty, Account.chain_position, Account.kind, Account.segment,
               Account.currency, Account.notes)
        .outerjoin(parent, (parent.id == Account.parent_id) & hidden)
        .where(Account.archived_at.is_(None), Account.is_holding.is_(False))
        .order_by(Account.id)
    )  # fmt: skip
    for row in _rows(session, _within(query, Account.id, seen)):
        yield (*row[1:-1], owners.get(row[0], ""), row[-1])


def _owners(session: Session, seen: Seen) -> dict[int, str]:
    query = (
        select(Membership.account_id, User.email, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.level == Level.OWN)
        .order_by(Membership.id.desc())
    )
    rows = session.execute(_within(query, Membership.account_id, seen))
    return {row[0]: row[1] or row[2] for row in rows}


def people(session: Session, seen: Seen) -> Iterator[Cells]:
    """People with today's roles, newest judgements and managers."""
    roles, judged, managers = (
        _roles(session, seen),
        _judged(session, seen),
        _managers(session, seen),
    )
    query = (
        select(Stakeholder, Account.name)
        .join(Account, Account.id == Stakeholder.account_id)
        .where(Stakeholder.archived_at.is_(None), Stakeholder.left_on.is_(None))
        .where(Account.archived_at.is_(None))
        .order_by(Stakeholder.account_id, Stakeholder.id)
    )
    for one, account in _rows(session, _within(query, Stakeholder.account_id, seen)):
        support, influence = judged[one.id]
        yield (
            account, one.external_id, one.name, one.title, one.department, one.unit, one.level,
            managers.get(one.id, ""), ";".join(roles[one.id]), support, influence, one.email,
            one.phone, "yes" if one.is_outside else "", one.style, one.notes,
        )  # fmt: skip


def _roles(session: Session, seen: Seen) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(RoleHolding.stakeholder_id, RoleHolding.role)
        .where(RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None))
        .order_by(RoleHolding.id)
    )
    for person_id, role in session.execute(_within(query, RoleHolding.account_id, seen)):
        found[person_id].append(role)
    return found


def _judged(session: Session, seen: Seen) -> dict[int, list[int | None]]:
    found: dict[int, list[int | None]] = defaultdict(lambda: [None, None])
    query = (
        select(Observation.stakeholder_id, Observation.support, Observation.influence)
        .where(Observation.opportunity_id.is_(None))
        .order_by(Observation.on, Observation.id)
    )
    for person_id, *values in session.execute(_within(query, Observation.account_id, seen)):
        for place, value in enumerate(values):
            if value is not None:
                found[person_id][place] = value
    return found


def _managers(session: Session, seen: Seen) -> dict[int, str]:
    query = (
        select(Tie.from_id, Stakeholder.external_id, Stakeholder.name)
        .join(Stakeholder, Stakeholder.id == Tie.to_id)
        .where(Tie.kind == "reports_to", Tie.until.is_(None))
    )
    rows = session.execute(_within(query, Tie.account_id, seen))
    return {row[0]: row[1] or row[2] for row in rows}


def relationships(session: Session, seen: Seen) -> Iterator[Cells]:
    """Ties that hold, then our coverage with its newest reading."""
    one, other = aliased(Stakeholder), aliased(Stakeholder)
    query = (
        select(Account.name, one.external_id, one.name, other.external_id, other.name, Tie.kind,
               Tie.weight, Tie.since)
        .join(Account, Account.id == Tie.account_id)
        .join(one, one.id == Tie.from_id)
        .join(other, other.id == Tie.to_id)
        .where(Tie.until.is_(None), Account.archived_at.is_(None))
        .where(one.archived_at.is_(None), other.archived_at.is_(None))
        .order_by(Tie.account_id, Tie.id)
    )  # fmt: skip
    for row in _rows(session, _within(query, Tie.account_id, seen)):
        yield (row[0], row[1] or row[2], row[3] or row[4], *row[5:], None, None)
    yield from _coverage(session, seen)


def _coverage(session: Session, seen: Seen) -> Iterator[Cells]:
    depth: dict[int, int] = {}
    last: dict[int, Any] = {}
    readings = select(ContactReading.coverage_id, ContactReading.depth, ContactReading.is_contact,
                      ContactReading.on)  # fmt: skip
    readings = readings.order_by(ContactReading.on, ContactReading.id)
    for row in session.execute(_within(readings, ContactReading.account_id, seen)):
        if row.depth is not None:
            depth[row.coverage_id] = row.depth
        if row.is_contact:
            last[row.coverage_id] = row.on
    query = (
        select(Coverage.id, Account.name, User.email, User.name, Stakeholder.external_id,
               Stakeholder.name, Coverage.since)
        .join(Account, Account.id == Coverage.account_id)
        .join(User, User.id == Coverage.user_id)
        .join(Stakeholder, Stakeholder.id == Coverage.stakeholder_id)
        .where(Coverage.until.is_(None), Account.archived_at.is_(None))
        .where(Stakeholder.archived_at.is_(None))
        .order_by(Coverage.account_id, Coverage.id)
    )  # fmt: skip
    for row in _rows(session, _within(query, Coverage.account_id, seen)):
        yield (row[1], row[2] or row[3], row[4] or row[5], "coverage", None, row[6],
               depth.get(row[0]), last.get(row[0]))  # fmt: skip


def opportunities(session: Session, seen: Seen) -> Iterator[Cells]:
    """Deals with their first product and their owner."""
    lines = (
        select(OpportunityLine.opportunity_id, Product.name)
        .join(Product, Product.id == OpportunityLine.product_id)
        .order_by(OpportunityLine.id.desc())
    )
    found = session.execute(_within(lines, OpportunityLine.account_id, seen))
    products: dict[int, str] = {row[0]: row[1] for row in found}
    query = (
        select(Opportunity, Account.name, Account.is_holding, User.email, User.name)
        .join(Account, Account.id == Opportunity.account_id)
        .outerjoin(User, User.id == Opportunity.owner_id)
        .where(Opportunity.archived_at.is_(None), Account.archived_at.is_(None))
        .order_by(Opportunity.id)
    )
    for deal, account, is_holding, email, owner in _rows(
        session, _within(query, Opportunity.account_id, seen)
    ):
        yield (
            deal.external_id, "" if is_holding else account, deal.name, products.get(deal.id, ""),
            email or owner, deal.stage, deal.outcome, deal.amount, deal.currency, deal.opened_on,
            deal.close_on, deal.closed_on, deal.probability, deal.next_step, deal.next_step_on,
        )  # fmt: skip


def moves(session: Session, seen: Seen) -> Iterator[Cells]:
    """Every move of every deal, in the order they happened."""
    query = (
        select(Account.name, Opportunity.external_id, Opportunity.name, StageMove, User.email,
               User.name)
        .join(Opportunity, Opportunity.id == StageMove.opportunity_id)
        .join(Account, Account.id == StageMove.account_id)
        .outerjoin(User, User.id == StageMove.user_id)
        .where(Opportunity.archived_at.is_(None), Account.archived_at.is_(None))
        .order_by(StageMove.opportunity_id, StageMove.on, StageMove.id)
    )  # fmt: skip
    for account, number, name, move, email, mover in _rows(
        session, _within(query, StageMove.account_id, seen)
    ):
        yield (account, number or name, move.on, move.to_stage, move.outcome, move.evidence,
               move.reason, email or mover)  # fmt: skip


def products(session: Session, _seen: Seen) -> Iterator[Cells]:
    """Products; everybody may see them."""
    query = (
        select(Product.external_id, Product.name, Product.code, Product.series, Product.price,
               Product.currency)
        .where(Product.archived_at.is_(None))
        .order_by(Product.id)
    )  # fmt: skip
    yield from _rows(session, query)


def sales(session: Session, seen: Seen) -> Iterator[Cells]:
    """Sales lines in the order they came."""
    query = (
        select(Sale.external_id, Account.name, Product.name, Sale.description, Sale.on,
               Sale.quantity, Sale.amount, Sale.cost)
        .join(Account, Account.id == Sale.account_id)
        .outerjoin(Product, Product.id == Sale.product_id)
        .where(Account.archived_at.is_(None))
        .order_by(Sale.id)
    )  # fmt: skip
    yield from _rows(session, _within(query, Sale.account_id, seen))


def _listed(name: str, session: Session, seen: Seen) -> Iterator[Cells]:
    """A list of commercial records."""
    yield from listed(session, name, seen)


EXPORTS: dict[str, tuple[tuple[str, ...], Callable[[Session, Seen], Iterator[Cells]]]] = {
    "accounts": (ACCOUNTS, accounts),
    "people": (PEOPLE, people),
    "relationships": (RELATIONSHIPS, relationships),
    "opportunities": (OPPORTUNITIES, opportunities),
    "moves": (MOVES, moves),
    "products": (PRODUCTS, products),
    "sales": (SALES, sales),
    **{name: (header_of(name), partial(_listed, name)) for name in LISTS},
}
