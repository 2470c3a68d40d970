"""Why it happened, with evidence from the record, and what is done about it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight
from app.forms import choices
from app.lessons.queries import lessons_among
from app.pipeline.own_factors import factor_tree
from app.retrospectives.cause_changes import ask_why, decide, undecide
from app.retrospectives.cause_queries import (
    decisions_of,
    find_decision,
    find_why,
    is_answered,
    whys_of,
)
from app.retrospectives.chains import chains, steps_in
from app.retrospectives.changes import touch
from app.retrospectives.forms import DecideForm, WhyForm
from app.retrospectives.record import Line
from app.retrospectives.rules import Phase
from app.retrospectives.session_queries import notes_seen
from app.retrospectives.table import Pile, piles
from app.retrospectives.views.blueprint import (
    Seat,
    is_script,
    retro_page,
    retrospectives,
    seat_or_404,
    seat_taking_part,
)
from app.retrospectives.views.columns import findings_of
from app.retrospectives.views.live import is_unchanged
from app.retrospectives.views.workspace import record_seen
from app.users.queries import colleague_choices
from app.web import _l, day, see, today, why

HEAVY = 5
"""Factors shown to begin with: what got most dots."""
WORDS = 90


def on_the_page(seat: Seat, lines: list[Line] | None = None) -> dict[str, Any]:
    """Chains, what weighs most, the record's findings and decisions; ``lines`` are the record,
    which is read for its evidence if it is not at hand."""
    session, retro = db.session(), seat.retro
    whys = whys_of(session, retro.id)
    if lines is None:
        lines = record_seen(seat) if any(one.evidence for one in whys) else []
    return {
        "seat": seat,
        "retro": retro,
        "at": f"/retrospectives/{retro.id}",
        "chains": chains(whys),
        "heavy": _heavy(seat),
        "findings": findings_of(seat),
        "decisions": decisions_of(session, retro.id),
        "lines": {line.key: line for line in lines},
        "today": today(),
        "lessons": lessons_among(session, sight(), [seat.deal.id]) if seat.is_team else [],
    }


def _heavy(seat: Seat) -> list[Pile]:
    """The factors that got most dots, once it is opened."""
    if seat.retro.opened_at is None:
        return []
    notes = notes_seen(db.session(), seat.retro.id, me().id, is_open=True)
    return piles(notes)[:HEAVY]


@retrospectives.get("/retrospectives/<int:retro_id>/causes")
def causes(retro_id: int) -> ResponseReturnValue:
    """Factor by factor: why, and why that; and what we decide."""
    return causes_page(seat_or_404(retro_id), None, None)


def causes_page(
    seat: Seat, asking: WhyForm | None, deciding: DecideForm | None, status: int = 200
) -> ResponseReturnValue:
    """The page with its two forms as they stand."""
    lines = record_seen(seat)
    values = on_the_page(seat, lines)
    shown = {name: values[name] for name in values if name not in {"seat", "retro", "at"}}
    asking = asking or _asking(seat, lines, fresh=True)
    deciding = deciding or _deciding(fresh=True)
    return retro_page("causes", seat, status, asking=asking, deciding=deciding, **shown)


def _asking(seat: Seat, lines: Any, *, fresh: bool = False) -> WhyForm:
    """The form that asks why, with the steps and the record to choose from."""
    form = WhyForm(formdata=None, factor=_first(seat)) if fresh else WhyForm()
    steps = steps_in(chains(whys_of(db.session(), seat.retro.id)))
    form.parent_id.choices = choices(
        ((one.row.id, f"{'– ' * one.depth}{one.row.words[:WORDS]}") for one in steps),
        empty=_l("A new chain"),
    )
    form.evidence.choices = choices(((one.key, told(one)) for one in lines), empty=_l("Nothing"))
    return form


def _first(seat: Seat) -> Any:
    heavy = _heavy(seat)
    return heavy[0].factor if heavy else factor_tree().in_use()[0]


def told(line: Line) -> str:
    """A line of the record in a few words."""
    return f"{day(line.event.on)} {why(line.event.text)}"[:WORDS]


def _deciding(*, fresh: bool = False) -> DecideForm:
    form = DecideForm(formdata=None) if fresh else DecideForm()
    form.offer_owners(colleague_choices(db.session()))
    return form


@retrospectives.get("/retrospectives/<int:retro_id>/causes/board")
def causes_board(retro_id: int) -> ResponseReturnValue:
    """The chains and decisions alone, for a window that has not ``?seen=`` the newest."""
    if is_unchanged(retro_id):
        return "", 204
    return _board(seat_or_404(retro_id))


def _board(seat: Seat) -> ResponseReturnValue:
    return render_template("retrospectives/causes_board.html", **on_the_page(seat))


def _open_seat(retro_id: int) -> Seat:
    seat = seat_taking_part(retro_id)
    if seat.phase is not Phase.OPEN:
        abort(403)
    return seat


def _done(seat: Seat) -> ResponseReturnValue:
    db.session().commit()
    return _board(seat) if is_script() else see("retrospectives.causes", retro_id=seat.retro.id)


@retrospectives.post("/retrospectives/<int:retro_id>/whys")
def add_why(retro_id: int) -> ResponseReturnValue:
    """Say why, with what in the record shows it."""
    seat, session = _open_seat(retro_id), db.session()
    form = _asking(seat, record_seen(seat))
    if not form.validate():
        return causes_page(seat, form, None, 422)
    parent = find_why(session, retro_id, form.parent_id.data)
    ask_why(
        session,
        seat.retro,
        parent,
        form.factor.data,
        form.words.data,
        evidence=form.evidence.data or "",
        user_id=me().id,
        at=db.now(),
    )
    return _done(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/whys/<int:why_id>/remove")
def drop_why(retro_id: int, why_id: int) -> ResponseReturnValue:
    """Take back an answer of one's own that nobody has asked on from."""
    seat, session = _open_seat(retro_id), db.session()
    found = find_why(session, retro_id, why_id)
    if found is None:
        abort(404)
    if not (found.user_id == me().id or seat.may_lead) or is_answered(session, found):
        abort(403)
    touch(seat.retro, db.now())
    session.delete(found)
    return _done(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/decisions")
def add_decision(retro_id: int) -> ResponseReturnValue:
    """Decide something, with who does it by when."""
    seat, form = _open_seat(retro_id), _deciding()
    if not form.validate():
        return causes_page(seat, None, form, 422)
    owned = {"owner_id": form.owner_id.data, "due": form.due.data}
    decide(db.session(), seat.retro, form.words.data, **owned, user_id=me().id, at=db.now())
    return _done(seat)


@retrospectives.post("/retrospectives/<int:retro_id>/decisions/<int:decision_id>/remove")
def drop_decision(retro_id: int, decision_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    seat = _open_seat(retro_id)
    found = find_decision(db.session(), retro_id, decision_id)
    if found is None:
        abort(404)
    if found.user_id != me().id and not seat.may_lead:
        abort(403)
    undecide(db.session(), seat.retro, found, db.now())
    return _done(seat)
