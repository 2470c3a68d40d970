"""Feedback: what was said, what we do with it, and whether they have heard."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import EDIT, account_or_404, me
from app.accounts.models import Account
from app.plans.doing_forms import FeedbackForm, SettleForm
from app.plans.heard_queries import find_heard, heard_on_visits
from app.plans.queries import plan_at_hand, plans_of
from app.plans.views.blueprint import plans
from app.records.feedback import problems_settling
from app.records.feedback_queries import feedback_rows, find_feedback, people_choices
from app.records.models import Feedback
from app.row_ids import row_number
from app.users.queries import colleague_choices
from app.web import _, _l, commit_or_stale, invalid, render, see, stale_page, today, why

FORM, SETTLING = "plans/feedback_form.html", "plans/feedback_settle.html"


def feedback_or_404(feedback_id: int) -> tuple[Feedback, Account]:
    """Feedback with its account, for someone who may change it."""
    found = find_feedback(db.session(), feedback_id)
    if found is None:
        abort(404)
    return found, account_or_404(found.account_id, EDIT)


@plans.get("/accounts/<int:account_id>/feedback")
def feedback(account_id: int) -> ResponseReturnValue:
    """An account's feedback, what waits for us first."""
    account = account_or_404(account_id)
    session, on = db.session(), today()
    return render(
        "plans/feedback.html",
        account=account,
        plan=plan_at_hand(plans_of(session, account_id), on),
        rows=feedback_rows(session, account_id),
        heard=heard_on_visits(session, account_id),
        on=on,
    )


def _offer(form: FeedbackForm, account_id: int) -> FeedbackForm:
    session = db.session()
    form.offer(_l("Not named"), stakeholder_id=people_choices(session, account_id))
    colleagues = colleague_choices(session)
    form.offer(_l("Not named"), speaker_id=colleagues, user_id=colleagues)
    return form


@plans.route("/accounts/<int:account_id>/feedback/add", methods=["GET", "POST"])
def hear(account_id: int) -> ResponseReturnValue:
    """Write down what somebody told us."""
    account = account_or_404(account_id, EDIT)
    form = FeedbackForm() if request.method == "POST" else _fresh(account_id)
    _offer(form, account_id)
    if request.method == "GET":
        return render(FORM, account=account, form=form, row=None)
    if not form.validate():
        return invalid(FORM, account=account, form=form, row=None)
    row = Feedback(account_id=account_id)
    form.fill(row)
    db.session().add(row)
    db.session().commit()
    return _back(row, _("Written down. Decide what becomes of it, and tell them."))


def _fresh(account_id: int) -> FeedbackForm:
    """Today, heard by oneself; ``?report=`` takes up what a visit heard."""
    report = request.args.get("report", type=row_number)
    heard = find_heard(db.session(), account_id, report) if report else None
    if heard is None:
        return FeedbackForm(formdata=None, on=today(), user_id=me().id)
    return FeedbackForm(formdata=None, on=heard.on, user_id=heard.user_id, words=heard.words)


def _back(row: Feedback, message: str, undo: str = "") -> Response:
    return see("plans.feedback", message, undo=undo, account_id=row.account_id)


@plans.route("/feedback/<int:feedback_id>/edit", methods=["GET", "POST"])
def edit_feedback(feedback_id: int) -> ResponseReturnValue:
    """Correct what was written down."""
    row, account = feedback_or_404(feedback_id)
    form = _offer(FeedbackForm(obj=row), account.id)
    if request.method == "GET":
        return render(FORM, account=account, form=form, row=row)
    if not form.validate():
        return invalid(FORM, account=account, form=form, row=row)
    if form.is_stale(row):
        return stale_page(form, row)
    form.fill(row)
    return commit_or_stale(form, row) or _back(row, _("Saved."))


@plans.route("/feedback/<int:feedback_id>/settle", methods=["GET", "POST"])
def settle(feedback_id: int) -> ResponseReturnValue:
    """What becomes of it, why, and what they were told."""
    row, account = feedback_or_404(feedback_id)
    form = SettleForm(obj=row)
    if request.method == "GET":
        return render(SETTLING, account=account, form=form, row=row)
    if not form.validate() or not _settles(form):
        return invalid(SETTLING, account=account, form=form, row=row)
    if form.is_stale(row):
        return stale_page(form, row)
    form.fill(row)
    row.decided_on = (row.decided_on or today()) if row.use else None
    return commit_or_stale(form, row) or _back(row, _("Saved."))


def _settles(form: SettleForm) -> bool:
    """Whether it can be settled so; says why not at the field."""
    problems = problems_settling(form.use.data, form.reason.data or "", form.answered_on.data)
    field = form.reason if form.use.data else form.use
    field.errors = [*field.errors, *(why(problem) for problem in problems)]
    return not problems


@plans.post("/feedback/<int:feedback_id>/archive")
def put_feedback_away(feedback_id: int) -> ResponseReturnValue:
    """Put feedback away; the toast offers to bring it back."""
    row, _account = feedback_or_404(feedback_id)
    row.archived_at = db.now()
    db.session().commit()
    undo = url_for("plans.bring_feedback_back", feedback_id=feedback_id)
    return _back(row, _("The feedback is archived."), undo)


@plans.post("/feedback/<int:feedback_id>/restore")
def bring_feedback_back(feedback_id: int) -> ResponseReturnValue:
    """Bring archived feedback back."""
    row, _account = feedback_or_404(feedback_id)
    row.archived_at = None
    db.session().commit()
    return _back(row, _("The feedback is back."))
