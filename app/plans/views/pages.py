"""The list of plans, an account's plan, and a plan's own form."""

from __future__ import annotations

from collections import Counter, defaultdict

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, visible
from app.accounts.models import Account
from app.catalogue import gettext
from app.forms import choices
from app.plans.changes import add_plan, archive, copy_plan, next_period, restore
from app.plans.forms import NewPlanForm, PlanFilter, PlanForm
from app.plans.goal_queries import goal_rows, standings
from app.plans.models import AccountPlan, Goal
from app.plans.phases import OLD_DAYS
from app.plans.queries import (
    PlanWish,
    phase_days,
    plan_at_hand,
    plan_rows,
    plans_of,
    starts_taken,
)
from app.plans.rules import Phase, PlanStatus, Standing, problems_planning
from app.plans.template_changes import begin_from
from app.plans.template_queries import templates_of
from app.plans.templates import Template, fitting
from app.plans.views.blueprint import plan_or_404, plans
from app.plans.views.face import face_values
from app.web import (
    _,
    commit_or_stale,
    day,
    invalid,
    label,
    list_place,
    render,
    see,
    stale_page,
    today,
    why,
)

FORM = "plans/form.html"
SHOW = "plans/show.html"


@plans.get("/plans/")
def index() -> ResponseReturnValue:
    """The plans of all accounts that a person may see."""
    form = PlanFilter(request.args)
    wish = PlanWish(form.when.data or "now", form.status.data)
    session, on = db.session(), today()
    page = plan_rows(session, visible(), wish, list_place(), on)
    ids = [row.id for row in page.rows]
    counts: dict[int, Counter[Standing]] = defaultdict(Counter)
    if ids:
        for one in standings(session, goal_rows(session, Goal.plan_id.in_(ids)), on):
            counts[one.goal.plan_id][one.progress.standing] += 1
    return render(
        "plans/index.html",
        form=form,
        page=page,
        counts=counts,
        ages=_ages(ids),
        phases=[(phase, label(phase)) for phase in Phase],
        periods={
            (start, end): f"{day(start)} – {day(end)}"
            for start, end in {(row.starts_on, row.ends_on) for row in page.rows}
        },
        standings=list(Standing),
        old_days=OLD_DAYS,
    )


def _ages(plan_ids: list[int]) -> dict[int, dict[Phase, int]]:
    """How many days ago each phase of each plan was written."""
    written = phase_days(db.session(), plan_ids) if plan_ids else {}
    now = db.now()
    return {
        plan_id: {phase: (now - at).days for phase, at in phases.items()}
        for plan_id, phases in written.items()
    }


@plans.get("/accounts/<int:account_id>/plan")
def of_account(account_id: int) -> ResponseReturnValue:
    """The plan of the period at hand, or how to begin one."""
    account = account_or_404(account_id)
    listed = plans_of(db.session(), account_id)
    plan = plan_at_hand(listed, today())
    if plan is None:
        return render("plans/none.html", account=account)
    return render(SHOW, **face_values(plan, account, listed))


@plans.get("/plans/<int:plan_id>")
def show(plan_id: int) -> ResponseReturnValue:
    """A plan of any period."""
    plan, account = plan_or_404(plan_id)
    return render(SHOW, **face_values(plan, account, plans_of(db.session(), account.id)))


@plans.route("/accounts/<int:account_id>/plans/add", methods=["GET", "POST"])
def add(account_id: int) -> ResponseReturnValue:
    """A plan for a period, which may carry on from the last."""
    account = account_or_404(account_id, EDIT)
    session = db.session()
    last = next(iter(plans_of(session, account_id)), None)
    form = NewPlanForm() if request.method == "POST" else _fresh_form(last)
    listed = _offer_templates(form, account)
    if request.method == "GET":
        return render(FORM, account=account, form=form, plan=None, last=last)
    if not form.validate() or not _fits(form, account_id):
        return invalid(FORM, account=account, form=form, plan=None, last=last)
    plan = AccountPlan(account_id=account_id)
    form.fill(plan, "copies_last", "template")
    add_plan(session, plan)
    if last is not None and form.copies_last.data:
        copy_plan(session, last, plan)
    if form.template.data in listed:
        chosen = listed[form.template.data]
        begin_from(session, plan, chosen, user_id=me().id, on=today(), words=gettext)
    session.commit()
    return see("plans.show", _("The plan %(name)s is open.", name=plan.title), plan_id=plan.id)


def _offer_templates(form: NewPlanForm, account: Account) -> dict[str, Template]:
    """Give the form its templates, those that fit the account first."""
    listed = fitting(templates_of(db.session()), account.industry, account.size_class)
    pairs = [(one.key, gettext(one.name)) for one in listed]
    form.template.choices = choices(pairs, empty=_("None"))
    return {one.key: one for one in listed}


def _fresh_form(last: AccountPlan | None) -> NewPlanForm:
    """The next period, with a title that says it."""
    starts_on, ends_on = next_period(last, today())
    is_year = (starts_on.month, starts_on.day, ends_on.month, ends_on.day) == (1, 1, 12, 31)
    title = str(starts_on.year) if is_year else f"{day(starts_on)} – {day(ends_on)}"
    return NewPlanForm(
        formdata=None,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        status=PlanStatus.ACTIVE,
        copies_last=last is not None,
    )


def _fits(form: PlanForm, account_id: int, plan_id: int | None = None) -> bool:
    """Whether the period is free and in order; says why not at its field."""
    taken = starts_taken(db.session(), account_id, plan_id)
    problems = problems_planning(form.starts_on.data, form.ends_on.data, taken)
    form.starts_on.errors = [*form.starts_on.errors, *(why(problem) for problem in problems)]
    return not problems


@plans.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
def edit(plan_id: int) -> ResponseReturnValue:
    """Change a plan's period, status or stance."""
    plan, account = plan_or_404(plan_id, EDIT)
    form = PlanForm(obj=plan)
    if request.method == "GET":
        return render(FORM, account=account, form=form, plan=plan, last=None)
    if not form.validate() or not _fits(form, account.id, plan_id):
        return invalid(FORM, account=account, form=form, plan=plan, last=None)
    if form.is_stale(plan):
        return stale_page(form, plan)
    form.fill(plan)
    return commit_or_stale(form, plan) or see("plans.show", _("Saved."), plan_id=plan_id)


@plans.post("/plans/<int:plan_id>/archive")
def put_away(plan_id: int) -> ResponseReturnValue:
    """Put a plan away; the toast offers to bring it back."""
    plan, account = plan_or_404(plan_id, EDIT)
    archive(plan, db.now())
    db.session().commit()
    return see(
        "plans.of_account",
        _("The plan %(name)s is archived.", name=plan.title),
        undo=url_for("plans.bring_back", plan_id=plan_id),
        account_id=account.id,
    )


@plans.post("/plans/<int:plan_id>/restore")
def bring_back(plan_id: int) -> ResponseReturnValue:
    """Bring an archived plan back."""
    plan, _account = plan_or_404(plan_id, EDIT)
    restore(plan)
    db.session().commit()
    return see("plans.show", _("The plan %(name)s is back.", name=plan.title), plan_id=plan_id)
