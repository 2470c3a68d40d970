"""What is asked of the database about plans: the list, one plan's parts, what is chosen from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.history import Change
from app.paging import Column, Page, Place, Query, count_up_to, page_of
from app.plans.action_rules import ActionKind, Lane, Repeat, lane
from app.plans.models import AccountPlan, Action, Goal, PhaseText
from app.plans.places import ACCOUNT, PLAN
from app.plans.rules import Phase, PlanStatus
from app.stakeholders.rules import ContractPhase
from app.users.models import User


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the list of plans."""

    id: int
    account_id: int
    account: str
    title: str
    starts_on: date
    ends_on: date
    status: PlanStatus


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What a person wants to see of the list: which periods, which status."""

    when: str = "now"
    status: PlanStatus | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as lists show it."""

    id: int
    account_id: int
    plan_id: int | None
    account: str
    goal_id: int | None
    goal: str | None
    title: str
    owner_id: int | None
    owner: str | None
    place: str
    how: str
    starts_on: date | None
    due_on: date | None
    budget: Decimal | None
    spent: Decimal | None
    done_on: date | None
    result: str
    begun_on: date | None = None
    kind: ActionKind | None = None
    contract_phase: ContractPhase | None = None
    repeats: Repeat | None = None

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before the day."""
        return self.done_on is None and self.due_on is not None and self.due_on < on

    def lane(self, on: date) -> Lane:
        """Where it stands on the board."""
        return lane(self.done_on, self.begun_on, self.due_on, on)


def plan_rows(
    session: Session, seen: Select[Any], wish: PlanWish, place: Place, on: date
) -> Page[PlanRow]:
    """A page of the plans of accounts among those ``seen``, by account."""
    query = (
        select(
            AccountPlan.id,
            AccountPlan.account_id,
            Account.name.label("account"),
            AccountPlan.title,
            AccountPlan.starts_on,
            AccountPlan.ends_on,
            AccountPlan.status,
        )
        .join(Account, Account.id == AccountPlan.account_id)
        .where(
            AccountPlan.archived_at.is_(None),
            Account.archived_at.is_(None),
            AccountPlan.account_id.in_(seen),
            *_wished(wish, on),
        )
    )
    page = page_of(session, query, _account_name(), AccountPlan.id, place)
    rows = [_plan_row(row) for row in page.rows]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _account_name() -> Column:
    """A plan's account's name, told from the plan alone, as a page's place is found by it."""
    named = aliased(Account)
    name = select(named.name).where(named.id == AccountPlan.account_id)
    return name.correlate(AccountPlan).scalar_subquery()


def _plan_row(row: Any) -> PlanRow:
    return PlanRow(
        row.id,
        row.account_id,
        row.account,
        row.title,
        row.starts_on,
        row.ends_on,
        PlanStatus(row.status),
    )


def _wished(wish: PlanWish, on: date) -> list[ColumnElement[bool]]:
    periods = {
        "now": and_(AccountPlan.starts_on <= on, AccountPlan.ends_on >= on),
        "past": AccountPlan.ends_on < on,
        "coming": AccountPlan.starts_on > on,
    }
    wanted = [periods[wish.when]] if wish.when in periods else []
    return [*wanted, AccountPlan.status == wish.status] if wish.status else wanted


def plans_of(session: Session, account_id: int) -> list[AccountPlan]:
    """An account's plans, newest period first."""
    return list(session.scalars(_plans(), {"account_id": account_id}))


@cache
def _plans() -> Select[Any]:
    kept = AccountPlan.account_id == ACCOUNT, AccountPlan.archived_at.is_(None)
    return select(AccountPlan).where(*kept).order_by(AccountPlan.starts_on.desc())


def plan_at_hand(plans: Sequence[AccountPlan], on: date) -> AccountPlan | None:
    """The plan whose period holds the day; else the next to come; else the last that was."""
    holding = [plan for plan in plans if plan.starts_on <= on <= plan.ends_on]
    coming = [plan for plan in reversed(plans) if plan.starts_on > on]
    return next(iter([*holding, *coming, *plans]), None)


def starts_taken(session: Session, account_id: int, but: int | None = None) -> frozenset[date]:
    """The days on which an account's plans start, archived ones too; ``but`` is left out."""
    rows = session.execute(
        select(AccountPlan.id, AccountPlan.starts_on).where(AccountPlan.account_id == account_id)
    )
    return frozenset(row.starts_on for row in rows if row.id != but)


