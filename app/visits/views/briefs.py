"""The page one takes along: on the phone, on paper, as a file; open without a connection."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app import db
from app.access import READ
from app.pipeline.rules import GUIDES
from app.stakeholders.dealing import ROLE_GUIDES, STYLE_ADVICE
from app.visits.brief_queries import brief_of
from app.visits.models import Visit
from app.visits.queries import visit_rows
from app.visits.views.blueprint import visit_or_404, visits
from app.web import _, render, see, today


@visits.get("/visits/<int:visit_id>/brief")
def brief(visit_id: int) -> ResponseReturnValue:
    """Who they are, what was said, what is open, what to ask, what to get."""
    visit, account = visit_or_404(visit_id, READ)
    row = next(iter(visit_rows(db.session(), Visit.id == visit_id)), None)
    if row is None:
        return see("visits.of_account", _("That visit is archived."), account_id=account.id)
    return render(
        "visits/brief.html",
        account=account,
        visit=visit,
        row=row,
        brief=brief_of(db.session(), visit, today()),
        guides=ROLE_GUIDES,
        advice=STYLE_ADVICE,
        stages=GUIDES,
        on=today(),
    )
