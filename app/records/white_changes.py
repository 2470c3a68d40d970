"""What happens to white space: a cell is estimated, its rivals' shares are kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.records.white_models import WhiteCell, WhiteShare


def keep_shares(session: Session, cell: WhiteCell, shares: Mapping[int, Decimal]) -> None:
    """Keep the rivals' shares of a cell in place of those before."""
    session.flush()
    session.execute(delete(WhiteShare).where(WhiteShare.cell_id == cell.id))
    session.add_all(
        WhiteShare(cell_id=cell.id, rival_id=rival_id, share=share)
        for rival_id, share in shares.items()
    )
    session.flush()
