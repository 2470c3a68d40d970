"""Control: the measures watched against their limits, and the account's health."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, allowed, me
from app.plans.control import MOST, USUAL, Watched, values
from app.plans.control_queries import counts_of, find_watch, watch_rows, watched
from app.plans.doing_forms import HealthForm, WatchForm
from app.plans.health import FAIR, GOOD, Part
from app.plans.health_queries import health_of
from app.plans.health_settings import HEALTH, problems_weighing, weights_from, weights_text
from app.plans.models import AccountPlan
from app.plans.review_models import Watch
from app.plans.views.blueprint import plan_or_404, plans
from app.users.changes import put_setting
from app.users.queries import colleague_choices, find_setting, setting_mark
from app.web import (
    _,
    _l,
    commit_or_stale,
    invalid,
    render,
    see,
    stale_page,
    today,
    wants_fragment,
    why,
)

FORM, SETTINGS = "plans/watch.html", "plans/health_weights.html"


@plans.get("/accounts/<int:account_id>/health")
def health(account_id: int) -> ResponseReturnValue:
    """The health of an account and its parts; for the account's own page, the figure alone."""
    account = account_or_404(account_id)
    found = health_of(db.session(), account_id, today())
    page = "plans/health_figure.html" if wants_fragment() else "plans/health.html"
    return render(page, account=account, health=found, marks=(GOOD, FAIR))


@plans.get("/plans/<int:plan_id>/control")
def control(plan_id: int) -> ResponseReturnValue:
    """What a plan watches, and the account's health with its parts."""
    plan, account = plan_or_404(plan_id)
    session, on = db.session(), today()
    counts = counts_of(session, plan, on)
    readings, found = watched(session, plan, on, counts), values(counts)
    kept = {one.row.measure for one in readings}
    return render(
        "plans/control.html",
        account=account,
        plan=plan,
        watches=readings,
        unwatched=[(one, found[one]) for one in Watched if one not in kept],
        ceilings=MOST,
        health=health_of(session, account.id, on),
        marks=(GOOD, FAIR),
    )


@plans.post("/plans/<int:plan_id>/control/usual")
def watch_usual(plan_id: int) -> ResponseReturnValue:
    """Watch what is usually watched; what is watched already keeps its limit."""
    plan, _account = plan_or_404(plan_id, EDIT)
    kept = {row.measure for row in watch_rows(db.session(), plan_id)}
    for measure, limit in USUAL.items():
        if measure not in kept:
            row = _row(plan, measure)
            row.limit, row.owner_id = limit, me().id
    db.session().commit()
    return see("plans.control", _("The usual measures are watched."), plan_id=plan_id)


def _measure(name: str) -> Watched:
    if name not in set(Watched):
        abort(404)
    return Watched(name)


def _row(plan: AccountPlan, measure: Watched) -> Watch:
    """A measure's row in a plan: brought back, or a new one."""
    row = find_watch(db.session(), plan.id, measure)
    if row is None:
        row = Watch(account_id=plan.account_id, plan_id=plan.id, measure=measure)
        db.session().add(row)
    row.archived_at = None
    return row


@plans.route("/plans/<int:plan_id>/control/<measure>", methods=["GET", "POST"])
def watch(plan_id: int, measure: str) -> ResponseReturnValue:
    """A measure's limit, who looks, and what happens then."""
    plan, account = plan_or_404(plan_id, EDIT)
    what = _measure(measure)
    kept = find_watch(db.session(), plan_id, what)
    form = WatchForm(obj=kept) if kept else WatchForm(limit=USUAL.get(what), owner_id=me().id)
    form.offer(_l("Nobody yet"), owner_id=colleague_choices(db.session()))
    page: dict[str, Any] = {"account": account, "plan": plan, "measure": what, "form": form}
    page |= {"is_ceiling": what in MOST, "row": kept}
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate():
        return invalid(FORM, **page)
    if kept is not None and form.is_stale(kept):
        return stale_page(form, kept)
    row = _row(plan, what)
    form.fill(row)
    return commit_or_stale(form, row) or see("plans.control", _("Saved."), plan_id=plan_id)


@plans.post("/plans/<int:plan_id>/control/<measure>/archive")
def stop_watching(plan_id: int, measure: str) -> ResponseReturnValue:
    """Watch a measure no longer."""
    plan, _account = plan_or_404(plan_id, EDIT)
    row = find_watch(db.session(), plan.id, _measure(measure))
    if row is not None:
        row.archived_at = db.now()
    db.session().commit()
    undo = url_for("plans.watch_again", plan_id=plan_id, measure=measure)
    return see("plans.control", _("It is watched no longer."), undo=undo, plan_id=plan_id)


@plans.post("/plans/<int:plan_id>/control/<measure>/restore")
def watch_again(plan_id: int, measure: str) -> ResponseReturnValue:
    """Watch a measure again, with the limit it had."""
    plan, _account = plan_or_404(plan_id, EDIT)
    row = find_watch(db.session(), plan.id, _measure(measure))
    if row is not None:
        row.archived_at = None
    db.session().commit()
    return see("plans.control", _("It is watched again."), plan_id=plan_id)


@plans.route("/settings/health", methods=["GET", "POST"])
@allowed("manage settings")
def health_weights() -> ResponseReturnValue:
    """How much each part of an account's health weighs."""
    kept = find_setting(db.session(), HEALTH)
    if request.method == "GET":
        weights = weights_from(kept)
        data = {part.value: weights[part] for part in Part}
        form = HealthForm(formdata=None, **data, version=setting_mark(kept))
        return render(SETTINGS, form=form, parts=list(Part))
    form = HealthForm()
    if form.validate():
        form.form_errors += [why(one) for one in problems_weighing(form.weights())]
        if form.version.data not in {"", None, setting_mark(kept)}:
            form.form_errors.append(_("Somebody changed these settings meanwhile."))
    if form.errors:
        return invalid(SETTINGS, form=form, parts=list(Part))
    put_setting(db.session(), HEALTH, weights_text(form.weights()))
    db.session().commit()
    return see("plans.health_weights", _("Saved."))
