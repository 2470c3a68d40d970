"""What a deal taught, and what others teach about it."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.pipeline.taught import Lessons
from app.pipeline.views.blueprint import deal_or_404, pipeline
from app.pipeline.views.page import deal_page
from app.web import today


def lessons_known() -> Lessons:
    """The lessons of the workspace."""
    known: Lessons = current_app.extensions["lessons"]
    return known


@pipeline.get("/pipeline/<int:opportunity_id>/lessons")
def lessons(opportunity_id: int) -> ResponseReturnValue:
    """Lessons that speak up on a deal, its own, and deals like it with theirs."""
    deal, account = deal_or_404(opportunity_id)
    told = lessons_known().about(db.session(), deal, visible(), today())
    return deal_page("lessons", deal, account, **told)
