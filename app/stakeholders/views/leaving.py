"""When people change: somebody leaves, somebody comes after them [001]."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.stakeholders.changes import add_stakeholder, come_back, leave, succeed
from app.stakeholders.forms import LeaveForm
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Stakeholder
from app.stakeholders.views.blueprint import done, person_or_404, stakeholders
from app.web import _, invalid, render, see, today

PAGE = "stakeholders/leave.html"


@stakeholders.route("/people/<int:person_id>/leave", methods=["GET", "POST"])
def depart(person_id: int) -> ResponseReturnValue:
    """What a person's leaving would break; then, that they leave."""
    person, account = person_or_404(person_id, EDIT)
    form = LeaveForm(on=today())
    values: dict[str, Any] = {"form": form, "person": person, "account": account}
    if request.method == "GET":
        return render(PAGE, differences=_differences(person), **values)
    if not form.validate():
        return invalid(PAGE, differences=_differences(person), **values)
    leave(db.session(), person, form.on.data)
    heir = _successor(person, form)
    db.session().commit()
    undo = url_for("stakeholders.come_back_again", person_id=person_id)
    message = _("%(name)s has left.", name=person.name)
    if heir is not None:
        return see("stakeholders.show", message, undo=undo, person_id=heir.id)
    return see("stakeholders.index", message, undo=undo, account_id=account.id)


def _differences(person: Stakeholder) -> object:
    from app.stakeholders.what_if import RemovePerson, what_if  # heavy: networkx, numpy

    facts = map_facts_of(db.session(), person.account_id, today())
    return what_if(facts, RemovePerson(person.id)).differences


def _successor(person: Stakeholder, form: LeaveForm) -> Stakeholder | None:
    """Whoever takes the post over: known by name, or a place kept open for them."""
    name = form.successor.data
    if not name and not form.is_placeholder.data:
        return None
    post = person.title or person.department or person.name
    heir = add_stakeholder(
        db.session(),
        person.account_id,
        name or _("Successor: %(post)s", post=post),
        on=form.on.data,
        title=person.title,
        department=person.department,
        unit=person.unit,
        level=person.level,
        is_outside=person.is_outside,
        is_placeholder=not name,
        since=form.on.data if name else None,
    )
    succeed(db.session(), person, heir, form.on.data)
    return heir


@stakeholders.post("/people/<int:person_id>/come-back")
def come_back_again(person_id: int) -> ResponseReturnValue:
    """A leaving that was noted by mistake, or somebody who returned."""
    person, _account = person_or_404(person_id, EDIT)
    if person.left_on is not None:
        come_back(db.session(), person)
        db.session().commit()
    return done(person_id, _("%(name)s is back.", name=person.name))
