"""Our side: the four groups, depth now and wanted, the relationship's stage, who helps in need."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404
from app.accounts.models import Account
from app.accounts.rules import RelationshipStage
from app.accounts.value_surplus import surplus
from app.stakeholders.forms import CriteriaForm, RescueForm
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.models import Rescue
from app.stakeholders.our_changes import rank_criteria
from app.stakeholders.our_queries import (
    chosen_approaches,
    helpers,
    trade_fact,
    values_by_person,
    wanted_depths,
)
from app.stakeholders.our_side import approach_groups, rescue_matrix
from app.stakeholders.queries import deal_choices
from app.stakeholders.relationship_stage import relationship_stage
from app.stakeholders.rules import HelpSource
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
from app.web import _, invalid, render, see, today

PAGE = "stakeholders/ours.html"


@stakeholders.get("/accounts/<int:account_id>/our-side")
def ours(account_id: int) -> ResponseReturnValue:
    """Who of ours holds which tie, and what the whole amounts to."""
    return render(PAGE, **_values(account_or_404(account_id), RescueForm(formdata=None)))


def _values(account: Account, form: RescueForm) -> dict[str, Any]:
    session, on = db.session(), today()
    deal_id, deal = deal_asked(account.id)
    facts = map_facts_of(session, account.id, on, deal_id)
    overruled = account.relationship_stage
    is_ending = overruled == RelationshipStage.UNCOUPLED
    perceived = values_by_person(session, account.id, on)
    return {
        "account": account,
        "deal_id": deal_id,
        "deal": deal,
        "deals": deal_choices(session, account.id),
        "form": form,
        "groups": approach_groups(
            facts, chosen_approaches(session, account.id), wanted_depths(session, account.id, on)
        ),
        "perceived": {one: surplus(row.fact) for one, row in perceived.items()},
        "reading": relationship_stage(facts, trade_fact(session, account.id, is_ending=is_ending)),
        "overruled": RelationshipStage(overruled) if overruled else None,
        "matrix": rescue_matrix(helpers(session, account.id, deal_id)),
        "sources": list(HelpSource),
    }


@stakeholders.post("/accounts/<int:account_id>/rescue")
def name_helper(account_id: int) -> ResponseReturnValue:
    """Name somebody who helps."""
    account = account_or_404(account_id, EDIT)
    deal_id, _deal = deal_asked(account_id)
    form = RescueForm()
    if not form.validate():
        return invalid(PAGE, **_values(account, form))
    helper = Rescue(account_id=account_id, opportunity_id=deal_id)
    form.fill(helper)
    db.session().add(helper)
    db.session().commit()
    undo = url_for("stakeholders.drop_helper", rescue_id=helper.id)
    return _seen(helper, _("%(name)s helps.", name=helper.who), undo)


@stakeholders.post("/rescue/<int:rescue_id>/end")
def drop_helper(rescue_id: int) -> ResponseReturnValue:
    """Somebody helps no longer."""
    helper = row_or_404(Rescue, rescue_id, EDIT)
    helper.until = today()
    db.session().commit()
    undo = url_for("stakeholders.keep_helper", rescue_id=rescue_id)
    return _seen(helper, _("%(name)s helps no longer.", name=helper.who), undo)


@stakeholders.post("/rescue/<int:rescue_id>/resume")
def keep_helper(rescue_id: int) -> ResponseReturnValue:
    """Somebody helps after all."""
    helper = row_or_404(Rescue, rescue_id, EDIT)
    helper.until = None
    db.session().commit()
    return _seen(helper, _("%(name)s helps.", name=helper.who), "")


def _seen(helper: Rescue, message: str, undo: str) -> ResponseReturnValue:
    return see(
        "stakeholders.ours",
        message,
        undo=undo,
        account_id=helper.account_id,
        deal=helper.opportunity_id,
        anchor="rescue",
    )


@stakeholders.post("/people/<int:person_id>/criteria")
def set_criteria(person_id: int) -> ResponseReturnValue:
    """Rank what a person decides by, on the account or in one opportunity."""
    person, account = person_or_404(person_id, EDIT)
    deal_id, _deal = deal_asked(account.id)
    form = CriteriaForm(typed())
    if not form.validate():
        return refused(complaints(form)) if from_map() else done(person_id, _("Too long."))
    before = rank_criteria(db.session(), person, form.ranked(), deal_id)
    db.session().commit()
    undo = url_for(
        "stakeholders.set_criteria",
        person_id=person_id,
        deal=deal_id,
        criteria="\n".join(before)[:2000],
    )
    return done(person_id, _("Noted for %(name)s.", name=person.name), undo, anchor="criteria")
