"""Open deals that stand still: overdue, stuck, silent, without a decider; counted by the database.

One SELECT marks every open deal with what holds of it, counts each topic and names its largest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.accounts.queries import Seen
from app.pipeline.agenda import MAP_STAGES, SILENT_DAYS, Topic
from app.pipeline.models import Opportunity, Terms
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish, wished_deals
from app.stakeholders.models import Observation, RoleHolding, Stakeholder
from app.stakeholders.rules import Role

Norms = Mapping[Stage, int]


def standing_still(
    session: Session, seen: Seen, wish: DealWish, norms: Norms, *, today: date, most: int
) -> dict[Topic, tuple[list[int], int]]:
    """For each topic the ids of its largest deals and how many there are in all; one SELECT."""
    conditions = _conditions(norms, today)
    marked = _marked(seen, wish, conditions)
    parts = [select(_largest(marked, topic, most)) for topic in conditions]
    found: dict[Topic, tuple[list[int], int]] = defaultdict(lambda: ([], 0))
    for topic, deal_id, number in session.execute(union_all(*parts)):
        named = found[Topic(topic)][0]
        found[Topic(topic)] = ([*named, deal_id], number)
    return found


def _marked(seen: Seen, wish: DealWish, conditions: Mapping[Topic, ColumnElement[bool]]) -> CTE:
    """The open deals with a mark for each topic, looked at once."""
    marks = [condition.label(topic) for topic, condition in conditions.items()]
    open_ones = select(Opportunity.id, Opportunity.amount, *marks).where(
        Opportunity.outcome == Outcome.OPEN, *wished_deals(seen, wish)
    )
    return open_ones.cte("marked")


def _largest(marked: CTE, topic: Topic, most: int) -> Any:
    size = func.coalesce(marked.c.amount, 0).desc()
    number = func.count().over().label("number")
    ranked: Select[Any] = select(literal(topic.value).label("topic"), marked.c.id, number)
    return ranked.where(marked.c[topic]).order_by(size, marked.c.id).limit(most).subquery()


def _conditions(norms: Norms, today: date) -> dict[Topic, ColumnElement[bool]]:
    found: dict[Topic, ColumnElement[bool]] = {
        Topic.OVERDUE: Opportunity.close_on < today,
        Topic.BROKEN: Opportunity.next_step_on < today,
    }
    late = [
        (Opportunity.stage == stage) & (Opportunity.stage_since < today - timedelta(days=norm))
        for stage, norm in norms.items()
    ]
    if late:
        found[Topic.STUCK] = or_(*late)
    found[Topic.SILENT] = _is_silent(today - timedelta(days=SILENT_DAYS))
    found[Topic.MAP] = Opportunity.stage.in_(MAP_STAGES) & (
        Opportunity.account_id.not_in(DECIDED_BY) | Opportunity.account_id.in_(AGAINST_US)
    )
    return found


def _is_silent(before: date) -> ColumnElement[bool]:
    """Deals of which nothing is noted since a day, at accounts that nobody was in touch with."""
    met = select(Stakeholder.account_id).where(Stakeholder.touched_on >= before)
    expected = select(Terms.opportunity_id).where(Terms.on >= before)
    return (
        (Opportunity.stage_since < before)
        & Opportunity.id.not_in(expected)
        & Opportunity.account_id.not_in(met)
    )


HOLDS = (RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None))
_DECIDES = (RoleHolding.role == Role.DECIDER, *HOLDS)
SUPPORT = (
    select(Observation.support)
    .where(
        Observation.stakeholder_id == RoleHolding.stakeholder_id,
        Observation.support.is_not(None),
        Observation.opportunity_id.is_(None),
    )
    .order_by(Observation.on.desc(), Observation.id.desc())
    .limit(1)
    .correlate(RoleHolding)
    .scalar_subquery()
)
"""How the holder of a role was last seen to stand to us."""
DECIDED_BY = select(RoleHolding.account_id).where(*_DECIDES)
"""Accounts at which somebody is known to decide."""
AGAINST_US = DECIDED_BY.where(SUPPORT < 0)
"""Accounts at which a decider was last seen against us."""
