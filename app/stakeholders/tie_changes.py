"""Ties between people are drawn and ended. What may be drawn: tie_problems."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.layers import pair_of
from app.stakeholders.map_facts import TieFact
from app.stakeholders.models import Stakeholder, Tie
from app.stakeholders.rules import TieKind


def add_tie(session: Session, account_id: int, drawn: TieFact, on: date) -> Tie:
    """Draw a tie from ``on``; undirected ones are kept lower id first."""
    from_id, to_id = pair_of(drawn)
    tie = Tie(
        account_id=account_id,
        kind=drawn.kind.value,
        from_id=from_id,
        to_id=to_id,
        weight=drawn.weight,
        since=on,
    )
    session.add(tie)
    session.flush()
    return tie


def end_tie(tie: Tie, on: date) -> None:
    """A tie holds no longer from ``on``."""
    tie.until = max(on, tie.since)


def resume_tie(tie: Tie) -> None:
    """Undo the end of a tie."""
    tie.until = None


def report_to(
    session: Session, person: Stakeholder, manager_id: int | None, on: date
) -> Tie | None:
    """Let a person report to another (None: to nobody known) from ``on``."""
    lines = session.scalars(
        select(Tie).where(
            Tie.from_id == person.id, Tie.kind == TieKind.REPORTS_TO, Tie.until.is_(None)
        )
    ).all()
    kept = next((line for line in lines if line.to_id == manager_id), None)
    for line in lines:
        if line is not kept:
            end_tie(line, on)
    if manager_id is None or kept is not None:
        return kept
    drawn = TieFact(TieKind.REPORTS_TO, person.id, manager_id)
    return add_tie(session, person.account_id, drawn, on)
