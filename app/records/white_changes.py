"""What happens to white space: a cell is estimated, its rivals' shares are kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.records.white_models import WhiteCell, WhiteShare
from app.records.white_queries import find_cell_at


def make_room(session: Session, account_id: int, unit: str, series: str, cell_id: int) -> None:
    """Let an estimate that was taken away give its place to the one that moves there."""
    taken = find_cell_at(session, account_id, unit, series)
    if taken is not None and taken.id != cell_id:
        session.delete(taken)
        session.flush()


def keep_shares(session: Session, cell: WhiteCell, shares: Mapping[int, Decimal]) -> None:
    """Keep the rivals' shares of a cell in place of those before."""
    session.flush()
    session.execute(delete(WhiteShare).where(WhiteShare.cell_id == cell.id))
    session.add_all(
        WhiteShare(cell_id=cell.id, rival_id=rival_id, share=share)
        for rival_id, share in shares.items()
    )
    session.flush()
