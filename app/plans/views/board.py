"""Actions as a board, a list and a line of time; and one's own across accounts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.pictures import is_narrow, shown
from app.plans.action_queries import ActionWish, action_page
from app.plans.action_rules import Lane, Money, has_climbed, money_of
from app.plans.doing_forms import ActionFilter
from app.plans.gantt import PAGE, PHONE, Task, gantt
from app.plans.models import AccountPlan, Action
from app.plans.queries import ActionRow, action_rows
from app.plans.views.blueprint import plan_or_404, plans
from app.web import _, day, list_place, render, today

WAYS = ("board", "list", "timeline")


@plans.get("/plans/<int:plan_id>/actions")
def board(plan_id: int) -> ResponseReturnValue:
    """A plan's actions: ``?as=`` board, list or timeline."""
    plan, account = plan_or_404(plan_id)
    on = today()
    actions = action_rows(db.session(), Action.plan_id == plan_id)
    wanted = request.args.get("as", WAYS[0])
    return render(
        "plans/board.html",
        account=account,
        plan=plan,
        actions=actions,
        lanes=[(lane, [one for one in actions if one.lane(on) is lane]) for lane in Lane],
        way=wanted if wanted in WAYS else WAYS[0],
        money=money_of([(one.budget, one.spent) for one in actions]),
        by_goal=_by_goal(actions),
        on=on,
    )


def _by_goal(actions: Sequence[ActionRow]) -> list[tuple[str, Money]]:
    """Budget against spend for each goal that has either."""
    costs: dict[str, list[ActionRow]] = {}
    for one in actions:
        if one.budget is not None or one.spent is not None:
            costs.setdefault(one.goal or _("No goal"), []).append(one)
    return [
        (goal, money_of([(one.budget, one.spent) for one in some])) for goal, some in costs.items()
    ]


@plans.get("/plans/<int:plan_id>/actions.svg")
def timeline(plan_id: int) -> ResponseReturnValue:
    """A plan's actions on a line of time, as a picture."""
    plan, account = plan_or_404(plan_id)
    drawn = gantt(
        [_task(one) for one in action_rows(db.session(), Action.plan_id == plan_id)],
        plan.starts_on,
        plan.ends_on,
        today(),
        PHONE if is_narrow() else PAGE,
    )
    months = {first: day(first, "MMM") for first, _x in drawn.months}
    title = _timeline_title(plan, account.name)
    body = render_template("plans/timeline.svg", drawn=drawn, months=months, title=title)
    return shown(body)


def _timeline_title(plan: AccountPlan, name: str) -> str:
    return _("%(account)s, %(plan)s: actions on a line of time", account=name, plan=plan.title)


def _task(one: ActionRow) -> Task:
    return Task(one.title, one.owner or "", one.starts_on, one.due_on, one.done_on, one.begun_on)


@plans.get("/actions/")
def my_actions() -> ResponseReturnValue:
    """Actions across accounts: one's own, one's team's; what is late stands first."""
    form = ActionFilter(request.args)
    on = today()
    wish = ActionWish(me().id, form.whose.data or "mine", form.when.data or "open")
    page = action_page(db.session(), visible(), wish, list_place(), on)
    climbed = [one.id for one in page.rows if has_climbed(one.done_on, one.due_on, on)]
    return render("plans/my_actions.html", form=form, page=page, climbed=climbed, on=on)
