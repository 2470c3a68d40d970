"""Support for an account: promotions with the yes to them, money spent, what is lent."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404, allowed, me
from app.records.rules import year_to
from app.records.service_forms import ReplyForm
from app.records.support import promotion_state
from app.records.support_models import Promotion
from app.records.support_queries import (
    expense_rows,
    loan_rows,
    promotion_rows,
    spent_by_month,
)
from app.records.views.blueprint import records
from app.web import _, list_place, render, see, today

APPROVE = "approve support"


@records.get("/accounts/<int:account_id>/records/support")
def support(account_id: int) -> ResponseReturnValue:
    """Promotions, money spent and what is lent."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    return render(
        "records/support.html",
        account=account,
        on=on,
        state_of=promotion_state,
        promotions=promotion_rows(session, account_id, on),
        spent=sum(spent_by_month(session, account_id, year_to(on.year, on)).values()),
        loans=loan_rows(session, account_id),
        page=expense_rows(session, account_id, list_place()),
    )


@records.post("/records/promotions/<int:promotion_id>/answer")
@allowed(APPROVE)
def answer_promotion(promotion_id: int) -> ResponseReturnValue:
    """A yes or a no to a promotion."""
    row = db.session().get(Promotion, promotion_id)
    if row is None:
        abort(404)
    account_or_404(row.account_id)
    form = ReplyForm()
    if form.validate():
        row.is_approved = form.granted.data == "1"
        row.approver_id, row.approved_on = me().id, today()
        row.answer = form.answer.data
        db.session().commit()
    return see("records.support", _("It is decided."), account_id=row.account_id)
