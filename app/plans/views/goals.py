"""A goal: its letters, its line, its form."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, READ, me
from app.accounts.models import Account
from app.plans.changes import add_goal, archive, restore
from app.plans.forms import GoalForm, PointForm
from app.plans.goal_line import goal_line
from app.plans.goal_queries import goal_rows, reports, values_of
from app.plans.models import AccountPlan, Action, Goal
from app.plans.point_queries import milestone_rows, reading_rows
from app.plans.progress import way_of
from app.plans.queries import action_rows, find_plan
from app.plans.views.blueprint import goal_or_404, plan_or_404, plans, to_plan
from app.records.queries import product_choices
from app.users.queries import colleague_choices
from app.web import _, _l, commit_or_stale, invalid, render, see, stale_page, today

FORM = "plans/goal_form.html"


def goal_page(
    goal: Goal,
    account: Account,
    reading: PointForm | None = None,
    milestone: PointForm | None = None,
) -> dict[str, Any]:
    """What the page of a goal shows; a form that was refused comes in with its errors.

    A goal that is put away, or whose plan is, has no page.
    """
    session, on = db.session(), today()
    report = next(iter(reports(session, goal_rows(session, Goal.id == goal.id), on)), None)
    if report is None:
        abort(404)
    row = report.goal
    values = values_of(session, row, on)
    way = way_of(row.baseline, row.target, row.starts_on, row.due_on, report.milestones)
    return {
        "account": account,
        "plan": find_plan(session, goal.plan_id),
        "report": report,
        "goal": row,
        "is_fed": row.measure.is_fed,
        "values": values,
        "line": goal_line(way, values, on) if way else None,
        "readings": reading_rows(session, goal.id),
        "milestones": milestone_rows(session, goal.id),
        "actions": action_rows(session, Action.goal_id == goal.id),
        "reading": reading or PointForm(formdata=None, prefix="reading-", on=on),
        "milestone": milestone or PointForm(formdata=None, prefix="milestone-"),
        "on": on,
    }


@plans.get("/goals/<int:goal_id>")
def goal(goal_id: int) -> ResponseReturnValue:
    """A goal with its five letters and its line; one put away goes to its plan."""
    found, account = goal_or_404(goal_id, READ)
    if found.archived_at is not None:
        return to_plan(found.plan_id, account.id, _("That goal is archived."))
    return render("plans/goal.html", **goal_page(found, account))


def _offer(form: GoalForm) -> GoalForm:
    session = db.session()
    form.offer(owner_id=colleague_choices(session))
    form.offer(_l("The whole account"), product_id=product_choices(session))
    return form


@plans.route("/plans/<int:plan_id>/goals/add", methods=["GET", "POST"])
def add_a_goal(plan_id: int) -> ResponseReturnValue:
    """A goal for a plan; whatever is missing is judged, not refused."""
    plan, account = plan_or_404(plan_id, EDIT)
    form = _offer(GoalForm() if request.method == "POST" else _fresh_form(plan))
    if request.method == "GET":
        return render(FORM, account=account, plan=plan, form=form, goal=None)
    if not form.validate():
        return invalid(FORM, account=account, plan=plan, form=form, goal=None)
    added = Goal(account_id=account.id, plan_id=plan_id)
    form.fill(added)
    add_goal(db.session(), added)
    db.session().commit()
    return see("plans.goal", _("The goal is added."), goal_id=added.id)


def _fresh_form(plan: AccountPlan) -> GoalForm:
    return GoalForm(formdata=None, owner_id=me().id, starts_on=plan.starts_on, due_on=plan.ends_on)


@plans.route("/goals/<int:goal_id>/edit", methods=["GET", "POST"])
def edit_goal(goal_id: int) -> ResponseReturnValue:
    """Change a goal."""
    goal, account = goal_or_404(goal_id)
    form = _offer(GoalForm(obj=goal))
    plan = find_plan(db.session(), goal.plan_id)
    if request.method == "GET":
        return render(FORM, account=account, plan=plan, form=form, goal=goal)
    if not form.validate():
        return invalid(FORM, account=account, plan=plan, form=form, goal=goal)
    if form.is_stale(goal):
        return stale_page(form, goal)
    form.fill(goal)
    return commit_or_stale(form, goal) or see("plans.goal", _("Saved."), goal_id=goal_id)


@plans.post("/goals/<int:goal_id>/archive")
def put_goal_away(goal_id: int) -> ResponseReturnValue:
    """Put a goal away; the toast offers to bring it back."""
    goal, account = goal_or_404(goal_id)
    archive(goal, db.now())
    db.session().commit()
    undo = url_for("plans.bring_goal_back", goal_id=goal_id)
    return to_plan(goal.plan_id, account.id, _("The goal is archived."), undo=undo)


@plans.post("/goals/<int:goal_id>/restore")
def bring_goal_back(goal_id: int) -> ResponseReturnValue:
    """Bring an archived goal back."""
    goal, _account = goal_or_404(goal_id)
    restore(goal)
    db.session().commit()
    return see("plans.goal", _("The goal is back."), goal_id=goal_id)
