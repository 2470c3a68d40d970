"""An account's credit: what the records say, what was granted; and what it owes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, allowed, me
from app.accounts.models import Account
from app.records.ageing import ageing
from app.records.credit import CreditFact, problems_deciding
from app.records.credit_forms import DecideForm, PayForm
from app.records.credit_models import Credit, Payment, Receivable
from app.records.credit_queries import (
    credit_rows,
    granted_to,
    owed_of,
    payments_of,
    receivable_rows,
)
from app.records.entry_changes import decide_credit, judge_credit, pay, take_back
from app.records.views.blueprint import records
from app.records.views.entries import put_faults
from app.web import _, company_today, invalid, list_place, render, see, today, why

DECIDE = "decide credit"


@records.get("/accounts/<int:account_id>/records/credit")
def credit(account_id: int) -> ResponseReturnValue:
    """Scores with their parts, the credit that holds, and every application."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    rows = credit_rows(session, account_id)
    granted = granted_to(session, account_id, company_today())
    asked = next((one.asked_days for one in rows if one.fact.decided_on is None), None)
    return render(
        "records/credit.html",
        account=account,
        rows=rows,
        granted=granted,
        judged=judge_credit(session, account_id, on, asked or (granted.days if granted else None)),
        ageing=ageing(owed_of(session, account_id, on), granted.limit if granted else None),
    )


@records.get("/records/credits/<int:credit_id>/decide")
@allowed(DECIDE)
def decide(credit_id: int) -> ResponseReturnValue:
    """The form of a decision, filled in with what the records propose."""
    row, account = _application(credit_id)
    judged = judge_credit(db.session(), account.id, today(), row.asked_days)
    form = DecideForm(
        formdata=None,
        grade=judged.proposal.grade,
        limit=judged.proposal.limit,
        days=row.asked_days,
    )
    return render("records/decide.html", account=account, credit=row, judged=judged, form=form)


@records.post("/records/credits/<int:credit_id>/decide")
@allowed(DECIDE)
def settle_credit(credit_id: int) -> ResponseReturnValue:
    """Grant a limit, or refuse with the reason; dated by the company's day, it holds at once."""
    row, account = _application(credit_id)
    form, session, on = DecideForm(), db.session(), company_today()
    fact = CreditFact(row.surveyed_on, row.analysed_on, row.decided_on, row.limit)
    problems = [] if not form.validate() else problems_deciding(
        fact, form.limit.data, form.reason.data
    )  # fmt: skip
    if form.errors or problems:
        form.reason.errors = [*form.reason.errors, *(why(one) for one in problems)]
        judged = judge_credit(session, account.id, on, row.asked_days)
        return invalid("records/decide.html", account=account, credit=row, judged=judged, form=form)
    form.fill(row)
    decide_credit(session, row, account, me().id, on)
    session.commit()
    return see("records.credit", _("It is decided."), account_id=account.id)


def _application(credit_id: int) -> tuple[Credit, Account]:
    """An application for credit with its account, for somebody who may read that."""
    found = db.session().get(Credit, credit_id)
    if found is None:
        abort(404)
    return found, account_or_404(found.account_id)


@records.get("/accounts/<int:account_id>/records/receivables")
def receivables(account_id: int) -> ResponseReturnValue:
    """What an account owes: by age, and invoice by invoice."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    granted = granted_to(session, account_id, company_today())
    shows_all = request.args.get("all") == "1"
    return render(
        "records/receivables.html",
        account=account,
        granted=granted,
        ageing=ageing(owed_of(session, account_id, on), granted.limit if granted else None),
        page=receivable_rows(session, account_id, list_place(), on, is_open=not shows_all),
        shows_all=shows_all,
    )


@records.route("/records/receivables/<int:receivable_id>/pay", methods=["GET", "POST"])
def pay_invoice(receivable_id: int) -> ResponseReturnValue:
    """What came in for an invoice, and the form for more."""
    row, account = _invoice(receivable_id)
    session = db.session()
    payments = payments_of(session, receivable_id)
    rest = row.amount - sum(one.amount for one in payments)
    form = PayForm(on=today(), amount=rest)
    page: dict[str, Any] = {"account": account, "row": row, "form": form}
    page |= {"payments": payments, "rest": rest}
    if not form.is_submitted():
        return render("records/pay.html", **page)
    problems = form.validate() and put_faults(form, form.problems(today()))
    if form.errors or problems:
        return invalid("records/pay.html", **page)
    pay(session, row, form.on.data, form.amount.data or Decimal())
    session.commit()
    return see("records.receivables", _("The payment is noted."), account_id=account.id)


@records.post("/records/receivables/<int:receivable_id>/payments/<int:payment_id>/remove")
def drop_payment(receivable_id: int, payment_id: int) -> ResponseReturnValue:
    """Take a payment back that was noted by mistake; one that has gone already is no fault."""
    row, _account = _invoice(receivable_id)
    found = db.session().get(Payment, payment_id)
    if found is not None and found.receivable_id == row.id:
        take_back(db.session(), found)
        db.session().commit()
    return see("records.pay_invoice", _("The payment is removed."), receivable_id=row.id)


def _invoice(receivable_id: int) -> tuple[Receivable, Account]:
    """An invoice with its account, for somebody who may change it."""
    found = db.session().get(Receivable, receivable_id)
    if found is None:
        abort(404)
    return found, account_or_404(found.account_id, EDIT)
