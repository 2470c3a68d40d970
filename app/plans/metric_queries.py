"""What the records say for goals: any number of questions in one SELECT per kind of record.

Goals of a year share its spans, so each distinct span is a set of columns and each account
a row (with sales, one per product): the statement's shape, and its compiled form, depend
on the number of spans only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import SIGNED
from app.plans.metrics import Question, SalesSums, is_told, sales_value
from app.plans.models import Action
from app.plans.rules import Metric
from app.records.models import Sale
from app.stakeholders.models import Coverage, RoleHolding, Stakeholder
from app.visits.models import Visit

ZERO = Decimal(0)
SALES = frozenset(
    {Metric.SALES, Metric.VOLUME, Metric.MARGIN, Metric.GROWTH, Metric.PRICE, Metric.MIX}
)
SPANS_AT_ONCE = 60
"""Spans in one statement; both databases take several times as many columns."""


def answers_to(session: Session, questions: Iterable[Question]) -> dict[Question, Decimal]:
    """The answers that the records have; a question they cannot answer is left out."""
    asked = list(dict.fromkeys(questions))
    found: dict[Question, Decimal] = {}
    for metrics, answer in (
        (SALES, _sales),
        ({Metric.VISITS}, _visits),
        ({Metric.CONTRACTS}, _contracts),
        ({Metric.SPEND}, _spent),
        ({Metric.COVERAGE}, _people_covered),
    ):
        of_kind = [question for question in asked if question.metric in metrics]
        for first in range(0, len(of_kind), SPANS_AT_ONCE):
            found.update(answer(session, of_kind[first : first + SPANS_AT_ONCE]))
    return found


def _spans(questions: Sequence[Question]) -> list[tuple[date, date, date]]:
    """The distinct spans: the one before begins, it begins, it ends."""
    return list(dict.fromkeys((one.before, one.since, one.until) for one in questions))


def _of_accounts(questions: Sequence[Question]) -> ColumnElement[bool]:
    return Account.id.in_({question.account_id for question in questions})


def _sales(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    spans = _spans(questions)
    first = select(func.min(Sale.on)).where(Sale.account_id == Account.id)
    sold = and_(
        Sale.account_id == Account.id,
        Sale.on > min(before for before, _since, _until in spans),
        Sale.on <= max(until for _before, _since, until in spans),
    )
    sums = [column for span in spans for column in _sums(*span)]
    query = (
        select(Account.id, Sale.product_id, first.correlate(Account).scalar_subquery(), *sums)
        .outerjoin(Sale, sold)
        .where(_of_accounts(questions))
        .group_by(Account.id, Sale.product_id)
    )
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        rows[row[0]].append(row)
    known = {}
    for question, place in _placed(questions, spans):
        value = sales_value(question, _summed(rows[question.account_id], question, place))
        if value is not None:
            known[question] = value
    return known


def _sums(before: date, since: date, until: date) -> list[Any]:
    """The five sums of a span, in the order of SalesSums."""
    inside = and_(Sale.on > since, Sale.on <= until)
    return [
        func.sum(case((condition, amount)))
        for condition, amount in (
            (inside, Sale.amount),
            (inside, Sale.quantity),
            (and_(inside, Sale.cost.is_not(None)), Sale.amount),
            (inside, Sale.cost),
            (and_(Sale.on > before, Sale.on <= since), Sale.amount),
        )
    ]


def _summed(rows: Sequence[Any], question: Question, place: int) -> SalesSums:
    """An account's sums in the span at ``place``, of one product or of all."""
    totals = [ZERO] * 5
    for row in rows:
        if question.product_id is None or row[1] == question.product_id:
            part = row[3 + 5 * place : 8 + 5 * place]
            totals = [total + (one or ZERO) for total, one in zip(totals, part, strict=True)]
    amount, quantity, costed, cost, before = totals
    whole = sum((row[3 + 5 * place] or ZERO for row in rows), ZERO)
    first = rows[0][2] if rows else None
    return SalesSums(amount, quantity, costed, cost, before, first, whole)


