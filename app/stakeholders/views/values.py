"""Perceived value, person by person: what they gain, what it costs them, what they expected."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.forms import ValueForm
from app.accounts.models import ValueReading
from app.stakeholders.views.blueprint import (
    complaints,
    done,
    from_map,
    person_or_404,
    refused,
    stakeholders,
    typed,
)
from app.stakeholders.views.page import VALUE, person_page
from app.web import _, invalid, today


@stakeholders.post("/people/<int:person_id>/value")
def note_value(person_id: int) -> ResponseReturnValue:
    """Add a reading of what a person perceives; those before it stay."""
    person, account = person_or_404(person_id, EDIT)
    form = ValueForm(typed(), prefix=VALUE)
    if not form.validate():
        if from_map():
            return refused(complaints(form))
        return invalid("stakeholders/show.html", **person_page(person, account, value_form=form))
    row = ValueReading(account_id=account.id, stakeholder_id=person_id, user_id=me().id)
    form.fill(row)
    row.on = min(row.on, today())
    db.session().add(row)
    db.session().commit()
    undo = url_for("accounts.drop_value", value_id=row.id)
    return done(person_id, _("Noted for %(name)s.", name=person.name), undo, anchor="value")
