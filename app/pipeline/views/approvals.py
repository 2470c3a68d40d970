"""A yes before a deal goes on: asked for, granted or refused with words."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.models import Account
from app.pipeline.approval_queries import approvals_of, approver_choices, find_approval
from app.pipeline.approving import problems_answering, problems_asking
from app.pipeline.deal_forms import AskForm, ReplyForm
from app.pipeline.deal_models import Approval
from app.pipeline.models import Opportunity
from app.pipeline.rules import Stage
from app.pipeline.stage_rules import SLOTS, Subject
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.vocabulary import Reason
from app.web import _, invalid, label, render, see, why


@pipeline.route("/pipeline/<int:opportunity_id>/approvals/ask", methods=["GET", "POST"])
def ask_approval(opportunity_id: int) -> ResponseReturnValue:
    """Ask somebody for a yes."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    session = db.session()
    people = approver_choices(session, account.id)
    page: dict[str, Any] = {"deal": deal, "account": account, "people": people}
    if request.method == "GET":
        subject = SLOTS.get(Stage(deal.stage).value, Subject.QUALIFICATION)
        first = people[0][0] if len(people) == 1 else None
        form = AskForm(formdata=None, subject=subject, approver_id=first)
        form.offer_approvers(people)
        return render("pipeline/ask_approval.html", form=form, **page)
    form = AskForm()
    form.offer_approvers(people)
    if form.validate():
        form.approver_id.errors = [why(one) for one in problems_of(form, deal)]
    if form.errors:
        return invalid("pipeline/ask_approval.html", form=form, **page)
    asked = Approval(account_id=deal.account_id, opportunity_id=deal.id, user_id=me().id)
    form.fill(asked)
    asked.asked_at = db.now()
    session.add(asked)
    session.commit()
    return see("pipeline.show", _("Asked for."), opportunity_id=deal.id)


def problems_of(form: AskForm, deal: Opportunity) -> list[Reason]:
    """What stands against asking."""
    subject = form.subject.data
    waiting = [one for one in approvals_of(db.session(), deal.id) if one.is_granted is None]
    is_waiting = any(one.subject is subject for one in waiting)
    return problems_asking(form.approver_id.data, me().id, is_waiting=is_waiting)


def asked_or_404(opportunity_id: int, approval_id: int) -> tuple[Approval, Opportunity, Account]:
    """What was asked for, for those who may see the deal."""
    deal, account = deal_or_404(opportunity_id)
    found = find_approval(db.session(), deal.id, approval_id)
    if found is None:
        abort(404)
    return found, deal, account


@pipeline.get("/pipeline/<int:opportunity_id>/approvals/<int:approval_id>")
def approval(opportunity_id: int, approval_id: int) -> ResponseReturnValue:
    """What was asked for; whoever is to decide finds the answer's form there."""
    found, deal, account = asked_or_404(opportunity_id, approval_id)
    return _page(found, deal, account, ReplyForm(formdata=None))


def _page(
    found: Approval, deal: Opportunity, account: Account, form: ReplyForm, status: int = 200
) -> ResponseReturnValue:
    rows = approvals_of(db.session(), deal.id)
    row = next(one for one in rows if one.id == found.id)
    waits = found.is_granted is None and found.approver_id == me().id
    values = {"deal": deal, "account": account, "row": row, "form": form, "waits": waits}
    return render("pipeline/approval.html", status, **values)


@pipeline.post("/pipeline/<int:opportunity_id>/approvals/<int:approval_id>")
def answer_approval(opportunity_id: int, approval_id: int) -> ResponseReturnValue:
    """Say yes or no, with words."""
    found, deal, account = asked_or_404(opportunity_id, approval_id)
    if found.approver_id != me().id:
        abort(403)
    form = ReplyForm()
    grants = form.granted.data == "yes"
    if form.validate():
        if found.is_granted is not None:
            form.form_errors.append(_("It has been answered already."))
        problems = problems_answering(form.answer.data, grants=grants)
        form.answer.errors = [why(one) for one in problems]
    if form.errors:
        return _page(found, deal, account, form, 422)
    found.is_granted, found.answer, found.answered_at = grants, form.answer.data, db.now()
    db.session().commit()
    message = _("Granted: %(subject)s") if grants else _("Refused: %(subject)s")
    said = message % {"subject": label(Subject(found.subject))}
    return see("pipeline.show", said, opportunity_id=deal.id)
