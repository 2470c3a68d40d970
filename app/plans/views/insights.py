"""Insights: said, changed, looked at again, put away."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.models import Account
from app.plans.changes import touch_phase
from app.plans.insights import SORTS, InsightKind
from app.plans.models import AccountPlan
from app.plans.rules import Phase
from app.plans.thinking_changes import stand_by
from app.plans.thinking_forms import InsightForm, insight_form
from app.plans.thinking_models import Insight
from app.plans.thinking_queries import find_insight
from app.plans.views.blueprint import plan_or_404, plans
from app.web import _, commit_or_stale, invalid, label, render, see, stale_page, today

FORM = "plans/insight_form.html"
PAGES = {
    Phase.DIAGNOSE: "plans.diagnose",
    Phase.FORECAST: "plans.forecast",
    Phase.STRATEGY: "plans.strategy",
}


def insight_or_404(insight_id: int) -> tuple[Insight, AccountPlan, Account]:
    """An insight with its plan and account, for someone who may change it."""
    insight = find_insight(db.session(), insight_id)
    if insight is None:
        abort(404)
    plan, account = plan_or_404(insight.plan_id, EDIT)
    return insight, plan, account


def fresh_insight_form(kind: InsightKind, facet: str = "") -> InsightForm:
    """An empty form of a kind, with names of its own so that several fit on a page."""
    return insight_form(kind, formdata=None, prefix=f"{kind}-", on=today(), facet=facet)


@plans.route("/plans/<int:plan_id>/insights/<about>/add", methods=["GET", "POST"])
def add_insight(plan_id: int, about: str) -> ResponseReturnValue:
    """Say something of a kind; ``?facet=`` names the class it belongs to."""
    plan, account = plan_or_404(plan_id, EDIT)
    if about not in set(InsightKind):
        abort(404)
    known = InsightKind(about)
    page = _page(plan, account, known)
    if request.method == "GET":
        form = fresh_insight_form(known, request.args.get("facet", ""))
        return render(FORM, **page, form=form)
    form = insight_form(known, prefix=f"{about}-")
    if not form.validate():
        return invalid(FORM, **page, form=form)
    insight = Insight(
        account_id=account.id, plan_id=plan.id, kind=known, user_id=me().id, seen_on=today()
    )
    form.put(insight)
    db.session().add(insight)
    return _kept(insight, plan, _("Added."))


def _page(
    plan: AccountPlan, account: Account, kind: InsightKind, insight: Insight | None = None
) -> dict[str, Any]:
    back = url_for(PAGES[SORTS[kind].phase], plan_id=plan.id, _anchor=str(kind))
    return {"account": account, "plan": plan, "kind": kind, "insight": insight, "back": back}


def _kept(insight: Insight, plan: AccountPlan, message: str) -> ResponseReturnValue:
    """Commit, with the phase's age begun anew, and go back to where it stands."""
    kind = InsightKind(insight.kind)
    touch_phase(db.session(), plan, SORTS[kind].phase, at=db.now(), user_id=me().id)
    db.session().commit()
    return see(PAGES[SORTS[kind].phase], message, plan_id=plan.id, anchor=str(kind))


@plans.route("/insights/<int:insight_id>/edit", methods=["GET", "POST"])
def edit_insight(insight_id: int) -> ResponseReturnValue:
    """Change what was said."""
    insight, plan, account = insight_or_404(insight_id)
    kind = InsightKind(insight.kind)
    form = insight_form(kind, obj=insight, appeal=insight.direction)
    page = _page(plan, account, kind, insight) | {"form": form}
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate():
        return invalid(FORM, **page)
    if form.is_stale(insight):
        return stale_page(form, insight)
    form.put(insight)
    stand_by(insight, today())
    touch_phase(db.session(), plan, SORTS[kind].phase, at=db.now(), user_id=me().id)
    return commit_or_stale(form, insight) or see(
        PAGES[SORTS[kind].phase], _("Saved."), plan_id=plan.id, anchor=str(kind)
    )


@plans.post("/insights/<int:insight_id>/stand")
def stand_by_insight(insight_id: int) -> ResponseReturnValue:
    """What was carried over from the plan before still holds."""
    insight, plan, _account = insight_or_404(insight_id)
    stand_by(insight, today())
    db.session().commit()
    return see("plans.carried", _("It still holds."), plan_id=plan.id)


@plans.post("/insights/<int:insight_id>/archive")
def put_insight_away(insight_id: int) -> ResponseReturnValue:
    """Take it out of the plan; the toast brings it back."""
    insight, plan, _account = insight_or_404(insight_id)
    insight.archived_at = db.now()
    db.session().commit()
    kind = InsightKind(insight.kind)
    return see(
        PAGES[SORTS[kind].phase],
        _("%(kind)s: taken away.", kind=label(kind)),
        undo=url_for("plans.bring_insight_back", insight_id=insight_id),
        plan_id=plan.id,
        anchor=str(kind),
    )


@plans.post("/insights/<int:insight_id>/restore")
def bring_insight_back(insight_id: int) -> ResponseReturnValue:
    """Bring it back."""
    insight, plan, _account = insight_or_404(insight_id)
    insight.archived_at = None
    return _kept(insight, plan, _("It is back."))
