"""What the records say for goals: any number of questions in one SELECT per kind of record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    column,
    distinct,
    func,
    or_,
    select,
    values,
)
from sqlalchemy.orm import Session

from app.plans.metrics import Question, SalesSums, is_told, sales_value
from app.plans.rules import Metric
from app.records.models import Sale
from app.stakeholders.models import Coverage, RoleHolding, Stakeholder
from app.visits.models import Visit

ZERO = Decimal(0)
ANY = 0
"""In place of a product: all of them. A bare NULL has no type on PostgreSQL."""

SALES = frozenset({Metric.SALES, Metric.VOLUME, Metric.MARGIN, Metric.GROWTH})


def answers_to(session: Session, questions: Iterable[Question]) -> dict[Question, Decimal]:
    """The answers that the records have; a question they cannot answer is left out."""
    asked = list(dict.fromkeys(questions))
    found: dict[Question, Decimal] = {}
    for metrics, answer in (
        (SALES, _sales),
        ({Metric.VISITS}, _visits),
        ({Metric.COVERAGE}, _people_covered),
    ):
        of_kind = [question for question in asked if question.metric in metrics]
        if of_kind:
            found.update(answer(session, of_kind))
    return found


def _spans(questions: Sequence[Question]) -> CTE:
    """The questions as a table, numbered in their order."""
    columns = (
        column("n", Integer),
        column("account_id", Integer),
        column("product_id", Integer),
        column("before", Date),
        column("since", Date),
        column("until", Date),
    )
    rows = [
        (n, one.account_id, one.product_id or ANY, one.before, one.since, one.until)
        for n, one in enumerate(questions)
    ]
    return values(*columns, name="spans").data(rows).cte("spans")


def _sales(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    spans = _spans(questions)
    inside = Sale.on > spans.c.since
    first = select(func.min(Sale.on)).where(Sale.account_id == spans.c.account_id)
    query = (
        select(
            spans.c.n,
            _sum_where(inside, Sale.amount),
            _sum_where(inside, Sale.quantity),
            _sum_where(inside & Sale.cost.is_not(None), Sale.amount),
            _sum_where(inside, Sale.cost),
            _sum_where(~inside, Sale.amount),
            func.min(first.correlate(spans).scalar_subquery()),
        )
        .select_from(spans)
        .outerjoin(Sale, _sold_in(spans))
        .group_by(spans.c.n)
    )
    found = {}
    for n, *sums, begun in session.execute(query):
        amount, quantity, costed, cost, before = (total or ZERO for total in sums)
        known = SalesSums(amount, quantity, costed, cost, before, begun)
        value = sales_value(questions[n], known)
        if value is not None:
            found[questions[n]] = value
    return found


def _sold_in(spans: CTE) -> ColumnElement[bool]:
    return and_(
        Sale.account_id == spans.c.account_id,
        Sale.on > spans.c.before,
        Sale.on <= spans.c.until,
        or_(spans.c.product_id == ANY, Sale.product_id == spans.c.product_id),
    )


def _sum_where(condition: ColumnElement[bool], amount: Any) -> Any:
    return func.sum(case((condition, amount)))


def _visits(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    spans = _spans(questions)
    kept = Visit.archived_at.is_(None)
    first = select(func.min(Visit.held_on)).where(Visit.account_id == spans.c.account_id, kept)
    held = and_(
        Visit.account_id == spans.c.account_id,
        Visit.held_on > spans.c.since,
        Visit.held_on <= spans.c.until,
        kept,
    )
    query = (
        select(spans.c.n, func.count(Visit.id), func.min(first.correlate(spans).scalar_subquery()))
        .select_from(spans)
        .outerjoin(Visit, held)
        .group_by(spans.c.n)
    )
    return {
        questions[n]: Decimal(count)
        for n, count, begun in session.execute(query)
        if is_told(begun, questions[n])
    }


def _people_covered(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    """On the last day of each span: people with a role at the account and an open tie of ours."""
    spans = _spans(questions)
    first = select(func.min(Coverage.since)).where(Coverage.account_id == spans.c.account_id)
    day = spans.c.until
    tied = and_(
        Coverage.account_id == spans.c.account_id,
        Coverage.since <= day,
        or_(Coverage.until.is_(None), Coverage.until > day),
    )
    with_role = and_(
        RoleHolding.stakeholder_id == Coverage.stakeholder_id,
        RoleHolding.opportunity_id.is_(None),
        RoleHolding.since <= day,
        or_(RoleHolding.until.is_(None), RoleHolding.until > day),
    )
    here = and_(Stakeholder.id == RoleHolding.stakeholder_id, Stakeholder.archived_at.is_(None))
    query = (
        select(
            spans.c.n,
            func.count(distinct(Stakeholder.id)),
            func.min(first.correlate(spans).scalar_subquery()),
        )
        .select_from(spans)
        .outerjoin(Coverage, tied)
        .outerjoin(RoleHolding, with_role)
        .outerjoin(Stakeholder, here)
        .group_by(spans.c.n)
    )
    return {
        questions[n]: Decimal(count)
        for n, count, begun in session.execute(query)
        if begun is not None and begun <= questions[n].until
    }
