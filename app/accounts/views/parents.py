"""The account above another, typed by its name."""

from __future__ import annotations

from app import db
from app.access import visible
from app.accounts.forms import AccountForm
from app.accounts.list_queries import ids_named
from app.accounts.models import Account
from app.accounts.profile_queries import ancestors
from app.web import _


def chosen_parent(form: AccountForm, account: Account | None) -> int | None:
    """The id of the account that was named, or None with the error on the field."""
    typed = form.parent.data
    if not typed:
        return None
    found = ids_named(db.session(), visible(), typed)
    if len(found) == 1 and not _makes_a_loop(account, found[0]):
        return found[0]
    form.parent.errors = [_problem(len(found))]
    return None


def _makes_a_loop(account: Account | None, parent_id: int) -> bool:
    return account is not None and account.id in ancestors(db.session(), parent_id)


def _problem(found: int) -> str:
    if not found:
        return _("You see no account of this name.")
    if found > 1:
        return _("Several accounts have this name: rename one, or leave this empty.")
    return _("That account is itself part of this one.")
