"""An import taken back: what it made goes, what it changed is as before."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Table, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from app.exchange.choices import BatchState
from app.exchange.models import Batch, BatchItem
from app.exchange.report import RowState, report_from
from app.history import Change
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.spans import renew as renew_spans
from app.records.changes import remeasure_classes
from app.records.credit_models import Payment, Receivable
from app.records.entry_changes import settle
from app.records.imported import note_import
from app.records.models import Sale
from app.search import SearchKey, entries
from app.stakeholders.last_contact import renew
from app.stakeholders.models import Coverage
from app.tables import METADATA
from app.vocabulary import N_, Reason, because

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
NO_LOSS = {"change", "batch", "upload", "search_key", "snapshot_deal"}
"""Tables that may refer to rows about to go: they only tell of the past, or of the rows."""
MOST_NAMED = 10


def problems_undoing(session: Session, batch: Batch) -> list[Reason]:
    """Why a batch cannot be undone; an empty list means that it can."""
    if batch.undone_at is not None:
        return [because(N_("This import has been undone already."))]
    if batch.state != BatchState.DONE:
        return [because(N_("This import has not finished."))]
    later = _later_batches(session, batch)
    if later:
        return [
            because(
                N_("Undo the later imports %(numbers)s first: they build on it."), numbers=later
            )
        ]
    touched = _touched_since(session, batch)
    if touched:
        words = N_("People have since worked on what it brought: %(names)s. That would be lost.")
        return [because(words, names=touched)]
    return _leant_on(session, batch)


def _later_batches(session: Session, batch: Batch) -> list[int]:
    """Later imports that changed rows which this one brought or changed."""
    mine, theirs = aliased(BatchItem), aliased(BatchItem)
    query = (
        select(theirs.batch_id)
        .join(mine, (mine.entity == theirs.entity) & (mine.first_id <= theirs.last_id)
              & (mine.last_id >= theirs.first_id))
        .join(Batch, Batch.id == theirs.batch_id)
        .where(mine.batch_id == batch.id, theirs.batch_id > batch.id, Batch.undone_at.is_(None))
        .distinct()
        .order_by(theirs.batch_id)
    )  # fmt: skip
    return list(session.scalars(query))


def _touched_since(session: Session, batch: Batch) -> list[str]:
    """The names of rows that the batch brought and that somebody has worked on since."""
    inside = Change.entity_id.between(BatchItem.first_id, BatchItem.last_id)
    query = (
        select(Change.title)
        .join(BatchItem, (BatchItem.entity == Change.entity) & inside)
        .where(BatchItem.batch_id == batch.id, Change.at > batch.at)
        .distinct()
        .order_by(Change.title)
        .limit(MOST_NAMED)
    )
    return list(session.scalars(query))


def _leant_on(session: Session, batch: Batch) -> list[Reason]:
    """Rows of others that hang on what the batch brought, and would go with it."""
    found: Counter[str] = Counter()
    for table in METADATA.sorted_tables:
        if table.name not in NO_LOSS:
            for link in table.foreign_keys:
                found[table.name] += _others(session, batch, table, link)
    told = [f"{table.replace('_', ' ')}: {count}" for table, count in found.items() if count]
    if not told:
        return []
    words = N_("Other work hangs on what it brought and would go with it (%(rows)s).")
    return [because(words, rows=told)]


def _others(session: Session, batch: Batch, table: Table, link: ForeignKey) -> int:
    """How many rows refer to what the batch made and are not the batch's own."""
    if "id" not in table.c or table.name == "batch_item":
        return 0
    made, own = aliased(BatchItem), aliased(BatchItem)
    is_own = exists().where(
        own.batch_id == batch.id,
        own.entity == table.name,
        table.c.id.between(own.first_id, own.last_id),
    )
    query = (
        select(func.count(func.distinct(table.c.id)))
        .join(made, link.parent.between(made.first_id, made.last_id))
        .where(made.batch_id == batch.id, made.before.is_(None))
        .where(made.entity == link.column.table.name, ~is_own)
    )  # fmt: skip
    return session.scalar(query) or 0


