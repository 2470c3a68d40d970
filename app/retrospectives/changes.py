"""What happens to a retrospective: assembled, begun, opened, closed; who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.pipeline.changes import Act
from app.pipeline.models import Opportunity
from app.retrospectives.models import RetroMember, Retrospective
from app.retrospectives.rules import Kind, are_all_in


def assemble(
    session: Session, deal: Opportunity, kind: Kind, *, user_id: int | None, at: datetime
) -> Retrospective:
    """The retrospective of a deal and kind: the one there is, else a new one that waits.

    Its record needs no copy: it is told from the dated facts themselves.
    """
    kept = session.scalar(
        select(Retrospective).where(
            Retrospective.opportunity_id == deal.id, Retrospective.kind == kind
        )
    )
    if kept is not None:
        kept.archived_at = None
        return kept
    values = {"account_id": deal.account_id, "opportunity_id": deal.id, "made_at": at}
    retro = Retrospective(**values, kind=kind, user_id=user_id, acted_at=at)
    session.add(retro)
    session.flush()
    return retro


def assemble_lost(session: Session, deal: Opportunity, act: Act) -> None:
    """A deal was lost: its retrospective waits for whoever owns it."""
    assemble(session, deal, Kind.LOSS, user_id=deal.owner_id or act.user_id, at=act.at)


def touch(retro: Retrospective, at: datetime) -> None:
    """Something happened in it: open windows look again."""
    retro.acted_at = max(at, retro.acted_at + timedelta(microseconds=1))


def begin(
    session: Session, retro: Retrospective, user_ids: Iterable[int], *, leader: int, at: datetime
) -> None:
    """Invite people, and let each write alone; who begins it leads it."""
    retro.user_id = leader
    retro.begun_at = retro.begun_at or at
    for user_id in sorted({leader, *user_ids}):
        join(session, retro, user_id, at)


def join(session: Session, retro: Retrospective, user_id: int, at: datetime) -> None:
    """Somebody takes part from now on; it does no harm to say so twice."""
    touch(retro, at)
    known = session.scalars(
        select(RetroMember.user_id).where(RetroMember.retrospective_id == retro.id)
    )
    if user_id not in set(known):
        session.add(RetroMember(retrospective_id=retro.id, user_id=user_id, joined_at=at))
        session.flush()


def leave(session: Session, retro: Retrospective, user_id: int, at: datetime) -> None:
    """Somebody takes part no longer; what they wrote stays."""
    touch(retro, at)
    session.execute(
        delete(RetroMember).where(
            RetroMember.retrospective_id == retro.id, RetroMember.user_id == user_id
        )
    )
    _open_if_all_in(session, retro, at)


def say_ready(
    session: Session, retro: Retrospective, member: RetroMember, at: datetime, *, ready: bool
) -> None:
    """Somebody has written what they wish to, or takes that back; the last one opens it."""
    touch(retro, at)
    member.is_ready = ready
    session.flush()
    _open_if_all_in(session, retro, at)


def _open_if_all_in(session: Session, retro: Retrospective, at: datetime) -> None:
    ready = session.scalars(
        select(RetroMember.is_ready).where(RetroMember.retrospective_id == retro.id)
    )
    if retro.begun_at is not None and are_all_in(ready):
        open_notes(retro, at)


def open_notes(retro: Retrospective, at: datetime) -> None:
    """What was written for the others is theirs to see from now on."""
    touch(retro, at)
    retro.opened_at = retro.opened_at or at


def set_timer(retro: Retrospective, minutes: int, at: datetime) -> None:
    """A time is set, or taken away by 0."""
    touch(retro, at)
    retro.ends_at = at + timedelta(minutes=minutes) if minutes else None


def close(retro: Retrospective, summary: str, at: datetime) -> None:
    """It is finished: from now on it stays as it is."""
    touch(retro, at)
    retro.opened_at = retro.opened_at or at
    retro.closed_at, retro.summary, retro.ends_at = at, summary, None


def reopen(retro: Retrospective, at: datetime) -> None:
    """It was closed by mistake."""
    touch(retro, at)
    retro.closed_at = None
