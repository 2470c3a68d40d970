"""What is measured: the pages and acts of a working day, and who asks for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import now
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome, Stage
from app.plans.models import AccountPlan
from app.plans.review_models import PlanReview
from app.users.models import User
from app.users.rules import UserRole
from app.visits.models import Visit
from bench.client import Ask

ACCOUNT = 1
"""The first account has fifty people, and is looked after by the manager who is measured."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page or an act: ``take`` gives the next request, asked by the person ``user_id``."""

    name: str
    who: str
    user_id: int
    take: Callable[[], Ask]
    writes: bool = False


def subjects(engine: Engine) -> list[Subject]:
    """Everything that is measured, in the order of the report."""
    with Session(engine) as session:
        manager = session.scalars(_first(UserRole.MANAGER)).one()
        head = session.scalars(_first(UserRole.DIRECTOR)).one()
        deal = session.scalars(_deals(manager).where(Opportunity.account_id == ACCOUNT)).first()
        newest = AccountPlan.starts_on.desc()
        mine = select(AccountPlan.id).filter_by(account_id=ACCOUNT).order_by(newest)
        plan = session.scalars(mine).first()
        review = session.scalars(select(PlanReview.id).filter_by(plan_id=plan)).first()
        early = _deals(manager).where(Opportunity.stage == Stage.PROSPECTING)
        acts = [
            ("recording a visit", _logs(list(session.scalars(_visits(manager))))),
            ("recording a move", _moves(list(session.scalars(early)))),
        ]
    pages = [
        ("account list", "/accounts/"),
        ("account page", f"/accounts/{ACCOUNT}"),
        ("people, 50 rows", f"/accounts/{ACCOUNT}/people"),
        ("power map, 50 people", f"/accounts/{ACCOUNT}/map"),
        ("its data", f"/accounts/{ACCOUNT}/map.json"),
        ("board", "/pipeline/"),
        ("opportunity list", "/pipeline/list"),
        ("opportunity page", f"/pipeline/{deal}"),
        ("what happened to it", f"/pipeline/{deal}/story"),
        ("board by owner", "/pipeline/?by=owner"),
        ("calendar of closings", "/pipeline/calendar"),
        ("flow of a month", "/pipeline/flow"),
        ("board of a past day", f"/pipeline/?as_of={now().date() - timedelta(days=50)}"),
        ("board of 400 days ago", f"/pipeline/?as_of={now().date() - timedelta(days=400)}"),
        ("review's agenda", "/pipeline/review"),
        ("forecast", "/pipeline/forecast"),
        ("what changed of it", "/pipeline/forecast/changes"),
        ("what wins", "/pipeline/wins"),
        ("how accurate", "/pipeline/accuracy"),
        ("visits of the week", "/visits/"),
        ("a week proposed", "/visits/week"),
        ("what visits say", "/visits/figures"),
        ("plan page", f"/plans/{plan}"),
        ("diagnosis of a plan", f"/plans/{plan}/diagnose"),
        ("forecast of a plan", f"/plans/{plan}/forecast"),
        ("actions of a plan", f"/plans/{plan}/actions"),
        ("control of a plan", f"/plans/{plan}/control"),
        ("review of a plan", f"/reviews/{review}"),
        ("goals of all accounts", "/plans/goals"),
        ("actions of mine", "/actions/"),
        ("retrospective of 500 events", "/retrospectives/1"),
        ("its session’s board", "/retrospectives/1/live/board"),
        ("records", f"/accounts/{ACCOUNT}/records"),
        ("size class", f"/accounts/{ACCOUNT}/class"),
        ("portfolio", "/portfolio/"),
        ("white space over it", "/portfolio/white-space"),
        ("today", "/"),
        ("search.json", "/search.json?q=wang"),
    ]
    wide = {
        "portfolio",
        "white space over it",
        "account list",
        "account page",
        "visits of the week",
        "what visits say",
        "board",
        "board by owner",
        "calendar of closings",
        "board of a past day",
        "board of 400 days ago",
        "flow of a month",
        "review's agenda",
        "forecast",
        "what wins",
        "how accurate",
        "opportunity list",
        "today",
        "search.json",
    }
    return [
        *(Subject(name, "manager", manager, _always(path)) for name, path in pages),
        *(Subject(name, "head", head, _always(path)) for name, path in pages if name in wide),
        *(Subject(name, "manager", manager, take, writes=True) for name, take in acts),
    ]


def _first(role: UserRole):
    return select(User.id).where(User.role == role).order_by(User.id).limit(1)


def _deals(owner: int):
    return select(Opportunity.id).where(
        Opportunity.owner_id == owner, Opportunity.outcome == Outcome.OPEN
    )


def _visits(owner: int):
    return select(Visit.id).where(Visit.user_id == owner, Visit.on <= now().date())


def _always(path: str) -> Callable[[], Ask]:
    ask = Ask(path)
    return lambda: ask


def _logs(visits: list[int]) -> Callable[[], Ask]:
    """Three taps after a visit, each time another one."""
    waiting = deque(visits)
    form = {
        "commitment": "yes",
        "next_step": "Send the offer",
        "held_on": f"{now().date()}",
        "outcome": "They agree",
    }

    def take() -> Ask:
        waiting.rotate(-1)
        return Ask(f"/visits/{waiting[0]}/log", form, 303)

    return take


def _moves(deals: list[int]) -> Callable[[], Ask]:
    """A deal goes on with its evidence, and at its next turn back with a reason."""
    waiting = deque((deal, False) for deal in deals)

    def take() -> Ask:
        deal, has_moved = waiting.popleft()
        to = Stage.PROSPECTING if has_moved else Stage.QUALIFICATION
        form = {"to": to.value, "on": f"{now().date()}"}
        form |= {"reason": "Too early"} if has_moved else {"evidence": "Budget confirmed"}
        again = (deal, not has_moved)
        return Ask(f"/pipeline/{deal}/move", form, 303, lambda: waiting.append(again))

    return take
