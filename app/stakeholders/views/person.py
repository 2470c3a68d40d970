"""One person: who they are, what we believe of them, and the line of time."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.stakeholders.dealing import ROLE_GUIDES
from app.stakeholders.forms import PersonForm
from app.stakeholders.models import Stakeholder
from app.stakeholders.person_queries import holding_rows, tie_rows
from app.stakeholders.queries import person_choices
from app.stakeholders.rules import Role, TieKind
from app.stakeholders.tie_changes import report_to
from app.stakeholders.views.blueprint import done, person_or_404, stakeholders
from app.stakeholders.views.page import person_page
from app.stakeholders.views.ties import tie_problems
from app.web import _, commit_or_stale, invalid, render, stale_page, today, why

FORM = "stakeholders/edit.html"


@stakeholders.get("/people/<int:person_id>")
def show(person_id: int) -> ResponseReturnValue:
    """A person's page."""
    person, account = person_or_404(person_id)
    return render("stakeholders/show.html", **person_page(person, account))


@stakeholders.get("/people/<int:person_id>/panel")
def panel(person_id: int) -> ResponseReturnValue:
    """The same person beside the map, with what is set most often."""
    person, account = person_or_404(person_id)
    return render("stakeholders/panel.html", **person_page(person, account))


@stakeholders.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
def edit(person_id: int) -> ResponseReturnValue:
    """Change who a person is; what is judged of them has forms of its own."""
    person, account = person_or_404(person_id, EDIT)
    manager = _manager(person)
    form = PersonForm(obj=person, manager=manager)
    form.offer_managers(person_choices(db.session(), account.id), person.id)
    values: dict[str, Any] = {
        "form": form,
        "person": person,
        "account": account,
        "cares": _usual_cares(person),
    }
    if request.method == "GET":
        return render(FORM, **values)
    if not form.validate() or not _may_report(form, person, manager):
        return invalid(FORM, **values)
    if form.is_stale(person):
        return stale_page(form, person)
    form.fill(person, "manager")
    if form.manager.data != manager:
        report_to(db.session(), person, form.manager.data or None, today())
    return commit_or_stale(form, person) or done(person.id, _("Saved."))


def _manager(person: Stakeholder) -> int:
    lines = tie_rows(db.session(), person.id)
    up = (one for one in lines if one.kind is TieKind.REPORTS_TO and one.is_outward)
    return next((one.other_id for one in up if one.until is None), 0)


def _may_report(form: PersonForm, person: Stakeholder, manager: int) -> bool:
    wanted = form.manager.data
    if not wanted or wanted == manager:
        return True
    problems = tie_problems(person, TieKind.REPORTS_TO, person.id, wanted, without_line=True)
    form.manager.errors = [why(one) for one in problems]
    return not problems


def _usual_cares(person: Stakeholder) -> list[str]:
    held = holding_rows(db.session(), person.id)
    roles = {one.role for one in held if one.until is None and one.opportunity_id is None}
    return [_(care) for role in Role if role in roles for care in ROLE_GUIDES[role].cares]
