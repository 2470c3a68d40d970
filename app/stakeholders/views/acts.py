"""What is said of a person: judgements, roles, archive and erasure."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, me
from app.stakeholders.changes import archive, erase, restore
from app.stakeholders.forms import JudgeForm, RolesForm
from app.stakeholders.models import Observation, Stakeholder
from app.stakeholders.observation_changes import observe, take_back
from app.stakeholders.queries import deal_choices
from app.stakeholders.role_changes import set_roles
from app.stakeholders.views.blueprint import (
    complaints,
    deal_asked,
    done,
    from_map,
    person_or_404,
    refused,
    row_or_404,
    stakeholders,
    typed,
)
from app.stakeholders.views.page import person_page
from app.web import _, invalid, render, see, today

PAGE = "stakeholders/show.html"


@stakeholders.post("/people/<int:person_id>/judge")
def judge(person_id: int) -> ResponseReturnValue:
    """Judge a person's support, influence or both."""
    person, account = person_or_404(person_id, EDIT)
    form = JudgeForm(typed())
    form.offer_deals(deal_choices(db.session(), account.id))
    if not form.validate() or not _says_something(form):
        if from_map():
            return refused(complaints(form))
        return invalid(PAGE, **person_page(person, account, judge=form))
    judged = _judged(person, form)
    db.session().commit()
    undo = url_for("stakeholders.unjudge", judgement_id=judged.id)
    return done(person_id, _("Noted for %(name)s.", name=person.name), undo, anchor="judge")


def _says_something(form: JudgeForm) -> bool:
    if form.support.data is not None or form.influence.data is not None:
        return True
    form.support.errors = [_("Say where they stand, or how much they weigh.")]
    return False


def _judged(person: Stakeholder, form: JudgeForm) -> Observation:
    return observe(
        db.session(),
        person,
        on=min(form.on.data or today(), today()),
        at=db.now(),
        user_id=me().id,
        support=form.support.data,
        influence=form.influence.data,
        confidence=form.confidence.data,
        source=form.source.data,
        note=form.note.data,
        opportunity_id=form.opportunity.data or None,
        is_agreed=form.is_agreed.data,
    )


@stakeholders.post("/judgements/<int:judgement_id>/take-back")
def unjudge(judgement_id: int) -> ResponseReturnValue:
    """Take a judgement back; undoing that makes it again."""
    judged = row_or_404(Observation, judgement_id, EDIT)
    again = url_for(
        "stakeholders.judge",
        person_id=judged.stakeholder_id,
        support=judged.support,
        influence=judged.influence,
        confidence=judged.confidence,
        on=judged.on.isoformat(),
        source=judged.source or None,
        note=judged.note or None,
        opportunity=judged.opportunity_id or 0,
    )
    take_back(db.session(), judged)
    db.session().commit()
    return done(judged.stakeholder_id, _("Taken back."), again, anchor="judge")


@stakeholders.post("/people/<int:person_id>/roles")
def roles(person_id: int) -> ResponseReturnValue:
    """Set a person's roles, on the account or in one opportunity."""
    person, account = person_or_404(person_id, EDIT)
    deal_id, _name = deal_asked(account.id)
    sent = typed()
    form = RolesForm(sent)
    if not form.validate():
        if from_map():
            return refused(complaints(form))
        return invalid(PAGE, **person_page(person, account, roles_form=form))
    wanted = None if deal_id and sent.get("inherit") else form.roles.data or []
    before = set_roles(db.session(), person, wanted, today(), deal_id)
    db.session().commit()
    undo = url_for(
        "stakeholders.roles",
        person_id=person_id,
        roles=before,
        deal=deal_id,
        inherit=1 if before is None else None,
    )
    return done(person_id, _("Roles of %(name)s are set.", name=person.name), undo, anchor="roles")


@stakeholders.post("/people/<int:person_id>/archive")
def put_away(person_id: int) -> ResponseReturnValue:
    """Put a person away; the toast offers to bring them back."""
    person, account = person_or_404(person_id, EDIT)
    archive(person, db.now())
    db.session().commit()
    undo = url_for("stakeholders.bring_back", person_id=person_id)
    message = _("%(name)s is archived.", name=person.name)
    if from_map():
        return done(person_id, message, undo)
    return see("stakeholders.index", message, undo=undo, account_id=account.id)


@stakeholders.post("/people/<int:person_id>/restore")
def bring_back(person_id: int) -> ResponseReturnValue:
    """Bring an archived person back."""
    person, _account = person_or_404(person_id, EDIT)
    restore(person)
    db.session().commit()
    undo = url_for("stakeholders.put_away", person_id=person_id)
    return done(person_id, _("%(name)s is back.", name=person.name), undo)


@stakeholders.get("/people/<int:person_id>/erase")
def ask_erase(person_id: int) -> ResponseReturnValue:
    """Ask before a person is removed for good."""
    person, account = person_or_404(person_id, OWN)
    return render("stakeholders/erase.html", person=person, account=account)


@stakeholders.post("/people/<int:person_id>/erase")
def erase_person(person_id: int) -> ResponseReturnValue:
    """Remove a person with all that was ever said of them; there is no way back."""
    person, account = person_or_404(person_id, OWN)
    erase(db.session(), person)
    db.session().commit()
    message = _("The person and all that was said of them are erased.")
    return see("stakeholders.index", message, account_id=account.id)
