"""What was so of each decided deal on the eve of its decision: nothing known later enters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.noted import kept_by_account
from app.pipeline.pattern_queries import DECIDED
from app.pipeline.route_queries import Eve, reached_twice
from app.pipeline.routes import ROUTES
from app.pipeline.rules import SIGNED, Stage
from app.pipeline.score_queries import Scope
from app.pipeline.standing_queries import wished_deals
from app.pipeline.wins import Condition, DecidedDeal
from app.stakeholders.models import Coverage, Observation, RoleHolding
from app.stakeholders.rules import Role

MOST_DEALS = 2_000
"""The newest so many decided deals are compared: enough for narrow intervals."""
EARLY = (Stage.PROSPECTING, Stage.QUALIFICATION)


def decided_deals(session: Session, scope: Scope) -> list[DecidedDeal]:
    """The newest decided deals, each with what held on the eve of the decision: looked at once by
    this worker, and again when something is noted of the account. At most ten SELECTs."""
    rows = session.execute(
        select(*DEAL)
        .where(*wished_deals(scope.seen, scope.wish))
        .where(Opportunity.outcome.in_(DECIDED), Opportunity.closed_on.is_not(None))
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
        .limit(MOST_DEALS)
    ).all()
    kept, turn = kept_by_account(session, "eves", "eves")
    known = {row: kept.known.get(row.account_id, {}).get(tuple(row)) for row in rows}
    found = _looked_at(session, [row.id for row, deal in known.items() if deal is None])
    kept.keep(found, turn)
    return [deal or found[row.account_id][tuple(row)] for row, deal in known.items()]


DEAL = (Opportunity.id, Opportunity.account_id, Opportunity.closed_on, Opportunity.outcome)


def _looked_at(session: Session, ids: list[int]) -> dict[int, dict[Hashable, DecidedDeal]]:
    """What held of some deals, by account and by how the deal was decided."""
    found: dict[int, dict[Hashable, DecidedDeal]] = defaultdict(dict)
    if not ids:
        return found
    columns = [condition.label(name) for name, condition in CONDITIONS.items()]
    rows = session.execute(select(*DEAL, *columns).where(Opportunity.id.in_(ids))).all()
    reached = reached_twice(session, (_eve(row) for row in rows if row.two_routes))
    for row in rows:
        found[row.account_id][tuple(row[: len(DEAL)])] = _decided(row, is_reached=row.id in reached)
    return found


def _eve(row: Any) -> Eve:
    return Eve(row.id, row.account_id, row.closed_on - timedelta(days=1))


def _decided(row: Any, *, is_reached: bool) -> DecidedDeal:
    held = {condition for condition in CONDITIONS if getattr(row, condition.value)}
    if not is_reached:
        held.discard(Condition.TWO_ROUTES)
    return DecidedDeal(row.outcome in SIGNED, frozenset(held))


def _holding(*roles: Role) -> Any:
    """Roles held at the deal's account on the eve of its decision."""
    return and_(
        RoleHolding.account_id == Opportunity.account_id,
        or_(RoleHolding.opportunity_id.is_(None), RoleHolding.opportunity_id == Opportunity.id),
        RoleHolding.role.in_(roles),
        RoleHolding.since < Opportunity.closed_on,
        or_(RoleHolding.until.is_(None), RoleHolding.until >= Opportunity.closed_on),
    )


_SEEN = (
    select(Observation.support)
    .where(Observation.stakeholder_id == RoleHolding.stakeholder_id)
    .where(Observation.support.is_not(None), Observation.on < Opportunity.closed_on)
    .order_by(Observation.on.desc(), Observation.id.desc())
    .limit(1)
    .correlate(RoleHolding, Opportunity)
    .scalar_subquery()
)
_IN_TOUCH = (
    select(func.count(func.distinct(Coverage.user_id)))
    .where(Coverage.account_id == Opportunity.account_id, Coverage.since < Opportunity.closed_on)
    .where(or_(Coverage.until.is_(None), Coverage.until >= Opportunity.closed_on))
    .correlate(Opportunity)
    .scalar_subquery()
)
_FIRST = (
    select(StageMove.to_stage)
    .where(StageMove.opportunity_id == Opportunity.id)
    .order_by(StageMove.on, StageMove.id)
    .limit(1)
    .correlate(Opportunity)
    .scalar_subquery()
)


def _pushed() -> ColumnElement[bool]:
    earlier, later = aliased(Terms), aliased(Terms)
    return exists().where(
        earlier.opportunity_id == Opportunity.id,
        later.opportunity_id == Opportunity.id,
        later.id > earlier.id,
        later.close_on > earlier.close_on,
        later.on < Opportunity.closed_on,
    )


CONDITIONS: dict[Condition, ColumnElement[bool]] = {
    Condition.DECIDER_KNOWN: exists().where(_holding(Role.DECIDER)),
    Condition.DECIDER_FOR_US: exists().where(_holding(Role.DECIDER), _SEEN > 0),
    Condition.GUIDE_KNOWN: exists().where(_holding(Role.GUIDE)),
    Condition.BLOCKER: exists().where(_holding(Role.DECIDER, Role.BLOCKER), _SEEN < 0),
    Condition.TWO_ROUTES: and_(exists().where(_holding(Role.DECIDER)), _IN_TOUCH >= ROUTES),
    Condition.IN_EARLY: _FIRST.in_(EARLY),
    Condition.OVERRIDDEN: exists().where(
        StageMove.opportunity_id == Opportunity.id,
        StageMove.is_override,
        StageMove.on < Opportunity.closed_on,
    ),
    Condition.PUSHED: _pushed(),
}
"""Each condition as the database can tell it, of the day before the decision; of two routes only
whether there could be any, as each of them begins with another of ours."""
