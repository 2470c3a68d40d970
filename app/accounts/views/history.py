"""Who changed what on an account, and taking it back."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, account_or_404
from app.accounts.history_changes import turn_round
from app.accounts.history_queries import change_rows, find_change, names_in
from app.accounts.views.blueprint import accounts
from app.web import _, list_place, render, see


@accounts.get("/accounts/<int:account_id>/history")
def history(account_id: int) -> ResponseReturnValue:
    """Every change to the account and to what hangs on it, newest first."""
    account = account_or_404(account_id)
    page = change_rows(db.session(), account_id, list_place())
    names = names_in(db.session(), page.rows)
    return render("accounts/history.html", account=account, page=page, names=names)


@accounts.post("/accounts/<int:account_id>/history/<int:change_id>/undo")
def undo(account_id: int, change_id: int) -> ResponseReturnValue:
    """Bring back what was put away, or put away what was brought back."""
    account_or_404(account_id, EDIT)
    change = find_change(db.session(), account_id, change_id)
    if change is None:
        abort(404)
    if change.entity == "account":
        account_or_404(account_id, OWN)
    done = turn_round(db.session(), change, db.now())
    db.session().commit()
    message = _("It is undone.") if done else _("There is nothing to undo any more.")
    return see("accounts.history", message, account_id=account_id)
