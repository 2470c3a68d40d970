"""What the buyer's people told us: asked by a guide, kept with consent, taken away at once."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.forms import choices
from app.pipeline.deal_queries import person_choices
from app.pipeline.losing import Factor, in_order
from app.pipeline.own_factors import factor_tree
from app.retrospectives.column_changes import drop_interview, keep_interview
from app.retrospectives.column_queries import find_interview, said_in
from app.retrospectives.forms import InterviewForm, asking, field_of
from app.retrospectives.guide import GUIDE
from app.retrospectives.models import RetroInterview
from app.retrospectives.rules import Phase
from app.retrospectives.views.blueprint import (
    Seat,
    retro_page,
    retrospectives,
    seat_or_404,
    seat_taking_part,
)
from app.web import _, see, today


def _form(seat: Seat, said: Iterable[Factor] = ()) -> InterviewForm:
    """The guide as a form; only the account's team is offered its people by name."""
    form = asking(InterviewForm, in_order({*factor_tree().in_use(), *said}))()
    session, account_id = db.session(), seat.retro.account_id
    people = person_choices(session, account_id) if seat.is_team else []
    form.stakeholder_id.choices = choices(people, empty="–")
    return form


def _page(
    seat: Seat, form: InterviewForm, interview: RetroInterview | None, status: int = 200
) -> ResponseReturnValue:
    shown = {"field_of": field_of, "guide": GUIDE}
    return retro_page("interview", seat, status, form=form, interview=interview, **shown)


@retrospectives.get("/retrospectives/<int:retro_id>/interviews/add")
def ask(retro_id: int) -> ResponseReturnValue:
    """The guide, to be asked and filled in."""
    seat = _asking(seat_or_404(retro_id))
    form = _form(seat)
    form.on.data = today()
    return _page(seat, form, None)


def _asking(seat: Seat) -> Seat:
    if not seat.may_write or seat.phase is Phase.WAITING:
        abort(403)
    return seat


@retrospectives.post("/retrospectives/<int:retro_id>/interviews/add")
def keep(retro_id: int) -> ResponseReturnValue:
    """Keep what was said, if they agree to that."""
    seat = _asking(seat_taking_part(retro_id))
    return _kept(seat, RetroInterview(retrospective_id=retro_id, user_id=me().id), is_new=True)


def _kept(seat: Seat, interview: RetroInterview, *, is_new: bool) -> ResponseReturnValue:
    form = _form(seat, said_in(db.session(), interview.id) if not is_new else ())
    shown = None if is_new else interview
    if not form.validate():
        return _page(seat, form, shown, 422)
    if form.stakeholder_id.data is None and not form.who.data:
        form.who.errors = [_("Say whom you asked.")]
        return _page(seat, form, shown, 422)
    interview.stakeholder_id, interview.who = form.stakeholder_id.data, form.who.data
    interview.on, interview.has_consent = form.on.data, True
    interview.answers = form.answers()
    keep_interview(db.session(), seat.retro, interview, form.said(), db.now())
    db.session().commit()
    return see("retrospectives.columns_page", _("Kept."), retro_id=seat.retro.id)


def _own(seat: Seat, interview_id: int) -> RetroInterview:
    """An interview that the person at hand held, or may change as the one who leads."""
    found = find_interview(db.session(), seat.retro.id, interview_id)
    if found is None:
        abort(404)
    if found.user_id != me().id and not seat.may_lead:
        abort(403)
    return found


@retrospectives.get("/retrospectives/<int:retro_id>/interviews/<int:interview_id>")
def look(retro_id: int, interview_id: int) -> ResponseReturnValue:
    """An interview, to be put right."""
    seat = _asking(seat_or_404(retro_id))
    interview = _own(seat, interview_id)
    said = said_in(db.session(), interview.id)
    form = _form(seat, said)
    form.stakeholder_id.data, form.who.data = interview.stakeholder_id, interview.who
    form.on.data, form.has_consent.data = interview.on, interview.has_consent
    for key, words in interview.answers.items():
        form[f"said_{key}"].data = words
    form.tell(said)
    return _page(seat, form, interview)


@retrospectives.post("/retrospectives/<int:retro_id>/interviews/<int:interview_id>")
def put_right(retro_id: int, interview_id: int) -> ResponseReturnValue:
    """Keep an interview as it now reads."""
    seat = _asking(seat_taking_part(retro_id))
    return _kept(seat, _own(seat, interview_id), is_new=False)


@retrospectives.post("/retrospectives/<int:retro_id>/interviews/<int:interview_id>/remove")
def take_out(retro_id: int, interview_id: int) -> ResponseReturnValue:
    """Take an interview away with all that was said in it."""
    seat = _asking(seat_taking_part(retro_id))
    drop_interview(db.session(), seat.retro, _own(seat, interview_id), db.now())
    db.session().commit()
    return see("retrospectives.columns_page", _("It is removed."), retro_id=retro_id)
