"""All that visits say, put together; of a whole company of many accounts it is kept for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Sight
from app.beside import Work, found_or_begun
from app.paging import Query
from app.records.imported import last_import
from app.visits.executive_queries import executive_pairs
from app.visits.executives import by_need, coverage_share
from app.visits.figure_queries import decided_noes, unseen_people
from app.visits.figures import Persistence, Summary, Unseen, persistence, summary
from app.visits.investment import Effort, efforts
from app.visits.investment_queries import effort_facts
from app.visits.rhythm_queries import visit_settings

YEAR = timedelta(days=365)
TWO_YEARS = timedelta(days=730)
AT_ONCE = 4_000
"""Accounts whose visits are gone through while somebody waits for the page: some seconds."""
PATIENCE = 0.7
"""Seconds that a page waits for more of them."""
TEN_MINUTES = 600.0
STEPS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What twelve months of visits say, with the deals decided in two years."""

    efforts: list[Effort]
    summary: Summary
    unseen: list[Unseen]
    executives: float | None
    curve: Persistence


def tell(seen: Query, on: date, session: Session, work: Work) -> Told:
    """All of it, of the accounts seen, in so many steps of work."""
    facts = effort_facts(session, seen, on - YEAR, on)
    found, whole = efforts(facts, on), summary(facts, on)
    work.step()
    unseen = unseen_people(session, seen, on)
    work.step()
    days = visit_settings(session).executive_days
    share = coverage_share(by_need(executive_pairs(session, seen, on), on, days))
    work.step()
    curve = persistence(decided_noes(session, seen, on - TWO_YEARS))
    work.step()
    return Told(found, whole, unseen, share, curve)


def kept_told(
    session: Session, sight: Sight, seen: Query, on: date, patience: float = PATIENCE
) -> Told | Work | None:
    """What is kept for whoever leads a company of many accounts, or how far it is; of fewer, None:
    it is told each time."""
    if not sight.is_wide or (session.scalar(select(func.max(Account.id))) or 0) <= AT_ONCE:
        return None
    key, mark = ("what visits say", sight.user_id), (on, last_import(session))
    find = partial(tell, seen, on)
    return found_or_begun(
        session, find, STEPS, key=key, mark=mark, lasts=TEN_MINUTES, patience=patience
    )
