"""Adding, editing, putting away and bringing back a record of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.models import Account
from app.records.entry_changes import complete, repeat
from app.records.entry_forms import EntryForm
from app.records.queries import product_choices
from app.records.support_models import Communication
from app.records.support_queries import promotion_choices
from app.records.views.blueprint import records
from app.records.views.books import BOOKS, Book
from app.stakeholders.queries import person_choices, team_choices
from app.vocabulary import Reason
from app.web import _, commit_or_stale, invalid, render, see, stale_page, today, why

KINDS = (
    "<any(contracts,credits,receivables,plans,cases,promotions,expenses,loans,communication):book>"
)
ONE = f"/records/{KINDS}/<int:entry_id>"
PAGE = "records/entry.html"


@records.route(f"/accounts/<int:account_id>/records/{KINDS}/add", methods=["GET", "POST"])
def add_entry(account_id: int, book: str) -> ResponseReturnValue:
    """Add a record."""
    account, kind = account_or_404(account_id, EDIT), BOOKS[book]
    is_asked = request.method == "GET"
    form = kind.form(**kind.defaults(today(), me().id)) if is_asked else kind.form()
    _offer(form, account_id)
    page: dict[str, Any] = {"account": account, "form": form, "book": book, "kind": kind}
    page["row"] = None
    if is_asked:
        return render(PAGE, **page)
    if not _holds(form):
        return invalid(PAGE, **page)
    row = kind.model(account_id=account_id)
    form.fill(row)
    if book == "credits":
        row.user_id = me().id
    db.session().add(row)
    _follow(row)
    db.session().commit()
    return _shown(kind, row)


@records.route(f"{ONE}/edit", methods=["GET", "POST"])
def edit_entry(book: str, entry_id: int) -> ResponseReturnValue:
    """Change a record."""
    account, kind, row = _found(book, entry_id)
    form = kind.form(obj=row)
    _offer(form, account.id)
    page: dict[str, Any] = {"account": account, "form": form, "book": book, "kind": kind}
    page["row"] = row
    if request.method == "GET":
        return render(PAGE, **page)
    if not _holds(form):
        return invalid(PAGE, **page)
    if form.is_stale(row):
        return stale_page(form, row)
    form.fill(row)
    _follow(row)
    return commit_or_stale(form, row) or _shown(kind, row)


@records.post(f"{ONE}/archive")
def archive_entry(book: str, entry_id: int) -> ResponseReturnValue:
    """Put a record away."""
    _account, kind, row = _found(book, entry_id)
    row.archived_at = db.now()
    db.session().commit()
    undo = f"/records/{book}/{entry_id}/restore"
    return see(kind.page, _("It is put away."), undo=undo, account_id=row.account_id)


@records.post(f"{ONE}/restore")
def restore_entry(book: str, entry_id: int) -> ResponseReturnValue:
    """Bring a record back."""
    _account, kind, row = _found(book, entry_id)
    row.archived_at = None
    db.session().commit()
    return see(kind.page, _("It is back."), account_id=row.account_id)


def _found(book: str, entry_id: int) -> tuple[Account, Book, Any]:
    """A record with its account, for somebody who may change it."""
    kind = BOOKS[book]
    row = db.session().get(kind.model, entry_id)
    if row is None:
        abort(404)
    return account_or_404(row.account_id, EDIT), kind, row


def _offer(form: EntryForm, account_id: int) -> None:
    session, fields = db.session(), form._fields
    team = team_choices(session, account_id)
    offers = {"owner_id": team, "user_id": team, "surveyor_id": team}
    if "product_id" in fields:
        offers["product_id"] = product_choices(session)
    if "stakeholder_id" in fields:
        offers["stakeholder_id"] = person_choices(session, account_id)
    if "promotion_id" in fields:
        offers["promotion_id"] = promotion_choices(session, account_id)
    form.offer(offers)


def _holds(form: EntryForm) -> bool:
    """Whether what was typed holds, field by field and as a whole; faults stand at the fields."""
    return form.validate() and not put_faults(form, form.problems(today()))


def put_faults(form: Any, found: Mapping[str, Reason]) -> bool:
    """Set each fault at its field; whether there was any."""
    for name, reason in found.items():
        form[name].errors = [why(reason)]
    return bool(found)


def _follow(row: Any) -> None:
    """Let follow from a record what does."""
    complete(db.session(), row)
    if isinstance(row, Communication):
        repeat(db.session(), row)


def _shown(kind: Book, row: Any) -> ResponseReturnValue:
    """The list that a record is in; a contract shows itself."""
    if kind.page == "records.contracts":
        return see("records.contract", _("Saved."), contract_id=row.id)
    return see(kind.page, _("Saved."), account_id=row.account_id)
