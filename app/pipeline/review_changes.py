"""What happens in a review: opened with its agenda, decided deal by deal, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pipeline.kept_reasons import kept
from app.pipeline.meeting import Entry
from app.pipeline.review_models import Review, ReviewAction, ReviewItem


def open_review(
    session: Session,
    listed: Sequence[Entry],
    *,
    user_id: int,
    since: date,
    on: date,
    at: datetime,
) -> Review:
    """Begin a review with its agenda as it stands."""
    review = Review(user_id=user_id, since=since, on=on, opened_at=at)
    session.add(review)
    session.flush()
    session.add_all(_item(review.id, place, one) for place, one in enumerate(listed, start=1))
    return review


def _item(review_id: int, place: int, entry: Entry) -> ReviewItem:
    deal: Any = entry.deal
    return ReviewItem(
        review_id=review_id,
        account_id=deal.account_id,
        opportunity_id=deal.id,
        place=place,
        topics=[[topic.value, kept(why)] for topic, why in entry.topics],
        stage=deal.stage,
        amount=deal.amount,
        currency=deal.currency,
        close_on=deal.close_on,
    )


def decide(item: ReviewItem, words: str, *, user_id: int, at: datetime) -> None:
    """Note what is decided about a deal; without words it was talked about all the same."""
    if words != item.decision:
        item.decision, item.user_id = words, user_id
    item.discussed_at = at


def take_on(
    session: Session,
    review: Review,
    item: ReviewItem | None,
    *,
    what: str,
    owner_id: int | None,
    due: date | None,
) -> ReviewAction:
    """Note who does what by when, for a deal or for all."""
    action = ReviewAction(
        review_id=review.id,
        account_id=item.account_id if item else None,
        opportunity_id=item.opportunity_id if item else None,
        what=what,
        owner_id=owner_id,
        due=due,
    )
    session.add(action)
    return action


def tick(action: ReviewAction, on: date | None, outcome: str = "") -> None:
    """Mark an action as done on a day, or (None) as open again."""
    action.done_on, action.outcome = on, outcome if on else ""


def close_review(review: Review, at: datetime) -> None:
    """End the meeting: from now on its minutes stay as they are."""
    review.closed_at = at


def reopen_review(review: Review) -> None:
    """Take the meeting up again: it was closed by mistake."""
    review.closed_at = None
