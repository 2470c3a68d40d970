"""What is asked of the database for plans side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.plans.models import AccountPlan


def plan_choices(
    session: Session, seen: Select[Any], on: date, most: int = 200
) -> list[tuple[int, str]]:
    """The plans at hand of accounts among those ``seen``, by account, for a choice."""
    rows = session.execute(
        select(AccountPlan.id, Account.name, AccountPlan.title)
        .join(Account, Account.id == AccountPlan.account_id)
        .where(
            AccountPlan.archived_at.is_(None),
            Account.archived_at.is_(None),
            AccountPlan.account_id.in_(seen),
            AccountPlan.starts_on <= on,
            AccountPlan.ends_on >= on,
        )
        .order_by(Account.name, AccountPlan.id)
        .limit(most)
    )
    return [(row.id, f"{row.name} · {row.title}") for row in rows]
