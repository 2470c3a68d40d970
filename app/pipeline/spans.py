"""How deals stood from a day until a day, kept beside their moves and terms.

A span begins on each day on which a deal moved or its terms changed, and holds what was so at the
end of that day, with the deal's account and currency as they are today: so a past day is summed
without a look at the deals. A flush listener keeps it; what goes past the session (imports, the
demo) calls ``renew``. It holds nothing that deals, moves and terms do not tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    ScalarSelect,
    Select,
    Subquery,
    bindparam,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    union,
)
from sqlalchemy.orm import Session, UOWTransaction

from app.pipeline.models import DealSpan, Opportunity, StageMove, Terms

FAR = date(9999, 12, 31)
"""The day until which a span lasts that has not ended."""
AT_ONCE = 500
COLUMNS = (
    DealSpan.opportunity_id,
    DealSpan.since,
    DealSpan.until,
    DealSpan.stage,
    DealSpan.outcome,
    DealSpan.moved_on,
    DealSpan.amount,
    DealSpan.close_on,
    DealSpan.probability,
    DealSpan.account_id,
    DealSpan.currency,
)
LASTING = ("account_id", "currency", "archived_at")
"""Columns of a deal on which its spans rest."""


def told_spans(*, some: bool = False) -> Select[Any]:
    """The spans as deals, moves and terms tell them; of ``some`` deals, whose ids are bound."""
    days = _days(some=some)
    until = func.lead(days.c.on).over(partition_by=days.c.opportunity_id, order_by=days.c.on)
    return (
        select(
            days.c.opportunity_id,
            days.c.on,
            func.coalesce(until, FAR),
            StageMove.to_stage,
            StageMove.outcome,
            StageMove.on,
            Terms.amount,
            Terms.close_on,
            Terms.probability,
            Opportunity.account_id,
            Opportunity.currency,
        )
        .select_from(days)
        .join(Opportunity, Opportunity.id == days.c.opportunity_id)
        .join(StageMove, StageMove.id == _last(StageMove, days))
        .outerjoin(Terms, Terms.id == _last(Terms, days))
        .where(Opportunity.archived_at.is_(None))
    )


def _days(*, some: bool) -> Subquery:
    """The days on which anything of a deal changed."""
    parts = [select(model.opportunity_id, model.on) for model in (StageMove, Terms)]
    if some:
        ids: BindParameter[Any] = bindparam("deals", expanding=True)
        parts = [part.where(part.selected_columns.opportunity_id.in_(ids)) for part in parts]
    return union(*parts).subquery("days")


def _last(model: Any, days: Subquery) -> ScalarSelect[int]:
    """The id of a deal's last move, or terms, until a day."""
    return (
        select(model.id)
        .where(model.opportunity_id == days.c.opportunity_id, model.on <= days.c.on)
        .order_by(model.on.desc(), model.id.desc())
        .limit(1)
        .correlate(days)
        .scalar_subquery()
    )


NAMES = [column.key for column in COLUMNS]
ALL = insert(DealSpan).from_select(NAMES, told_spans())
SOME = insert(DealSpan).from_select(NAMES, told_spans(some=True))
GONE = delete(DealSpan).where(DealSpan.opportunity_id.in_(bindparam("deals", expanding=True)))
"""Built once, as every move asks them."""


def renew_all(connection: Connection) -> None:
    """Tell every deal's spans anew."""
    connection.execute(delete(DealSpan))
    connection.execute(ALL)


def renew(connection: Connection, deals: Iterable[int]) -> None:
    """Tell the spans of some deals anew."""
    waiting = sorted(set(deals))
    for start in range(0, len(waiting), AT_ONCE):
        ids = {"deals": waiting[start : start + AT_ONCE]}
        connection.execute(GONE, ids)
        connection.execute(SOME, ids)


def _keep(session: Session, _context: UOWTransaction) -> None:
    rows = [*session.new, *session.dirty, *session.deleted]
    deals = {row.opportunity_id for row in rows if isinstance(row, StageMove | Terms)}
    deals |= {row.id for row in session.dirty if isinstance(row, Opportunity) and _is_other(row)}
    if deals:
        renew(session.connection(), deals)


def _is_other(deal: Opportunity) -> bool:
    """Whether this flush changed what a deal's spans repeat of it."""
    state = inspect(deal)
    return any(state.attrs[name].history.has_changes() for name in LASTING)


event.listen(Session, "after_flush", _keep)
