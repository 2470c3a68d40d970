"""The work of the watches: all of them over many open deals, over one, and over the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

DEALS = 2_000


def _session(url: str) -> tuple[Any, date]:
    """The data set with a watch of each condition on, and the day of its newest move."""
    from sqlalchemy import func, select
    from sqlalchemy.orm import Session

    from app.db import make_engine, now
    from app.lessons.models import Lesson
    from app.lessons.watching import QUESTIONS, Clause, clauses_text
    from app.pipeline.models import Opportunity, StageMove

    session = Session(make_engine(url))
    on = session.scalar(select(func.max(StageMove.on)))
    assert on is not None
    taught = session.execute(select(Opportunity.id, Opportunity.account_id).limit(1)).one()
    for condition, question in QUESTIONS.items():
        clauses = clauses_text([Clause(condition, question.usual)])
        session.add(
            Lesson(opportunity_id=taught.id, account_id=taught.account_id, words=condition.label,
                   advice="-", clauses=clauses, watched_since=on, at=now())
        )  # fmt: skip
    session.commit()
    return session, on


def watched(url: str, deals: int = DEALS) -> Callable[[], object]:
    """Every watch looks at so many open deals, and what fires is kept: the second round."""
    from sqlalchemy import select

    from app.lessons.changes import look_at
    from app.lessons.record_queries import open_deals
    from app.lessons.watch_queries import watches_on

    session, on = _session(url)
    some = select(open_deals().limit(deals).subquery().c.id)

    def look() -> int:
        fired = look_at(session, watches_on(session), some, on)
        session.commit()
        return fired

    look()  # the statements are put together once
    return look


def past(url: str) -> Callable[[], object]:
    """The newest decided deals, each as it was known week by week."""
    from app.lessons.past_queries import company_past

    session, on = _session(url)
    return lambda: company_past(session, on)
