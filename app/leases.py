"""Who does a piece of background work: a lease in the database that one worker holds at a time.

However many workers there are, each piece has a name, and the one that takes its lease does
it. A lease not renewed runs out, so that work of a worker that died is taken up by another.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, String, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, now

HELD = timedelta(seconds=60)


class Lease(Base):
    """A piece of work by name: until when it is somebody's, and how far they got."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    held_until: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)


def take(engine: Engine, name: str) -> bool:
    """Take a lease, for as long as HELD after its last renewal; False when another holds it."""
    at = now()
    is_free = or_(Lease.held_until.is_(None), Lease.held_until < at)
    values = {"held_until": at + HELD, "done": 0, "total": 0}
    with engine.begin() as connection:
        taken = connection.execute(
            update(Lease).where(Lease.name == name, is_free).values(values)
        ).rowcount
        known = taken or connection.scalar(select(Lease.name).where(Lease.name == name))
    return bool(taken) if known else _make(engine, name, values)


def _make(engine: Engine, name: str, values: dict[str, object]) -> bool:
    try:
        with engine.begin() as connection:
            connection.execute(insert(Lease).values(name=name, **values))
    except IntegrityError:
        return False
    return True


def renew(session: Session, name: str, done: int, total: int) -> None:
    """Hold a lease for longer, and say how far the work is; the caller commits."""
    values = {"held_until": now() + HELD, "done": done, "total": total}
    session.execute(update(Lease).where(Lease.name == name).values(values))


def give_back(engine: Engine, name: str) -> None:
    """Let go of a lease: the work is done."""
    with engine.begin() as connection:
        connection.execute(update(Lease).where(Lease.name == name).values(held_until=None))


def how_far(session: Session, name: str) -> tuple[int, int] | None:
    """(done, total) of work that somebody is at; None when nobody is."""
    row = session.execute(
        select(Lease.done, Lease.total).where(Lease.name == name, Lease.held_until > now())
    ).one_or_none()
    return None if row is None else (row.done, row.total)
