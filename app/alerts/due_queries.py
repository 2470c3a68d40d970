"""What is asked of the database about what is due: answers, contracts, goals, milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.alerts.dues import Complaint, Course, Ending
from app.alerts.rules import BOUNDS, Threshold
from app.alerts.then_queries import rewritten, stood
from app.plans.goal_queries import GoalReport, GoalRow, goal_rows, standings
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
            stood(case, on),
        )
    )
    found: dict[int, list[Complaint]] = defaultdict(list)
    for account_id, *rest in rows:
        found[account_id].append(Complaint(*rest))
    return found


PAPERS = ("ends_on", "notice_days", "renews", "starts_on", "signed_on")


def contracts_ending(session: Session, ids: Collection[int], on: date) -> dict[int, list[Ending]]:
    """Contracts that end, do not renew themselves, and that none signed by then follows."""
    then = rewritten(session, Contract, ids, on, *PAPERS)
    one = Contract
    signed = func.coalesce(one.signed_on, one.starts_on)
    rows = session.execute(
        select(one.account_id, one.id, one.title, one.owner_id, *(getattr(one, p) for p in PAPERS))
        .where(
            one.account_id.in_(ids),
            or_(signed <= on, one.id.in_(then)),
            or_(one.ended_on.is_(None), one.ended_on > on),
            stood(one, on),
        )
        .order_by(one.account_id, one.id)
    )
    were = ({**row._mapping, **then.get(row.id, {})} for row in rows)
    here = groupby(filter(lambda was: _is_signed(was, on), were), itemgetter("account_id"))
    return {account_id: _endings(list(papers), on) for account_id, papers in here}


def _is_signed(paper: Mapping[str, Any], on: date) -> bool:
    day = paper["signed_on"] or paper["starts_on"]
    return day is not None and day <= on


def _endings(papers: list[dict[str, Any]], on: date) -> list[Ending]:
    starts = [one["starts_on"] for one in papers if one["starts_on"]]
    ending = [
        Ending(one["id"], one["title"], one["ends_on"], one["notice_days"], one["owner_id"])
        for one in papers
        if one["ends_on"]
        and not one["renews"]
        and on - ENDED_FOR < one["ends_on"] <= on + FARTHEST
        and not any(day >= one["ends_on"] - OVERLAP for day in starts if day != one["starts_on"])
    ]
    return sorted(ending, key=lambda one: (one.ends_on, one.contract_id))


AIMS = ("baseline", "target", "starts_on", "due_on", "statement")


def courses(session: Session, ids: Collection[int], on: date) -> dict[int, list[Course]]:
    """Goals on their way on a day, or missed of late, by the target they had then."""
    then = rewritten(session, Goal, ids, on, *AIMS)
    on_the_way = and_(Goal.starts_on <= on, Goal.due_on > on - MISSED_FOR)
    rows = goal_rows(
        session,
        Goal.account_id.in_(ids),
        or_(on_the_way, Goal.id.in_(then)),
        stood(Goal, on),
        stood(AccountPlan, on),
        most=ALL,
        put_away=True,
    )
    goals = [replace(row, **then.get(row.id, {})) for row in rows]
    found: dict[int, list[Course]] = defaultdict(list)
    for report in standings(session, [one for one in goals if _is_on_the_way(one, on)], on):
        found[report.goal.account_id].append(course(report, on))
    return found


def _is_on_the_way(goal: GoalRow, on: date) -> bool:
    begun = goal.starts_on is not None and goal.starts_on <= on
    return begun and goal.due_on is not None and goal.due_on > on - MISSED_FOR


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
