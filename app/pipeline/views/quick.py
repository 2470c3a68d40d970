"""What changes most often, typed where it stands: on a card of the board, or on its own page."""

from __future__ import annotations

import json

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.accounts.models import Account
from app.pipeline.changes import NewTerms, change_terms
from app.pipeline.deal_forms import QuickForm
from app.pipeline.models import Opportunity
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.pipeline.views.buying import act_now
from app.web import _, commit_or_stale, render, see, stale_page, wants_fragment


@pipeline.route("/pipeline/<int:opportunity_id>/quick", methods=["GET", "POST"])
def quick(opportunity_id: int) -> ResponseReturnValue:
    """Amount, close date and next step."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    form = QuickForm(obj=deal)
    if request.method == "GET":
        return _shown(form, deal, account)
    if not form.validate():
        return _shown(form, deal, account, 422)
    if form.is_stale(deal):
        return stale_page(form, deal)
    deal.next_step, deal.next_step_on = form.next_step.data, form.next_step_on.data
    new = NewTerms(form.amount.data, form.close_on.data, deal.probability)
    change_terms(db.session(), deal, new, act_now())
    return commit_or_stale(form, deal) or _done(deal)


def _shown(
    form: QuickForm, deal: Opportunity, account: Account, status: int = 200
) -> ResponseReturnValue:
    is_part = wants_fragment()
    template = f"pipeline/quick{'_form' if is_part else ''}.html"
    return render(template, status, form=form, deal=deal, account=account, is_part=is_part)


def _done(deal: Opportunity) -> ResponseReturnValue:
    if not wants_fragment():
        return see("pipeline.show", _("Saved."), opportunity_id=deal.id)
    said = {"moved": {"id": deal.id}, "toast": {"text": _("Saved.")}}
    return "", 204, {"HX-Trigger": json.dumps(said)}
