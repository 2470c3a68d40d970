"""What today asks of every feature: a fixed number of SELECTs, each of a few rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen, people_led_by, within
from app.overview.needs import (
    Kind,
    Need,
    cold_need,
    deal_need,
    goal_need,
    lateness,
    urgency,
    visit_urgency,
)
from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.plans.goal_queries import goal_rows, standings
from app.plans.models import Action, Goal
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.models import Coverage, RoleHolding, Stakeholder
from app.stakeholders.rules import Role
from app.visits.models import Visit, VisitColleague
from app.vocabulary import N_, because

WEEK = timedelta(days=7)
MOST = 15
"""Of each kind: nobody works through more in a day."""
LATE_GOALS = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose needs are asked for: their own, and of the ``people`` they lead if they wish."""

    user_id: int
    seen: Seen
    people: tuple[int, ...] = ()

    def owns(self, column: Any) -> ColumnElement[bool]:
        """Rows whose person, in ``column``, is the asker or one of those led."""
        return cast("ColumnElement[bool]", column.in_((self.user_id, *self.people)))

    def sees(self, account_id: Any) -> ColumnElement[bool]:
        """Rows of accounts that the asker may see and that are not put away; joins Account."""
        return and_(within(account_id, self.seen), Account.archived_at.is_(None))


def people_led(session: Session, user_id: int) -> tuple[int, ...]:
    """Those who report to a person, at any remove."""
    return tuple(session.scalars(select(people_led_by(user_id).c.id)))


def needs_of(session: Session, asker: Asker, on: date) -> dict[Kind, list[Need]]:
    """Everything that needs a person on a day, by kind."""
    found: dict[Kind, list[Need]] = defaultdict(list)
    for ask in (_visits, _promises, _actions, _deals, _goals, _cold):
        for need in ask(session, asker, on):
            found[need.kind].append(need)
    return found


def sees_anything(session: Session, seen: Query) -> bool:
    """Whether there is any account to work on yet."""
    return session.scalar(seen.limit(1)) is not None


def _visits(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    along = select(VisitColleague.visit_id).where(VisitColleague.user_id == asker.user_id)
    query = (
        select(Visit.id, Visit.account_id, Account.name, Visit.purpose, Visit.on)
        .join(Account, Account.id == Visit.account_id)
        .where(
            or_(asker.owns(Visit.user_id), Visit.id.in_(along)),
            Visit.held_on.is_(None),
            Visit.archived_at.is_(None),
            Visit.on < on + WEEK,
            asker.sees(Visit.account_id),
        )
        .order_by(Visit.on.desc())
        .limit(2 * MOST)
    )
    for visit_id, account_id, name, purpose, day in session.execute(query):
        if day < on:
            reason = because(N_("Held on %(day)s? Nothing is written down."), day=day)
            worth = urgency(Kind.LOG, (on - day).days)
            yield Need(Kind.LOG, visit_id, account_id, name, purpose, reason, worth)
        else:
            reason = because(N_("Today.")) if day == on else because(N_("On %(day)s."), day=day)
            worth = visit_urgency(day, on)
            yield Need(Kind.VISIT, visit_id, account_id, name, purpose, reason, worth)


def _promises(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    query = (
        select(Visit.id, Visit.account_id, Account.name, Visit.next_step, Visit.next_step_on)
        .join(Account, Account.id == Visit.account_id)
        .where(
            asker.owns(Visit.user_id),
            Visit.next_step_on <= on + WEEK,
            Visit.next_step_done_on.is_(None),
            Visit.archived_at.is_(None),
            asker.sees(Visit.account_id),
        )
        .order_by(Visit.next_step_on)
        .limit(MOST)
    )
    return _dated(Kind.PROMISE, session.execute(query), on)


def _actions(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    query = (
        select(Action.id, Action.account_id, Account.name, Action.title, Action.due_on)
        .join(Account, Account.id == Action.account_id)
        .where(
            asker.owns(Action.owner_id),
            Action.done_on.is_(None),
            Action.due_on <= on + WEEK,
            Action.archived_at.is_(None),
            asker.sees(Action.account_id),
        )
        .order_by(Action.due_on)
        .limit(MOST)
    )
    return _dated(Kind.ACTION, session.execute(query), on)


def _dated(kind: Kind, rows: Iterable[Any], on: date) -> Iterable[Need]:
    for row_id, account_id, name, title, due_on in rows:
        worth = urgency(kind, (on - due_on).days)
        yield Need(kind, row_id, account_id, name, title, lateness(due_on, on), worth)


def _deals(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    query = (
        select(
            Opportunity.id,
            Opportunity.account_id,
            Account.name,
            Opportunity.name,
            Opportunity.close_on,
            Opportunity.next_step,
            Opportunity.next_step_on,
        )
        .join(Account, Account.id == Opportunity.account_id)
        .where(
            asker.owns(Opportunity.owner_id),
            Opportunity.outcome == Outcome.OPEN,
            or_(Opportunity.close_on < on, Opportunity.next_step_on <= on),
            Opportunity.archived_at.is_(None),
            asker.sees(Opportunity.account_id),
        )
        .order_by(func.coalesce(Opportunity.close_on, Opportunity.next_step_on))
        .limit(MOST)
    )
    for deal_id, account_id, account, name, close_on, step, step_on in session.execute(query):
        found = deal_need(close_on, step, step_on, on)
        if found:
            yield Need(Kind.DEAL, deal_id, account_id, account, name, *found)


def _goals(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    goals = goal_rows(
        session,
        asker.owns(Goal.owner_id),
        Goal.starts_on <= on,
        Goal.due_on >= on - LATE_GOALS,
        asker.sees(Goal.account_id),
        most=2 * MOST,
    )
    for report in standings(session, goals, on):
        goal, made = report.goal, report.progress
        found = goal_need(made.standing, made.value, made.expected)
        if found:
            yield Need(Kind.GOAL, goal.id, goal.account_id, goal.account, goal.statement, *found)


def _cold(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """People whom the asker covers and nobody of ours has been in touch with for long."""
    settings = MapSettings()
    rows = session.execute(_longest_unseen(asker)).all()
    roles = _roles(session, [row.id for row in rows])
    for row in rows:
        found = cold_need(row.last_on, roles.get(row.id, ()), settings, on)
        if found:
            yield Need(Kind.COLD, row.id, row.account_id, row.account, row.name, *found)


def _longest_unseen(asker: Asker) -> Query:
    """Covered people by the day of the last contact that any of ours had, longest ago first."""
    held = select(Coverage.stakeholder_id).where(
        asker.owns(Coverage.user_id), Coverage.until.is_(None)
    )
    here = held.where(Coverage.stakeholder_id == Stakeholder.id).exists()
    return (
        select(
            Stakeholder.id,
            Stakeholder.account_id,
            Account.name.label("account"),
            Stakeholder.name,
            Stakeholder.touched_on.label("last_on"),
        )
        .join(Account, Account.id == Stakeholder.account_id)
        .where(
            here if asker.people else Stakeholder.id.in_(held),
            Stakeholder.touched_on.is_not(None),
            Stakeholder.archived_at.is_(None),
            Stakeholder.left_on.is_(None),
            asker.sees(Stakeholder.account_id),
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
