"""The forecast of an account: low, likely and high, what may change, who will care for what."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app import db
from app.accounts.models import Account
from app.plans.cares import cares
from app.plans.insights import InsightKind, money_at_stake
from app.plans.models import AccountPlan
from app.plans.rules import Phase
from app.plans.scenario_drawing import draw, month_rows
from app.plans.scenario_queries import bets_on, sold_by_month, values_by_person
from app.plans.scenarios import scenario
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.diagnosis import thought_values
from app.stakeholders.map_queries import map_facts_of
from app.vocabulary import Reason
from app.web import render, today


@plans.get("/plans/<int:plan_id>/forecast")
def forecast(plan_id: int) -> ResponseReturnValue:
    """Where we could get to, on one page."""
    plan, account = plan_or_404(plan_id)
    values = thought_values(plan, account, Phase.FORECAST)
    session = db.session()
    facts = map_facts_of(session, account.id, today())
    loss, gain = money_at_stake(values["insights"][InsightKind.CHANGE])
    return render(
        "plans/forecast.html",
        **values,
        **_outlook(plan, account),
        loss=loss,
        gain=gain,
        cares=cares(facts, values_by_person(session, account.id)),
    )


def _outlook(plan: AccountPlan, account: Account) -> dict[str, Any]:
    """The scenario with its picture and table, or why there is none."""
    session, on = db.session(), today()
    start, end = plan.starts_on, plan.ends_on
    sold = sold_by_month(session, account.id, start, on)
    found = scenario(sold, bets_on(session, account, end, on), start, end, on)
    if isinstance(found, Reason):
        return {"found": None, "refused": found}
    return {
        "found": found,
        "drawing": draw(found, sold, start, end, on),
        "months": month_rows(found, sold, start, end, on),
    }
