"""What is asked of the database about service cases and the communication plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, case, func, literal, select
from sqlalchemy.orm import Session

from app.paging import Page, Place, count_up_to, page_of
from app.records.communication import CommunicationFact, CommunicationKind
from app.records.models import Product
from app.records.service import CaseFact, CaseKind, CaseStanding, Verdict, case_standing
from app.records.support_models import Communication, ServiceCase
from app.stakeholders.models import Stakeholder
from app.users.models import User


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    id: int
    kind: CaseKind
    number: str
    title: str
    words: str
    product: str
    person: str
    owner: str
    amount: Decimal | None
    verdict: Verdict | None
    decision: str
    answer: str
    fact: CaseFact

    def standing(self, on: date) -> CaseStanding:
        """How far it is on a day."""
        return case_standing(self.fact, on)


def case_rows(
    session: Session, account_id: int, place: Place, *, is_open: bool, kind: CaseKind | None = None
) -> Page[CaseRow]:
    """A page of an account's cases, newest first: those not closed, or all of them."""
    row = ServiceCase
    query = (
        select(
            row.id, row.kind, row.number, row.title, row.words,
            func.coalesce(Product.name, ""), func.coalesce(Stakeholder.name, ""),
            func.coalesce(User.name, ""), row.amount, row.verdict, row.decision, row.answer,
            row.on, row.answer_by, row.investigated_on, row.decided_on, row.answered_on,
            row.closed_on,
        )
        .outerjoin(Product, Product.id == row.product_id)
        .outerjoin(Stakeholder, Stakeholder.id == row.stakeholder_id)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id == account_id, row.archived_at.is_(None))
    )  # fmt: skip
    if is_open:
        query = query.where(row.closed_on.is_(None))
    if kind is not None:
        query = query.where(row.kind == kind)
    page = page_of(session, query, row.on, row.id, place, descending=True, size=20)
    counted = count_up_to(session, query)
    return replace(page, rows=[_case(one) for one in page.rows], counted=counted)


def _case(row: Any) -> CaseRow:
    cells = list(row)
    cells[1] = CaseKind(cells[1])
    cells[9] = Verdict(cells[9]) if cells[9] else None
    cells[12:] = [CaseFact(*cells[12:])]
    return CaseRow(*cells)


@dataclass(frozen=True, slots=True)
class CaseSum:
    """Cases of a kind in a period: how many came, are open, were answered, and in what time."""

    kind: CaseKind
    count: int
    unanswered: int
    granted: int
    cost: Decimal


def case_sums(session: Session, account_id: int, since: date) -> list[CaseSum]:
    """An account's cases since a day, by kind."""
    row = ServiceCase
    refused = row.verdict.is_not(None) & (row.verdict != Verdict.REFUSED.value)
    query = (
        select(
            row.kind,
            func.count(),
            func.sum(case((row.answered_on.is_(None), 1), else_=0)),
            func.sum(case((refused, 1), else_=0)),
            func.coalesce(func.sum(row.cost), 0),
        )
        .where(row.account_id == account_id, row.archived_at.is_(None), row.on >= since)
        .group_by(row.kind)
    )
    found = {one[0]: list(one[1:]) for one in session.execute(query)}
    return [
        CaseSum(kind, count, waiting, granted, Decimal(str(cost)))
        for kind in CaseKind
        if kind in found
        for count, waiting, granted, cost in [found[kind]]
    ]


@dataclass(frozen=True, slots=True)
class CommunicationRow:
    """A line of the communication plan."""

    id: int
    title: str
    owner: str
    months: int | None
    outcome: str
    fact: CommunicationFact


def communication_rows(session: Session, account_id: int, place: Place) -> Page[CommunicationRow]:
    """A page of an account's communication plan, the latest day first."""
    row = Communication
    query = (
        select(row.id, row.title, func.coalesce(User.name, ""), row.months, row.outcome, row.kind,
               row.due_on, row.done_on)
        .outerjoin(User, User.id == row.owner_id)
        .where(row.account_id == account_id, row.archived_at.is_(None))
    )  # fmt: skip
    page = page_of(session, query, row.due_on, row.id, place, descending=True, size=30)
    rows = [_communication(one) for one in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _communication(row: Any) -> CommunicationRow:
    cells = list(row)
    cells[5:] = [CommunicationFact(CommunicationKind(cells[5]), *cells[6:])]
    return CommunicationRow(*cells)


def latest_communication(
    session: Session, account_id: int, on: date
) -> dict[CommunicationKind, date]:
    """When each kind of communication last happened, up to a day."""
    row = Communication
    query = (
        select(row.kind, func.max(row.done_on))
        .where(row.account_id == account_id, row.archived_at.is_(None))
        .where(row.done_on <= literal(on, Date))
        .group_by(row.kind)
    )
    rows = session.execute(query)
    return {CommunicationKind(kind): last for kind, last in rows if last is not None}
