"""Accounts are looked at by themselves: those whose records changed, and everyone once a day.

Whichever worker takes the lease does it, a few accounts a transaction, so that it may be broken
off at any time; no other program is needed. In quiet hours nothing is opened by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.alerts.trade_queries import keep_model, kept_model, learned
from app.alerts.watch_changes import Look, look_at
from app.alerts.watch_queries import (
    Counts,
    alert_settings,
    due,
    keep_look,
    kept_look,
    looked_now,
    marks,
)
from app.db import now
from app.leases import give_back, renew, take

LEASE = "alerts"
AT_ONCE = 50
"""Accounts a transaction: a person who writes meanwhile waits for a blink."""


def keep_watch(engine: Engine, zone: str) -> Counts:
    """Look at what is due, unless it is a quiet hour where the company is."""
    at = now().astimezone(ZoneInfo(zone))
    with Session(engine.execution_options(writes=False)) as session:
        if alert_settings(session).quiet.holds(at):
            return Counts()
        before, looked = kept_look(session), looked_now(session, at.date())
        waiting = due(session, at.date())
    done = look_through(engine, waiting, at.date()) if waiting else Counts()
    if looked != before and done.looked == len(waiting):
        with Session(engine) as session:
            keep_look(session, looked)
            session.commit()
    return done


def look_through(engine: Engine, waiting: Mapping[int, str], on: date) -> Counts:
    """Look at accounts, each with the mark of its records; nothing while another worker does."""
    if not take(engine, LEASE):
        return Counts()
    try:
        return _look_through(engine, waiting, on)
    finally:
        give_back(engine, LEASE)


def _look_through(engine: Engine, waiting: Mapping[int, str], on: date) -> Counts:
    with Session(engine.execution_options(writes=False)) as session:
        look = new_look(session, on, now())
    with Session(engine) as session:
        keep_model(session, look.learned, on)
        session.commit()
    done = Counts()
    for some in _parts(waiting):
        with Session(engine) as session:
            done += look_at(session, some, look)
            renew(session, LEASE, done.looked, len(waiting))
            session.commit()
    return done


def _parts(waiting: Mapping[int, str]) -> Iterator[dict[int, str]]:
    rest = iter(waiting.items())
    while some := dict(islice(rest, AT_ONCE)):
        yield some


def new_look(session: Session, on: date, at: datetime) -> Look:
    """A look as of a day, by the company's limits and what was learnt of buying for its month."""
    is_known, model = kept_model(session, on)
    if not is_known:
        model = learned(session, on)
    return Look(on, at, alert_settings(session).limits, model)


def look_now(session: Session, account_id: int, on: date) -> Counts:
    """Look at one account at once; the caller commits."""
    mark = marks(session, [account_id])
    return look_at(session, mark, new_look(session, on, now())) if mark else Counts()
