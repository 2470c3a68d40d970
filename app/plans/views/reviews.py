"""Reviews: what changed, three decisions, actions, the next date; approved by the director."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, READ, account_or_404, can, me, visible
from app.accounts.models import Account
from app.plans.action_rules import months_on
from app.plans.change_report import by_topic
from app.plans.changes import add_action
from app.plans.doing_forms import ApprovalForm, ReviewForm, TaskForm
from app.plans.goal_queries import goal_rows, standings
from app.plans.models import AccountPlan, Action, Goal
from app.plans.queries import action_rows, find_plan
from app.plans.review_changes import approve, begin_review, send_back
from app.plans.review_models import PlanReview
from app.plans.review_queries import (
    WaitingRow,
    due_on,
    find_review,
    find_under_way,
    review_rows,
    reviews_waiting,
)
from app.plans.review_rules import (
    MONTHS_BETWEEN,
    STEPS,
    ReviewStatus,
    may_approve,
    problems_closing,
)
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.changed import change_lines
from app.users.queries import colleague_choices
from app.users.rules import Level
from app.web import _, commit_or_stale, invalid, render, see, stale_page, today, why

PAGE = "plans/review.html"
WRITABLE = {ReviewStatus.OPEN, ReviewStatus.RETURNED}


def review_or_404(review_id: int, to: Level = EDIT) -> tuple[PlanReview, AccountPlan, Account]:
    """A review with its plan and account."""
    review = find_review(db.session(), review_id)
    if review is None:
        abort(404)
    account = account_or_404(review.account_id, to)
    plan = find_plan(db.session(), review.plan_id)
    assert plan
    return review, plan, account


@plans.app_template_global("reviews_waiting")
def waiting() -> list[WaitingRow]:
    """For the list of plans: the reviews that wait for the person's approval."""
    return reviews_waiting(db.session(), visible())


@plans.get("/plans/<int:plan_id>/reviews")
def reviews(plan_id: int) -> ResponseReturnValue:
    """A plan's reviews, and when the next is due."""
    plan, account = plan_or_404(plan_id)
    rows = review_rows(db.session(), plan_id)
    return render(
        "plans/reviews.html",
        account=account,
        plan=plan,
        rows=rows,
        under_way=next((row for row in rows if row.status is not ReviewStatus.APPROVED), None),
        due_on=due_on(plan, rows),
        on=today(),
    )


@plans.post("/plans/<int:plan_id>/reviews/begin")
def begin_a_review(plan_id: int) -> ResponseReturnValue:
    """Begin a review, or go on with the one under way."""
    plan, _account = plan_or_404(plan_id, EDIT)
    session = db.session()
    review = find_under_way(session, plan_id) or begin_review(session, plan, today(), me().id)
    session.commit()
    return see("plans.review", review_id=review.id)


@plans.route("/reviews/<int:review_id>", methods=["GET", "POST"])
def review(review_id: int) -> ResponseReturnValue:
    """A review in four steps of half an hour; writing keeps it or sends it to the director."""
    found, plan, account = review_or_404(review_id, EDIT if request.method == "POST" else READ)
    form = ReviewForm(obj=found) if request.method == "POST" else _written(found)
    if request.method == "GET":
        return render(PAGE, **_page(found, plan, account, form))
    if found.status not in WRITABLE:
        return see("plans.review", _("It can no longer be changed."), review_id=review_id)
    sends = "send" in request.form
    if not form.validate() or (sends and not _closes(form, found)):
        return invalid(PAGE, **_page(found, plan, account, form))
    if form.is_stale(found):
        return stale_page(form, found)
    return _keep(found, form, sends=sends)


def _keep(found: PlanReview, form: ReviewForm, *, sends: bool) -> ResponseReturnValue:
    found.decisions = _decisions(form)
    found.notes, found.next_on = form.notes.data or "", form.next_on.data
    if sends:
        found.status = ReviewStatus.WAITING
    said = _("Sent to the director for approval.") if sends else _("Kept.")
    return commit_or_stale(form, found) or see("plans.review", said, review_id=found.id)


def _decisions(form: ReviewForm) -> list[str]:
    typed = (form.decision_1.data, form.decision_2.data, form.decision_3.data)
    return [one for one in typed if one]


