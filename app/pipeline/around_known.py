"""What is known around accounts today: kept by each worker, and read anew only of those accounts
of which something was noted since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from app.accounts.models import SizeClassReading
from app.history import Change
from app.pipeline.around import NOT_KNOWN, AccountFacts, Around, around
from app.pipeline.around_queries import facts_of
from app.remembered import kept_or_found
from app.stakeholders.models import ContactReading, Coverage, Observation, RoleHolding

A_DAY = 86_400.0
AT_ONCE = 2_000
OUT_OF_TURN = 20
"""Rows looked back over, as two writers of PostgreSQL may commit out of turn."""
RESTS_ON: tuple[Any, ...] = (
    Change,
    Observation,
    RoleHolding,
    Coverage,
    ContactReading,
    SizeClassReading,
)
NEWEST = select(*(select(func.coalesce(func.max(one.id), 0)).scalar_subquery() for one in RESTS_ON))
Surroundings = Mapping[int | None, Around]
"""What is known around the deals of an account: of one whose roles are its own, by its id; of
all others, by None."""
NOTHING_KNOWN: Surroundings = {None: NOT_KNOWN}
LOCK = Lock()


@dataclass
class Kept:
    """What is known by account on a day, and the newest rows that it rests on; at which turn
    something was noted of an account, so that nobody keeps what they read before."""

    newest: tuple[int, ...]
    known: dict[int, Surroundings] = field(default_factory=dict)
    turn: int = 0
    noted: dict[int, int] = field(default_factory=dict)

    def forget(self, accounts: Iterable[int], newest: tuple[int, ...]) -> None:
        """Something was noted of some accounts."""
        self.turn += 1
        self.newest = newest
        for account in accounts:
            self.noted[account] = self.turn
            self.known.pop(account, None)


def surroundings(facts: AccountFacts, on: date) -> Surroundings:
    """What was known around an account's deals at the end of a day, their time in stage apart."""
    special = {one.deal_id for one in facts.held}
    return {deal: around(facts, deal or 0, on, None) for deal in {None, *special}}


def known_around(
    session: Session, accounts: Collection[int], today: date
) -> Mapping[int, Surroundings]:
    """What is known today around some accounts; two SELECTs when nothing was noted of them."""
    with LOCK:
        kept = _kept(session, today)
        newest = tuple(session.execute(NEWEST).one())
        if newest != kept.newest:
            kept.forget(session.scalars(_noted_since(kept.newest)), newest)
        turn, known = kept.turn, {one: kept.known[one] for one in accounts if one in kept.known}
    found = _looked_at(session, [one for one in accounts if one not in known], today)
    with LOCK:
        fresh = (one for one in found if kept.noted.get(one, 0) <= turn)
        kept.known |= {one: found[one] for one in fresh}
    return known | found


def _kept(session: Session, today: date) -> Kept:
    def begin() -> Kept:
        return Kept(tuple(session.execute(NEWEST).one()))

    return kept_or_found(session, "around", begin, mark=today, lasts=A_DAY)


def _noted_since(newest: tuple[int, ...]) -> Any:
    return union(
        *(
            select(model.account_id).where(model.id > last - OUT_OF_TURN)
            for model, last in zip(RESTS_ON, newest, strict=True)
        )
    )


def _looked_at(session: Session, accounts: list[int], today: date) -> dict[int, Surroundings]:
    found: dict[int, Surroundings] = {}
    for start in range(0, len(accounts), AT_ONCE):
        some = accounts[start : start + AT_ONCE]
        facts = facts_of(session, some, today, newest=True)
        found |= {one: surroundings(facts.get(one, NO_FACTS), today) for one in some}
    return found


NO_FACTS = AccountFacts()
