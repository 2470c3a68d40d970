"""Mending a goal by one click."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.plans.changes import set_milestone
from app.plans.fixes import Known, halfway, mended
from app.plans.goal_queries import GoalReport, goal_rows, reports
from app.plans.metric_queries import answers_to
from app.plans.metrics import value_question
from app.plans.models import AccountPlan, Goal
from app.plans.rules import Fix
from app.plans.views.blueprint import goal_or_404, plan_or_404, plans
from app.web import _, see, today


@plans.post("/goals/<int:goal_id>/mend/<fix>")
def mend(goal_id: int, fix: str) -> ResponseReturnValue:
    """Put in what a letter lacks, from what is known; the goal's page then judges it anew."""
    goal, _account = goal_or_404(goal_id)
    if fix not in set(Fix) or goal.archived_at is not None:
        abort(404)
    plan, _same = plan_or_404(goal.plan_id, EDIT)
    session = db.session()
    report = reports(session, goal_rows(session, Goal.id == goal_id), today())[0]
    known = _known(report, plan)
    if not _apply(goal, Fix(fix), known):
        return see("plans.goal", _("Too little is known to put that in."), goal_id=goal_id)
    session.commit()
    return see("plans.goal", _("Mended: the letters are judged anew."), goal_id=goal_id)


def _apply(goal: Goal, fix: Fix, known: Known) -> bool:
    if fix is Fix.HALFWAY:
        point = halfway(known)
        if point is not None:
            set_milestone(db.session(), goal, *point)
        return point is not None
    values = mended(fix, known)
    for name, value in values.items():
        setattr(goal, name, value)
    return bool(values)


def _known(report: GoalReport, plan: AccountPlan) -> Known:
    goal = report.goal
    at_start = value_question(goal.measure, goal.starts_on) if goal.starts_on else None
    answers = answers_to(db.session(), [at_start] if at_start else [])
    return Known(
        user_id=me().id,
        metric=goal.metric,
        baseline=goal.baseline,
        target=goal.target,
        starts_on=goal.starts_on,
        due_on=goal.due_on,
        plan_starts_on=plan.starts_on,
        plan_ends_on=plan.ends_on,
        past=report.past,
        at_start=answers.get(at_start) if at_start else None,
    )
