"""Who may do what: one readable table, and the three doors every view goes through.

Invisible is 404, visible but not yours is 403. An account's level comes from its team
(see app/accounts/queries.py); what belongs to the company goes by the person's role.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, g
from flask_login import current_user
from sqlalchemy import Select

from app import db
from app.accounts.models import Account
from app.accounts.queries import Sight, editable_accounts, find_account, sight_of, visible_accounts
from app.users.rules import Level, UserRole
from app.users.sign_in import Person

READ, EDIT, OWN = Level.READ, Level.EDIT, Level.OWN
EVERYONE = frozenset(UserRole)
WRITERS = EVERYONE - {UserRole.READER}

POLICY: dict[str, frozenset[UserRole]] = {
    "manage people": frozenset({UserRole.ADMINISTRATOR}),
    "manage settings": frozenset({UserRole.ADMINISTRATOR}),
    "manage every team": frozenset({UserRole.ADMINISTRATOR}),
    "add accounts": WRITERS,
    "import": WRITERS,
    "manage products": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "lead reviews": WRITERS,
    "set size classes": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "decide credit": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "approve support": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "set targets": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "set causes": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "manage plan templates": frozenset({UserRole.ADMINISTRATOR, UserRole.DIRECTOR}),
    "pass without milestone": WRITERS - {UserRole.PRESALES},
}
"""What each act of the company asks of a person's role."""

View = TypeVar("View", bound=Callable[..., Any])


def me() -> Person:
    """The person signed in; views behind the door always have one."""
    person: Person = current_user
    return person


def may(act: str) -> bool:
    """Whether the person signed in may do a company act of the POLICY."""
    return current_user.is_authenticated and current_user.role in POLICY[act]


def allowed(act: str) -> Callable[[View], View]:
    """A view only for those who may do ``act``; 403 for the rest."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not may(act):
                abort(403)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return wrap


def public(view: View) -> View:
    """A view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def account_or_404(account_id: int, to: Level = READ) -> Account:
    """The account, for someone who may go as far as ``to``; notes the level for templates."""
    found = find_account(db.session(), account_id, me().id, me().role)
    if found is None:
        abort(404)
    account, level = found
    g.level = level
    if level < to:
        abort(403)
    return account


def visible() -> Select[Any]:
    """The account ids that the person signed in may read."""
    return visible_accounts(me().id, me().role)


def sight() -> Sight:
    """The accounts that the person signed in may read, as a condition for long lists."""
    if "sight" not in g:
        person = me()
        g.sight = sight_of(db.session(), person.id, person.role, person.manager_id)
    kept: Sight = g.sight
    return kept


def editable() -> Select[Any]:
    """The account ids that the person signed in may change."""
    return editable_accounts(me().id, me().role)


def can(level: Level) -> bool:
    """For templates: whether the account at hand may be read, edited or owned."""
    return bool(g.get("level", 0) >= level)
