"""Which of their executives ours have seen, and who is due."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app import db
from app.access import editable, visible
from app.visits.executive_queries import executive_pairs
from app.visits.executives import by_need, coverage_share
from app.visits.rhythm_queries import visit_settings
from app.visits.views.blueprint import visits
from app.web import render, today


@visits.get("/visits/executives")
def executives() -> ResponseReturnValue:
    """Pairs of executives, what needs somebody first."""
    session, on = db.session(), today()
    days = visit_settings(session).executive_days
    found = by_need(executive_pairs(session, visible(), on), on, days)
    return render(
        "visits/executives.html",
        found=found,
        share=coverage_share(found),
        days=days,
        may_plan=set(session.scalars(editable())),
    )
