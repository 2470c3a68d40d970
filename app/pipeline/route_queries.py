"""What is recorded of accounts' maps, each fact with its day, for many deals at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.pipeline.around import Held
from app.pipeline.around_queries import ROLES, Accounts
from app.pipeline.routes import Known, MapPast, Said, Tied, Touched, has_two_routes
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.rules import Depth, Support, TieKind


class Eve(NamedTuple):
    """A deal and the day before it was decided."""

    deal_id: int
    account_id: int
    on: date


def reached_twice(session: Session, eves: Iterable[Eve]) -> set[int]:
    """Ids of the deals to whose deciders two routes led that share nobody; six SELECTs."""
    waiting = list(eves)
    if not waiting:
        return set()
    pasts = map_pasts(session, sorted({one.account_id for one in waiting}))
    return {deal for deal, account, on in waiting if has_two_routes(pasts[account], deal, on)}


def map_pasts(session: Session, ids: Accounts) -> Mapping[int, MapPast]:
    """Everything that was ever so of the maps of some accounts; six SELECTs."""
    found: dict[int, MapPast] = defaultdict(MapPast)
    for account, person, is_placeholder, known, left in session.execute(_people(ids)):
        found[account].people.append(Known(person, is_placeholder, known or date.min, left))
    for account, kind, *tie in session.execute(_of(Tie, ids, *TIES)):
        found[account].ties.append(Tied(TieKind(kind), *tie))
    for account, *touch in session.execute(_of(Coverage, ids, *TOUCHES)):
        found[account].touches.append(Touched(*touch))
    for account, person, deal, role, *days in session.execute(_of(RoleHolding, ids, *HELD)):
        found[account].held.append(Held(person, deal, ROLES[role], *days))
    for account, touch, day, depth in session.execute(_judged(ContactReading, ids, *DEPTHS)):
        found[account].depths.setdefault(touch, []).append((day, Depth(depth)))
    for account, person, day, deal, support in session.execute(_judged(Observation, ids, *SAID)):
        told = Said(day, deal, Support(support))
        found[account].said.setdefault(person, []).append(told)
    return found


TIES = ("kind", "from_id", "to_id", "since", "until")
TOUCHES = ("id", "user_id", "stakeholder_id", "since", "until")
HELD = ("stakeholder_id", "opportunity_id", "role", "since", "until")
DEPTHS = ("coverage_id", "on", "depth")
SAID = ("stakeholder_id", "on", "opportunity_id", "support")


def _of(model: Any, accounts: Accounts, *names: str) -> Select[Any]:
    query = select(model.account_id, *(getattr(model, name) for name in names))
    return query.where(model.account_id.in_(accounts)).order_by(model.id)


def _judged(model: Any, accounts: Accounts, *names: str) -> Select[Any]:
    """What was judged, the newest last; rows that judge something else are left out."""
    query = _of(model, accounts, *names).where(getattr(model, names[-1]).is_not(None))
    return query.order_by(None).order_by(model.on, model.at, model.id)


def _people(accounts: Accounts) -> Select[Any]:
    query = _of(Stakeholder, accounts, "id", "is_placeholder", "known_on", "left_on")
    return query.where(Stakeholder.archived_at.is_(None))
