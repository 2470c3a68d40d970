"""Plans of several accounts side by side."""

from __future__ import annotations

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404, visible
from app.plans.compare import MOST_COMPARED, Column, answer_lines
from app.plans.goal_queries import facts_of, goal_rows, reports
from app.plans.models import Action, Goal
from app.plans.phases import phase_views
from app.plans.queries import action_rows, find_plan, phase_rows, plan_choices
from app.plans.rules import Phase, PlanStatus, Stance
from app.plans.thinking import thoughts, with_thoughts
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, insight_rows
from app.plans.views.blueprint import plans
from app.web import render, today


@plans.get("/plans/compare")
def compare() -> ResponseReturnValue:
    """The plans of ``?plan=1&plan=2``, at most four, and which others there are."""
    ids = list(dict.fromkeys(request.args.getlist("plan", type=int)))[:MOST_COMPARED]
    on = today()
    columns = [_column(plan_id, on) for plan_id in ids]
    session = db.session()
    common = asked_of(session, "")
    return render(
        "plans/compare.html",
        columns=columns,
        ids=ids,
        lines=[(phase, answer_lines(common[phase], columns)) for phase in Phase],
        phases=list(Phase),
        others=[one for one in plan_choices(session, visible(), on) if one[0] not in ids],
        most=MOST_COMPARED,
        on=on,
    )


def _column(plan_id: int, on: date) -> Column:
    """A plan that the person may read; else 404."""
    session = db.session()
    plan = find_plan(session, plan_id) if 0 < plan_id < 2**31 else None
    if plan is None:
        abort(404)
    account = account_or_404(plan.account_id)
    goals = reports(session, goal_rows(session, Goal.plan_id == plan.id), on)
    actions = action_rows(session, Action.plan_id == plan.id)
    answers = answer_rows(session, PlanAnswer.plan_id == plan.id)
    insights = insight_rows(session, plan.id)
    texts = phase_rows(session, plan.id)
    stance = Stance(plan.stance) if plan.stance else None
    written = {phase: row.updated_at.date() for phase, row in texts.items() if row.body}
    facts = with_thoughts(
        facts_of(stance, written, goals, actions, on),
        looked={phase: row.updated_at.date() for phase, row in texts.items()},
        held=thoughts(asked_of(session, account.industry), answers, insights),
        insights=insights,
        position=plan.position,
    )
    return Column(
        plan.id,
        plan.title,
        account.id,
        account.name,
        plan.starts_on,
        plan.ends_on,
        PlanStatus(plan.status),
        stance,
        plan.position,
        tuple(phase_views(facts, on)),
        tuple(goals),
        tuple(actions),
        tuple(insights),
        tuple(answers),
    )
