"""The portfolio's maps looked through in the background: all of them once, then what changed.

Whichever worker takes the lease does it, a few accounts a transaction; so it may be broken off
at any time, and what was done is done. Facts fade as days go by, so each map has its turn
once a day even when nobody changed it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from structlog import get_logger

from app.db import now
from app.leases import give_back, renew, take
from app.stakeholders.kept_models import MapSummary
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.map_standing import standing_of
from app.stakeholders.portfolio import need
from app.stakeholders.portfolio_queries import LEASE, accounts_due
from app.stakeholders.power_map import answers
from app.stakeholders.reason_store import kept

AT_ONCE = 10
"""Accounts a transaction: a person who writes meanwhile waits for a blink."""


FEW = 20
"""Maps that are looked through within a request; more are in a thread."""


def start(engine: Engine) -> None:
    """Look through what is due, unless somebody is at it: a few at once, many in a thread."""
    with Session(engine.execution_options(writes=False)) as session:
        due = len(accounts_due(session, now().date()))
    if due <= FEW:
        refresh(engine)
    else:
        threading.Thread(target=refresh, args=(engine,), daemon=True).start()


def refresh(engine: Engine, pause: float = 0.0) -> int:
    """Look through every map that is due; gives how many. 0 while another worker is at it.

    ``pause``: seconds to rest between two maps, so that those who wait for pages come first.
    """
    if not take(engine, LEASE):
        return 0
    try:
        return _refresh(engine, now().date(), pause)
    except Exception as error:
        get_logger().exception("maps", kind=type(error).__name__)
        return 0
    finally:
        give_back(engine, LEASE)


def _refresh(engine: Engine, on: date, pause: float) -> int:
    reading = engine.execution_options(writes=False)
    with Session(reading) as session:
        due = accounts_due(session, on)
    waiting, done = iter(due.items()), 0
    while some := list(islice(waiting, AT_ONCE)):
        with Session(reading) as session:
            made = list(summaries(session, some, on, now(), pause))
        done += len(made)
        with Session(engine) as session:
            for summary in made:
                session.merge(summary)
            renew(session, LEASE, done, len(due))
            session.commit()
    return done


def summaries(
    session: Session, due: list[tuple[int, str]], on: date, at: datetime, pause: float = 0.0
) -> Iterator[MapSummary]:
    """The summaries of some accounts' maps, each with the mark of its facts."""
    for account_id, mark in due:
        found, said = standing_of(answers(map_facts_of(session, account_id, on)))
        told = {}
        if said is not None:
            told = {**kept(said.headline), "act": said.act.value, "act_on": said.act_on}
        yield MapSummary(
            account_id=account_id,
            fingerprint=mark,
            on=on,
            at=at,
            people=found.people,
            deciders=found.deciders,
            reached=found.reached,
            single_ties=found.single_ties,
            missing=[role.value for role in found.missing],
            lean_low=found.lean_low,
            lean_known=found.lean_known,
            lean_high=found.lean_high,
            finding=told,
            need=need(found),
        )
        time.sleep(pause)
