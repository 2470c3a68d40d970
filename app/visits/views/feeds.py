"""A person's visits in their own calendar: a secret address, and events brought in from it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, public
from app.users.changes import digest
from app.visits.calendar_file import calendar_of
from app.visits.calendar_queries import (
    event_facts,
    feed_mark,
    feed_of,
    find_feed,
    find_subscriber,
)
from app.visits.feed_changes import make_feed, revoke_feed
from app.visits.views.blueprint import visits
from app.visits.views.calendar_files import CALENDAR, address_of
from app.web import _, render, see

KEPT_DAYS = 400
"""How far back a calendar shows visits."""
MOST_KEPT = 64
_written: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
"""Calendars as last written in this worker, by whose they are and the mark of what is in them."""


@visits.get("/visits/calendar")
def feed() -> ResponseReturnValue:
    """One's own calendar address, and the way to bring events in."""
    return render("visits/feed.html", kept=find_feed(db.session(), me().id), address=None)


@visits.post("/visits/calendar/address")
def new_address() -> ResponseReturnValue:
    """Make a new secret address; the one before opens nothing from now on."""
    token = make_feed(db.session(), me().id, db.now())
    db.session().commit()
    address = url_for("visits.subscribed", token=token, _external=True)
    kept = find_feed(db.session(), me().id)
    return render("visits/feed.html", kept=kept, address=address)


@visits.post("/visits/calendar/revoke")
def revoke() -> ResponseReturnValue:
    """The address opens nothing any more."""
    revoke_feed(db.session(), me().id)
    db.session().commit()
    return see("visits.feed", _("The address is revoked."))


@visits.get("/calendar/<token>.ics")
@public
def subscribed(token: str) -> ResponseReturnValue:
    """A person's visits, for a calendar that asks again and again; unchanged ones cost little."""
    session = db.session()
    user = find_subscriber(session, digest(token))
    if user is None:
        abort(404)
    since = (db.now() - timedelta(days=KEPT_DAYS)).date()
    zone = user.timezone or current_app.config["BANYAN"].timezone
    mark = (token, user.version, zone, request.host_url, *feed_mark(session, user.id, since))
    response = Response(content_type=CALENDAR)
    tag = digest(repr(mark))
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, max-age=300"
    if request.if_none_match.contains(tag):
        response.status_code = 304
        return response
    response.data = _file(mark, user.id, since, zone)
    return response


def _file(mark: tuple[Any, ...], user_id: int, since: Any, zone: str) -> bytes:
    """The calendar as it was written for this mark, else written now."""
    kept = _written.get(mark)
    if kept is None:
        facts = event_facts(db.session(), db.now(), address_of, *feed_of(user_id, since))
        kept = calendar_of("Banyan", facts, zone)
        _written[mark] = kept
        while len(_written) > MOST_KEPT:
            _written.popitem(last=False)
    return kept
