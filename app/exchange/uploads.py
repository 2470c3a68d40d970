"""Files on their way in: kept where every worker can reach them, and read as chosen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.queries import editable_accounts, visible_accounts
from app.accounts.rules import Segment
from app.exchange.choices import Choices, NoAccount
from app.exchange.headers import guess_columns, guess_kind
from app.exchange.importing import learnt
from app.exchange.models import Batch, Upload
from app.exchange.month_columns import names_unfolded, of_kind
from app.exchange.org_chart import pasted_people
from app.exchange.parsing import mapping_of
from app.exchange.reading import open_table
from app.exchange.tables import Table
from app.users.rules import UserRole

KEPT_DAYS = 7
PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was sent: the kinds of rows it may hold, and what was chosen with it."""

    name: str
    content: bytes
    kinds: Sequence[str]
    choices: dict[str, Any]


def keep_upload(session: Session, file: NewFile, *, user_id: int, at: datetime) -> Upload:
    """Keep a file until it is imported; files that waited for a week are dropped.

    Raises UnreadableFile for what is no table.
    """
    upload = Upload(user_id=user_id, at=at, kind="", filename=file.name[:255],
                    content=file.content, choices=file.choices)  # fmt: skip
    with open_upload(upload) as table:
        upload.kind = likeliest_kind(table, file.kinds)
    with open_upload(upload) as table:
        mapping = guessed_mapping(table, upload.kind)
        table.sample(1)
    upload.choices = file.choices | {"mapping": mapping}
    session.execute(delete(Upload).where(Upload.at < at - timedelta(days=KEPT_DAYS)))
    session.add(upload)
    session.flush()
    return upload


def open_upload(upload: Upload) -> Table:
    """The file's Table, as chosen; raises UnreadableFile."""
    chosen = upload.choices
    if chosen.get(PASTED):
        return pasted_people(upload.content.decode("utf-8", "replace"))
    table = open_table(
        io.BytesIO(upload.content),
        filename=upload.filename,
        encoding=chosen.get("encoding") or None,
        separator=chosen.get("separator") or None,
        sheet=chosen.get("sheet") or None,
    )
    return of_kind(table, upload.kind, upload.filename)


def likeliest_kind(table: Table, kinds: Sequence[str]) -> str:
    """The kind of rows that a file most likely holds, among those it may."""
    guesses = (guess.kind for guess in guess_kind(names_unfolded(table.columns)))
    return next((kind for kind in guesses if kind in kinds), kinds[0])


def guessed_mapping(table: Table, kind: str) -> dict[str, int]:
    """The column of each field, as its name tells."""
    mapping = mapping_of(guess_columns(table.columns, kind))
    if table.column_of and kind == "sales":
        mapping.setdefault("date", len(table.columns) - 2)
    return mapping


def choices_for(
    session: Session, upload: Upload, role: UserRole, *, on: date, at: datetime
) -> Choices:
    """What was chosen about a file, with what its sender may touch."""
    chosen, user_id = upload.choices, upload.user_id
    return Choices(
        kind=upload.kind,
        on=on,
        at=at,
        mapping=chosen["mapping"],
        owner_id=user_id,
        user_id=user_id,
        account_id=chosen.get("account_id"),
        source=upload.filename,
        habits=chosen.get("habits", {}),
        stages=learnt(session, "stage") | chosen.get("stages", {}),
        products=learnt(session, "product") | chosen.get("products", {}),
        no_account=NoAccount(chosen["no_account"]) if chosen.get("no_account") else None,
        creates_products=bool(chosen.get("creates_products")),
        creates_accounts=bool(chosen.get("creates_accounts")),
        segment=Segment(chosen["segment"]) if chosen.get("segment") else None,
        visible=frozenset(session.scalars(visible_accounts(user_id, role))),
        editable=frozenset(session.scalars(editable_accounts(user_id, role))),
    )


def find_upload_of(session: Session, batch: Batch) -> Upload | None:
    """The file that an import reads, while it is kept."""
    return session.get(Upload, batch.upload_id) if batch.upload_id else None