def find_plan(session: Session, plan_id: int) -> AccountPlan | None:
    """A plan, archived or not."""
    return session.get(AccountPlan, plan_id)


def find_goal(session: Session, goal_id: int) -> Goal | None:
    """A goal, archived or not."""
    return session.get(Goal, goal_id)


def find_action(session: Session, action_id: int) -> Action | None:
    """An action, archived or not."""
    return session.get(Action, action_id)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """What a phase says, and when and by whom it was last looked at."""

    id: int
    phase: Phase
    body: str
    updated_at: datetime
    author: str | None


def phase_rows(session: Session, plan_id: int) -> dict[Phase, PhaseRow]:
    """A plan's texts by phase."""
    rows: Iterable[Any] = session.execute(_texts(), {"plan_id": plan_id})
    return {Phase(row.phase): PhaseRow(row[0], Phase(row[1]), *row[2:]) for row in rows}


@cache
def _texts() -> Query:
    text = (PhaseText.id, PhaseText.phase, PhaseText.body, PhaseText.updated_at)
    written = select(*text, User.name).outerjoin(User, User.id == PhaseText.user_id)
    return written.where(PhaseText.plan_id == PLAN)


def phase_days(session: Session, plan_ids: Iterable[int]) -> dict[int, dict[Phase, datetime]]:
    """When the phases of many plans were last written; empty texts do not count."""
    rows = session.execute(
        select(PhaseText.plan_id, PhaseText.phase, PhaseText.updated_at).where(
            PhaseText.plan_id.in_(plan_ids), PhaseText.body != ""
        )
    )
    found: dict[int, dict[Phase, datetime]] = defaultdict(dict)
    for plan_id, phase, updated_at in rows:
        found[plan_id][Phase(phase)] = updated_at
    return found


def find_phase(session: Session, plan_id: int, phase: Phase) -> PhaseText | None:
    """What a plan says in a phase, if anything yet."""
    return session.scalar(
        select(PhaseText).where(PhaseText.plan_id == plan_id, PhaseText.phase == phase)
    )


def earlier_texts(
    session: Session, text_id: int, most: int = 20
) -> list[tuple[datetime, str, str]]:
    """What a phase said before each change, newest first: when it was replaced, by whom, what."""
    rows = session.execute(
        select(Change.at, User.name, Change.columns)
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.entity == PhaseText.__tablename__, Change.entity_id == text_id)
        .order_by(Change.id.desc())
        .limit(most)
    )
    found = [(row.at, row.name or "", row.columns.get("body", [None])[0]) for row in rows]
    return [(at, name, body) for at, name, body in found if body]


def action_rows(session: Session, *wanted: ColumnElement[bool], most: int = 500) -> list[ActionRow]:
    """Actions that are not put away: open ones by due day, then those done, newest first."""
    return [_action_row(row) for row in session.execute(_actions().where(*wanted).limit(most))]


@cache
def _actions() -> Query:
    return (
        select(
            Action.id,
            Action.account_id,
            Action.plan_id,
            Account.name,
            Action.goal_id,
            Goal.statement,
            Action.title,
            Action.owner_id,
            User.name,
            Action.place,
            Action.how,
            Action.starts_on,
            Action.due_on,
            Action.budget,
            Action.spent,
            Action.done_on,
            Action.result,
            Action.begun_on,
            Action.kind,
            Action.contract_phase,
            Action.repeats,
        )
        .join(Account, Account.id == Action.account_id)
        .outerjoin(Goal, Goal.id == Action.goal_id)
        .outerjoin(User, User.id == Action.owner_id)
        .where(Action.archived_at.is_(None))
        .order_by(
            func.coalesce(Action.done_on, date(1, 1, 1)),
            func.coalesce(Action.due_on, date(9999, 12, 31)),
            Action.id,
        )
    )


def _action_row(row: Any) -> ActionRow:
    cells = list(row)
    for place, term in ((-3, ActionKind), (-2, ContractPhase), (-1, Repeat)):
        cells[place] = term(cells[place]) if cells[place] else None
    return ActionRow(*cells)


def goal_choices(session: Session, plan_id: int) -> list[tuple[int, str]]:
    """A plan's goals, for a choice."""
    rows = session.execute(
        select(Goal.id, Goal.statement)
        .where(Goal.plan_id == plan_id, Goal.archived_at.is_(None))
        .order_by(Goal.id)
    )
    return [(row.id, row.statement) for row in rows]
