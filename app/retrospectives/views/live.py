"""The session: what is on the table, shown anew to every window when something happened."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.pipeline.own_factors import factor_tree
from app.retrospectives.changes import close, open_notes, reopen, say_ready, set_timer
from app.retrospectives.forms import CloseForm, NoteForm, TimerForm
from app.retrospectives.queries import find_member, members_of, version_seen_by
from app.retrospectives.rules import MOST_DOTS, Phase
from app.retrospectives.session_queries import dots_given, notes_seen
from app.retrospectives.table import NoteRow, piles
from app.retrospectives.views.blueprint import (
    Seat,
    is_script,
    retro_page,
    retrospectives,
    seat_leading,
    seat_or_404,
    seat_taking_part,
)
from app.retrospectives.wording import offers
from app.row_ids import row_number
from app.vocabulary import Reason
from app.web import _, see, why

FEW = 40
"""Letters of a note by which it is known in a choice."""


def on_the_table(seat: Seat) -> dict[str, Any]:
    """What the person at hand may see of a session, as its board shows it."""
    session, retro, user_id = db.session(), seat.retro, me().id
    notes = notes_seen(session, retro.id, user_id, is_open=retro.opened_at is not None)
    return {
        "seat": seat,
        "retro": retro,
        "at": f"/retrospectives/{retro.id}",
        "members": members_of(session, retro.id),
        "own": [note for note in notes if note.user_id == user_id],
        "piles": piles(notes),
        "heads": heads_of(notes),
        "left": MOST_DOTS - dots_given(session, retro.id, user_id),
        "most_dots": MOST_DOTS,
        "offers": offers,
        "timer": TimerForm(formdata=None, minutes=0) if seat.may_lead else None,
    }


def heads_of(notes: list[NoteRow]) -> dict[int, str]:
    """The notes that another may be put under, in a few words."""
    first = (note for note in notes if note.leader_id is None)
    return {note.id: _("as: %(words)s", words=note.words[:FEW]) for note in first}


@retrospectives.get("/retrospectives/<int:retro_id>/live")
def live(retro_id: int) -> ResponseReturnValue:
    """The session's page: the form to write with, and the board."""
    return live_page(seat_or_404(retro_id), blank())


def blank() -> NoteForm:
    """A form with a number of its own, to write a note with."""
    return NoteForm(formdata=None, key=uuid4().hex, factor=factor_tree().in_use()[0])


def live_page(seat: Seat, form: NoteForm, status: int = 200) -> ResponseReturnValue:
    """The session's page with the form as it stands."""
    values = on_the_table(seat)
    closing = CloseForm(formdata=None, obj=seat.retro)
    shown = {name: values[name] for name in values if name not in {"seat", "retro", "at"}}
    return retro_page("live", seat, status, form=form, closing=closing, **shown)


@retrospectives.get("/retrospectives/<int:retro_id>/live/board")
def board(retro_id: int) -> ResponseReturnValue:
    """The board alone, for a window that has not ``?seen=`` its newest version."""
    return ("", 204) if is_unchanged(retro_id) else board_part(seat_or_404(retro_id))


def is_unchanged(retro_id: int) -> bool:
    """Whether a window has ``?seen=`` the newest already; one SELECT for those who take part."""
    seen = request.args.get("seen", type=row_number)
    if seen is None:
        return False
    version = version_seen_by(db.session(), retro_id, me().id)
    return seen == (seat_or_404(retro_id).retro.version if version is None else version)


def board_part(
    seat: Seat, problems: list[Reason] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The board as a part of the page, with what stood against the act at hand."""
    said = [why(one) for one in problems or ()]
    return render_template("retrospectives/board.html", problems=said, **on_the_table(seat)), status


def acted(seat: Seat, problems: list[Reason] | None = None) -> ResponseReturnValue:
    """Keep what was done and show the board; or leave all as it was and say why."""
    session = db.session()
    if problems:
        session.rollback()
    else:
        session.commit()
    if is_script():
        return board_part(seat, problems, 422 if problems else 200)
    message = " ".join(why(one) for one in problems or ())
    return see("retrospectives.live", message or None, retro_id=seat.retro.id)


@retrospectives.post("/retrospectives/<int:retro_id>/ready")
def ready(retro_id: int) -> ResponseReturnValue:
    """The person at hand has written what they wish to, or goes on writing."""
    seat = seat_taking_part(retro_id)
    if seat.phase is not Phase.WRITING or seat.member is None:
        abort(403)
    is_ready = request.form.get("ready") != "no"
    say_ready(db.session(), seat.retro, seat.member, db.now(), ready=is_ready)
    return acted(_again(seat))


def _again(seat: Seat) -> Seat:
    """The seat as it is after an act that may have opened the notes."""
    member = find_member(db.session(), seat.retro.id, me().id)
    return Seat(seat.retro, seat.deal, seat.level, member)


@retrospectives.post("/retrospectives/<int:retro_id>/open")
def open_up(retro_id: int) -> ResponseReturnValue:
    """Show everybody what was written, whether or not all are ready."""
    seat = seat_leading(retro_id)
    if seat.phase is not Phase.WRITING:
        abort(403)
    open_notes(seat.retro, db.now())
    return acted(_again(seat))


@retrospectives.post("/retrospectives/<int:retro_id>/timer")
def time(retro_id: int) -> ResponseReturnValue:
    """Set a time that every window counts down, or take it away."""
    seat, form = seat_leading(retro_id), TimerForm()
    if seat.phase not in {Phase.WRITING, Phase.OPEN}:
        abort(403)
    if not form.validate():
        return board_part(seat, status=422) if is_script() else live_page(seat, blank(), 422)
    set_timer(seat.retro, form.minutes.data, db.now())
    return acted(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/close")
def finish(retro_id: int) -> ResponseReturnValue:
    """End it with what it came to."""
    seat, form = seat_leading(retro_id), CloseForm()
    if seat.phase not in {Phase.WRITING, Phase.OPEN}:
        abort(403)
    if not form.validate():
        return live_page(seat, blank(), 422)
    close(seat.retro, form.summary.data or "", db.now())
    db.session().commit()
    return see("retrospectives.live", retro_id=retro_id)


@retrospectives.post("/retrospectives/<int:retro_id>/reopen")
def take_up(retro_id: int) -> ResponseReturnValue:
    """It was closed by mistake: it goes on."""
    seat = seat_leading(retro_id)
    if seat.phase is Phase.DONE:
        reopen(seat.retro, db.now())
        db.session().commit()
    return see("retrospectives.live", retro_id=retro_id)
