"""The portfolio of goals: every account's at hand, rolled up for whoever leads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

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
from app.web import _, label, render, today, wants_fragment

SHOWN = 40
"""Groups on the page, those with most behind first; the filters narrow the rest."""
OPENED, FEW = 40, 4
"""Goals that come unfolded: of the first groups, where there are few or a standing was chosen."""


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
    asked = [one for one in groups if one.key == request.args.get("group")]
    if asked and wants_fragment():
        return render("plans/goals_of.html", group=asked[0])
    return render(
        "plans/goals.html",
        form=form,
        groups=(asked or groups)[:SHOWN],
        opened=_opened(asked or groups, are_wanted=bool(wanted)),
        more=len(groups) - SHOWN,
        is_cut=len(rows) >= MOST,
        sums=sums_of(kept),
        counts=[
            (standing, sum(one.progress.standing is standing for one in found))
            for standing in Standing
        ],
        whole=len(found),
    )


def _opened(groups: Sequence[RollUp], *, are_wanted: bool) -> set[str]:
    """The groups that come unfolded."""
    if len(groups) > FEW and not are_wanted:
        return set()
    counted = accumulate(len(one.reports) for one in groups)
    opened = {one.key for one, so_far in zip(groups, counted, strict=True) if so_far <= OPENED}
    return opened or {one.key for one in groups[:1]}


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
