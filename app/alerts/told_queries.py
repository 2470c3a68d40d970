"""What was warned of at an account between two days, for who looks back on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.alerts.models import Alert
from app.alerts.rules import Event, Kind
from app.stakeholders.reason_store import reason_from
from app.vocabulary import N_, Reason, because


def warned(session: Session, account_id: int, since: date, until: date) -> list[Reason]:
    """Warnings that were raised after one day, up to another, then those that ended."""
    query = (
        select(Alert)
        .where(
            Alert.account_id == account_id,
            Alert.archived_at.is_(None),
            or_(_within(Alert.opened_on, since, until), _within(Alert.closed_on, since, until)),
        )
        .order_by(Alert.opened_on, Alert.id)
    )
    rows = list(session.scalars(query))
    raised = [_raised(one) for one in rows if one.opened_on > since]
    return raised + [_ended(one) for one in rows if one.closed_on and one.closed_on <= until]


def _within(column: Any, since: date, until: date) -> Any:
    return (column > since) & (column <= until)


def _what(one: Alert) -> Kind | Event:
    return Event(one.event) if one.event else Kind(one.kind)


def _raised(one: Alert) -> Reason:
    values = {"what": _what(one), "day": one.opened_on}
    if not one.reasons:
        return because(N_("%(what)s, since %(day)s."), **values)
    reason = reason_from(one.reasons[0])
    return because(N_("%(what)s, since %(day)s: %(reason)s"), **values, reason=reason)


def _ended(one: Alert) -> Reason:
    if one.closer_id is None:
        said = N_("%(what)s: cleared by the records on %(day)s.")
        return because(said, what=_what(one), day=one.closed_on)
    said = N_("%(what)s: closed on %(day)s. %(done)s")
    return because(said, what=_what(one), day=one.closed_on, done=one.done)
