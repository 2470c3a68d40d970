"""What happens to accounts: they are added, given a team, put away and brought back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.users.rules import Level


def add_account(session: Session, account: Account, *, owner_id: int) -> Account:
    """Add an account; who adds it owns it."""
    session.add(account)
    session.flush()
    set_level(session, account.id, owner_id, Level.OWN)
    return account


def set_level(session: Session, account_id: int, user_id: int, level: Level | None) -> None:
    """Give a colleague a place in an account's team, change it, or take it away (None)."""
    seat = session.scalar(
        select(Membership).where(Membership.account_id == account_id, Membership.user_id == user_id)
    )
    if level is None:
        if seat is not None:
            session.delete(seat)
    elif seat is None:
        session.add(Membership(account_id=account_id, user_id=user_id, level=level))
    else:
        seat.level = level


def archive(account: Account, at: datetime) -> None:
    """Put an account away; nothing of it is lost."""
    account.archived_at = at


def restore(account: Account) -> None:
    """Bring an account back."""
    account.archived_at = None
