"""What is known by account: kept by each worker until something is noted of the account."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from app.accounts.models import SizeClassReading
from app.history import Change
from app.remembered import kept_or_found
from app.stakeholders.models import ContactReading, Coverage, Observation, RoleHolding

A_DAY = 86_400.0
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
LOCK = Lock()
Known = Mapping[Any, Any]


@dataclass
class Kept:
    """What is known by account, and the newest rows that it rests on; at which turn something
    was noted of an account, so that nobody keeps what they read before."""

    newest: tuple[int, ...]
    known: dict[int, Known] = field(default_factory=dict)
    turn: int = 0
    noted: dict[int, int] = field(default_factory=dict)

    def forget(self, accounts: Iterable[int], newest: tuple[int, ...]) -> None:
        """Something was noted of some accounts."""
        self.turn += 1
        self.newest = newest
        for account in accounts:
            self.noted[account] = self.turn
            self.known.pop(account, None)

    def keep(self, found: Mapping[int, Known], turn: int) -> None:
        """More is known of some accounts, read when it was that turn."""
        with LOCK:
            for account, more in found.items():
                if self.noted.get(account, 0) <= turn:
                    self.known[account] = {**self.known.get(account, {}), **more}


def kept_by_account(session: Session, name: str, mark: Hashable) -> tuple[Kept, int]:
    """What is kept under a name for a day at the most, and whose turn it is; two SELECTs, a third
    when something was noted since."""
    with LOCK:
        newest = tuple(session.execute(NEWEST).one())
        kept = kept_or_found(session, name, lambda: Kept(newest), mark=mark, lasts=A_DAY)
        if newest != kept.newest:
            kept.forget(session.scalars(_noted_since(kept.newest)), newest)
        return kept, kept.turn


def _noted_since(newest: tuple[int, ...]) -> Any:
    return union(
        *(
            select(model.account_id).where(model.id > last - OUT_OF_TURN)
            for model, last in zip(RESTS_ON, newest, strict=True)
        )
    )
