"""Rows for tests: sensible, memorable values; only what a test names matters to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.pipeline.models import Opportunity, StageMove, Terms
from app.plans.models import AccountPlan, Action, Goal
from app.plans.review_models import PlanReview, Watch
from app.records.models import Feedback, Product, Sale
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    Rescue,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.users.models import User
from app.users.rules import Level
from app.visits.models import Promise, Visit

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Factory:
    """Makes and commits one row a call, or many at once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.settle = session.commit

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Commit what the block makes in the end: quicker where there is much of it."""
        self.settle = self.session.flush
        yield
        self.settle = self.session.commit
        self.settle()

    def keep(self, row: Any) -> Any:
        """Add and commit a row."""
        self.session.add(row)
        self.settle()
        return row

    def find(self, query: Any) -> Any:
        """Look something up, and let go of the database: a session that waits shuts out the app."""
        found = self.session.scalar(query)
        self.settle()
        return found

    def again(self, row: Any) -> Any:
        """A row as it is kept by now."""
        self.session.refresh(row)
        self.session.commit()
        return row

    def user(self, name: str, email: str | None = None, role: str = "manager", **more: Any) -> User:
        """One of ours, signed in by cookie only."""
        token = f"token-of-{name}".replace(" ", "-")
        values = {"session_token": token, "password_hash": "-", "theme": "auto", **more}
        return self.keep(User(name=name, email=email, role=role, **values))

    def account(
        self,
        name: str = "First Hospital",
        *,
        owner: User | None = None,
        reader: User | None = None,
        **more: Any,
    ) -> Account:
        """An account with a team."""
        account = self.keep(Account(name=name, **more))
        for user, level in ((owner, Level.OWN), (reader, Level.READ)):
            if user is not None:
                self.member(account, user, level)
        return account

    def member(self, account: Account, user: User, level: Level = Level.EDIT) -> Membership:
        """A place in an account's team."""
        return self.keep(Membership(account_id=account.id, user_id=user.id, level=level))

    def person(self, account: Account, name: str = "Li Wei", **more: Any) -> Stakeholder:
        """A stakeholder."""
        roles = more.pop("roles", ())
        person = self.keep(Stakeholder(account_id=account.id, name=name, **more))
        for role in roles:
            self.role(person, role)
        return person

    def role(self, person: Stakeholder, role: str, **more: Any) -> RoleHolding:
        """A role held since the day."""
        more.setdefault("since", DAY)
        holding = RoleHolding(
            account_id=person.account_id, stakeholder_id=person.id, role=role, **more
        )
        return self.keep(holding)

    def observation(self, person: Stakeholder, **more: Any) -> Observation:
        """A judgement heard on the day."""
        values = {"on": DAY, "at": AT, "confidence": "heard", **more}
        return self.keep(
            Observation(account_id=person.account_id, stakeholder_id=person.id, **values)
        )

    def tie(
        self, kind: str, one: Stakeholder, other: Stakeholder, weight: int = 1, **more: Any
    ) -> Tie:
        """A relation since the day."""
        more.setdefault("since", DAY)
        values = {"account_id": one.account_id, "from_id": one.id, "to_id": other.id}
        return self.keep(Tie(kind=kind, weight=weight, **values, **more))

    def coverage(
        self, user: User, person: Stakeholder, depth: int | None = 2, on: date = DAY, **more: Any
    ) -> Coverage:
        """One of ours in touch with one of theirs on the day."""
        values = {"account_id": person.account_id, "since": on, **more}
        coverage = self.keep(Coverage(user_id=user.id, stakeholder_id=person.id, **values))
        reading = {"account_id": person.account_id, "on": on, "depth": depth, "at": AT}
        self.keep(ContactReading(coverage_id=coverage.id, **reading))
        return coverage

    def rescue(self, account: Account, who: str = "Our lawyer", **more: Any) -> Rescue:
        """Somebody of ours who helps while a contract is negotiated."""
        values = {"phase": "negotiation", "source": "ours", **more}
        return self.keep(Rescue(account_id=account.id, who=who, **values))

    def opportunity(
        self, account: Account, name: str = "Ward monitors", **more: Any
    ) -> Opportunity:
        """A deal with its first move and terms."""
        values = {
            "stage": "prospecting",
            "stage_since": DAY,
            "opened_on": DAY,
            "amount": Decimal(100_000),
            **more,
        }
        deal = self.keep(Opportunity(account_id=account.id, name=name, **values))
        self.keep(
            StageMove(
                account_id=account.id,
                opportunity_id=deal.id,
                on=deal.opened_on,
                to_stage=deal.stage,
                outcome=deal.outcome or "open",
                at=AT,
            )
        )
        self.keep(
            Terms(
                opportunity_id=deal.id,
                on=deal.opened_on,
                amount=deal.amount,
                close_on=deal.close_on,
                at=AT,
            )
        )
        return deal

    def product(self, name: str = "GTX Pro", **more: Any) -> Product:
        """What we sell."""
        return self.keep(Product(name=name, **more))

    def sale(self, account: Account, amount: str, on: date = DAY, **more: Any) -> Sale:
        """An invoice line."""
        values = {"quantity": Decimal(1), **more}
        return self.keep(Sale(account_id=account.id, on=on, amount=Decimal(amount), **values))

    def plan(self, account: Account, **more: Any) -> AccountPlan:
        """A plan for the year of the day."""
        values = {
            "title": "2026",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            **more,
        }
        return self.keep(AccountPlan(account_id=account.id, **values))

    def goal(self, plan: AccountPlan, statement: str = "Sell more monitors", **more: Any) -> Goal:
        """A goal of a plan."""
        return self.keep(
            Goal(account_id=plan.account_id, plan_id=plan.id, statement=statement, **more)
        )

    def action(self, plan: AccountPlan, title: str = "Call the director", **more: Any) -> Action:
        """An action of a plan."""
        return self.keep(Action(account_id=plan.account_id, plan_id=plan.id, title=title, **more))

    def review(self, plan: AccountPlan, **more: Any) -> PlanReview:
        """A review held on the day, of what changed since the plan began."""
        values = {"since": plan.starts_on, "on": DAY, **more}
        return self.keep(PlanReview(account_id=plan.account_id, plan_id=plan.id, **values))

    def watch(self, plan: AccountPlan, measure: str = "late", limit: str = "0") -> Watch:
        """A measure watched in a plan."""
        values = {"account_id": plan.account_id, "plan_id": plan.id}
        return self.keep(Watch(**values, measure=measure, limit=Decimal(limit)))

    def feedback(self, account: Account, words: str = "Deliver faster", **more: Any) -> Feedback:
        """What the customer told us on the day."""
        values = {"on": DAY, "voice": "customer", **more}
        return self.keep(Feedback(account_id=account.id, words=words, **values))

    def promise(self, account: Account, words: str = "Send references", **more: Any) -> Promise:
        """Something that one of ours promised on the day."""
        return self.keep(Promise(account_id=account.id, words=words, **{"at": AT, **more}))

    def visit(self, account: Account, user: User, **more: Any) -> Visit:
        """A visit planned for the day."""
        values = {
            "on": DAY,
            "channel": "in_person",
            "purpose": "Agree the tender's criteria",
            **more,
        }
        return self.keep(Visit(account_id=account.id, user_id=user.id, **values))
