"""What is poured into a table reads back as it was, on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select

from app.accounts.models import Account
from app.exchange.models import Batch, BatchItem
from app.exchange.pouring import new_ids, pour
from app.exchange.writing import blank_row
from app.history import Change
from app.records.models import Sale
from tests.factories import DAY

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ODD = "tab\there, back\\slash, \\N, 'quote', line\nbreak, 医院"


def poured(session, model, *rows):
    """Pour rows and read them back, as the ORM does."""
    full = [blank_row(model) | row for row in rows]
    pour(session.connection(), model.__table__, full)
    return session.scalars(select(model).order_by(model.id)).all()


def test_days_amounts_and_odd_texts_read_back_as_they_were(session, make, ada):
    account = make.account(owner=ada)
    sale = {"account_id": account.id, "on": DAY, "description": ODD, "quantity": Decimal("1.5"),
            "amount": Decimal("-1234.56"), "cost": None}  # fmt: skip

    (row,) = poured(session, Sale, sale)

    assert (row.on, row.description, row.quantity) == (DAY, ODD, Decimal("1.5"))
    assert (row.amount, row.cost) == (Decimal("-1234.56"), None)


def test_moments_and_json_read_back_as_they_were(session, ada):
    change = {"at": AT, "user_id": ada.id, "entity": "account", "entity_id": 1, "act": "changed",
              "title": ODD, "columns": {"name": [None, ODD]}}  # fmt: skip

    row = poured(session, Change, change)[-1]

    assert (row.at, row.columns) == (AT, {"name": [None, ODD]})


def test_no_json_is_no_value_and_not_the_word_null(session, make, ada):
    make.account(owner=ada)
    batch = poured_batch(session, ada)
    rows = [
        {"batch_id": batch, "entity": "sale", "first_id": 1, "last_id": 2, "before": before}
        for before in (None, {"amount": "1.00"})
    ]

    kept = poured(session, BatchItem, *rows)

    assert [row.before for row in kept] == [None, {"amount": "1.00"}]
    assert session.scalar(select(BatchItem.id).where(BatchItem.before.is_(None))) == kept[0].id


def poured_batch(session, user) -> int:
    """The record of an import."""
    batch = Batch(user_id=user.id, at=AT, kind="sales", state="done", filename="a.csv", report={})
    session.add(batch)
    session.flush()
    return batch.id


def test_new_ids_are_free_and_those_after_them_too(session, make, ada):
    make.account("First Hospital", owner=ada)

    ids = new_ids(session.connection(), Account.__table__, 3)
    rows = [{"id": row_id, **blank_row(Account), "name": f"{row_id}"} for row_id in ids]
    pour(session.connection(), Account.__table__, rows)
    after = make.account("Last Hospital")

    assert len(set(ids)) == 3
    assert after.id > max(ids) > 1
