"""Plans of several accounts side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404, visible
from app.plans.compare import MOST_COMPARED, Column, answer_lines
from app.plans.compare_queries import plan_choices
from app.plans.goal_queries import facts_of, goal_rows, reports
from app.plans.models import Action, Goal
from app.plans.phases import PhaseView, phase_views
from app.plans.queries import action_rows, find_plan, phase_rows
from app.plans.rules import Phase
from app.plans.thinking import thoughts, with_thoughts
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, insight_rows
from app.plans.views.blueprint import plans
from app.row_ids import row_number
from app.web import render, today


@plans.get("/plans/compare")
def compare() -> ResponseReturnValue:
    """The plans of ``?plan=1&plan=2``, at most four, and which others there are."""
    ids = list(dict.fromkeys(request.args.getlist("plan", type=row_number)))[:MOST_COMPARED]
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
    plan = find_plan(session, plan_id) if plan_id > 0 else None
    if plan is None:
        abort(404)
    account = account_or_404(plan.account_id)
    goals = reports(session, goal_rows(session, Goal.plan_id == plan.id), on)
    column = Column(
        plan,
        account.name,
        (),
        tuple(goals),
        tuple(action_rows(session, Action.plan_id == plan.id)),
        tuple(insight_rows(session, plan.id)),
        tuple(answer_rows(session, PlanAnswer.plan_id == plan.id)),
    )
    return replace(column, views=_views(column, account.industry, on))


def _views(column: Column, industry: str, on: date) -> tuple[PhaseView, ...]:
    """How far each phase of a plan is."""
    session = db.session()
    texts = phase_rows(session, column.plan.id)
    written = {phase: row.updated_at.date() for phase, row in texts.items() if row.body}
    facts = with_thoughts(
        facts_of(column.stance, written, column.goals, column.actions, on),
        looked={phase: row.updated_at.date() for phase, row in texts.items()},
        held=thoughts(asked_of(session, industry), column.answers, column.insights),
        insights=column.insights,
        position=column.plan.position,
    )
    return tuple(phase_views(facts, on))
