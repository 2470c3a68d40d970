"""Templates of plans: kept from a plan, listed, put away."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import READ, allowed
from app.plans.rules import Stance
from app.plans.template_forms import TemplateForm
from app.plans.template_queries import content_of, find_template, templates_of
from app.plans.templates import sketches
from app.plans.thinking_models import PlanTemplate
from app.plans.thinking_queries import industry_choices
from app.plans.views.blueprint import plan_or_404, plans
from app.web import _, invalid, render, see

MANAGE = "manage plan templates"
FORM = "plans/template.html"


@plans.get("/settings/plan-templates")
@allowed(MANAGE)
def templates() -> ResponseReturnValue:
    """The templates there are."""
    listed = templates_of(db.session())
    stances = {one.key: Stance(one.stance) if one.stance else None for one in listed}
    return render("plans/templates.html", listed=listed, stances=stances)


@plans.route("/plans/<int:plan_id>/template", methods=["GET", "POST"])
@allowed(MANAGE)
def keep_template(plan_id: int) -> ResponseReturnValue:
    """Keep a plan's goals, actions and drivers as a template; it shows what everybody will read."""
    plan, account = plan_or_404(plan_id, READ)
    content = content_of(db.session(), plan)
    goals, actions, insights = sketches(content)
    page: dict[str, Any] = {
        "account": account,
        "plan": plan,
        "goals": goals,
        "actions": actions,
        "insights": insights,
        "industries": industry_choices(db.session()),
    }
    if request.method == "GET":
        form = TemplateForm(
            formdata=None, name="", industry=account.industry, size_class=account.size_class
        )
        return render(FORM, form=form, **page)
    form = TemplateForm()
    if not form.validate():
        return invalid(FORM, form=form, **page)
    template = PlanTemplate(stance=plan.stance, content=content)
    form.fill(template)
    db.session().add(template)
    db.session().commit()
    return see("plans.templates", _("The template %(name)s is kept.", name=template.name))


@plans.post("/settings/plan-templates/<int:template_id>/archive")
@allowed(MANAGE)
def put_template_away(template_id: int) -> ResponseReturnValue:
    """Offer a template no more; plans begun from it stay as they are."""
    template = find_template(db.session(), template_id)
    if template is None:
        abort(404)
    template.archived_at = db.now()
    db.session().commit()
    undo = url_for("plans.bring_template_back", template_id=template_id)
    return see("plans.templates", _("%(name)s is gone.", name=template.name), undo=undo)


@plans.post("/settings/plan-templates/<int:template_id>/restore")
@allowed(MANAGE)
def bring_template_back(template_id: int) -> ResponseReturnValue:
    """Offer it again."""
    template = find_template(db.session(), template_id)
    if template is None:
        abort(404)
    template.archived_at = None
    db.session().commit()
    return see("plans.templates", _("%(name)s is back.", name=template.name))