def _visits(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    return _dated(session, questions, Visit.held_on, [Visit.archived_at.is_(None)])


def _contracts(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    """Deals signed; of accounts that have sold nothing yet, none is known."""
    signed = [Opportunity.outcome.in_(SIGNED), Opportunity.archived_at.is_(None)]
    return _dated(session, questions, Opportunity.closed_on, signed)


def _spent(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    """What actions and visits cost; known once either has a cost."""
    found: dict[Question, Decimal] = {}
    for model, day, cost in (
        (Action, Action.done_on, Action.spent),
        (Visit, Visit.held_on, Visit.cost),
    ):
        kept = [model.archived_at.is_(None), cost.is_not(None)]
        for question, value in _dated(session, questions, day, kept, cost).items():
            found[question] = found.get(question, ZERO) + value
    return found


def _dated(
    session: Session,
    questions: Sequence[Question],
    day: Any,
    kept: Sequence[ColumnElement[bool]],
    amount: Any = None,
) -> dict[Question, Decimal]:
    """How many rows of a kind fall into each span by their day; or what they sum up to."""
    model, spans = day.class_, _spans(questions)
    first = select(func.min(day)).where(model.account_id == Account.id, *kept)
    inside = and_(
        model.account_id == Account.id,
        day > min(since for _before, since, _until in spans),
        day <= max(until for _before, _since, until in spans),
        *kept,
    )
    cells = [
        case((and_(day > since, day <= until), model.id if amount is None else amount))
        for _before, since, until in spans
    ]
    columns = [func.count(cell) if amount is None else func.sum(cell) for cell in cells]
    query = (
        select(Account.id, first.correlate(Account).scalar_subquery(), *columns)
        .outerjoin(model, inside)
        .where(_of_accounts(questions))
        .group_by(Account.id)
    )
    rows = _by_account(session, query)
    return {
        question: Decimal(rows[question.account_id][2 + place] or 0)
        for question, place in _placed(questions, spans)
        if is_told(rows[question.account_id][1], question)
    }


def _by_account(session: Session, query: Query) -> dict[int, Any]:
    return {row[0]: row for row in session.execute(query)}


def _placed(
    questions: Sequence[Question], spans: Sequence[tuple[date, date, date]]
) -> list[tuple[Question, int]]:
    """Each question with the place of its span."""
    return [(one, spans.index((one.before, one.since, one.until))) for one in questions]


def _people_covered(session: Session, questions: Sequence[Question]) -> dict[Question, Decimal]:
    """On the last day of each span: people with a role at the account and an open tie of ours."""
    spans = _spans(questions)
    first = select(func.min(Coverage.since)).where(Coverage.account_id == Account.id)
    counts = [
        func.count(distinct(case((_tied_on(until), Stakeholder.id))))
        for _before, _since, until in spans
    ]
    with_role = and_(
        RoleHolding.stakeholder_id == Coverage.stakeholder_id,
        RoleHolding.opportunity_id.is_(None),
    )
    here = and_(Stakeholder.id == RoleHolding.stakeholder_id, Stakeholder.archived_at.is_(None))
    query = (
        select(Account.id, first.correlate(Account).scalar_subquery(), *counts)
        .outerjoin(Coverage, Coverage.account_id == Account.id)
        .outerjoin(RoleHolding, with_role)
        .outerjoin(Stakeholder, here)
        .where(_of_accounts(questions))
        .group_by(Account.id)
    )
    rows = _by_account(session, query)
    return {
        question: Decimal(rows[question.account_id][2 + place])
        for question, place in _placed(questions, spans)
        if (begun := rows[question.account_id][1]) is not None and begun <= question.until
    }


def _tied_on(day: date) -> ColumnElement[bool]:
    """A tie of ours and a role that both hold on a day."""
    return and_(
        Coverage.since <= day,
        or_(Coverage.until.is_(None), Coverage.until > day),
        RoleHolding.since <= day,
        or_(RoleHolding.until.is_(None), RoleHolding.until > day),
    )
