"""What is asked of the database for a diagnosis: the account's money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Rival
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.plans.diagnosis import MoneyFacts
from app.records.queries import totals_of
from app.records.rules import class_period, year_before


def money_of(session: Session, account_id: int, on: date) -> MoneyFacts:
    """The last twelve whole months, the twelve before, the open deals and the rivals' shares."""
    year = class_period(on)
    count, amount = session.execute(
        select(func.count(), func.sum(Opportunity.amount)).where(
            Opportunity.account_id == account_id,
            Opportunity.outcome == Outcome.OPEN,
            Opportunity.archived_at.is_(None),
        )
    ).one()
    theirs = session.scalar(
        select(func.sum(Rival.share)).where(
            Rival.account_id == account_id, Rival.archived_at.is_(None)
        )
    )
    return MoneyFacts(
        year=totals_of(session, account_id, year),
        before=totals_of(session, account_id, year_before(year)),
        open_deals=count,
        open_amount=Decimal(str(amount or 0)),
        wallet_of_rivals=None if theirs is None else Decimal(str(theirs)),
    )
