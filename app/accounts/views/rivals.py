"""Competitors at an account."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404
from app.accounts.forms import RivalForm
from app.accounts.models import Account, Rival
from app.accounts.views.blueprint import accounts
from app.web import _, commit_or_stale, invalid, render, see, stale_page


@accounts.route("/accounts/<int:account_id>/competitors/add", methods=["GET", "POST"])
def add_rival(account_id: int) -> ResponseReturnValue:
    """Add a competitor at the account."""
    account = account_or_404(account_id, EDIT)
    form = RivalForm()
    if request.method == "GET":
        return render("accounts/rival.html", account=account, form=form, rival=None)
    if not form.validate():
        return invalid("accounts/rival.html", account=account, form=form, rival=None)
    rival = Rival(account_id=account_id)
    form.fill(rival)
    db.session().add(rival)
    db.session().commit()
    return _seen(rival, _("%(name)s is added.", name=rival.name))


@accounts.route("/accounts/competitors/<int:rival_id>/edit", methods=["GET", "POST"])
def edit_rival(rival_id: int) -> ResponseReturnValue:
    """Change what is known of a competitor."""
    rival, account = _allowed(rival_id)
    form = RivalForm(obj=rival)
    if request.method == "GET":
        return render("accounts/rival.html", account=account, form=form, rival=rival)
    if not form.validate():
        return invalid("accounts/rival.html", account=account, form=form, rival=rival)
    if form.is_stale(rival):
        return stale_page(form, rival)
    form.fill(rival)
    return commit_or_stale(form, rival) or _seen(rival, _("Saved."))


@accounts.post("/accounts/competitors/<int:rival_id>/archive")
def archive_rival(rival_id: int) -> ResponseReturnValue:
    """Take a competitor away; the toast brings it back."""
    rival, _account = _allowed(rival_id)
    rival.archived_at = db.now()
    db.session().commit()
    undo = f"/accounts/competitors/{rival_id}/restore"
    return _seen(rival, _("%(name)s is gone.", name=rival.name), undo)


@accounts.post("/accounts/competitors/<int:rival_id>/restore")
def restore_rival(rival_id: int) -> ResponseReturnValue:
    """Bring a competitor back."""
    rival, _account = _allowed(rival_id)
    rival.archived_at = None
    db.session().commit()
    return _seen(rival, _("%(name)s is back.", name=rival.name))


def _seen(rival: Rival, message: str, undo: str = "") -> ResponseReturnValue:
    return see(
        "accounts.show", message, undo=undo, account_id=rival.account_id, anchor="competitors"
    )


def _allowed(rival_id: int) -> tuple[Rival, Account]:
    rival = db.session().get(Rival, rival_id)
    if rival is None:
        abort(404)
    return rival, account_or_404(rival.account_id, EDIT)
