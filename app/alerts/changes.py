"""What people do with warnings: report, look into, close, open again, put off, set thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.alerts.models import Alert, AlertLimit
from app.alerts.rules import Event, Kind, Level, Verdict

GRAVE = {Event.THEFT, Event.SPLIT, Event.ILLNESS, Event.MONEY}
"""Events that are urgent from the first; the others are warnings. House convention."""


def report(
    session: Session,
    account_id: int,
    event: Event,
    *,
    on: date,
    at: datetime,
    user_id: int,
    owner_id: int | None,
    words: str = "",
) -> Alert:
    """A major event is told, and opens a warning for whoever owns the account."""
    alert = Alert(
        account_id=account_id,
        kind=Kind.EVENT,
        level=Level.URGENT if event in GRAVE else Level.WARNING,
        reasons=[],
        opened_on=on,
        opened_at=at,
        seen_on=on,
        event=event,
        words=words,
        reporter_id=user_id,
        owner_id=owner_id or user_id,
    )
    session.add(alert)
    session.flush()
    return alert


@dataclass(frozen=True, slots=True)
class Ending:
    """How a warning ended: what was found and done, and the day what it warned of showed."""

    found: str
    done: str
    verdict: Verdict
    showed_on: date | None = None


def close(alert: Alert, ending: Ending, *, on: date, user_id: int) -> None:
    """A person closes a warning; while its condition stands it is not raised again."""
    alert.found, alert.done = ending.found, ending.done
    alert.verdict, alert.showed_on = ending.verdict, ending.showed_on
    alert.holds = alert.closed_on is None and alert.kind != Kind.EVENT
    alert.closed_on = alert.closed_on or on
    alert.closer_id = user_id
    alert.snoozed_until = None


def reopen(alert: Alert) -> None:
    """A warning that a person closed is open again; what was written of it stays."""
    alert.closed_on = alert.closer_id = alert.verdict = alert.showed_on = None
    alert.holds = False


def put_off(alert: Alert, until: date, reason: str) -> None:
    """A warning stays out of the way until a day, for everyone, unless it grows graver."""
    alert.snoozed_until, alert.snooze_reason = until, reason


def wake(alert: Alert) -> None:
    """A warning that was put off is there again."""
    alert.snoozed_until = None


def set_own_limits(session: Session, account_id: int, values: Mapping[str, Decimal | None]) -> None:
    """An account's own thresholds, by name; those not named are the company's."""
    session.execute(delete(AlertLimit).where(AlertLimit.account_id == account_id))
    session.add_all(
        AlertLimit(account_id=account_id, name=name, value=value) for name, value in values.items()
    )
    session.flush()
