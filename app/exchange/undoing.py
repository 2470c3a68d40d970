"""An import taken back: what it made goes, what it changed is as before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import Session

from app.exchange.models import Batch, BatchItem
from app.history import Change
from app.records.models import Sale
from app.search import SearchKey, entries
from app.tables import METADATA
from app.vocabulary import N_, Reason, because

CHUNK = 500
FINDABLE = {
    "account": ("name", "other_name"),
    "stakeholder": ("name", "other_name"),
    "opportunity": ("name",),
}
READS: dict[type, Any] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}


def problems_undoing(session: Session, batch: Batch) -> list[Reason]:
    """Why a batch cannot be undone; an empty list means that it can."""
    if batch.undone_at is not None:
        return [because(N_("This import has been undone already."))]
    if batch.state != "done":
        return [because(N_("This import has not finished."))]
    touched = list(_touched_since(session, batch))
    if touched:
        return [
            because(
                N_(
                    "People have since changed what it brought: %(names)s. Undoing would lose that."
                ),
                names=touched[:10],
            )
        ]
    return []


def _touched_since(session: Session, batch: Batch) -> Iterator[str]:
    """The names of rows that the batch brought and that somebody has worked on since."""
    query = (
        select(Change.title)
        .join(
            BatchItem,
            (BatchItem.entity == Change.entity) & (BatchItem.entity_id == Change.entity_id),
        )
        .where(BatchItem.batch_id == batch.id, Change.at > batch.at)
        .distinct()
        .limit(11)
    )
    yield from session.scalars(query)


def undo(session: Session, batch: Batch, at: datetime) -> int:
    """Take a batch back; gives how many rows were removed or put back."""
    items = session.execute(
        select(BatchItem.entity, BatchItem.entity_id, BatchItem.before)
        .where(BatchItem.batch_id == batch.id)
        .order_by(BatchItem.id.desc())
    ).all()
    count = session.scalar(select(func.count()).where(Sale.batch_id == batch.id)) or 0
    session.execute(delete(Sale).where(Sale.batch_id == batch.id))
    for entity, run in groupby(items, key=lambda item: item.entity):
        rows = list(run)
        made = [row.entity_id for row in rows if row.before is None]
        for start in range(0, len(made), CHUNK):
            _remove(session, METADATA.tables[entity], made[start : start + CHUNK])
        for row in rows:
            if row.before is not None:
                _put_back(session, METADATA.tables[entity], row.entity_id, row.before)
        count += len(rows)
    batch.undone_at = at
    return count


def _remove(session: Session, table: Table, ids: list[int]) -> None:
    session.execute(
        delete(SearchKey).where(SearchKey.kind == table.name, SearchKey.entity_id.in_(ids))
    )
    session.execute(table.delete().where(table.c.id.in_(ids)))


def _put_back(session: Session, table: Table, row_id: int, before: dict[str, Any]) -> None:
    values = {name: _value(table, name, value) for name, value in before.items()}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    session.execute(update(table).where(table.c.id == row_id).values(values))
    if before.keys() & {"name", "other_name"} and table.name in FINDABLE:
        _find_again(session, table, row_id)


def _value(table: Table, name: str, value: Any) -> Any:
    read = READS.get(table.c[name].type.python_type)
    return value if value is None or read is None else read(value)


def _find_again(session: Session, table: Table, row_id: int) -> None:
    row = session.execute(select(table).where(table.c.id == row_id)).one()._mapping
    account_id = row_id if table.name == "account" else row["account_id"]
    names = [row[name] for name in FINDABLE[table.name] if row[name]]
    kind = SearchKey.kind == table.name
    session.execute(delete(SearchKey).where(kind, SearchKey.entity_id == row_id))
    session.execute(SearchKey.__table__.insert(), entries(table.name, row_id, account_id, *names))
