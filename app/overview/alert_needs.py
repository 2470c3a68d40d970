"""Warnings as Today knows them: open, awake, and the asker's to look into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.alerts.models import Alert
from app.alerts.rules import Event, Level
from app.alerts.rules import Kind as AlertKind
from app.overview.asker import DAY, MOST, Asker, Asking
from app.overview.needs import ALERT_URGENCY, Kind, Need, alert_need
from app.paging import Query
from app.stakeholders.reason_store import reason_from

SAID_ELSEWHERE = (AlertKind.GOAL, AlertKind.MILESTONE, AlertKind.COLD)
"""What Today says already by lines of its own."""


def alerts_open(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Open warnings of the asker's, the gravest first; notes can wait for the list."""
    for row in asker.first_rows(session, _open, on):
        level = Level(row.level)
        what = Event(row.event) if row.event else AlertKind(row.kind)
        reason = reason_from(row.reasons[0]) if row.reasons else None
        said = alert_need(level, what, reason)
        yield Need(
            Kind.ALERT, row.id, row.account_id, row.account, row.account, said,
            ALERT_URGENCY[level], row.owner_id,
        )  # fmt: skip


def _open(asker: Asking) -> Query:
    warning = (Alert.id, Alert.account_id, Alert.owner_id, Alert.level, Alert.kind, Alert.event)
    return (
        select(*warning, Alert.reasons, Account.name.label("account"))
        .outerjoin(Account, Account.id == Alert.account_id)
        .where(
            *asker.among(Alert.id),
            asker.owns(Alert.owner_id),
            Alert.closed_on.is_(None),
            Alert.archived_at.is_(None),
            or_(Alert.snoozed_until.is_(None), Alert.snoozed_until <= DAY),
            Alert.kind.not_in(SAID_ELSEWHERE),
            Alert.level > Level.NOTE,
            asker.sees(Alert.account_id),
            asker.awake(Kind.ALERT, Alert.id),
        )
        .order_by(Alert.level.desc(), Alert.opened_on, Alert.id)
        .limit(MOST)
    )
