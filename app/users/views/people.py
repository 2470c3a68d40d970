"""Our people, for administrators: who they are, whom they report to, who has left."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed
from app.users.changes import add_user, forget_invitations
from app.users.company import COMPANY, company_from
from app.users.forms import PeopleFilter, UserForm
from app.users.leading import problems_leading, problems_losing
from app.users.models import User
from app.users.queries import (
    administrators,
    colleague_choices,
    find_setting,
    find_user,
    is_address_taken,
    managers,
    user_rows,
)
from app.users.views.blueprint import users
from app.web import (
    _,
    commit_or_stale,
    invalid,
    list_place,
    render,
    see,
    stale_page,
    why,
)

MANAGE = "manage people"


@users.get("/settings/people")
@allowed(MANAGE)
def index() -> ResponseReturnValue:
    """Our people."""
    form = PeopleFilter(request.args)
    page = user_rows(
        db.session(), form.q.data or "", archived=form.archived.data, place=list_place()
    )
    return render("users/index.html", form=form, page=page)


def _offered(form: UserForm, user: User | None) -> UserForm:
    colleagues = colleague_choices(db.session())
    form.offer([one for one in colleagues if user is None or one[0] != user.id])
    return form


def _check(form: UserForm, user: User | None) -> bool:
    """Whether the form can be kept; what stands against it is said at its fields."""
    if not form.validate():
        return False
    session, own_id = db.session(), user.id if user else None
    form.email.data = form.email.data.lower() or None
    if form.email.data and is_address_taken(session, form.email.data, own_id):
        form.email.errors = [_("Somebody has this address already, perhaps one who left.")]
    leading = problems_leading(own_id, form.manager_id.data, managers(session))
    if leading:
        form.manager_id.errors = [why(problem) for problem in leading]
    losing = _losing(form, user)
    if losing:
        form.role.errors = losing
    return not form.errors


def _losing(form: UserForm, user: User | None) -> list[str]:
    if user is None:
        return []
    role = form.role.data if form.email.data else None
    return [why(one) for one in problems_losing(user.id, role, administrators(db.session()))]


@users.route("/settings/people/add", methods=["GET", "POST"])
@allowed(MANAGE)
def add() -> ResponseReturnValue:
    """Add one of our people; an invitation lets them in."""
    if request.method == "GET":
        company = company_from(find_setting(db.session(), COMPANY))
        form = _offered(UserForm(language=company.language), None)
        return render("users/form.html", form=form, user=None)
    form = _offered(UserForm(), None)
    if not _check(form, None):
        return invalid("users/form.html", form=form, user=None)
    typed: dict[str, Any] = {name: form[name].data for name in KEPT}
    user = add_user(db.session(), **typed)
    db.session().commit()
    message = _("%(name)s is added. Invite them, so that they can sign in.", name=user.name)
    return see("users.edit", message, user_id=user.id)


KEPT = ("name", "email", "role", "manager_id", "office", "language")


@users.route("/settings/people/<int:user_id>/edit", methods=["GET", "POST"])
@allowed(MANAGE)
def edit(user_id: int) -> ResponseReturnValue:
    """Change what is kept of one of our people."""
    user = found_or_404(user_id)
    form = _offered(UserForm(obj=user), user)
    if request.method == "GET":
        return render("users/form.html", form=form, user=user)
    if not _check(form, user):
        return invalid("users/form.html", form=form, user=user)
    if form.is_stale(user):
        return stale_page(form, user)
    form.fill(user)
    return commit_or_stale(form, user) or see("users.index", _("Saved."))


@users.post("/settings/people/<int:user_id>/archive")
@allowed(MANAGE)
def put_away(user_id: int) -> ResponseReturnValue:
    """Somebody leaves: every session of theirs ends, their work stays."""
    user = found_or_404(user_id)
    problems = problems_losing(user_id, None, administrators(db.session()))
    if problems:
        form = _offered(UserForm(formdata=None, obj=user), user)
        form.form_errors += [why(problem) for problem in problems]
        return invalid("users/form.html", form=form, user=user)
    user.archived_at = db.now()
    forget_invitations(db.session(), user)
    db.session().commit()
    undo = f"/settings/people/{user_id}/restore"
    return see("users.index", _("%(name)s has left.", name=user.name), undo=undo)


@users.post("/settings/people/<int:user_id>/restore")
@allowed(MANAGE)
def bring_back(user_id: int) -> ResponseReturnValue:
    """Somebody comes back, with the access they had."""
    user = found_or_404(user_id)
    user.archived_at = None
    db.session().commit()
    return see("users.index", _("%(name)s is back.", name=user.name))


def found_or_404(user_id: int) -> User:
    """One of our people."""
    user = find_user(db.session(), user_id)
    if user is None:
        abort(404)
    return user
