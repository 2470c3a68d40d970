"""What is asked of the database about deciders who left and people known by one of ours alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, SizeClassReading
from app.alerts.people import Lost, SingleTie
from app.alerts.rules import BOUNDS, Threshold
from app.alerts.then_queries import rewritten, setting_then, stood, was_here
from app.stakeholders.map_queries import holds
from app.stakeholders.models import ContactReading, Coverage, RoleHolding, Stakeholder
from app.stakeholders.rules import NO_ROLE, Role
from app.users.models import User
from app.visits.settings import VISITS, settings_from

LONGEST = timedelta(days=BOUNDS[Threshold.DECIDER].high)


def lost_deciders(session: Session, ids: Collection[int], on: date) -> dict[int, list[Lost]]:
    """Deciders who left within two years of a day, and how many decide since."""
    gone = session.execute(
        select(Stakeholder.account_id, Stakeholder.id, Stakeholder.name, Stakeholder.left_on)
        .join(RoleHolding, RoleHolding.stakeholder_id == Stakeholder.id)
        .where(
            Stakeholder.account_id.in_(ids),
            stood(Stakeholder, on),
            Stakeholder.left_on <= on,
            Stakeholder.left_on > on - LONGEST,
            RoleHolding.role == Role.DECIDER,
            RoleHolding.since <= Stakeholder.left_on,
            or_(RoleHolding.until.is_(None), RoleHolding.until >= Stakeholder.left_on),
        )
        .distinct()
    ).all()
    here = _deciders(session, {row.account_id for row in gone}, on)
    found: dict[int, list[Lost]] = defaultdict(list)
    for row in gone:
        since = here[row.account_id]
        heirs = sum(day >= row.left_on for day in since)
        found[row.account_id].append(Lost(row.id, row.name, row.left_on, len(since), heirs))
    return found


def _deciders(session: Session, ids: Collection[int], on: date) -> dict[int, list[date]]:
    """Since when each of those decides who do so on a day, by account."""
    rows = session.execute(
        select(Stakeholder.account_id, func.max(RoleHolding.since))
        .join(RoleHolding, RoleHolding.stakeholder_id == Stakeholder.id)
        .where(
            Stakeholder.account_id.in_(ids),
            was_here(on),
            RoleHolding.role == Role.DECIDER,
            holds(RoleHolding, on),
        )
        .group_by(Stakeholder.account_id, Stakeholder.id)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for account_id, since in rows:
        found[account_id].append(since)
    return found


def single_ties(session: Session, ids: Collection[int], on: date) -> dict[int, list[SingleTie]]:
    """People with a role whom one of ours alone is in touch with on a day."""
    roles = _roles(session, ids, on)
    settings = settings_from(setting_then(session, VISITS, on))
    then = rewritten(session, Stakeholder, ids, on, "rhythm_days")
    found: dict[int, list[SingleTie]] = defaultdict(list)
    for row in session.execute(_alone(ids, on)):
        held = roles.get(row.id)
        if not held:
            continue
        own = then.get(row.id, {}).get("rhythm_days", row.rhythm_days)
        rhythm = settings.rhythm(held, row.size_class, own)
        found[row.account_id].append(
            SingleTie(
                row.id,
                row.name,
                row.colleague,
                row.user_id,
                row.last_on or row.since,
                rhythm,
                Role.DECIDER in held,
            )
        )
    return found


def _alone(ids: Collection[int], on: date) -> Any:
    """People whom one of ours alone knows, with the day of the last contact by then."""
    only = (
        select(func.max(Coverage.id).label("id"), func.min(Coverage.since).label("since"))
        .where(Coverage.account_id.in_(ids), holds(Coverage, on))
        .group_by(Coverage.stakeholder_id)
        .having(func.count(Coverage.user_id.distinct()) == 1)
        .subquery()
    )
    touched = (
        select(func.max(ContactReading.on))
        .where(
            ContactReading.coverage_id == Coverage.id,
            ContactReading.is_contact,
            ContactReading.on <= on,
        )
        .correlate(Coverage)
        .scalar_subquery()
    )
    return (
        select(Stakeholder.id, Stakeholder.account_id, Stakeholder.name, Stakeholder.rhythm_days)
        .add_columns(_size_class(on), User.name.label("colleague"), Coverage.user_id)
        .add_columns(only.c.since, touched.label("last_on"))
        .join(Coverage, Coverage.id == only.c.id)
        .join(Stakeholder, Stakeholder.id == Coverage.stakeholder_id)
        .join(Account, Account.id == Stakeholder.account_id)
        .join(User, User.id == Coverage.user_id)
        .where(was_here(on))
        .order_by(Stakeholder.id)
    )


def _size_class(on: date) -> Any:
    """The class kept last by a day; where none was ever kept, the account's as typed."""
    reading = SizeClassReading
    mine = select(reading.size_class).where(reading.account_id == Account.id).correlate(Account)
    newest = mine.where(reading.on <= on).order_by(reading.on.desc(), reading.id.desc()).limit(1)
    typed = case((~mine.exists(), Account.size_class))
    return func.coalesce(newest.scalar_subquery(), typed).label("size_class")


def _roles(session: Session, ids: Collection[int], on: date) -> dict[int, set[Role]]:
    rows = session.execute(
        select(RoleHolding.stakeholder_id, RoleHolding.role).where(
            RoleHolding.account_id.in_(ids),
            RoleHolding.role != NO_ROLE,
            holds(RoleHolding, on),
        )
    )
    found: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in rows:
        found[person_id].add(Role(role))
    return found
