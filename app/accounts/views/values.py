"""Perceived value surplus: readings of what the customer gains, pays and expected."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.forms import ValueForm
from app.accounts.models import ValueReading
from app.accounts.profile_queries import values_of
from app.accounts.value_surplus import surplus
from app.accounts.views.blueprint import accounts
from app.web import _, invalid, render, see, today


@accounts.get("/accounts/<int:account_id>/value")
def values(account_id: int) -> ResponseReturnValue:
    """How perceived value went, newest first."""
    account = account_or_404(account_id)
    rows = [(row, surplus(row.fact)) for row in values_of(db.session(), account_id)]
    return render("accounts/values.html", account=account, rows=rows)


@accounts.route("/accounts/<int:account_id>/value/add", methods=["GET", "POST"])
def note_value(account_id: int) -> ResponseReturnValue:
    """Add a reading; those before it stay."""
    account = account_or_404(account_id, EDIT)
    if request.method == "GET":
        return render("accounts/value.html", account=account, form=ValueForm(on=today()))
    form = ValueForm()
    if not form.validate():
        return invalid("accounts/value.html", account=account, form=form)
    row = ValueReading(account_id=account_id, user_id=me().id)
    form.fill(row)
    db.session().add(row)
    db.session().commit()
    return see("accounts.values", _("Saved."), account_id=account_id)


@accounts.post("/accounts/value/<int:value_id>/archive")
def drop_value(value_id: int) -> ResponseReturnValue:
    """Take away a reading made in error; the toast brings it back."""
    row = _allowed(value_id)
    row.archived_at = db.now()
    db.session().commit()
    undo = f"/accounts/value/{value_id}/restore"
    return _to_readings(row, _("It is gone."), undo)


@accounts.post("/accounts/value/<int:value_id>/restore")
def restore_value(value_id: int) -> ResponseReturnValue:
    """Bring a reading back."""
    row = _allowed(value_id)
    row.archived_at = None
    db.session().commit()
    return _to_readings(row, _("It is back."))


def _to_readings(row: ValueReading, message: str, undo: str = "") -> ResponseReturnValue:
    """Back to where a reading stands: the account's page, or the person's whose it is."""
    if row.stakeholder_id is None:
        return see("accounts.values", message, undo=undo, account_id=row.account_id)
    return see(
        "stakeholders.show", message, undo=undo, person_id=row.stakeholder_id, anchor="value"
    )


def _allowed(value_id: int) -> ValueReading:
    row = db.session().get(ValueReading, value_id)
    if row is None:
        abort(404)
    account_or_404(row.account_id, EDIT)
    return row
