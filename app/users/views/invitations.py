"""Invitations: a link, shown once to an administrator, with which a person sets a password."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, public
from app.users.changes import digest, forget_invitations, invite, set_password
from app.users.forms import InvitedForm
from app.users.models import User
from app.users.queries import find_invited
from app.users.sign_in import hash_password
from app.users.views.blueprint import users
from app.users.views.door import welcome
from app.users.views.people import MANAGE, found_or_404
from app.web import _, invalid, render, see


@users.post("/settings/people/<int:user_id>/invite")
@allowed(MANAGE)
def invitation(user_id: int) -> ResponseReturnValue:
    """A new link for a person; it holds for a week, works once, and ends any before it."""
    user = found_or_404(user_id)
    if not user.email or user.archived_at:
        message = _("Give %(name)s an e-mail address first.", name=user.name)
        return see("users.edit", message, user_id=user_id)
    token = invite(db.session(), user, db.now())
    db.session().commit()
    link = url_for("users.accept", token=token, _external=True)
    return render("users/invitation.html", user=user, link=link)


@users.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept(token: str) -> ResponseReturnValue:
    """Choose a password by the link, once."""
    user = _invited(token)
    form = InvitedForm()
    if request.method == "GET":
        return render("users/accept.html", form=form, user=user, token=token)
    if not form.validate():
        return invalid("users/accept.html", form=form, user=user, token=token)
    db.session().rollback()  # a hash takes long: nobody waits for our lock meanwhile
    hashed = hash_password(form.password.data)
    user = _invited(token)
    set_password(user, hashed)
    forget_invitations(db.session(), user)
    db.session().commit()
    return welcome(user)


def _invited(token: str) -> User:
    user = find_invited(db.session(), digest(token), db.now())
    if user is None:
        abort(404)
    return user
