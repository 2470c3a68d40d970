"""What was carried over from the plan before, looked at again one by one."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.plans.rules import Phase
from app.plans.thinking import askings
from app.plans.thinking_changes import stand_by
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, find_answer, insight_rows
from app.plans.views.blueprint import plan_or_404, plans
from app.web import _, render, see, today


@plans.get("/plans/<int:plan_id>/carried")
def carried(plan_id: int) -> ResponseReturnValue:
    """Answers and insights that nobody has looked at since the last plan."""
    plan, account = plan_or_404(plan_id, EDIT)
    session = db.session()
    asked = asked_of(session, account.industry)
    answers = answer_rows(session, PlanAnswer.plan_id == plan_id, PlanAnswer.seen_on.is_(None))
    waiting = [
        one
        for phase in Phase
        for one in askings(asked[phase], [row for row in answers if row.phase is phase])
        if one.answer
    ]
    return render(
        "plans/carried.html",
        account=account,
        plan=plan,
        waiting=waiting,
        insights=[row for row in insight_rows(session, plan_id) if row.seen_on is None],
    )


@plans.post("/plans/<int:plan_id>/answers/<question>/stand")
def stand(plan_id: int, question: str) -> ResponseReturnValue:
    """An answer carried over still holds."""
    plan_or_404(plan_id, EDIT)
    answer = find_answer(db.session(), plan_id, question)
    if answer is None:
        abort(404)
    stand_by(answer, today())
    db.session().commit()
    return see("plans.carried", _("It still holds."), plan_id=plan_id)


@plans.post("/plans/<int:plan_id>/answers/<question>/drop")
def drop_answer(plan_id: int, question: str) -> ResponseReturnValue:
    """An answer carried over holds no more: the question is open again."""
    plan_or_404(plan_id, EDIT)
    answer = find_answer(db.session(), plan_id, question)
    if answer is None:
        abort(404)
    answer.words = ""
    stand_by(answer, today())
    db.session().commit()
    return see("plans.carried", _("The question is open again."), plan_id=plan_id)
