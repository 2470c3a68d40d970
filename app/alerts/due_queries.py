"""What is asked of the database about what is due: answers, contracts, goals, milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.alerts.dues import Complaint, Course, Ending
from app.alerts.rules import BOUNDS, Threshold
from app.plans.goal_queries import GoalReport, goal_rows, standings
from app.plans.models import AccountPlan, Goal
from app.plans.progress import Point
from app.plans.rules import Standing
from app.records.contract_models import Contract
from app.records.service import CaseKind
from app.records.support_models import ServiceCase

MISSED_FOR = timedelta(days=60)
"""How long a goal that was missed is still warned of."""
ENDED_FOR = timedelta(days=90)
OVERLAP = timedelta(days=31)
"""A contract that begins so long before another ends, or later, follows it."""
FARTHEST = timedelta(days=BOUNDS[Threshold.ENDING].high)


def complaints(session: Session, ids: Collection[int], on: date) -> dict[int, list[Complaint]]:
    """Complaints that had no answer on a day."""
    case = ServiceCase
    rows: Any = session.execute(
        select(case.account_id, case.id, case.title, case.on, case.answer_by, case.owner_id).where(
            case.account_id.in_(ids),
            case.kind == CaseKind.COMPLAINT,
            case.on <= on,
            or_(case.answered_on.is_(None), case.answered_on > on),
            case.archived_at.is_(None),
        )
    )
    found: dict[int, list[Complaint]] = defaultdict(list)
    for account_id, *rest in rows:
        found[account_id].append(Complaint(*rest))
    return found


def contracts_ending(session: Session, ids: Collection[int], on: date) -> dict[int, list[Ending]]:
    """Contracts that end, do not renew themselves, and that none signed by then follows."""
    one = Contract
    signed = func.coalesce(one.signed_on, one.starts_on)
    columns = (one.id, one.title, one.ends_on, one.notice_days, one.owner_id)
    rows = session.execute(
        select(one.account_id, *columns, one.renews, one.starts_on)
        .where(
            one.account_id.in_(ids),
            signed <= on,
            or_(one.ended_on.is_(None), one.ended_on > on),
            one.archived_at.is_(None),
        )
        .order_by(one.account_id, one.ends_on, one.id)
    )
    found = {}
    for account_id, here in groupby(rows, itemgetter(0)):
        found[account_id] = _endings(list(here), on)
    return found


def _endings(rows: list[Any], on: date) -> list[Ending]:
    starts = [row.starts_on for row in rows if row.starts_on]
    return [
        Ending(*row[1:6])
        for row in rows
        if row.ends_on
        and not row.renews
        and on - ENDED_FOR < row.ends_on <= on + FARTHEST
        and not any(day >= row.ends_on - OVERLAP for day in starts if day != row.starts_on)
    ]


def courses(session: Session, ids: Collection[int], on: date) -> dict[int, list[Course]]:
    """Goals on their way on a day, or missed of late."""
    rows = goal_rows(
        session,
        Goal.account_id.in_(ids),
        Goal.starts_on <= on,
        Goal.due_on > on - MISSED_FOR,
        AccountPlan.archived_at.is_(None),
        most=ALL,
    )
    found: dict[int, list[Course]] = defaultdict(list)
    for report in standings(session, rows, on):
        found[report.goal.account_id].append(course(report, on))
    return found


ALL = 1_000_000


def course(report: GoalReport, on: date) -> Course:
    """How far a goal is, with the first milestone whose day has passed unreached."""
    goal, stands = report.goal, report.progress
    passed = _passed(report, on)
    return Course(
        goal.id,
        goal.statement,
        goal.owner_id,
        stands.share_done,
        stands.share_due,
        stands.standing is Standing.MISSED,
        milestone_on=passed[0] if passed else None,
        milestone=passed[1] if passed else None,
        value=stands.value,
    )


def _passed(report: GoalReport, on: date) -> Point | None:
    goal, value = report.goal, report.progress.value
    if value is None or goal.baseline is None or goal.target is None:
        return None
    sign = -1 if goal.target < goal.baseline else 1
    late = (one for one in sorted(report.milestones) if one[0] < on)
    return next((one for one in late if (one[1] - value) * sign > 0), None)
