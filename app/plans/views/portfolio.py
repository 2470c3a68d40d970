"""The portfolio of goals: every account's at hand, rolled up for whoever leads."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.plans.doing_forms import GoalFilter
from app.plans.goal_queries import GoalReport, standings
from app.plans.portfolio import RollUp, roll_up, sums_of
from app.plans.portfolio_queries import MOST, leaders_of, portfolio_goals
from app.plans.rules import Sorting, Standing
from app.plans.views.blueprint import plans
from app.web import _, label, render, today

SHOWN = 40
"""Groups on the page, those with most behind first; the filters narrow the rest."""


@plans.get("/plans/goals")
def goals() -> ResponseReturnValue:
    """Goals of all accounts that a person may see, on the way today."""
    form = GoalFilter(request.args)
    session, on = db.session(), today()
    whose = form.whose.data or "all"
    rows = portfolio_goals(session, visible(), on, user_id=me().id, whose=whose)
    found = standings(session, rows, on)
    wanted = form.standing.data
    kept = [one for one in found if wanted in (None, one.progress.standing)]
    groups = _rolled(kept, form.by.data or Sorting.ACCOUNT)
    return render(
        "plans/goals.html",
        form=form,
        groups=groups[:SHOWN],
        more=len(groups) - SHOWN,
        is_cut=len(rows) >= MOST,
        sums=sums_of(kept),
        counts=[
            (standing, sum(one.progress.standing is standing for one in found))
            for standing in Standing
        ],
        whole=len(found),
    )


def _rolled(reports: Sequence[GoalReport], sorting: Sorting) -> list[RollUp]:
    leaders = leaders_of(db.session()) if sorting is Sorting.TEAM else {}
    return roll_up([(_key(one, sorting, leaders), one) for one in reports])


def _key(report: GoalReport, sorting: Sorting, leaders: dict[int, str]) -> str:
    goal = report.goal
    match sorting:
        case Sorting.OWNER:
            return goal.owner or _("Nobody")
        case Sorting.TEAM:
            return leaders.get(goal.owner_id or 0, _("No team"))
        case Sorting.MEASURE:
            return label(goal.metric, _("No measure"))
        case Sorting.AIM:
            return label(goal.stance, _("Aim not chosen"))
    return goal.account
