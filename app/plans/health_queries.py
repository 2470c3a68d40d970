"""What is asked of the database for the health of an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.plans.goal_queries import GoalReport, goal_rows, standings
from app.plans.health import CONTACT_DAYS, WORD_DAYS, Health, HealthFacts, health
from app.plans.health_settings import HEALTH, weights_from
from app.plans.models import AccountPlan, Goal
from app.records.feedback import SLOW_DAYS, Voice
from app.records.models import Feedback, Sale
from app.stakeholders.map_facts import MapFacts
from app.stakeholders.map_queries import map_facts_of
from app.users.queries import find_setting
from app.visits.models import Promise, Visit

YEAR = timedelta(days=365)
TOUCHED, KEPT = timedelta(days=CONTACT_DAYS), timedelta(days=WORD_DAYS)


def health_of(session: Session, account_id: int, on: date) -> Health:
    """The health of an account on a day, by the goals of the plans at hand."""
    rows = goal_rows(
        session,
        Goal.account_id == account_id,
        AccountPlan.archived_at.is_(None),
        AccountPlan.starts_on <= on,
        AccountPlan.ends_on >= on,
    )
    reports = standings(session, rows, on)
    facts = map_facts_of(session, account_id, on)
    return health_told(session, account_id, reports, facts, on)


def health_told(
    session: Session, account_id: int, reports: Sequence[GoalReport], facts: MapFacts, on: date
) -> Health:
    """The same from goals and people that are known already."""
    told = HealthFacts(
        standings=[one.progress.standing for one in reports],
        **_people(facts, on),
        **_trade(session, account_id, on),
        **_word(session, account_id, on),
    )
    return health(told, weights_from(find_setting(session, HEALTH)))


def _people(facts: MapFacts, on: date) -> dict[str, Any]:
    """Those with a role, seen lately by any of ours, and what they think."""
    held = [one for one in facts.people if one.roles and not one.is_placeholder]
    seen = {
        one.person_id
        for one in facts.coverage
        if one.last_contact is not None and one.last_contact >= on - TOUCHED
    }
    return {
        "people": len(held),
        "in_touch": sum(one.id in seen for one in held),
        "supports": [int(one.support) for one in held if one.support is not None],
    }


def _trade(session: Session, account_id: int, on: date) -> dict[str, Any]:
    start = on - KEPT
    inside = and_(Sale.on > start, Sale.on <= on)
    before = and_(Sale.on > start - YEAR, Sale.on <= on - YEAR)
    sales, earlier = session.execute(
        select(func.sum(case((inside, Sale.amount))), func.sum(case((before, Sale.amount)))).where(
            Sale.account_id == account_id, Sale.on > start - YEAR, Sale.on <= on
        )
    ).one()
    return {"sales": sales if sales is not None or earlier is None else 0, "sales_before": earlier}


def _word(session: Session, account_id: int, on: date) -> dict[str, Any]:
    """Next steps and promises due in the time, and feedback that should have been settled."""
    asked = (
        _kept(Visit, Visit.next_step_on, Visit.next_step_done_on, account_id, on),
        _kept(Promise, Promise.due_on, Promise.done_on, account_id, on).where(Promise.is_ours),
        _answered(account_id, on),
    )
    counts = [session.execute(query).one() for query in asked]
    return {"promised": sum(row[0] for row in counts), "kept": sum(row[1] for row in counts)}


def _kept(model: Any, due: Any, done: Any, account_id: int, on: date) -> Any:
    return select(func.count(), func.count(case((done <= due, 1)))).where(
        model.account_id == account_id, model.archived_at.is_(None), due > on - KEPT, due <= on
    )


def _answered(account_id: int, on: date) -> Any:
    """Feedback old enough to have been settled, and what is."""
    slow = timedelta(days=SLOW_DAYS)
    inside = and_(Feedback.voice == Voice.MANAGEMENT, Feedback.decided_on.is_not(None))
    settled = or_(inside, Feedback.answered_on.is_not(None))
    return select(func.count(), func.count(case((settled, 1)))).where(
        Feedback.account_id == account_id,
        Feedback.archived_at.is_(None),
        Feedback.on > on - KEPT,
        Feedback.on <= on - slow,
    )
