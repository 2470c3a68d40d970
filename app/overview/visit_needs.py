"""What visits ask of a person: to be made, to be told of, to keep what was promised in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.overview.asker import ASKER, MOST, SOON, Asker, Asking, dated
from app.overview.needs import Kind, Need, cold_need, visit_need
from app.paging import Query
from app.stakeholders.models import Coverage, RoleHolding, Stakeholder
from app.stakeholders.rules import Role
from app.visits.models import Promise, Visit, VisitColleague
from app.visits.rhythm_queries import visit_settings
from app.visits.rules import may_be_logged


def visits_due(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """Visits ahead, and those that are over and not told of; asked for until somebody declines."""
    rows = asker.rows(session, _untold, on)
    for visit_id, account_id, name, purpose, day, starts_at, owner_id in rows:
        has_hour = starts_at is not None and may_be_logged(day, starts_at, on, asker.now)
        is_over = day < on or has_hour
        kind = Kind.LOG if is_over else Kind.VISIT
        reason, worth = visit_need(day, on, is_over=is_over)
        yield Need(kind, visit_id, account_id, name, purpose, reason, worth, owner_id, starts_at)


def _untold(asker: Asking) -> Query:
    """Visits of the asker's that nobody has told of, the latest first."""
    along = select(VisitColleague.visit_id).where(VisitColleague.user_id == ASKER)
    return (
        select(Visit.id, Visit.account_id, Account.name, Visit.purpose, Visit.on)
        .add_columns(Visit.starts_at, Visit.user_id)
        .join(Account, Account.id == Visit.account_id)
        .where(
            or_(asker.owns(Visit.user_id), Visit.id.in_(along)),
            Visit.held_on.is_(None),
            Visit.archived_at.is_(None),
            Visit.asked_on.is_(None),
            Visit.on < SOON,
            asker.sees(Visit.account_id),
            asker.awake(Kind.VISIT, Visit.id),
            asker.awake(Kind.LOG, Visit.id),
        )
        .order_by(Visit.on.desc())
        .limit(2 * MOST)
    )


def promises_due(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """What we promised customers in visits."""
    return dated(Kind.PROMISE, asker.first_rows(session, _promises, on), on)


def _promises(asker: Asking) -> Query:
    return (
        select(
            Promise.id,
            Promise.account_id,
            Account.name,
            Promise.words,
            Promise.due_on,
            Promise.owner_id,
        )
        .outerjoin(Account, Account.id == Promise.account_id)
        .where(
            *asker.among(Promise.id),
            asker.owns(Promise.owner_id),
            Promise.is_ours,
            Promise.due_on <= SOON,
            Promise.done_on.is_(None),
            Promise.archived_at.is_(None),
            asker.sees(Promise.account_id),
            asker.awake(Kind.PROMISE, Promise.id),
        )
        .order_by(Promise.due_on)
        .limit(MOST)
    )


def steps_due(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """The next steps that visits left."""
    return dated(Kind.STEP, asker.rows(session, _steps, on), on)


def _steps(asker: Asking) -> Query:
    return (
        select(
            Visit.id,
            Visit.account_id,
            Account.name,
            Visit.next_step,
            Visit.next_step_on,
            Visit.user_id,
        )
        .join(Account, Account.id == Visit.account_id)
        .where(
            asker.owns(Visit.user_id),
            Visit.next_step_on <= SOON,
            Visit.next_step_done_on.is_(None),
            Visit.archived_at.is_(None),
            asker.sees(Visit.account_id),
            asker.awake(Kind.STEP, Visit.id),
        )
        .order_by(Visit.next_step_on)
        .limit(MOST)
    )


def going_cold(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """People whom the asker covers and nobody of ours has been in touch with for long."""
    rows = asker.rows(session, _longest_unseen, on).all()
    roles, settings = _roles(session, [row.id for row in rows]), visit_settings(session)
    for row in rows:
        rhythm = settings.rhythm(roles.get(row.id, ()), row.size_class, row.rhythm_days)
        found = cold_need(row.last_on, rhythm, on)
        if found:
            yield Need(Kind.COLD, row.id, row.account_id, row.account, row.name, *found)


def _longest_unseen(asker: Asking) -> Query:
    """Covered people by the day of the last contact that any of ours had, longest ago first."""
    held = select(Coverage.stakeholder_id).where(
        asker.owns(Coverage.user_id), Coverage.until.is_(None)
    )
    here = held.where(Coverage.stakeholder_id == Stakeholder.id).exists()
    person = (Stakeholder.id, Stakeholder.account_id, Stakeholder.name, Stakeholder.rhythm_days)
    account = (Account.name.label("account"), Account.size_class)
    return (
        select(*person, *account, Stakeholder.touched_on.label("last_on"))
        .outerjoin(Account, Account.id == Stakeholder.account_id)
        .where(
            here if asker.leads else Stakeholder.id.in_(held),
            Stakeholder.touched_on.is_not(None),
            Stakeholder.archived_at.is_(None),
            Stakeholder.left_on.is_(None),
            asker.sees(Stakeholder.account_id),
            asker.awake(Kind.COLD, Stakeholder.id),
        )
        .order_by(Stakeholder.touched_on, Stakeholder.id)
        .limit(2 * MOST)
    )


def _roles(session: Session, ids: list[int]) -> dict[int, set[Role]]:
    found: dict[int, set[Role]] = defaultdict(set)
    rows = session.execute(
        select(RoleHolding.stakeholder_id, RoleHolding.role).where(
            RoleHolding.stakeholder_id.in_(ids), RoleHolding.until.is_(None)
        )
    )
    for person_id, role in rows:
        found[person_id].add(Role(role))
    return found
