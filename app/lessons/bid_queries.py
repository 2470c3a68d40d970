"""The bids of public tenders."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.lessons.bids import Bid
from app.lessons.models import TenderBid

MOST_BIDS = 20_000
"""The newest so many are counted."""


def bids(session: Session) -> list[Bid]:
    """The newest bids."""
    row = TenderBid
    rows = session.execute(
        select(row.tender, row.bidder, row.amount, row.is_won)
        .order_by(row.id.desc())
        .limit(MOST_BIDS)
    )
    return [Bid(*found) for found in rows]