def undo(session: Session, batch: Batch, at: datetime) -> int:
    """Take a batch back; gives how many rows of the file had made or changed something."""
    query = select(BatchItem).where(BatchItem.batch_id == batch.id).order_by(BatchItem.id.desc())
    covered, moved = _covered(session, batch), _moved(session, batch)
    buyers, invoices = _buyers(session, batch), _invoices(session, batch)
    for item in session.scalars(query).all():
        table = METADATA.tables[item.entity]
        if item.before is None:
            _remove(session, table, item.first_id, item.last_id)
        else:
            _put_back(session, table, item.first_id, item.before)
            _unwrite(session, item, batch)
    renew(session.connection(), covered)
    settle(session, invoices)
    renew_spans(session.connection(), moved)
    batch.undone_at = at
    note_import(session, batch.id, at)
    if buyers:
        remeasure_classes(session, buyers, since=batch.at.date(), on=at.date())
    counts = report_from(batch.report).counts
    return counts[RowState.NEW] + counts[RowState.CHANGED]


def _covered(session: Session, batch: Batch) -> list[int]:
    """Those of theirs whom a batch tied to us."""
    within = Coverage.id.between(BatchItem.first_id, BatchItem.last_id)
    query = select(Coverage.stakeholder_id).join(
        BatchItem, (BatchItem.entity == Coverage.__tablename__) & within
    )
    return list(session.scalars(query.where(BatchItem.batch_id == batch.id)))


def _moved(session: Session, batch: Batch) -> set[int]:
    """The deals that a batch moved, told the terms of, or changed."""
    changed = select(BatchItem.first_id).where(
        BatchItem.batch_id == batch.id,
        BatchItem.entity == Opportunity.__tablename__,
        BatchItem.before.is_not(None),
    )
    found = set(session.scalars(changed))
    for model in (StageMove, Terms):
        within = model.id.between(BatchItem.first_id, BatchItem.last_id)
        query = select(model.opportunity_id).join(
            BatchItem, (BatchItem.entity == model.__tablename__) & within
        )
        found |= set(session.scalars(query.where(BatchItem.batch_id == batch.id)))
    return found


def _buyers(session: Session, batch: Batch) -> set[int]:
    """The accounts whose sales the batch made."""
    inside = Sale.id.between(BatchItem.first_id, BatchItem.last_id)
    query = (
        select(Sale.account_id)
        .join(BatchItem, inside)
        .where(BatchItem.batch_id == batch.id, BatchItem.entity == Sale.__tablename__)
        .distinct()
    )
    return set(session.scalars(query))


def _invoices(session: Session, batch: Batch) -> set[int]:
    """The invoices that a batch changed, or brought payments for."""
    mine = BatchItem.batch_id == batch.id
    paid = select(Payment.receivable_id).join(
        BatchItem,
        (BatchItem.entity == Payment.__tablename__)
        & Payment.id.between(BatchItem.first_id, BatchItem.last_id),
    )
    changed = select(BatchItem.first_id).where(
        BatchItem.entity == Receivable.__tablename__, BatchItem.before.is_not(None)
    )
    return {*session.scalars(paid.where(mine)), *session.scalars(changed.where(mine))}


def _unwrite(session: Session, item: BatchItem, batch: Batch) -> None:
    """Take what the import wrote into the history out of it."""
    session.execute(
        delete(Change).where(
            Change.entity == item.entity, Change.entity_id == item.first_id, Change.at == batch.at
        )
    )


def _remove(session: Session, table: Table, first: int, last: int) -> None:
    if table.name in FINDABLE:
        session.execute(
            delete(SearchKey).where(
                SearchKey.kind == table.name, SearchKey.entity_id.between(first, last)
            )
        )
    session.execute(delete(table).where(table.c.id.between(first, last)))


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
    session.execute(insert(SearchKey), entries(table.name, row_id, account_id, *names))
