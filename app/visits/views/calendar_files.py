"""A visit as a file for other programs: an event to send, a page to print."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app import db
from app.access import READ
from app.typeset import pdf_of
from app.visits.brief_queries import brief_of
from app.visits.brief_words import sections_of
from app.visits.calendar_file import calendar_of
from app.visits.calendar_queries import event_facts
from app.visits.models import Visit
from app.visits.rules import Channel
from app.visits.views.blueprint import clock, visit_or_404, visits
from app.web import _, choose_timezone, day, label, today

CALENDAR = "text/calendar; charset=utf-8"


@visits.get("/visits/<int:visit_id>/event.ics")
def event_file(visit_id: int) -> ResponseReturnValue:
    """One visit as a file that a calendar takes in."""
    visit, _account = visit_or_404(visit_id, READ)
    facts = event_facts(db.session(), db.now(), address_of, Visit.id == visit.id)
    file = calendar_of(_("Visits"), facts, choose_timezone())
    return _attached(file, CALENDAR, f"visit-{visit_id}.ics")


def address_of(visit_id: int) -> str:
    """Where a visit is to be looked at."""
    return url_for("visits.show", visit_id=visit_id, _external=True)


@visits.get("/visits/<int:visit_id>/brief.pdf")
def brief_file(visit_id: int) -> ResponseReturnValue:
    """The brief on paper."""
    visit, account = visit_or_404(visit_id, READ)
    brief = brief_of(db.session(), visit, today())
    at = f" {clock(visit.starts_at)}" if visit.starts_at else ""
    values = {
        "title": f"{account.name} – {_('Brief')}",
        "when": f"{day(visit.on, 'full')}{at} · {label(Channel(visit.channel))} {visit.place}",
        "footer": _("Confidential: opinions about people. Printed on %(day)s.", day=day(today())),
        "lang": get_locale().language,
        "sections": sections_of(visit, brief),
    }
    return _attached(pdf_of("brief.typ", values), "application/pdf", f"brief-{visit_id}.pdf")


def _attached(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
