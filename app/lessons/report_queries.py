"""What the report on wins and losses counts: five SELECTs, and the company's past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.lessons.past_queries import MOST_DEALS
from app.lessons.report import Decided
from app.lessons.trying import Past
from app.paging import Query
from app.pipeline.deal_models import Contender, LossFactor
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.pattern_queries import DECIDED
from app.pipeline.periods import Period
from app.pipeline.rules import SIGNED, Stage
from app.users.models import User

Buyers = Callable[[Session, Select[Any]], Mapping[int, frozenset[Factor]]]
"""What buyers said decided their deals, of deals chosen by a SELECT of ids: the retrospectives
stand above, and the app puts theirs in when it is composed."""


def decided_between(
    session: Session, seen: Seen, period: Period, past: list[Past], buyers: Buyers
) -> list[Decided]:
    """The newest deals decided in a period, of accounts seen."""
    ids = select(_chosen(seen, period).subquery().c.id)
    rivals, factors = _rivals(session, ids), _factors(session, ids)
    said = buyers(session, ids)
    lived = {one.deal_id: one for one in past}
    return [
        _decided(row, lived.get(row.id), rivals[row.id], factors[row.id], said.get(row.id))
        for row in session.execute(_deals(ids))
    ]


def _chosen(seen: Seen, period: Period) -> Select[Any]:
    query: Select[Any] = (
        select(Opportunity.id)
        .join(Account, Account.id == Opportunity.account_id)
        .where(
            Opportunity.outcome.in_(DECIDED),
            Opportunity.closed_on.between(period.start, period.end),
            Opportunity.archived_at.is_(None),
            Account.archived_at.is_(None),
            within(Opportunity.account_id, seen),
        )
        .order_by(Opportunity.closed_on.desc(), Opportunity.id.desc())
        .limit(MOST_DEALS)
    )
    return query


def _deals(ids: Select[Any]) -> Query:
    owner, leader = aliased(User), aliased(User)
    return (
        select(
            Opportunity.id,
            Opportunity.outcome,
            Opportunity.stage,
            Opportunity.competitor,
            Opportunity.price_gap,
            leader.name.label("team"),
        )
        .outerjoin(owner, owner.id == Opportunity.owner_id)
        .outerjoin(leader, leader.id == owner.manager_id)
        .where(Opportunity.id.in_(ids))
    )


def _rivals(session: Session, ids: Select[Any]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(Contender.opportunity_id, Contender.name).where(
            Contender.opportunity_id.in_(ids), Contender.archived_at.is_(None)
        )
    )
    for deal, name in rows:
        found[deal].add(name)
    return found


def _factors(session: Session, ids: Select[Any]) -> dict[int, set[Factor]]:
    found: dict[int, set[Factor]] = defaultdict(set)
    rows = session.execute(
        select(LossFactor.opportunity_id, LossFactor.factor).where(
            LossFactor.opportunity_id.in_(ids)
        )
    )
    for deal, factor in rows:
        found[deal].add(Factor(factor))
    return found


def _decided(
    row: Any,
    past: Past | None,
    rivals: set[str],
    factors: set[Factor],
    buyer: frozenset[Factor] | None,
) -> Decided:
    won, last = row.outcome in SIGNED, past.last if past else None
    return Decided(
        won=won,
        stage=last.way.stage if last else Stage(row.stage),
        team=row.team or "",
        rivals=frozenset(rivals | ({row.competitor} if row.competitor else set())),
        factors=frozenset(factors),
        buyer=buyer,
        roles=last.people.roles if last else None,
        noes=last.way.noes if last else None,
        gap=None if won else row.price_gap,
    )
