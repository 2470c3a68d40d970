"""Support for an account: promotions with the yes to them, money spent, what is lent."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404, allowed, me
from app.accounts.models import Account
from app.records.rules import year_to
from app.records.service_forms import ReplyForm
from app.records.support import problems_answering, promotion_state
from app.records.support_models import Promotion
from app.records.support_queries import (
    expense_rows,
    loan_rows,
    promotion_names,
    promotion_rows,
    spent_by_month,
)
from app.records.views.blueprint import records
from app.web import _, invalid, list_place, render, see, today, why

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


@records.get("/records/promotions/<int:promotion_id>/answer")
@allowed(APPROVE)
def promotion(promotion_id: int) -> ResponseReturnValue:
    """A promotion with all that was planned of it, and the form of a yes or a no."""
    row, account = _promotion(promotion_id)
    return render("records/answer.html", **_page(row, account, ReplyForm(formdata=None)))


@records.post("/records/promotions/<int:promotion_id>/answer")
@allowed(APPROVE)
def answer_promotion(promotion_id: int) -> ResponseReturnValue:
    """A yes to a promotion, or a no with its reason."""
    row, account = _promotion(promotion_id)
    form, grants = ReplyForm(), request.form.get("granted") == "1"
    problems = form.validate() and problems_answering(form.answer.data, grants=grants)
    if form.errors or problems:
        form.answer.errors = [*form.answer.errors, *(why(one) for one in problems or ())]
        return invalid("records/answer.html", **_page(row, account, form))
    row.is_approved, row.answer = grants, form.answer.data
    row.approver_id, row.approved_on = me().id, today()
    db.session().commit()
    return see("records.support", _("It is decided."), account_id=account.id)


def _page(row: Promotion, account: Account, form: ReplyForm) -> dict[str, Any]:
    names = promotion_names(db.session(), row)
    return {"account": account, "promotion": row, "form": form, "names": names}


def _promotion(promotion_id: int) -> tuple[Promotion, Account]:
    """A promotion with its account, for somebody who may read that."""
    found = db.session().get(Promotion, promotion_id)
    if found is None or found.archived_at is not None:
        abort(404)
    return found, account_or_404(found.account_id)
