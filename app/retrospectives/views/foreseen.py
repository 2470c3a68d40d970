"""A pre-mortem afterwards: which risks came true, which did not, and what nobody had foreseen."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.pipeline.deal_queries import factors_of
from app.pipeline.losing import Factor, in_order
from app.pipeline.own_factors import factor_tree
from app.retrospectives.changes import touch
from app.retrospectives.queries import lock_retrospective
from app.retrospectives.rules import Kind, foreseen
from app.retrospectives.session_queries import find_note, notes_seen
from app.retrospectives.views.blueprint import Seat, retro_page, retrospectives, seat_or_404
from app.retrospectives.views.columns import findings_of
from app.web import see


def _pre_mortem(retro_id: int) -> Seat:
    seat = seat_or_404(retro_id)
    if seat.kind is not Kind.PREMORTEM:
        abort(404)
    return seat


def happened(seat: Seat) -> list[Factor]:
    """The factors that counted in the end: those noted with the loss, and the record's."""
    noted = factors_of(db.session(), seat.deal.id)
    asked = factor_tree().in_use()
    found = [one for one, finding in findings_of(seat).items() if finding.counted and one in asked]
    return in_order({*noted, *found}) if noted else []


@retrospectives.get("/retrospectives/<int:retro_id>/foreseen")
def came_true(retro_id: int) -> ResponseReturnValue:
    """The risks, heaviest first, with what became of each."""
    seat, session = _pre_mortem(retro_id), db.session()
    is_open = seat.retro.opened_at is not None
    risks = notes_seen(session, retro_id, me().id, is_open=True) if is_open else []
    risks = [one for one in risks if one.is_shared]
    counted = happened(seat)
    hit = {one.factor for one in risks if one.came_true}
    return retro_page(
        "foreseen",
        seat,
        risks=sorted(risks, key=lambda one: -one.dots),
        score=foreseen([(one.factor, one.came_true) for one in risks], counted),
        missed=[factor for factor in counted if factor not in hit],
        counted=counted,
        findings=findings_of(seat),
        may_score=seat.member is not None and is_open,
    )


@retrospectives.post("/retrospectives/<int:retro_id>/notes/<int:retro_note_id>/came-true")
def score(retro_id: int, retro_note_id: int) -> ResponseReturnValue:
    """Say of a risk whether it came true; it may be said after the end too."""
    seat = _pre_mortem(retro_id)
    if seat.member is None or seat.retro.opened_at is None:
        abort(403)
    lock_retrospective(db.session(), seat.retro)
    note = find_note(db.session(), retro_id, retro_note_id, me().id, is_open=True)
    if note is None:
        abort(404)
    note.came_true = {"yes": True, "no": False}.get(request.form.get("came", ""))
    touch(seat.retro, db.now())
    db.session().commit()
    return see("retrospectives.came_true", retro_id=retro_id)
