"""Warnings as part of a deal's record: when each came up, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.alerts.models import Alert
from app.alerts.rules import Kind
from app.pipeline.models import Opportunity
from app.pipeline.story_queries import Event
from app.retrospectives.record import Entry
from app.users.models import User
from app.vocabulary import N_, because


def warned_of_deal(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    """What warned of a deal's account while the deal ran; for the account's team alone."""
    rows = session.execute(
        select(Alert.kind, Alert.opened_on, Alert.closed_on, Alert.words, Alert.found, Alert.done,
               func.coalesce(User.name, "").label("owner"))
        .outerjoin(User, User.id == Alert.owner_id)
        .where(Alert.account_id == deal.account_id, Alert.archived_at.is_(None))
        .where(Alert.opened_on.between(deal.opened_on, until))
        .order_by(Alert.id)
    )  # fmt: skip
    for row in rows:
        kind = Kind(row.kind)
        text = because(N_("Warning: %(kind)s"), kind=kind)
        yield Entry(Event(row.opened_on, "bell", text, row.owner, row.words), is_personal=True)
        if row.closed_on is not None and row.closed_on <= until:
            note = " · ".join(words for words in (row.found, row.done) if words)
            text = because(N_("Warning ended: %(kind)s"), kind=kind)
            yield Entry(Event(row.closed_on, "bell", text, row.owner, note), is_personal=True)
