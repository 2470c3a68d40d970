"""Retrospectives in a list, those of a deal, and how one begins."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, sight
from app.forms import choices
from app.pipeline.models import Opportunity
from app.pipeline.queries import find_opportunity
from app.pipeline.rules import ENDED, SIGNED, Outcome
from app.retrospectives.changes import assemble, begin, join, leave
from app.retrospectives.forms import InviteForm
from app.retrospectives.queries import members_of, retro_rows, retros_of_deal
from app.retrospectives.rules import Kind, Phase
from app.retrospectives.views.blueprint import (
    Seat,
    retro_page,
    retrospectives,
    seat_leading,
    seat_or_404,
)
from app.users.queries import colleague_choices
from app.web import _, list_place, render, see


@retrospectives.get("/retrospectives/")
def index() -> ResponseReturnValue:
    """Every retrospective that the person at hand may see, newest first."""
    page = retro_rows(db.session(), sight(), me().id, list_place())
    return render("retrospectives/index.html", page=page)


def kinds_for(deal: Opportunity) -> tuple[Kind, ...]:
    """What a deal may be looked at for, as it stands."""
    if deal.outcome in SIGNED:
        return (Kind.WIN,)
    return (Kind.LOSS,) if deal.outcome in ENDED else (Kind.PREMORTEM,)


@retrospectives.get("/pipeline/<int:opportunity_id>/retrospectives")
def of_deal(opportunity_id: int) -> ResponseReturnValue:
    """The retrospectives of a deal, and the one that could begin now."""
    deal = _deal_or_404(opportunity_id)
    account = account_or_404(deal.account_id)
    rows = retros_of_deal(db.session(), deal.id)
    held = {row.kind for row in rows}
    possible = [kind for kind in kinds_for(deal) if kind not in held]
    return render(
        "retrospectives/of_deal.html",
        held=rows,
        possible=possible,
        deal=deal,
        account=account,
        outcome=Outcome(deal.outcome),
    )


def _deal_or_404(opportunity_id: int) -> Opportunity:
    deal = find_opportunity(db.session(), opportunity_id)
    if deal is None or deal.archived_at is not None:
        abort(404)
    return deal


@retrospectives.post("/pipeline/<int:opportunity_id>/retrospectives")
def make(opportunity_id: int) -> ResponseReturnValue:
    """Assemble what fits the deal as it stands: after a loss, after a win, before the bid."""
    deal, session = _deal_or_404(opportunity_id), db.session()
    account_or_404(deal.account_id, EDIT)
    session.refresh(deal, with_for_update=True)
    retro = assemble(session, deal, kinds_for(deal)[0], user_id=me().id, at=db.now())
    session.commit()
    return see("retrospectives.show", retro_id=retro.id)


@retrospectives.get("/retrospectives/<int:retro_id>/invite")
def invite(retro_id: int) -> ResponseReturnValue:
    """Whom to invite; it begins with that."""
    seat = _leading(retro_id)
    return invite_page(seat, _form(seat))


def _leading(retro_id: int) -> Seat:
    seat = seat_or_404(retro_id)
    if not (seat.may_lead or (seat.phase is Phase.WAITING and (seat.level or 0) >= EDIT)):
        abort(403)
    if seat.phase is Phase.DONE:
        abort(403)
    return seat


def _form(seat: Seat) -> InviteForm:
    form = InviteForm()
    members = {one.user_id for one in members_of(db.session(), seat.retro.id)}
    people = colleague_choices(db.session())
    form.people.choices = choices(pair for pair in people if pair[0] not in members)
    return form


def invite_page(seat: Seat, form: InviteForm, status: int = 200) -> ResponseReturnValue:
    """The form that asks whom to invite."""
    members = members_of(db.session(), seat.retro.id)
    return retro_page("invite", seat, status, form=form, members=members)


@retrospectives.post("/retrospectives/<int:retro_id>/invite")
def begin_with(retro_id: int) -> ResponseReturnValue:
    """Invite people; the first time this is how it begins."""
    seat, session = _leading(retro_id), db.session()
    form = _form(seat)
    if not form.validate():
        return invite_page(seat, form, 422)
    leader = me().id if seat.phase is Phase.WAITING else seat.retro.user_id or me().id
    begin(session, seat.retro, form.people.data or [], leader=leader, at=db.now())
    session.commit()
    return see("retrospectives.live", retro_id=retro_id)


@retrospectives.post("/retrospectives/<int:retro_id>/join")
def take_part(retro_id: int) -> ResponseReturnValue:
    """One of the account's team takes part from now on."""
    seat = seat_or_404(retro_id)
    if not seat.may_join:
        abort(403)
    join(db.session(), seat.retro, me().id, db.now())
    db.session().commit()
    return see("retrospectives.live", retro_id=retro_id)


@retrospectives.post("/retrospectives/<int:retro_id>/members/<int:user_id>/remove")
def let_go(retro_id: int, user_id: int) -> ResponseReturnValue:
    """Somebody takes part no longer."""
    seat = seat_leading(retro_id)
    if seat.phase is Phase.DONE or user_id == seat.retro.user_id:
        abort(403)
    leave(db.session(), seat.retro, user_id, db.now())
    db.session().commit()
    return see("retrospectives.invite", _("Saved."), retro_id=retro_id)
