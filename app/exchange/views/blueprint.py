"""The blueprint that every page of import and export hangs on, and what they share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from app import db
from app.access import editable, may, me
from app.exchange.importing import IMPORTERS
from app.exchange.known import Names, known_accounts
from app.exchange.models import Batch, Upload
from app.exchange.queries import find_upload
from app.vocabulary import N_
from app.web import why

exchange = Blueprint("exchange", __name__)
NEEDS = {"team": "manage people", "products": "manage products"}
"""What some kinds ask for beyond importing."""
UNKNOWN = N_("There is no account “%(name)s” that you may change.")


def kinds() -> list[str]:
    """The kinds of rows that the person signed in may import."""
    return [kind for kind in IMPORTERS if kind not in NEEDS or may(NEEDS[kind])]


def upload_or_404(upload_id: int) -> Upload:
    """A file of the person's own."""
    upload = find_upload(db.session(), upload_id, me().id)
    if upload is None:
        abort(404)
    return upload


def batch_or_404(batch_id: int) -> Batch:
    """An import of the person's own."""
    batch = db.session().get(Batch, batch_id)
    if batch is None or batch.user_id != me().id:
        abort(404)
    return batch


def my_accounts() -> Names:
    """The accounts that the person may change, by name."""
    return known_accounts(db.session(), db.session().scalars(editable()))


def account_named(field: Any) -> int | None:
    """The account typed in a field; a name that fits none, or two, is an error of the field."""
    if not field.data:
        return None
    accounts = my_accounts()
    found = accounts.find(field.data)
    if found is None:
        field.errors = [why(accounts.missing(field.data, UNKNOWN))]
    return found
