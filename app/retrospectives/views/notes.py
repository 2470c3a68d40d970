"""Notes of a session: written, shared, put together, weighed."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.forms import choices
from app.retrospectives.changes import touch
from app.retrospectives.forms import GroupForm, NoteForm
from app.retrospectives.models import RetroNote
from app.retrospectives.rules import Phase, problems_voting, problems_writing
from app.retrospectives.session_changes import drop_note, give_dots, put_under, write_note
from app.retrospectives.session_queries import (
    dots_given,
    find_note,
    note_with_key,
    notes_seen,
)
from app.retrospectives.views.blueprint import (
    Seat,
    is_script,
    retro_page,
    retrospectives,
    seat_or_404,
    seat_taking_part,
)
from app.retrospectives.views.live import acted, board_part, live_page
from app.web import _l


@retrospectives.post("/retrospectives/<int:retro_id>/notes")
def write(retro_id: int) -> ResponseReturnValue:
    """Write something down; the same form sent twice counts once."""
    seat, form, session = seat_taking_part(retro_id), NoteForm(), db.session()
    if not form.validate():
        return board_part(seat, status=422) if is_script() else live_page(seat, form, 422)
    problems = problems_writing(seat.phase)
    if not problems and note_with_key(session, form.key.data or "") is None:
        write_note(
            session,
            seat.retro,
            form.factor.data,
            form.words.data,
            user_id=me().id,
            at=db.now(),
            is_shared=not form.is_mine.data,
            key=form.key.data or "",
        )
    return acted(seat, problems)


def note_or_404(seat: Seat, note_id: int, *, own: bool = False) -> RetroNote:
    """A note that the person at hand may see, or has written."""
    is_open = seat.retro.opened_at is not None
    note = find_note(db.session(), seat.retro.id, note_id, me().id, is_open=is_open)
    if note is None:
        abort(404)
    if own and note.user_id != me().id:
        abort(403)
    return note


@retrospectives.post("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/remove")
def take_away(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """Take back what one wrote oneself."""
    seat = seat_taking_part(retro_id)
    note = note_or_404(seat, retro_note_id, own=True)
    drop_note(db.session(), seat.retro, note, db.now())
    return acted(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/share")
def share(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """Put on the table what one had kept to oneself, or keep it back."""
    seat = seat_taking_part(retro_id)
    note = note_or_404(seat, retro_note_id, own=True)
    note.is_shared = request.form.get("share") != "no"
    touch(seat.retro, db.now())
    return acted(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/group")
def group(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """Put a note under another that says the same, or let it stand alone."""
    seat, session = seat_taking_part(retro_id), db.session()
    if seat.phase is not Phase.OPEN:
        abort(403)
    note, form = note_or_404(seat, retro_note_id), _group_form(seat)
    if not form.validate():
        return board_part(seat, status=422) if is_script() else _group_page(seat, note, form, 422)
    wanted = form.leader_id.data
    leader = note_or_404(seat, wanted) if wanted is not None else None
    put_under(session, seat.retro, note, leader, db.now())
    return acted(seat)


def _group_form(seat: Seat) -> GroupForm:
    """What a note may be put under."""
    form = GroupForm()
    seen = notes_seen(db.session(), seat.retro.id, me().id, is_open=True)
    form.leader_id.choices = choices(((one.id, one.words) for one in seen), empty=_l("No other"))
    return form


def _group_page(
    seat: Seat, note: RetroNote, form: GroupForm, status: int = 200
) -> ResponseReturnValue:
    return retro_page("group", seat, status, note=note, form=form)


@retrospectives.get("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/group")
def choose_group(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """The choice as a page, for windows that run no scripts."""
    seat = seat_or_404(retro_id)
    if not seat.may_write or seat.phase is not Phase.OPEN:
        abort(403)
    note, form = note_or_404(seat, retro_note_id), _group_form(seat)
    form.leader_id.data = note.leader_id
    return _group_page(seat, note, form)


@retrospectives.post("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/dots")
def dot(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """Give a note a dot, or take one's own back."""
    seat, session = seat_taking_part(retro_id), db.session()
    note = note_or_404(seat, retro_note_id)
    dots = -1 if request.form.get("dots") == "-1" else 1
    problems = problems_voting(seat.phase, dots_given(session, retro_id, me().id), dots)
    if not problems:
        give_dots(session, seat.retro, note, dots, user_id=me().id, at=db.now())
    return acted(seat, problems)
