"""Accounts are looked at: warnings open, go on and clear; what people wrote of them stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.alerts.facts_queries import facts_of
from app.alerts.lifecycle import Kept, Settled, settled
from app.alerts.models import Alert, AlertCheck
from app.alerts.rhythm import Learned
from app.alerts.rules import Limits, Raised
from app.alerts.watch import warnings
from app.alerts.watch_queries import Counts, kept_of, limits_of, owners_of
from app.stakeholders.reason_store import kept as kept_reason


@dataclass(frozen=True, slots=True)
class Look:
    """A look at accounts: as of which day, when, by which limits and which model of buying."""

    on: date
    at: datetime
    limits: Limits = field(default_factory=Limits)
    learned: Learned | None = None


def told(session: Session, ids: Sequence[int], look: Look) -> dict[int, list[Raised]]:
    """What the records of some accounts warn of on the day, account by account; nothing is kept."""
    own = limits_of(session, ids, look.limits)
    return {
        one: warnings(facts, own.get(one, look.limits), look.on, look.learned)
        for one, facts in facts_of(session, ids, look.on).items()
    }


def look_at(session: Session, accounts: Mapping[int, str], look: Look) -> Counts:
    """Look at some accounts, each with the mark of its records, and keep what comes of it."""
    ids = sorted(accounts)
    found = told(session, ids, look)
    before = kept_of(session, ids)
    owners = owners_of(session, ids)
    done = Counts(looked=len(ids))
    for one in ids:
        came = settled(before.get(one, ()), found[one], look.on)
        _write(session, one, came, look, owners.get(one))
        done += Counts(opened=len(came.opened) + len(came.again), cleared=len(came.cleared))
    session.execute(delete(AlertCheck).where(AlertCheck.account_id.in_(ids)))
    checks = [
        {"account_id": one, "on": look.on, "mark": accounts[one], "at": look.at} for one in ids
    ]
    session.execute(insert(AlertCheck), checks)
    return done


def _write(
    session: Session, account_id: int, came: Settled, look: Look, owner_id: int | None
) -> None:
    """Past the history: it is the records that speak here, and nobody typed anything."""
    if came.opened:
        rows = [_opened(account_id, one, look, owner_id) for one in came.opened]
        session.execute(insert(Alert), rows)
    for kept, one in came.going_on:
        louder = {"snoozed_until": None} if one.level > kept.level else {}
        _set(session, [kept], **_said(one, look.on), **louder)
    for kept, one in came.again:
        _set(session, [kept], **_said(one, look.on), closed_on=None)
    if came.cleared:
        _set(session, came.cleared, closed_on=look.on, seen_on=look.on)
    if came.released:
        _set(session, came.released, holds=False)


def _set(session: Session, kept: Iterable[Kept], **values: Any) -> None:
    ids = [one.alert_id for one in kept]
    session.execute(update(Alert).where(Alert.id.in_(ids)).values(**values))


def _said(one: Raised, on: date) -> dict[str, Any]:
    return {
        "level": one.level,
        "reasons": [kept_reason(reason) for reason in one.reasons],
        "seen_on": on,
    }


def _opened(account_id: int, one: Raised, look: Look, owner_id: int | None) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "kind": one.kind,
        "subject_id": one.subject_id,
        "stakeholder_id": one.person_id,
        "opened_on": look.on,
        "opened_at": look.at,
        "owner_id": one.owner_id or owner_id,
        "words": "",
        "investigation": "",
        "found": "",
        "done": "",
        "snooze_reason": "",
        "holds": False,
        "version": 1,
        **_said(one, look.on),
    }
