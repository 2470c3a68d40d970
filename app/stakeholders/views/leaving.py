"""Somebody who left is here again. How people leave, move and come stands with the plans."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.stakeholders.post_changes import come_back
from app.stakeholders.views.blueprint import done, person_or_404, stakeholders
from app.web import _


@stakeholders.post("/people/<int:person_id>/come-back")
def come_back_again(person_id: int) -> ResponseReturnValue:
    """A leaving that was noted by mistake, or somebody who returned."""
    person, _account = person_or_404(person_id, EDIT)
    if person.left_on is not None:
        come_back(db.session(), person)
        db.session().commit()
    return done(person_id, _("%(name)s is back.", name=person.name))
