"""The strategy for an account: values, features, positions, gaps and the place to own."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.profile_queries import rivals_of
from app.plans.changes import touch_phase
from app.plans.models import AccountPlan
from app.plans.position import (
    US,
    Feature,
    canvas,
    canvas_order,
    findings,
    problems_ranking,
    weights,
)
from app.plans.rules import Phase
from app.plans.strategy_changes import rank_features
from app.plans.strategy_forms import MarksForm, PositionForm, marks_data, marks_form
from app.plans.strategy_queries import feature_marks, features_of, values_counted
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.diagnosis import thought_values
from app.stakeholders.rules import Role
from app.web import _, commit_or_stale, invalid, label, render, see, stale_page, why

MARKS = "plans/features.html"


def suppliers_of(account_id: int) -> list[tuple[int | None, str]]:
    """We first, then the rivals at the account."""
    rivals = rivals_of(db.session(), account_id)
    return [(US, _("We")), *((one.id, one.name) for one in rivals)]


@plans.get("/plans/<int:plan_id>/strategy")
def strategy(plan_id: int) -> ResponseReturnValue:
    """The whole strategy on one page."""
    plan, account = plan_or_404(plan_id)
    session = db.session()
    listed, marks = features_of(session), feature_marks(session, plan_id)
    suppliers = suppliers_of(account.id)
    ordered = canvas_order(listed, marks.ranks, marks.scores)
    names = {who: name for who, name in suppliers if who is not None}
    return render(
        "plans/strategy.html",
        **thought_values(plan, account, Phase.STRATEGY),
        form=PositionForm(formdata=None, obj=plan),
        ordered=ordered,
        marks=marks,
        weights=weights(listed, marks.ranks),
        lines=canvas(ordered, marks.scores),
        suppliers=[one for one in suppliers if marks.scores.get(one[0])],
        roles=[role for role in Role if marks.ranks.get(role)],
        spots=findings(listed, marks.ranks, marks.scores, names),
        values=values_counted(session, account.id),
    )


@plans.post("/plans/<int:plan_id>/position")
def take_position(plan_id: int) -> ResponseReturnValue:
    """Choose the position to own."""
    plan, account = plan_or_404(plan_id, EDIT)
    form = PositionForm(obj=plan)
    if not form.validate():
        return invalid("plans/position.html", account=account, plan=plan, form=form)
    if form.is_stale(plan):
        return stale_page(form, plan)
    form.fill(plan)
    touch_phase(db.session(), plan, Phase.STRATEGY, at=db.now(), user_id=me().id)
    return commit_or_stale(form, plan) or see("plans.strategy", _("Saved."), plan_id=plan_id)


@plans.route("/plans/<int:plan_id>/features", methods=["GET", "POST"])
def features(plan_id: int) -> ResponseReturnValue:
    """The ranking exercise, and how well each supplier does as the customer sees it."""
    plan, account = plan_or_404(plan_id, EDIT)
    session = db.session()
    listed, suppliers = features_of(session), suppliers_of(account.id)
    page: dict[str, Any] = {
        "account": account,
        "plan": plan,
        "listed": listed,
        "suppliers": suppliers,
        "roles": list(Role),
    }
    if request.method == "GET":
        marks = feature_marks(session, plan_id)
        filled = marks_data(listed, marks.ranks, marks.scores)
        return render(MARKS, form=marks_form(listed, suppliers, formdata=None, data=filled), **page)
    form = marks_form(listed, suppliers)
    if not form.validate() or not _ranked(form, listed):
        return invalid(MARKS, form=form, **page)
    return _keep_marks(plan, form)


def _keep_marks(plan: AccountPlan, form: MarksForm) -> ResponseReturnValue:
    session = db.session()
    rank_features(session, plan.id, form.ranks(), form.scores())
    touch_phase(session, plan, Phase.STRATEGY, at=db.now(), user_id=me().id)
    session.commit()
    return see("plans.strategy", _("Saved."), plan_id=plan.id, anchor="features")


def _ranked(form: MarksForm, listed: tuple[Feature, ...]) -> bool:
    """Whether each role's places are a ranking; says why not at the role's first cell."""
    fits = True
    for role, placed in form.ranks().items():
        for problem in problems_ranking(list(placed.values()), len(listed)):
            cell = form[f"place_{role}_0"]
            cell.errors = [*cell.errors, f"{label(role)}: {why(problem)}"]
            fits = False
    return fits
