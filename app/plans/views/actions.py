"""Actions: who does what, and what came of it."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import db
from app.access import EDIT, me
from app.plans.changes import (
    add_action,
    archive,
    begin_action,
    finish_action,
    reopen_action,
    restore,
)
from app.plans.forms import ActionForm, DoneForm
from app.plans.models import Action
from app.plans.queries import find_plan, goal_choices
from app.plans.views.blueprint import action_or_404, plan_or_404, plans, to_plan
from app.row_ids import row_number
from app.users.queries import colleague_choices
from app.web import _, _l, commit_or_stale, day, invalid, render, see, stale_page, today

FORM = "plans/action_form.html"


def _back(action: Action, message: str, undo: str = "") -> Response:
    """Back to where the person came from: ``?back=board`` or ``mine``; else to the plan."""
    match request.args.get("back"):
        case "mine":
            return see("plans.my_actions", message, undo=undo)
        case "board" if action.plan_id is not None:
            return see("plans.board", message, undo=undo, plan_id=action.plan_id)
    return to_plan(action.plan_id, action.account_id, message, undo=undo, anchor="action")


def _offer(form: ActionForm, plan_id: int | None) -> ActionForm:
    session = db.session()
    form.offer(owner_id=colleague_choices(session))
    goals = goal_choices(session, plan_id) if plan_id is not None else []
    form.offer(_l("No goal"), goal_id=goals)
    return form


@plans.route("/plans/<int:plan_id>/actions/add", methods=["GET", "POST"])
def add_an_action(plan_id: int) -> ResponseReturnValue:
    """An action of a plan; ``?goal=`` names the goal it serves."""
    plan, account = plan_or_404(plan_id, EDIT)
    fresh = {"owner_id": me().id, "goal_id": request.args.get("goal", type=row_number)}
    form = ActionForm() if request.method == "POST" else ActionForm(formdata=None, **fresh)
    _offer(form, plan_id)
    if request.method == "GET":
        return render(FORM, account=account, plan=plan, form=form, action=None)
    if not form.validate():
        return invalid(FORM, account=account, plan=plan, form=form, action=None)
    action = Action(account_id=account.id, plan_id=plan_id)
    form.fill(action)
    add_action(db.session(), action)
    db.session().commit()
    return _back(action, _("The action is added."))


@plans.route("/actions/<int:action_id>/edit", methods=["GET", "POST"])
def edit_action(action_id: int) -> ResponseReturnValue:
    """Change an action."""
    action, account = action_or_404(action_id)
    form = _offer(ActionForm(obj=action), action.plan_id)
    plan = find_plan(db.session(), action.plan_id) if action.plan_id is not None else None
    if request.method == "GET":
        return render(FORM, account=account, plan=plan, form=form, action=action)
    if not form.validate():
        return invalid(FORM, account=account, plan=plan, form=form, action=action)
    if form.is_stale(action):
        return stale_page(form, action)
    form.fill(action)
    return commit_or_stale(form, action) or _back(action, _("Saved."))


@plans.route("/actions/<int:action_id>/done", methods=["GET", "POST"])
def finish(action_id: int) -> ResponseReturnValue:
    """An action is done: when, with what result, for how much."""
    action, account = action_or_404(action_id)
    form = DoneForm(done_on=action.done_on or today(), result=action.result, spent=action.spent)
    if request.method == "GET":
        return render("plans/done.html", account=account, form=form, action=action)
    if not form.validate():
        return invalid("plans/done.html", account=account, form=form, action=action)
    again = finish_action(
        db.session(), action, form.done_on.data, form.result.data or "", form.spent.data
    )
    db.session().commit()
    if again is not None:
        return _back(action, _("Done. It comes again on %(day)s.", day=day(again.due_on)))
    return _back(action, _("Done."), undo=url_for("plans.reopen", action_id=action_id))


@plans.post("/actions/<int:action_id>/begin")
def begin(action_id: int) -> ResponseReturnValue:
    """An action is in hand."""
    action, _account = action_or_404(action_id)
    begin_action(action, action.begun_on or today())
    db.session().commit()
    return _back(action, _("In hand."), undo=url_for("plans.lay_down", action_id=action_id))


@plans.post("/actions/<int:action_id>/lay-down")
def lay_down(action_id: int) -> ResponseReturnValue:
    """An action is not in hand after all."""
    action, _account = action_or_404(action_id)
    begin_action(action, None)
    db.session().commit()
    return _back(action, _("Back among what is to be done."))


@plans.post("/actions/<int:action_id>/reopen")
def reopen(action_id: int) -> ResponseReturnValue:
    """An action is not done after all."""
    action, _account = action_or_404(action_id)
    reopen_action(action)
    db.session().commit()
    return _back(action, _("The action is open again."))


@plans.post("/actions/<int:action_id>/archive")
def put_action_away(action_id: int) -> ResponseReturnValue:
    """Put an action away; the toast offers to bring it back."""
    action, _account = action_or_404(action_id)
    archive(action, db.now())
    db.session().commit()
    undo = url_for("plans.bring_action_back", action_id=action_id)
    return _back(action, _("The action is archived."), undo)


@plans.post("/actions/<int:action_id>/restore")
def bring_action_back(action_id: int) -> ResponseReturnValue:
    """Bring an archived action back."""
    action, _account = action_or_404(action_id)
    restore(action)
    db.session().commit()
    return _back(action, _("The action is back."))
