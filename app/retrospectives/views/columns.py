"""What we say, what the buyer says and what the record shows, side by side."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import me
from app.pictures import is_narrow, shown
from app.pipeline.losing import Factor, in_order
from app.pipeline.own_factors import factor_tree
from app.pipeline.queries import moves_of
from app.retrospectives.column_changes import say
from app.retrospectives.column_queries import interviews_of, views_seen
from app.retrospectives.columns import Columns, columns
from app.retrospectives.findings import Finding, findings
from app.retrospectives.forms import ViewsForm, asking, field_of
from app.retrospectives.guide import GUIDE
from app.retrospectives.rules import Phase
from app.retrospectives.shown_queries import shown_of
from app.retrospectives.views.blueprint import (
    Seat,
    retro_page,
    retrospectives,
    seat_or_404,
    seat_taking_part,
)
from app.retrospectives.views.workspace import past_seen, people_of
from app.web import _, see


def findings_of(seat: Seat) -> dict[Factor, Finding]:
    """What the record shows of a deal that is decided; nothing while it is open, or to those who
    are not of the account's team."""
    deal, session = seat.deal, db.session()
    if deal.closed_on is None or not seat.is_team:
        return {}
    past = past_seen(seat)
    people = people_of(seat, past, [deal.closed_on])
    moves = moves_of(session, deal.id)
    return findings(shown_of(session, deal, moves, past, people=people, decided_on=deal.closed_on))


def columns_of(seat: Seat) -> Columns:
    """The three columns as the person at hand may see them."""
    is_open = seat.retro.opened_at is not None
    views = views_seen(db.session(), seat.retro.id, me().id, is_open=is_open)
    return columns(views, findings_of(seat), factor_tree().in_use())


@retrospectives.get("/retrospectives/<int:retro_id>/columns")
def columns_page(retro_id: int) -> ResponseReturnValue:
    """The three columns, how far they agree, and the interviews."""
    seat = seat_or_404(retro_id)
    found = columns_of(seat)
    said = own_said(found)
    form = own_form(said)(formdata=None)
    form.tell(said)
    return _page(seat, found, form)


def own_said(found: Columns) -> dict[Factor, bool]:
    """What the person at hand said of each factor."""
    ours = (view for row in found.rows for view in row.ours)
    return {view.factor: view.counted for view in ours if view.voice[1] == me().id}


def own_form(said: Iterable[Factor]) -> type[ViewsForm]:
    """The form of one's own column: the factors in use, with those said before."""
    return asking(ViewsForm, in_order({*factor_tree().in_use(), *said}))


def _page(seat: Seat, found: Columns, form: ViewsForm, status: int = 200) -> ResponseReturnValue:
    return retro_page(
        "columns",
        seat,
        status,
        found=found,
        form=form,
        field_of=field_of,
        guide=GUIDE,
        interviews=interviews_of(db.session(), seat.retro.id),
        may_ask=seat.may_write and seat.phase is not Phase.WAITING,
    )


@retrospectives.post("/retrospectives/<int:retro_id>/columns")
def say_own(retro_id: int) -> ResponseReturnValue:
    """Say of each factor whether it counted; the others see it once it is opened."""
    seat = seat_taking_part(retro_id)
    found = columns_of(seat)
    form = own_form(own_said(found))()
    if not form.validate():
        return _page(seat, found, form, 422)
    say(db.session(), seat.retro, form.said(), at=db.now(), user_id=me().id)
    db.session().commit()
    return see("retrospectives.columns_page", _("Saved."), retro_id=retro_id)


@retrospectives.get("/retrospectives/<int:retro_id>/columns.svg")
def columns_picture(retro_id: int) -> ResponseReturnValue:
    """The three columns as a picture: how many of each say that a factor counted."""
    told = [row for row in columns_of(seat_or_404(retro_id)).rows if row.is_told]
    body = render_template("retrospectives/columns.svg", rows=told, is_narrow=is_narrow())
    return shown(body)