def _closes(form: ReviewForm, found: PlanReview) -> bool:
    """Whether the review can go to the director; says why not at the field."""
    problems = problems_closing(_decisions(form), form.next_on.data, found.on)
    for problem in problems:
        field = form.next_on if "review" in problem.message else form.decision_1
        field.errors = [*field.errors, why(problem)]
    return not problems


def _written(found: PlanReview) -> ReviewForm:
    typed = [*found.decisions, "", "", ""]
    return ReviewForm(
        formdata=None,
        decision_1=typed[0],
        decision_2=typed[1],
        decision_3=typed[2],
        notes=found.notes,
        next_on=found.next_on or months_on(found.on, MONTHS_BETWEEN),
        version=found.version,
    )


def _task_form() -> TaskForm:
    form = TaskForm() if request.endpoint == "plans.decide" else TaskForm(formdata=None)
    form.offer(owner_id=colleague_choices(db.session()))
    return form


def _page(
    found: PlanReview,
    plan: AccountPlan,
    account: Account,
    form: ReviewForm,
    task: TaskForm | None = None,
) -> dict[str, Any]:
    """What the page of a review shows; a form that was refused comes in with its errors."""
    session = db.session()
    lines = change_lines(account.id, found.since, found.on)
    status = ReviewStatus(found.status)
    return {
        "account": account,
        "plan": plan,
        "review": found,
        "stands": status,
        "steps": STEPS,
        "topics": by_topic(lines),
        "goals": standings(session, goal_rows(session, Goal.plan_id == plan.id), found.on),
        "actions": action_rows(session, Action.review_id == found.id),
        "form": form,
        "task": task or _task_form(),
        "approval": ApprovalForm(formdata=None, version=found.version),
        "writable": status in WRITABLE and can(EDIT),
        "approvable": status is ReviewStatus.WAITING and may_approve(me().role) and can(EDIT),
        "on": today(),
    }


@plans.post("/reviews/<int:review_id>/actions")
def decide(review_id: int) -> ResponseReturnValue:
    """An action decided in the review: what, who, by when."""
    found, plan, account = review_or_404(review_id)
    task = _task_form()
    if not task.validate():
        return invalid(PAGE, **_page(found, plan, account, _written(found), task))
    action = Action(account_id=account.id, plan_id=plan.id, review_id=found.id)
    task.fill(action)
    add_action(db.session(), action)
    db.session().commit()
    return see("plans.review", _("The action is added."), review_id=review_id, anchor="actions")


@plans.post("/reviews/<int:review_id>/approve")
def judge_review(review_id: int) -> ResponseReturnValue:
    """The director approves, which freezes the plan, or sends it back with words."""
    found, plan, _account = review_or_404(review_id)
    if not may_approve(me().role):
        abort(403)
    if found.status != ReviewStatus.WAITING:
        return see("plans.review", _("It does not wait for approval."), review_id=review_id)
    form = ApprovalForm()
    if "return" in request.form:
        send_back(found, form.remark.data or "")
        db.session().commit()
        return see("plans.review", _("Sent back."), review_id=review_id)
    words = form.remark.data or ""
    approve(db.session(), found, plan, at=db.now(), on=today(), user_id=me().id, remark=words)
    db.session().commit()
    return see("plans.review", _("Approved. The plan is frozen as it stands."), review_id=review_id)


@plans.post("/reviews/<int:review_id>/archive")
def put_review_away(review_id: int) -> ResponseReturnValue:
    """Put a review away that is not approved; the toast offers to bring it back."""
    found, _plan, _account = review_or_404(review_id)
    if found.status == ReviewStatus.APPROVED:
        return see("plans.review", _("It can no longer be changed."), review_id=review_id)
    found.archived_at = db.now()
    db.session().commit()
    undo = url_for("plans.bring_review_back", review_id=review_id)
    return see("plans.reviews", _("The review is put away."), undo=undo, plan_id=found.plan_id)


@plans.post("/reviews/<int:review_id>/restore")
def bring_review_back(review_id: int) -> ResponseReturnValue:
    """Bring a review back."""
    found, _plan, _account = review_or_404(review_id)
    found.archived_at = None
    db.session().commit()
    return see("plans.review", _("The review is back."), review_id=review_id)
