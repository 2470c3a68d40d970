"""Open deals that stand still: overdue, stuck, silent, without a decider; counted by the database.

One SELECT marks every open deal with what holds of it, counts each topic and names its largest.
Whoever sees few accounts asks of those alone, so that the answer does not grow with the company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.accounts.queries import Seen, Sight, within
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
    conditions = _conditions(seen, norms, today)
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
        is_open(seen), *wished_deals(seen, wish)
    )
    return open_ones.cte("marked")


def is_open(seen: Seen) -> ColumnElement[bool]:
    """That a deal is open: of everybody's gone along by the index, of one's own few looked at."""
    outcome = Opportunity.outcome if _is_wide(seen) else Opportunity.outcome.concat("")
    return outcome == Outcome.OPEN.value


def _is_wide(seen: Seen) -> bool:
    return isinstance(seen, Sight) and seen.is_wide


def _largest(marked: CTE, topic: Topic, most: int) -> Any:
    size = func.coalesce(marked.c.amount, 0).desc()
    count = select(func.count()).select_from(marked).where(marked.c[topic])
    number = count.scalar_subquery().label("number")
    ranked: Select[Any] = select(literal(topic.value).label("topic"), marked.c.id, number)
    return ranked.where(marked.c[topic]).order_by(size, marked.c.id).limit(most).subquery()


def _conditions(seen: Seen, norms: Norms, today: date) -> dict[Topic, ColumnElement[bool]]:
    found: dict[Topic, ColumnElement[bool]] = {
        Topic.OVERDUE: Opportunity.close_on < today,
        Topic.BROKEN: Opportunity.next_step_on < today,
    }
    if norms:
        late = {stage.value: today - timedelta(days=norm) for stage, norm in norms.items()}
        found[Topic.STUCK] = Opportunity.stage_since < case(late, value=Opportunity.stage)
    found[Topic.SILENT] = _is_silent(seen, today - timedelta(days=SILENT_DAYS))
    found[Topic.MAP] = Opportunity.stage.in_(MAP_STAGES) & Opportunity.account_id.not_in(
        _sound(seen)
    )
    return found


def _is_silent(seen: Seen, before: date) -> ColumnElement[bool]:
    """Deals of which nothing is noted since a day, at accounts that nobody was in touch with."""
    return (
        (Opportunity.stage_since < before)
        & ~is_changed(seen, before)
        & Opportunity.account_id.not_in(_met(seen, before))
    )


def is_changed(seen: Seen, since: date) -> ColumnElement[bool]:
    """Whether other terms were noted since a day: gathered once for many deals, else looked for."""
    if _is_wide(seen):
        return Opportunity.id.in_(select(Terms.opportunity_id).where(Terms.on >= since))
    own = select(Terms.id).where(Terms.opportunity_id == Opportunity.id, Terms.on >= since)
    return own.correlate(Opportunity).exists()


def _met(seen: Seen, since: date) -> Select[Any]:
    """Accounts that somebody was in touch with since a day."""
    people = select(Stakeholder.account_id)
    if _is_wide(seen):
        return people.where(Stakeholder.touched_on >= since)
    own = people.where(within(Stakeholder.account_id, seen))
    return own.group_by(Stakeholder.account_id).having(func.max(Stakeholder.touched_on) >= since)


def _sound(seen: Seen) -> Select[Any]:
    """Accounts at which somebody is known to decide, and nobody who does is against us."""
    holding = select(RoleHolding.account_id).where(
        RoleHolding.role == Role.DECIDER,
        RoleHolding.until.is_(None),
        func.coalesce(RoleHolding.opportunity_id, 0) == 0,
    )
    if not _is_wide(seen):
        holding = holding.where(within(RoleHolding.account_id, seen))
    worst = func.min(func.coalesce(SUPPORT, 0))
    return holding.group_by(RoleHolding.account_id).having(worst >= 0)


HOLDS = (RoleHolding.until.is_(None), RoleHolding.opportunity_id.is_(None))
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
IS_DECIDED = (
    select(RoleHolding.id)
    .where(RoleHolding.account_id == Opportunity.account_id)
    .where(RoleHolding.role == Role.DECIDER, *HOLDS)
    .correlate(Opportunity)
    .exists()
)
"""Whether somebody is known to decide at a deal's account."""
