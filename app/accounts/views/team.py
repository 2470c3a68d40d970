"""An account's team: who may read, edit and own it."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import OWN, account_or_404, me
from app.accounts.changes import set_level
from app.accounts.forms import SeatForm
from app.accounts.models import Account
from app.accounts.profile_queries import Member, team_of
from app.accounts.queries import find_account
from app.accounts.team import problems_seating
from app.accounts.views.blueprint import accounts
from app.forms import choices
from app.users.queries import colleague_choices, find_user
from app.users.rules import Level, UserRole
from app.web import _, invalid, render, see, why


@accounts.get("/accounts/<int:account_id>/team")
def team(account_id: int) -> ResponseReturnValue:
    """Who serves the account."""
    account = account_or_404(account_id)
    return render("accounts/team.html", **_page(account, SeatForm()))


def _page(account: Account, form: SeatForm) -> dict[str, Any]:
    members = team_of(db.session(), account.id)
    _offer(form, members)
    return {"account": account, "form": form, "members": members, "levels": list(Level)}


def _offer(form: SeatForm, members: list[Member]) -> None:
    seated = {member.seat.user_id for member in members}
    free = [pair for pair in colleague_choices(db.session()) if pair[0] not in seated]
    form.user_id.choices = choices(free, empty=_("Choose"))


@accounts.post("/accounts/<int:account_id>/team/add")
def add_member(account_id: int) -> ResponseReturnValue:
    """Give a colleague a place in the team."""
    account = account_or_404(account_id, OWN)
    form = SeatForm()
    page = _page(account, form)
    if not form.validate():
        return invalid("accounts/team.html", **page)
    problems = _seat(account, form.user_id.data, form.level.data)
    if problems:
        form.level.errors = problems
        return invalid("accounts/team.html", **page)
    return see("accounts.team", _("The team has changed."), account_id=account_id)


@accounts.post("/accounts/<int:account_id>/team/<int:user_id>")
def seat(account_id: int, user_id: int) -> ResponseReturnValue:
    """Change how far a member may go, or take them off the team (an empty level)."""
    account = account_or_404(account_id, OWN)
    typed = request.form.get("level", "")
    if typed not in {"", *(str(level.value) for level in Level)}:
        abort(422)
    members = {member.seat.user_id for member in team_of(db.session(), account_id)}
    if user_id not in members:
        abort(404)
    problems = _seat(account, user_id, Level(int(typed)) if typed else None)
    if problems:
        return invalid("accounts/team.html", **_page(account, SeatForm()), problems=problems)
    if not typed and not _still_here(account_id):
        return see("accounts.index", _("You have left the team."))
    return see("accounts.team", _("The team has changed."), account_id=account_id)


def _still_here(account_id: int) -> bool:
    return find_account(db.session(), account_id, me().id, me().role) is not None


def _seat(account: Account, user_id: int, level: Level | None) -> list[str]:
    """Change a place and commit, or say why not."""
    session = db.session()
    user = find_user(session, user_id)
    if user is None:
        abort(404)
    session.refresh(account, with_for_update=True)  # two owners must not remove each other
    seats = [member.seat for member in team_of(session, account.id)]
    problems = problems_seating(seats, user_id, UserRole(user.role), level)
    if not problems:
        set_level(session, account.id, user_id, level)
        session.commit()
    return [why(problem) for problem in problems]
