"""What is asked of the database for the health of an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.plans.goal_queries import goal_rows, standings
from app.plans.health import CONTACT_DAYS, WORD_DAYS, Health, HealthFacts, health
from app.plans.health_settings import HEALTH, weights_from
from app.plans.models import AccountPlan, Goal
from app.records.feedback import SLOW_DAYS, Voice
from app.records.models import Feedback, Sale
from app.stakeholders.map_queries import holds, is_here
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
)
from app.stakeholders.rules import NO_ROLE
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
    facts = HealthFacts(
        standings=[one.progress.standing for one in standings(session, rows, on)],
        **_people(session, account_id, on),
        **_trade(session, account_id, on),
        **_word(session, account_id, on),
    )
    return health(facts, weights_from(find_setting(session, HEALTH)))


def _people(session: Session, account_id: int, on: date) -> dict[str, Any]:
    """Those with a role, seen lately by any of ours, and what they think; one SELECT."""
    asked = union_all(_holders(account_id, on), _touched(account_id, on), _supports(account_id, on))
    found: dict[str, dict[int, int]] = {"held": {}, "touched": {}, "thinks": {}}
    for what, person_id, support in session.execute(asked):
        found[what][person_id] = support
    held = found["held"].keys()
    return {
        "people": len(held),
        "in_touch": len(held & found["touched"].keys()),
        "supports": [support for person, support in found["thinks"].items() if person in held],
    }


def _holders(account_id: int, on: date) -> Any:
    """People here on the day, known by name, who held a role on the account."""
    return (
        select(literal("held"), Stakeholder.id, literal(0))
        .join(RoleHolding, RoleHolding.stakeholder_id == Stakeholder.id)
        .where(
            Stakeholder.account_id == account_id,
            Stakeholder.is_placeholder.is_(False),
            is_here(on),
            RoleHolding.opportunity_id.is_(None),
            RoleHolding.role != NO_ROLE,
            holds(RoleHolding, on),
        )
    )


def _touched(account_id: int, on: date) -> Any:
    """Those whom any of ours was in touch with of late."""
    return (
        select(literal("touched"), Coverage.stakeholder_id, literal(0))
        .join(ContactReading, ContactReading.coverage_id == Coverage.id)
        .where(
            ContactReading.account_id == account_id,
            ContactReading.is_contact,
            ContactReading.on >= on - TOUCHED,
            ContactReading.on <= on,
        )
    )


def _supports(account_id: int, on: date) -> Any:
    """Each person's support as last judged on the account."""
    place = func.row_number().over(
        partition_by=Observation.stakeholder_id,
        order_by=(Observation.on.desc(), Observation.id.desc()),
    )
    ranked = (
        select(Observation.stakeholder_id, Observation.support, place.label("place"))
        .where(
            Observation.account_id == account_id,
            Observation.opportunity_id.is_(None),
            Observation.support.is_not(None),
            Observation.on <= on,
        )
        .subquery()
    )
    last = select(literal("thinks"), ranked.c.stakeholder_id, ranked.c.support)
    return last.where(ranked.c.place == 1)


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
    counts = session.execute(union_all(*asked)).all()
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
