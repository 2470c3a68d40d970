"""Finding what a verb is asked about."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.commands.common import Failure


def find_account(session: Session, words: str) -> Account:
    """An account by external id, else name, else number; archived ones last."""
    wanted = or_(Account.external_id == words, Account.name == words, Account.other_name == words)
    if words.isascii() and words.isdigit() and len(words) < 10:
        wanted = or_(wanted, Account.id == int(words))
    every = session.scalars(select(Account).where(wanted)).all()
    ranked = sorted(every, key=lambda one: _rank(one, words))
    if not ranked:
        raise Failure(f"There is no account {words}.")
    if len(ranked) > 1 and _rank(ranked[0], words)[:2] == _rank(ranked[1], words)[:2]:
        raise Failure(f"Several accounts are named {words}; give the number or the external id.")
    return ranked[0]


def _rank(account: Account, words: str) -> tuple[bool, int, int]:
    by = (account.external_id, account.name, account.other_name, str(account.id))
    return account.archived_at is not None, by.index(words), account.id
