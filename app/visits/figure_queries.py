"""What is asked of the database for the figures of visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.paging import Query
from app.pipeline.deal_models import DealNote
from app.pipeline.models import Opportunity
from app.pipeline.noting import NoteKind
from app.pipeline.rules import SIGNED, Outcome
from app.stakeholders.models import Coverage, RoleHolding, Stakeholder
from app.stakeholders.rules import Role
from app.visits.figures import DealNoes, Unseen, unseen_first
from app.visits.queries import roles_held
from app.visits.rhythm_queries import visit_settings

MOST = 400
DECIDED = (*SIGNED, Outcome.LOST, Outcome.WITHDRAWN)


def decided_noes(session: Session, seen: Select[Any], since: date) -> list[DealNoes]:
    """Every deal decided since a day with the noes that were counted for it, in one SELECT."""
    noes = (
        select(DealNote.opportunity_id, func.count().label("noes"))
        .where(DealNote.kind == NoteKind.NO)
        .group_by(DealNote.opportunity_id)
        .subquery()
    )
    said = func.coalesce(noes.c.noes, 0)
    rows = session.execute(
        select(Opportunity.outcome, said, func.count())
        .outerjoin(noes, noes.c.opportunity_id == Opportunity.id)
        .where(
            Opportunity.account_id.in_(seen),
            Opportunity.archived_at.is_(None),
            Opportunity.outcome.in_(DECIDED),
            Opportunity.closed_on >= since,
        )
        .group_by(Opportunity.outcome, said)
    )
    return [
        DealNoes(noes, outcome in SIGNED) for outcome, noes, count in rows for _each in range(count)
    ]


def unseen_people(session: Session, seen: Select[Any], on: date) -> list[Unseen]:
    """People with a role whom nobody of ours saw within their rhythm, in three SELECTs."""
    rows = session.execute(_with_a_role(seen, on)).all()
    roles, settings = roles_held(session, [row.id for row in rows]), visit_settings(session)
    return unseen_first(_unseen(row, roles.get(row.id, ()), settings, on) for row in rows)


def _with_a_role(seen: Select[Any], on: date) -> Query:
    """People with a role, the longest not touched first."""
    has_role = exists().where(
        RoleHolding.stakeholder_id == Stakeholder.id, RoleHolding.until.is_(None)
    )
    known = exists().where(Coverage.stakeholder_id == Stakeholder.id)
    person = (Stakeholder.id, Stakeholder.name, Stakeholder.account_id)
    touch = (Stakeholder.rhythm_days, Stakeholder.touched_on, known.label("is_known"))
    return (
        select(*person, *touch, Account.name.label("account"), Account.size_class)
        .join(Account, Account.id == Stakeholder.account_id)
        .where(
            Stakeholder.account_id.in_(seen),
            Account.archived_at.is_(None),
            Stakeholder.archived_at.is_(None),
            Stakeholder.is_placeholder.is_(False),
            or_(Stakeholder.left_on.is_(None), Stakeholder.left_on > on),
            has_role,
        )
        .order_by(Stakeholder.touched_on.is_not(None), Stakeholder.touched_on, Stakeholder.id)
        .limit(MOST)
    )


def _unseen(row: Any, roles: tuple[Role, ...], settings: Any, on: date) -> Unseen:
    last_on = row.touched_on if row.is_known else None
    return Unseen(
        row.id,
        row.name,
        row.account_id,
        row.account,
        last_on,
        settings.rhythm(roles, row.size_class, row.rhythm_days),
        (on - last_on).days if last_on else None,
    )
