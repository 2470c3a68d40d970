"""What is asked of the database about one warning, and about an account's own thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.alerts.models import Alert, AlertCheck, AlertLimit
from app.alerts.rules import Kind
from app.users.models import User


@dataclass(frozen=True, slots=True)
class Names:
    """Who stands where at a warning."""

    owner: str | None
    reporter: str | None
    closer: str | None


def find_alert(session: Session, alert_id: int) -> Alert | None:
    """A warning that was not taken back."""
    return session.scalar(select(Alert).where(Alert.id == alert_id, Alert.archived_at.is_(None)))


def names_at(session: Session, alert: Alert) -> Names:
    """The names of those at a warning."""
    ids = {alert.owner_id, alert.reporter_id, alert.closer_id} - {None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    known = {row.id: row.name for row in rows}
    three = (alert.owner_id, alert.reporter_id, alert.closer_id)
    return Names(*(known.get(one or 0) for one in three))


def team_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """Those on an account's team, by name: a warning is theirs to look into."""
    rows = session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.account_id == account_id, User.archived_at.is_(None))
        .order_by(User.name, User.id)
    )
    return [(row.id, row.name) for row in rows]


def own_limit_rows(session: Session, account_id: int) -> list[AlertLimit]:
    """The thresholds that an account has of its own."""
    return list(session.scalars(select(AlertLimit).where(AlertLimit.account_id == account_id)))


def looked_at(session: Session, account_id: int) -> tuple[date, datetime] | None:
    """As of which day an account was last looked at, and when."""
    row = session.get(AlertCheck, account_id)
    return (row.on, row.at) if row else None


def is_open_already(session: Session, alert: Alert) -> bool:
    """Whether another warning about the same subject is open."""
    other = select(Alert.id).where(
        Alert.account_id == alert.account_id,
        Alert.kind == alert.kind,
        Alert.subject_id == alert.subject_id,
        Alert.id != alert.id,
        Alert.closed_on.is_(None),
        Alert.archived_at.is_(None),
    )
    return alert.kind != Kind.EVENT and session.scalar(other) is not None
