"""What is kept of forecasts: sellers' calls, targets, and forecasts locked for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.pipeline.calls import Call
from app.pipeline.forecast import Judged
from app.pipeline.forecast_models import ForecastCall, ForecastSnapshot, SnapshotDeal, Target
from app.pipeline.forecast_queries import judged_on
from app.pipeline.models import Opportunity
from app.pipeline.periods import Period
from app.pipeline.snapshots import Due, due
from app.pipeline.standing_queries import DealWish


def say(
    session: Session, deal: Opportunity, call: Call, *, on: date, at: datetime, user_id: int
) -> None:
    """Note how far a seller commits to a deal from a day on."""
    session.add(
        ForecastCall(
            account_id=deal.account_id,
            opportunity_id=deal.id,
            on=on,
            call=call.value,
            user_id=user_id,
            at=at,
        )
    )


Aims = Mapping[tuple[int, bool, Period], Decimal | None]
"""What is aimed at by person, whether for their team, and period; None takes a target away."""


def aim(session: Session, kept: list[Target], currency: str, new: Aims) -> int:
    """Set, change and take away targets of one currency; gives how many changed."""
    known = {
        (one.user_id, one.is_team, Period(one.starts_on, one.ends_on)): one
        for one in kept
        if one.currency == currency
    }
    changed = 0
    for (user_id, is_team, period), amount in new.items():
        row = known.get((user_id, is_team, period))
        if (row.amount if row else None) == amount:
            continue
        changed += 1
        if amount is None:
            session.delete(row)
        elif row is not None:
            row.amount = amount
        else:
            days = {"starts_on": period.start, "ends_on": period.end}
            session.add(Target(user_id=user_id, is_team=is_team, currency=currency, amount=amount,
                               **days))  # fmt: skip
    return changed


def missing(session: Session, today: date) -> list[Due]:
    """The forecasts that should be locked by now and are not."""
    rows = session.execute(select(ForecastSnapshot.starts_on, ForecastSnapshot.on))
    there = {(row.starts_on, row.on) for row in rows}
    return [one for one in due(today) if (one.period.start, one.on) not in there]


def lock(session: Session, one: Due, at: datetime) -> int:
    """Lock the forecast of a period as of the end of a day; gives the number of its deals.

    Nothing is kept while there are no deals: an empty workspace has no forecast yet.
    """
    everything = select(Account.id)
    deals = judged_on(session, everything, DealWish(), end=one.period.end, today=one.on, on=one.on)
    if not deals:
        return 0
    snapshot = ForecastSnapshot(
        starts_on=one.period.start, ends_on=one.period.end, on=one.on, at=at
    )
    session.add(snapshot)
    session.flush()
    in_order = sorted(deals, key=lambda judged: judged.deal.id)
    session.execute(insert(SnapshotDeal), [_row(snapshot.id, judged) for judged in in_order])
    return len(deals)


def _row(snapshot_id: int, one: Judged) -> dict[str, Any]:
    deal = one.deal
    return {
        "snapshot_id": snapshot_id,
        "account_id": deal.account_id,
        "opportunity_id": deal.id,
        "owner_id": deal.owner_id,
        "stage": deal.stage.value,
        "currency": deal.currency,
        "amount": deal.amount,
        "close_on": deal.close_on,
        "call": deal.call.value if deal.call else None,
        "seller": one.seller,
        "history": one.history,
        "pattern": one.pattern,
    }
