"""What we put into an account against what it brings, and the faults of that effort.

It is asked of all accounts that somebody sees, so the diagnosis fetches it when it is scrolled to.
"""

from __future__ import annotations

from datetime import timedelta

from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.plans.guide import LEADS
from app.plans.rules import Phase
from app.plans.views.blueprint import plan_or_404, plans
from app.visits.investment import Effort, efforts
from app.visits.investment_queries import effort_facts
from app.web import render, today, wants_fragment

YEAR = timedelta(days=365)


@plans.get("/plans/<int:plan_id>/resources")
def resources(plan_id: int) -> ResponseReturnValue:
    """The account's part in our effort: a part of the diagnosis, and a page of its own."""
    plan, account = plan_or_404(plan_id)
    return render(
        "plans/effort.html" if wants_fragment() else "plans/resources.html",
        account=account,
        plan=plan,
        phase=Phase.DIAGNOSE,
        lead=LEADS[Phase.DIAGNOSE],
        effort=effort_of(account.id),
    )


def effort_of(account_id: int) -> Effort | None:
    """An account's shares of twelve months' time, money and sales among those one may see.

    None when it is the only one: a share of itself says nothing.
    """
    on = today()
    found = efforts(effort_facts(db.session(), visible(), on - YEAR, on), on)
    mine = (one for one in found if one.fact.account_id == account_id)
    return next(mine, None) if len(found) > 1 else None
