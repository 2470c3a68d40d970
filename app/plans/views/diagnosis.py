"""The diagnosis of an account: factors, drivers, rivals, strengths, deciders, money, needs."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, can
from app.accounts.models import Account
from app.accounts.profile_queries import rivals_of
from app.plans.diagnosis import deciders, money
from app.plans.diagnosis_queries import money_of
from app.plans.guide import LEADS
from app.plans.insights import SWOT, InsightKind, Subject, by_weight, kinds_of, swot
from app.plans.models import AccountPlan
from app.plans.phases import DRIVERS_WANTED
from app.plans.rules import Phase
from app.plans.thinking import askings
from app.plans.thinking_forms import InsightForm
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answer_rows, asked_of, grouped, insight_rows
from app.plans.views.blueprint import asks, plan_or_404, plans
from app.plans.views.insights import fresh_insight_form
from app.stakeholders.map_queries import map_facts_of
from app.web import render, today


def thought_values(plan: AccountPlan, account: Account, phase: Phase) -> dict[str, Any]:
    """What the pages of the phases that think share: questions, insights, forms for more."""
    session = db.session()
    answers = answer_rows(session, PlanAnswer.plan_id == plan.id, PlanAnswer.phase == phase)
    asked = askings(asked_of(session, account.industry)[phase], answers)
    return {
        "account": account,
        "plan": plan,
        "phase": phase,
        "lead": LEADS[phase],
        "asked": asked,
        "to_ask": [asks(one.question) for one in asked if one.answer is None],
        "insights": grouped(insight_rows(session, plan.id, phase)),
        "forms": _forms(phase) if can(EDIT) else {},
        "by_weight": by_weight,
    }


def _forms(phase: Phase) -> dict[InsightKind, InsightForm]:
    """The forms that fold out on the page of a phase; the table of strengths has links instead."""
    return {kind: fresh_insight_form(kind) for kind in kinds_of(phase) if kind not in SWOT}


@plans.get("/plans/<int:plan_id>/diagnose")
def diagnose(plan_id: int) -> ResponseReturnValue:
    """The whole diagnosis on one page."""
    plan, account = plan_or_404(plan_id)
    values = thought_values(plan, account, Phase.DIAGNOSE)
    session, on = db.session(), today()
    insights = values["insights"]
    return render(
        "plans/diagnose.html",
        **values,
        drivers=by_weight(insights[InsightKind.DRIVER]),
        wanted=DRIVERS_WANTED,
        subjects=[(subject, swot(insights, subject)) for subject in Subject],
        swot_kinds=SWOT,
        rivals=rivals_of(session, account.id),
        deciders=deciders(map_facts_of(session, account.id, on)),
        money=money(money_of(session, account.id, on)),
        on=on,
    )
