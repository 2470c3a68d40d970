"""A plan's rows as they stand, frozen as text; and the versions kept of them.

Whatever table has rows of a plan is part of it, so that a phase which gains a table is
frozen with the rest. What the plan does not own, records and people, is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.accounts.history_queries import ChangeRow, Names, names_in
from app.db import Base
from app.history import as_text
from app.plans.models import AccountPlan
from app.plans.review_models import PlanReview, PlanVersion
from app.plans.versions import LEFT_OUT, Content, Difference
from app.users.models import User

NOT_PARTS = {PlanReview.__tablename__, PlanVersion.__tablename__}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A frozen version."""

    id: int
    number: int
    at: datetime
    by: str | None
    review_id: int | None


def version_rows(session: Session, plan_id: int) -> list[VersionRow]:
    """A plan's versions, newest first."""
    rows: Iterable[Any] = session.execute(
        select(PlanVersion.id, PlanVersion.number, PlanVersion.at, User.name, PlanVersion.review_id)
        .outerjoin(User, User.id == PlanVersion.user_id)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def content_of(session: Session, plan_id: int, number: int) -> Content | None:
    """What a version froze."""
    return session.scalar(
        select(PlanVersion.content).where(
            PlanVersion.plan_id == plan_id, PlanVersion.number == number
        )
    )


def _parts() -> list[Table]:
    tables = Base.metadata.sorted_tables
    return [one for one in tables if "plan_id" in one.c and one.name not in NOT_PARTS]


def part_names() -> list[str]:
    """The tables that a plan is made of, beside its own."""
    return [table.name for table in _parts()]


def frozen(session: Session, plan: AccountPlan) -> Content:
    """A plan as it stands: each of its rows that is not put away, column by column."""
    found: Content = {"account_plan": _kept(session, Base.metadata.tables["account_plan"], plan.id)}
    for table in _parts():
        found[table.name] = _kept(session, table, plan.id)
    return found


def _kept(session: Session, table: Table, plan_id: int) -> dict[str, dict[str, Any]]:
    key = table.c.id if table.name == "account_plan" else table.c.plan_id
    query = select(table).where(key == plan_id)
    if "archived_at" in table.c:
        query = query.where(table.c.archived_at.is_(None))
    return {
        str(row["id"]): {
            name: as_text(value) for name, value in row.items() if name not in LEFT_OUT
        }
        for row in session.execute(query).mappings()
    }


def freeze(
    session: Session, plan: AccountPlan, at: datetime, *, user_id: int, review_id: int | None
) -> PlanVersion:
    """Keep a plan as it stands under the next number."""
    last = select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id)
    version = PlanVersion(
        account_id=plan.account_id,
        plan_id=plan.id,
        review_id=review_id,
        number=(session.scalar(last) or 0) + 1,
        at=at,
        user_id=user_id,
        content=frozen(session, plan),
    )
    session.add(version)
    session.flush()
    return version


def told(
    session: Session, differences: Iterable[Difference], at: datetime
) -> tuple[list[ChangeRow], Names]:
    """Differences as changes of the history, with the names they speak of."""
    rows = [
        ChangeRow(
            number,
            at,
            "",
            one.entity,
            one.row_id,
            one.act,
            _title(one),
            one.columns,
            dict(one.born),
        )
        for number, one in enumerate(differences)
    ]
    return rows, names_in(session, rows)


TITLES = ("statement", "title", "phase", "measure", "question", "name", "words", "text")


def _title(one: Difference) -> str:
    values: Mapping[str, Any] = one.born
    return str(next((values[name] for name in TITLES if values.get(name)), ""))
