"""Who talks to whom at an account: enough of its map to tell the relationship's stage."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.stakeholders.map_facts import MapFacts, PersonFact
from app.stakeholders.map_queries import coverage_facts, is_here
from app.stakeholders.models import Stakeholder


def contact_facts(session: Session, account_id: int, on: date) -> MapFacts:
    """People by department, and our ties to them: two SELECTs."""
    columns = (Stakeholder.id, Stakeholder.name, Stakeholder.department, Stakeholder.is_outside)
    here = select(*columns).where(Stakeholder.account_id == account_id, is_here(on))
    people = tuple(
        PersonFact(row.id, row.name, department=row.department, is_outside=row.is_outside)
        for row in session.execute(here)
    )
    return MapFacts(people, (), tuple(coverage_facts(session, account_id, on)), on)
