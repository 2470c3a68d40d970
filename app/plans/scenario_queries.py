"""What is asked of the database for a forecast: sales by month, open deals, what people value."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.pipeline.distribution import Bet
from app.pipeline.forecast_queries import open_deals, past_known
from app.pipeline.judging import judged
from app.pipeline.standing_queries import DealWish
from app.plans.scenarios import Month
from app.records.queries import totals_by_month
from app.records.rules import Period
from app.stakeholders.models import Stakeholder
from app.stakeholders.rules import Value

YEARS_BACK = 3


def sold_by_month(session: Session, account_id: int, start: date, on: date) -> dict[Month, float]:
    """What was sold in each month, from three years before the period until a day."""
    first = date(min(start, on).year - YEARS_BACK, 1, 1)
    span = Period(first, on + timedelta(days=1))
    found = totals_by_month(session, account_id, span)
    return {month: float(totals.amount) for month, totals in found.items()}


def bets_on(session: Session, account: Account, end: date, on: date) -> list[Bet]:
    """The open deals of an account with the chance that they are won by a period's end.

    The chance is stage history's, else the seller's; deals that nobody gives one are left out.
    The pattern model is not asked, which would look around every deal.
    """
    if end < on:
        return []
    seen = select(Account.id).where(Account.id == account.id)
    past = past_known(session, on)
    deals = open_deals(session, seen, DealWish(account_id=account.id))
    said = [judged(deal, past, on, end) for deal in deals if deal.currency == account.currency]
    chances = [(one, one.seller if one.history is None else one.history) for one in said]
    return [
        Bet(float(one.deal.amount), chance)
        for one, chance in chances
        if one.deal.amount is not None and chance is not None
    ]


def values_by_person(session: Session, account_id: int) -> dict[int, tuple[Value, ...]]:
    """What each person at an account is known to look for."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.values).where(
            Stakeholder.account_id == account_id, Stakeholder.archived_at.is_(None)
        )
    )
    return {row.id: tuple(value for value in Value if value in row[1]) for row in rows if row[1]}
