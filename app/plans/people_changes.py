"""When people change at an account, tasks are made: actions about the person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plans.changes import add_action
from app.plans.models import Action
from app.plans.queries import plan_at_hand, plans_of
from app.stakeholders.people_changed import Task
from app.vocabulary import Reason


def make_tasks(
    session: Session,
    account_id: int,
    tasks: Iterable[tuple[Task, int]],
    *,
    owner_id: int,
    on: date,
    say: Callable[[Reason], str],
) -> list[Action]:
    """Write tasks, each with whom it is about, down as actions of the plan at hand, if any."""
    plan = plan_at_hand(plans_of(session, account_id), on)
    return [
        add_action(
            session,
            Action(
                account_id=account_id,
                plan_id=plan.id if plan else None,
                stakeholder_id=person_id,
                title=say(task.what)[:255],
                how=say(task.why),
                owner_id=owner_id,
                starts_on=on,
                due_on=max(task.due_on, on),
            ),
        )
        for task, person_id in tasks
    ]


def drop_tasks(session: Session, account_id: int, ids: Sequence[int], at: datetime) -> None:
    """Put away tasks about people of an account that were made by mistake."""
    wanted = select(Action).where(
        Action.id.in_(ids),
        Action.account_id == account_id,
        Action.stakeholder_id.is_not(None),
        Action.archived_at.is_(None),
    )
    for task in session.scalars(wanted):
        task.archived_at = at
