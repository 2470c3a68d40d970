"""What is asked of the database about how often people are to be seen."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.stakeholders.models import Stakeholder
from app.users.queries import find_setting
from app.visits.queries import roles_held
from app.visits.settings import VISITS, VisitSettings, settings_from


def visit_settings(session: Session) -> VisitSettings:
    """What the company set for its visits."""
    return settings_from(find_setting(session, VISITS))


def shortest_rhythm(session: Session, account_id: int, people: Iterable[int]) -> int:
    """The rhythm of whoever of some people is to be seen most often."""
    settings, ids = visit_settings(session), sorted(set(people))
    size = session.scalar(select(Account.size_class).where(Account.id == account_id))
    own = session.execute(
        select(Stakeholder.id, Stakeholder.rhythm_days).where(Stakeholder.id.in_(ids))
    )
    roles = roles_held(session, ids)
    found = [settings.rhythm(roles.get(row.id, ()), size, row.rhythm_days) for row in own]
    return min(found, default=settings.rhythm((), size))
