"""Appraisals of an account: dated, side by side, willingness first."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.forms import AppraisalForm
from app.accounts.models import Appraisal
from app.accounts.profile_queries import appraisals_of
from app.accounts.rules import HINTS
from app.accounts.views.blueprint import accounts
from app.web import _, invalid, render, see, today


@accounts.get("/accounts/<int:account_id>/appraisals")
def appraisals(account_id: int) -> ResponseReturnValue:
    """What was thought of the account, newest first."""
    account = account_or_404(account_id)
    rows = appraisals_of(db.session(), account_id)
    return render("accounts/appraisals.html", account=account, rows=rows)


@accounts.route("/accounts/<int:account_id>/appraisals/add", methods=["GET", "POST"])
def appraise(account_id: int) -> ResponseReturnValue:
    """Add what is thought of one side; those before it stay."""
    account = account_or_404(account_id, EDIT)
    if request.method == "GET":
        form = AppraisalForm(on=today(), aspect=request.args.get("aspect"))
        return render("accounts/appraise.html", account=account, form=form, hints=HINTS)
    form = AppraisalForm()
    if not form.validate():
        return invalid("accounts/appraise.html", account=account, form=form, hints=HINTS)
    row = Appraisal(account_id=account_id, user_id=me().id)
    form.fill(row)
    db.session().add(row)
    db.session().commit()
    return see("accounts.appraisals", _("Saved."), account_id=account_id)


@accounts.post("/accounts/appraisals/<int:appraisal_id>/archive")
def drop_appraisal(appraisal_id: int) -> ResponseReturnValue:
    """Take away an appraisal made in error; the toast brings it back."""
    row = _allowed(appraisal_id)
    row.archived_at = db.now()
    db.session().commit()
    undo = f"/accounts/appraisals/{appraisal_id}/restore"
    return see("accounts.appraisals", _("It is gone."), undo=undo, account_id=row.account_id)


@accounts.post("/accounts/appraisals/<int:appraisal_id>/restore")
def restore_appraisal(appraisal_id: int) -> ResponseReturnValue:
    """Bring an appraisal back."""
    row = _allowed(appraisal_id)
    row.archived_at = None
    db.session().commit()
    return see("accounts.appraisals", _("It is back."), account_id=row.account_id)


def _allowed(appraisal_id: int) -> Appraisal:
    row = db.session().get(Appraisal, appraisal_id)
    if row is None:
        abort(404)
    account_or_404(row.account_id, EDIT)
    return row
