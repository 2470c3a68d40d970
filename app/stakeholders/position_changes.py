"""People are put somewhere on a map by hand."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.stakeholders.map_layout import Positions
from app.stakeholders.models import MapPosition, Stakeholder


def keep_positions(session: Session, account_id: int, view: str, places: Positions) -> None:
    """Keep where people were put on one map, in grid units; strangers to it are left out."""
    kept = {
        row.stakeholder_id: row
        for row in session.scalars(
            select(MapPosition).where(
                MapPosition.account_id == account_id, MapPosition.view == view
            )
        )
    }
    for person_id in _of_account(session, account_id, places):
        x, y = places[person_id]
        if person_id in kept:
            kept[person_id].x, kept[person_id].y = x, y
        else:
            at = {"account_id": account_id, "stakeholder_id": person_id}
            session.add(MapPosition(view=view, x=x, y=y, **at))


def _of_account(session: Session, account_id: int, places: Positions) -> Iterable[int]:
    every = select(Stakeholder.id).where(Stakeholder.account_id == account_id)
    return places.keys() & set(session.scalars(every))


def forget_positions(session: Session, account_id: int, view: str) -> None:
    """Let everyone on one map stand where the hierarchy puts them."""
    session.execute(
        delete(MapPosition).where(MapPosition.account_id == account_id, MapPosition.view == view)
    )
