"""People are put somewhere on a map by hand."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.stakeholders.models import MapPosition, Stakeholder


def keep_position(session: Session, person: Stakeholder, view: str, x: float, y: float) -> None:
    """Keep where a person was put on one map, in grid units."""
    kept = session.scalar(
        select(MapPosition).where(MapPosition.stakeholder_id == person.id, MapPosition.view == view)
    )
    if kept is None:
        place = {"account_id": person.account_id, "stakeholder_id": person.id}
        session.add(MapPosition(view=view, x=x, y=y, **place))
    else:
        kept.x, kept.y = x, y


def forget_positions(session: Session, account_id: int, view: str) -> None:
    """Let everyone on one map stand where the hierarchy puts them."""
    session.execute(
        delete(MapPosition).where(MapPosition.account_id == account_id, MapPosition.view == view)
    )
