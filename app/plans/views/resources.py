"""What we put into an account against what it brings, and the faults of that effort."""

from __future__ import annotations

from datetime import timedelta

from app import db
from app.access import visible
from app.visits.investment import Effort, efforts
from app.visits.investment_queries import effort_facts
from app.web import today

YEAR = timedelta(days=365)


def effort_of(account_id: int) -> Effort | None:
    """An account's shares of twelve months' time, money and sales among those one may see.

    None when it is the only one: a share of itself says nothing.
    """
    on = today()
    found = efforts(effort_facts(db.session(), visible(), on - YEAR, on), on)
    mine = (one for one in found if one.fact.account_id == account_id)
    return next(mine, None) if len(found) > 1 else None
