"""What a waterfall asks of the database: the deals as locked or known on a day, and as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.forecast_models import ForecastSnapshot, SnapshotDeal
from app.pipeline.models import Opportunity
from app.pipeline.periods import Period
from app.pipeline.rules import Outcome
from app.pipeline.standing_queries import DealWish, deals_on, wished_deals
from app.pipeline.waterfall import DealState


def locked_days(session: Session, period: Period) -> list[date]:
    """The days as of whose end a period's forecast is locked, oldest first."""
    query = select(ForecastSnapshot.on).where(ForecastSnapshot.starts_on == period.start)
    return list(session.scalars(query.order_by(ForecastSnapshot.on)))


def states_locked(
    session: Session, seen: Seen, wish: DealWish, period: Period, on: date
) -> list[DealState]:
    """The open deals of a locked forecast, at what they counted for then."""
    rows = session.execute(
        select(
            SnapshotDeal.opportunity_id.label("id"),
            Opportunity.name,
            Account.name.label("account"),
            SnapshotDeal.currency,
            SnapshotDeal.amount,
            SnapshotDeal.close_on,
        )
        .join(ForecastSnapshot, ForecastSnapshot.id == SnapshotDeal.snapshot_id)
        .join(Opportunity, Opportunity.id == SnapshotDeal.opportunity_id)
        .join(Account, Account.id == Opportunity.account_id)
        .where(ForecastSnapshot.starts_on == period.start, ForecastSnapshot.on == on)
        .where(*wished_deals(seen, wish))
    )
    return [_state(row, Outcome.OPEN) for row in rows]


def states_on(
    session: Session,
    seen: Seen,
    wish: DealWish,
    on: date | None = None,
    *,
    ended_after: date | None = None,
) -> list[DealState]:
    """The open deals today or at the end of a day; those that ended after a day as well."""
    deals = deals_on(seen, wish, on).c
    is_open = deals.outcome == Outcome.OPEN
    wanted = is_open if ended_after is None else or_(is_open, deals.closed_on > ended_after)
    rows = session.execute(
        select(
            deals.id,
            deals.name,
            Account.name.label("account"),
            deals.currency,
            deals.outcome,
            deals.amount,
            deals.close_on,
        )
        .join(Account, Account.id == deals.account_id)
        .where(wanted)
    )
    return [_state(row, Outcome(row.outcome)) for row in rows]


def _state(row: Any, outcome: Outcome) -> DealState:
    return DealState(row.id, row.name, row.account, row.currency, outcome, row.amount, row.close_on)
