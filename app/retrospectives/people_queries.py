"""What is recorded of an account's people, with its days, in four SELECTs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity
from app.retrospectives.people_then import Held, Past, Person, Reading
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
)
from app.stakeholders.rules import Support


def past_of(session: Session, deal: Opportunity, until: date) -> Past:
    """The people of a deal's account, their roles, readings and contacts until a day."""
    return Past(
        _people(session, deal),
        _held(session, deal),
        _readings(session, deal, until),
        _contacts(session, deal, until),
    )


def _people(session: Session, deal: Opportunity) -> dict[int, Person]:
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.title, Stakeholder.left_on).where(
            Stakeholder.account_id == deal.account_id, Stakeholder.archived_at.is_(None)
        )
    )
    return {row.id: Person(*row) for row in rows}


def _held(session: Session, deal: Opportunity) -> list[Held]:
    row = RoleHolding
    rows = session.execute(
        select(row.stakeholder_id, row.opportunity_id, row.role, row.since, row.until).where(
            row.account_id == deal.account_id,
            or_(row.opportunity_id.is_(None), row.opportunity_id == deal.id),
        )
    )
    return [Held(*found) for found in rows]


def _readings(session: Session, deal: Opportunity, until: date) -> list[Reading]:
    row = Observation
    rows = session.execute(
        select(row.stakeholder_id, row.on, row.opportunity_id, row.support)
        .where(
            row.account_id == deal.account_id,
            row.support.is_not(None),
            row.on <= until,
            or_(row.opportunity_id.is_(None), row.opportunity_id == deal.id),
        )
        .order_by(row.on, row.id)
    )
    return [
        Reading(person, day, own is not None, Support(support))
        for person, day, own, support in rows
        if support is not None
    ]


def _contacts(session: Session, deal: Opportunity, until: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = session.execute(
        select(Coverage.stakeholder_id, ContactReading.on)
        .join(Coverage, Coverage.id == ContactReading.coverage_id)
        .where(
            ContactReading.account_id == deal.account_id,
            ContactReading.is_contact,
            ContactReading.on <= until,
        )
        .order_by(ContactReading.on)
        .distinct()
    )
    for person_id, day in rows:
        found[person_id].append(day)
    return found
