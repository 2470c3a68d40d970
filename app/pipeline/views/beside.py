"""A deal's people, its checklist, and everything that happened to it."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT
from app.pictures import sheet
from app.pipeline import deal_changes
from app.pipeline.contract_cycle import contract_phase
from app.pipeline.deal_forms import TickForm
from app.pipeline.deal_queries import persistence_of
from app.pipeline.queries import terms_of
from app.pipeline.story_queries import Event, story_of
from app.pipeline.views.blueprint import deal_or_404, pipeline, stage_rules, standing_of
from app.pipeline.views.buying import act_now
from app.pipeline.views.page import deal_page
from app.stakeholders.findings import findings
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.our_queries import helpers
from app.stakeholders.our_side import rescue_matrix
from app.stakeholders.power_map import answers
from app.stakeholders.rules import HelpSource
from app.web import _, see, today, why

FINDINGS = 3
"""What the map says on a deal's page; the rest is on the map."""
NEWEST = 50
"""Events that the line of time begins with; the earlier ones are one link away."""


@pipeline.get("/pipeline/<int:opportunity_id>/people")
def people(opportunity_id: int) -> ResponseReturnValue:
    """What the deal's map says, who would help, and how often they have said no."""
    deal, account = deal_or_404(opportunity_id)
    session, on = db.session(), today()
    found = answers(map_facts_of(session, account.id, on, deal.id))
    return deal_page(
        "people",
        deal,
        account,
        answers=found,
        findings=findings(found)[:FINDINGS],
        phase=contract_phase(standing_of(deal)),
        matrix=rescue_matrix(helpers(session, account.id, deal.id)),
        sources=list(HelpSource),
        persistence=persistence_of(session, deal.id, on),
    )


@pipeline.get("/pipeline/<int:opportunity_id>/story")
def story(opportunity_id: int) -> ResponseReturnValue:
    """One line of time, what is newest; ``?whole=1`` from the beginning."""
    deal, account = deal_or_404(opportunity_id)
    events = story_of(db.session(), deal.id, deal.currency, stage_rules())
    most = len(events) if "whole" in request.args else NEWEST
    return deal_page(
        "story",
        deal,
        account,
        events=events[:most],
        earlier=max(len(events) - most, 0),
        terms=terms_of(db.session(), deal.id)[::-1],
    )


@pipeline.get("/pipeline/<int:opportunity_id>/story.<any(csv,xlsx):suffix>")
def story_file(opportunity_id: int, suffix: str) -> ResponseReturnValue:
    """The same line of time as a file."""
    deal, _account = deal_or_404(opportunity_id)
    events = story_of(db.session(), deal.id, deal.currency, stage_rules())
    header = [_("Day"), _("What happened"), _("In words"), _("Who")]
    rows = ([one.on, _told(one), one.note, one.who] for one in events)
    return sheet(suffix, f"deal-{deal.id}", header, rows)


def _told(event: Event) -> str:
    return why(event.text) + (f" ({why(event.mark)})" if event.mark else "")


@pipeline.post("/pipeline/<int:opportunity_id>/checklist")
def tick(opportunity_id: int) -> ResponseReturnValue:
    """Tick a point of the checklist, or take the tick away."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    form = TickForm()
    if not form.validate():
        abort(422)
    stage, item = form.stage.data, form.item.data
    act = act_now(form.evidence.data)
    deal_changes.set_tick(db.session(), deal, stage, item, act, done=form.done.data)
    db.session().commit()
    return see("pipeline.show", opportunity_id=deal.id, anchor="checklist")
