"""Events of another calendar become visits: looked through first, each given its account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from app import db
from app.access import EDIT, WRITERS, account_or_404, editable, me
from app.row_ids import possible_row
from app.visits.calendar_reading import MOST_OCTETS, Found, UnreadableError, events_in
from app.visits.choice_queries import calendar_accounts
from app.visits.event_changes import bring_in, take_out
from app.visits.event_queries import guessed_accounts, known_events
from app.visits.views.blueprint import visits
from app.web import _, choose_timezone, invalid, render, see, today

BACK, AHEAD = timedelta(days=60), timedelta(days=180)
PAGE = "visits/events.html"


@visits.post("/visits/calendar/events")
def look_into() -> ResponseReturnValue:
    """The events of a file or of pasted text, each with the account it is most likely at."""
    if me().role not in WRITERS:
        abort(403)
    text = _text()
    page: dict[str, Any] = {"text": text, "read": None, "problem": ""}
    if not text.strip():
        return invalid(PAGE, **{**page, "problem": _("Give a file or its text.")})
    if len(text) > MOST_OCTETS:
        problem = _("That is more than three megabytes: give a shorter calendar.")
        return invalid(PAGE, **{**page, "text": "", "problem": problem})
    try:
        read = events_in(text, today() - BACK, today() + AHEAD, choose_timezone())
    except UnreadableError:
        return invalid(PAGE, **{**page, "problem": _("No calendar could be read in it.")})
    session, seen = db.session(), editable()
    page |= {
        "read": read,
        "accounts": calendar_accounts(session, seen),
        "guesses": guessed_accounts(session, seen, read.events),
        "known": known_events(session, me().id, [one.uid for one in read.events]),
    }
    return render(PAGE, **page)


def _text() -> str:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.read(MOST_OCTETS + 1).decode("utf-8", "replace")
    return request.form.get("text", "")


@visits.post("/visits/calendar/keep")
def keep_events() -> ResponseReturnValue:
    """Keep the events that were given an account, as visits of one's own."""
    if me().role not in WRITERS:
        abort(403)
    try:
        read = events_in(
            request.form.get("text", ""), today() - BACK, today() + AHEAD, choose_timezone()
        )
    except UnreadableError:
        return see("visits.feed", _("No calendar could be read in it."))
    chosen = [(one, account_id) for one in read.events if (account_id := _account_for(one, read))]
    made = [bring_in(db.session(), one, account_id, me().id) for one, account_id in chosen]
    ids = [visit.id for visit in made if visit is not None]
    db.session().commit()
    if not ids:
        return see("visits.feed", _("No event was given an account; nothing is kept."))
    undo = url_for("visits.drop_events", which=_signer().dumps(ids))
    return see("visits.index", _("Visits kept: %(count)s.", count=len(ids)), undo=undo)


def _account_for(one: Found, read: Any) -> int | None:
    """The account chosen for an event on the page, one that the person may change."""
    place = read.events.index(one)
    account_id = possible_row(request.form.get(f"account-{place}"))
    if account_id is None or one.is_cancelled:
        return None
    account_or_404(account_id, EDIT)
    return account_id


@visits.post("/visits/calendar/drop/<which>")
def drop_events(which: str) -> ResponseReturnValue:
    """Undo: the visits that were just kept go again."""
    try:
        ids: list[int] = _signer().loads(which)
    except BadSignature:
        abort(404)
    take_out(db.session(), ids, me().id)
    db.session().commit()
    return see("visits.index", _("The events are taken out again."))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="events kept")
