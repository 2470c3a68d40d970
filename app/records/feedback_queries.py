"""What is asked of the database about feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.paging import Query
from app.records.feedback import FeedbackState, Standing, Use, Voice, standing
from app.records.models import Feedback
from app.stakeholders.models import Stakeholder
from app.users.models import User


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Feedback as lists show it."""

    id: int
    account_id: int
    account: str
    on: date
    voice: Voice
    speaker_id: int | None
    speaker: str | None
    heard_by: str | None
    words: str
    use: Use | None
    decided_on: date | None
    reason: str
    answered_on: date | None
    answer: str
    is_shared: bool

    def standing(self, on: date) -> Standing:
        """How far it is on a day."""
        return standing(self.on, self.decided_on, self.answered_on, self.voice, on)

    @property
    def is_learnt(self) -> bool:
        """Whether we have decided to use it, so that it opens the next diagnosis."""
        return self.use is Use.USED


def feedback_rows(
    session: Session, account_id: int, since: date | None = None
) -> list[FeedbackRow]:
    """An account's feedback: what waits for us first, the oldest first; then the rest, newest."""
    query = _rows().where(Feedback.account_id == account_id).limit(300)
    if since is not None:
        query = query.where(Feedback.on >= since)
    found = [_row(row) for row in session.execute(query)]
    return sorted(found, key=_urgency)


def _urgency(row: FeedbackRow) -> tuple[bool, int]:
    is_closed = row.standing(row.on).state is FeedbackState.CLOSED
    return is_closed, -row.on.toordinal() if is_closed else row.on.toordinal()


@cache
def _rows() -> Query:
    hearer, speaker = aliased(User), aliased(User)
    return (
        select(
            Feedback.id,
            Feedback.account_id,
            Account.name,
            Feedback.on,
            Feedback.voice,
            Feedback.stakeholder_id,
            func.coalesce(Stakeholder.name, speaker.name),
            hearer.name,
            Feedback.words,
            Feedback.use,
            Feedback.decided_on,
            Feedback.reason,
            Feedback.answered_on,
            Feedback.answer,
            Feedback.is_shared,
        )
        .join(Account, Account.id == Feedback.account_id)
        .outerjoin(Stakeholder, Stakeholder.id == Feedback.stakeholder_id)
        .outerjoin(speaker, speaker.id == Feedback.speaker_id)
        .outerjoin(hearer, hearer.id == Feedback.user_id)
        .where(Feedback.archived_at.is_(None))
        .order_by(Feedback.on.desc(), Feedback.id.desc())
    )


def _row(row: Any) -> FeedbackRow:
    cells = list(row)
    cells[4] = Voice(cells[4])
    cells[9] = Use(cells[9]) if cells[9] else None
    return FeedbackRow(*cells)


def find_feedback(session: Session, feedback_id: int) -> Feedback | None:
    """Feedback, archived or not."""
    return session.get(Feedback, feedback_id)


def people_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """Those known at an account, by name, for a choice."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name)
        .where(
            Stakeholder.account_id == account_id,
            Stakeholder.archived_at.is_(None),
            Stakeholder.is_placeholder.is_(False),
        )
        .order_by(func.lower(Stakeholder.name))
    )
    return [(row.id, row.name) for row in rows]
