"""What the database knows of posts given up, and of what is to be done about people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.stakeholders.models import FormerPost, Stakeholder
from app.stakeholders.person_facts import PostRow, TaskRow
from app.stakeholders.queries import TASKS
from app.users.models import User

OF_A_POST = ("title", "department", "unit", "level", "since")


def post_then(account_id: Any, on: Any) -> Any:
    """The posts that people held on a day and have given up since: ``place`` 1 is the one."""
    place = func.row_number().over(
        partition_by=FormerPost.stakeholder_id, order_by=(FormerPost.until, FormerPost.id)
    )
    columns = (getattr(FormerPost, name) for name in OF_A_POST)
    later = select(FormerPost.stakeholder_id, *columns, place.label("place"))
    return later.where(FormerPost.account_id == account_id, FormerPost.until > on).subquery()


def post_rows(session: Session, person_id: int) -> list[PostRow]:
    """The posts a person gave up or took over, newest first."""
    holder, heir = aliased(Stakeholder), aliased(Stakeholder)
    rows = session.execute(
        select(FormerPost, holder.name, heir.name)
        .join(holder, holder.id == FormerPost.stakeholder_id)
        .outerjoin(heir, heir.id == FormerPost.heir_id)
        .where(or_(FormerPost.stakeholder_id == person_id, FormerPost.heir_id == person_id))
        .order_by(FormerPost.until.desc(), FormerPost.id.desc())
    )
    return [
        PostRow(
            post.stakeholder_id == person_id,
            " · ".join(part for part in (post.title, post.department, post.unit) if part),
            post.since,
            post.until,
            post.stakeholder_id,
            holder_name,
            post.heir_id,
            heir_name or "",
        )
        for post, holder_name, heir_name in rows
    ]


def task_rows(session: Session, person_id: int) -> list[TaskRow]:
    """What is still to be done about a person, the most pressing first."""
    rows = session.execute(
        select(TASKS.c.id, TASKS.c.title, TASKS.c.due_on, User.name)
        .outerjoin(User, User.id == TASKS.c.owner_id)
        .where(
            TASKS.c.stakeholder_id == person_id,
            TASKS.c.done_on.is_(None),
            TASKS.c.archived_at.is_(None),
        )
        .order_by(TASKS.c.due_on, TASKS.c.id)
    )
    return [TaskRow(row.id, row.title, row.due_on, row.name or "") for row in rows]
