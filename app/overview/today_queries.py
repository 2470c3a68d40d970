"""What today asks of every feature: a fixed number of SELECTs, each of a few rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.overview.alert_needs import alerts_open
from app.overview.asker import ASKER, DAY, MOST, Asker, Asking, dated, due_within_the_week
from app.overview.lesson_needs import lesson_actions, lessons_speaking
from app.overview.needs import Kind, Need, asked_need, deal_need, goal_need
from app.overview.record_needs import credits_waiting, promotions_waiting
from app.overview.retro_needs import retrospectives_due
from app.overview.review_needs import reviews_due
from app.overview.visit_needs import going_cold, promises_due, steps_due, visits_due
from app.paging import Query
from app.pipeline.deal_models import Approval
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.plans.goal_queries import as_goals, goals_asked, standings
from app.plans.models import Action, Goal
from app.users.models import User

LATE_GOALS = timedelta(days=60)


def needs_of(
    session: Session, asker: Asker, on: date, kind: Kind | None = None
) -> dict[Kind, list[Need]]:
    """Everything that needs a person on a day, by kind; of one ``kind`` alone if wished."""
    found: dict[Kind, list[Need]] = defaultdict(list)
    for ask, kinds in ASKED.items():
        if kind is None or kind in kinds:
            for need in ask(session, asker, on):
                found[need.kind].append(need)
    return {kind: found[kind]} if kind else found


def sees_anything(session: Session, seen: Query) -> bool:
    """Whether there is any account to work on yet."""
    return session.scalar(seen.limit(1)) is not None


def _approvals(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    """What waits for the asker's own yes; those led give theirs themselves."""
    for row in asker.rows(session, _waiting, on):
        deal_id, account_id, asked_at, account, deal, name = row
        found = asked_need(name, asked_at.date(), on)
        yield Need(Kind.APPROVAL, deal_id, account_id, account, deal, *found)


def _waiting(asker: Asking) -> Query:
    asked = (Approval.opportunity_id, Approval.account_id, Approval.asked_at)
    return (
        select(*asked, Account.name, Opportunity.name, User.name)
        .join(Account, Account.id == Approval.account_id)
        .join(Opportunity, Opportunity.id == Approval.opportunity_id)
        .outerjoin(User, User.id == Approval.user_id)
        .where(
            Approval.approver_id == ASKER,
            Approval.answered_at.is_(None),
            Opportunity.archived_at.is_(None),
            Opportunity.outcome == Outcome.OPEN,
            asker.sees(Approval.account_id),
            asker.awake(Kind.APPROVAL, Approval.opportunity_id),
        )
        .order_by(Approval.asked_at)
        .limit(MOST)
    )


_actions_due = due_within_the_week(Kind.ACTION, Action, Action.title)


def _actions(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    return dated(Kind.ACTION, asker.rows(session, _actions_due, on), on)


def _deals(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    for row in asker.rows(session, _deals_to_look_at, on):
        deal_id, account_id, account, name, close_on, step, step_on, owner_id = row
        found = deal_need(close_on, step, step_on, on)
        if found:
            yield Need(Kind.DEAL, deal_id, account_id, account, name, *found, owner_id)


def _deals_to_look_at(asker: Asking) -> Query:
    return (
        select(
            Opportunity.id,
            Opportunity.account_id,
            Account.name,
            Opportunity.name,
            Opportunity.close_on,
            Opportunity.next_step,
            Opportunity.next_step_on,
            Opportunity.owner_id,
        )
        .join(Account, Account.id == Opportunity.account_id)
        .where(Opportunity.id.in_(_deals_late(asker)))
        .order_by(func.coalesce(Opportunity.close_on, Opportunity.next_step_on))
        .limit(MOST)
    )


def _deals_late(asker: Asking) -> Select[Any]:
    """The deals that should have closed, or whose next step is due, for longest: by two ways."""
    live = (
        select(Opportunity.id)
        .outerjoin(Account, Account.id == Opportunity.account_id)
        .where(
            Opportunity.outcome == Outcome.OPEN,
            asker.owns(Opportunity.owner_id),
            Opportunity.archived_at.is_(None),
            asker.sees(Opportunity.account_id),
            asker.awake(Kind.DEAL, Opportunity.id),
        )
        .limit(MOST)
    )
    by_close = live.where(Opportunity.close_on < DAY).order_by(Opportunity.close_on)
    by_step = live.where(Opportunity.next_step_on <= DAY).order_by(Opportunity.next_step_on)
    late, due = by_close.subquery(), by_step.subquery()
    both = union_all(select(late.c.id), select(due.c.id)).subquery()
    return select(both.c.id)


def _goals(session: Session, asker: Asker, on: date) -> Iterable[Need]:
    rows = asker.rows(session, _goals_running, on, since=on - LATE_GOALS)
    for report in standings(session, as_goals(rows), on):
        goal, made = report.goal, report.progress
        found = goal_need(made.standing, made.value, made.expected)
        if found:
            yield Need(Kind.GOAL, goal.id, goal.account_id, goal.account, goal.statement, *found)


def _goals_running(asker: Asking) -> Query:
    return goals_asked(
        asker.owns(Goal.owner_id),
        Goal.starts_on <= DAY,
        Goal.due_on >= bindparam("since", type_=Date),
        asker.sees(Goal.account_id),
        asker.awake(Kind.GOAL, Goal.id),
        most=2 * MOST,
        by=Goal.due_on,
    )


ASKED: dict[Callable[[Session, Asker, date], Iterable[Need]], tuple[Kind, ...]] = {
    visits_due: (Kind.VISIT, Kind.LOG),
    alerts_open: (Kind.ALERT,),
    _approvals: (Kind.APPROVAL,),
    credits_waiting: (Kind.CREDIT,),
    promotions_waiting: (Kind.PROMOTION,),
    reviews_due: (Kind.REVIEW,),
    retrospectives_due: (Kind.RETROSPECTIVE,),
    promises_due: (Kind.PROMISE,),
    steps_due: (Kind.STEP,),
    _actions: (Kind.ACTION,),
    lessons_speaking: (Kind.LESSON,),
    lesson_actions: (Kind.LEARNT,),
    _deals: (Kind.DEAL,),
    _goals: (Kind.GOAL,),
    going_cold: (Kind.COLD,),
}
"""Who tells of each kind of line."""
