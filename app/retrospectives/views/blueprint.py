"""The blueprint of retrospectives, and the door to one: the account's team, and those invited."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, OWN, me
from app.accounts.models import Account
from app.accounts.queries import find_account
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.pipeline.stage_rules import STAGE_RULES, StageRules, stage_rules_from
from app.retrospectives.models import RetroMember, Retrospective
from app.retrospectives.queries import find_member, find_retrospective, lock_retrospective
from app.retrospectives.rules import Kind, Phase, phase_of
from app.users.queries import find_setting
from app.users.rules import Level
from app.web import _l, render

retrospectives = Blueprint("retrospectives", __name__)

PARTS = (
    ("show", "", _l("The record")),
    ("columns", "/columns", _l("Three columns")),
    ("live", "/live", _l("The session")),
    ("causes", "/causes", _l("Why, and what next")),
)
"""The parts of a retrospective's page: the view, the end of its address, its words."""
FORESEEN = ("foreseen", "/foreseen", _l("What came true"))
"""The part that only a pre-mortem has."""


@dataclass
class Seat:
    """Where the person at hand stands in a retrospective."""

    retro: Retrospective
    deal: Opportunity
    level: Level | None
    member: RetroMember | None

    @cached_property
    def phase(self) -> Phase:
        """How far the retrospective has come."""
        return phase_of(self.retro.begun_at, self.retro.opened_at, self.retro.closed_at)

    @property
    def kind(self) -> Kind:
        """What it looks at."""
        return Kind(self.retro.kind)

    @property
    def is_team(self) -> bool:
        """Whether they are on the account, so that opinions about its people are theirs to see."""
        return self.level is not None

    @property
    def may_lead(self) -> bool:
        """Whether they lead it, or own the account."""
        return me().id == self.retro.user_id or (self.level or 0) >= OWN

    @property
    def may_write(self) -> bool:
        """Whether they take part, and it is not closed."""
        return self.member is not None and self.phase is not Phase.DONE

    @property
    def may_join(self) -> bool:
        """Whether they may take part from now on."""
        can_edit = (self.level or 0) >= EDIT
        return can_edit and self.member is None and self.phase in {Phase.WRITING, Phase.OPEN}


def seat_or_404(retro_id: int) -> Seat:
    """A retrospective for somebody of the account's team, or invited; 404 for all others."""
    session = db.session()
    found = find_retrospective(session, retro_id)
    if found is None:
        abort(404)
    retro, deal = found
    person = me()
    seen = find_account(session, retro.account_id, person.id, person.role)
    member = find_member(session, retro_id, person.id)
    if seen is None and member is None:
        abort(404)
    g.level = seen[1] if seen else 0
    return Seat(retro, deal, seen[1] if seen else None, member)


def seat_taking_part(retro_id: int) -> Seat:
    """A retrospective to write to, held until this request is done; 403 for onlookers."""
    seat = seat_or_404(retro_id)
    if not seat.may_write:
        abort(403)
    lock_retrospective(db.session(), seat.retro)
    return seat


def seat_leading(retro_id: int) -> Seat:
    """A retrospective to lead, held until this request is done; 403 for all others."""
    seat = seat_or_404(retro_id)
    if not seat.may_lead:
        abort(403)
    lock_retrospective(db.session(), seat.retro)
    return seat


def account_of(seat: Seat) -> Account:
    """The account that a retrospective's deal belongs to."""
    return db.session().get_one(Account, seat.retro.account_id)


def stage_rules() -> StageRules:
    """What the company sets for its stages."""
    return stage_rules_from(find_setting(db.session(), STAGE_RULES))


def retro_page(part: str, seat: Seat, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A part of a retrospective's page."""
    address = f"/retrospectives/{seat.retro.id}"
    parts = (*PARTS, FORESEEN) if seat.kind is Kind.PREMORTEM else PARTS
    return render(
        f"retrospectives/{part}.html",
        status,
        seat=seat,
        retro=seat.retro,
        deal=seat.deal,
        account=account_of(seat),
        outcome=Outcome(seat.deal.outcome),
        at=address,
        parts=[(words, address + end, name == part, None) for name, end, words in parts],
        **values,
    )


def is_script() -> bool:
    """Whether a window of ours asks, which puts the answer in place by itself."""
    return request.headers.get("X-Requested-With") == "fetch"
