"""The door, and each person's own page."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app import db
from app.access import me, public
from app.config import LANGUAGES
from app.users.changes import add_user, set_password, use_first_token
from app.users.forms import FirstAdministratorForm, PasswordForm, PreferencesForm, SignInForm
from app.users.models import User
from app.users.queries import find_by_email, find_user, has_administrator
from app.users.rules import Theme, UserRole
from app.users.sign_in import (
    attempt_keys,
    forget_failures,
    hash_password,
    is_locked_out,
    new_token,
    note_failure,
    password_fits,
    person_of,
)
from app.users.views.blueprint import users
from app.web import _, commit_or_stale, invalid, render, see, stale_page


@users.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The door; an empty workspace leads to its first administrator."""
    if current_user.is_authenticated:
        return redirect("/", 303)
    if not has_administrator(db.session()):
        return redirect(url_for("users.first"), 303)
    form = SignInForm(next=request.args.get("next", ""))
    return render("users/sign_in.html", form=form)


@users.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Let a person in, or say that name and password do not go together."""
    form = SignInForm()
    if not form.validate():
        return invalid("users/sign_in.html", form=form)
    session = db.session()
    keys = attempt_keys(form.email.data, request.remote_addr or "")
    if is_locked_out(session, keys, db.now()):
        abort(429)
    user = find_by_email(session, form.email.data)
    hashed = user.password_hash if user else None
    session.rollback()  # a hash takes long: nobody waits for our lock meanwhile
    if not password_fits(form.password.data, hashed) or user is None:
        note_failure(session, keys, db.now())
        session.commit()
        form.password.errors = [_("E-mail and password do not go together.")]
        return invalid("users/sign_in.html", form=form)
    forget_failures(session, keys)
    session.commit()
    return welcome(user, remember=form.remember.data, target=form.next.data)


def welcome(user: User, *, remember: bool = False, target: str | None = None) -> Response:
    """A session begun anew, so that one set before the door is worth nothing."""
    cookie.clear()
    login_user(person_of(user), remember=remember)
    return redirect(inside(target), 303)


@users.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Leave on this device."""
    logout_user()
    cookie.clear()
    response = see("users.sign_in", _("You have signed out."))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@users.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """Leave on every device."""
    user = find_user(db.session(), me().id)
    assert user is not None
    user.session_token = new_token()
    db.session().commit()
    logout_user()
    response = see("users.sign_in", _("You have signed out on every device."))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@users.route("/first", methods=["GET", "POST"])
@public
def first() -> ResponseReturnValue:
    """The first visitor becomes the first administrator, once."""
    session = db.session()
    if has_administrator(session):
        abort(404)
    form = FirstAdministratorForm()
    if request.method == "GET":
        return render("users/first.html", form=form)
    if not form.validate():
        return invalid("users/first.html", form=form)
    if not use_first_token(session, form.token.data):
        form.token.errors = [_("This is not the token that the terminal shows.")]
        return invalid("users/first.html", form=form)
    user = add_user(
        session,
        name=form.name.data,
        email=form.email.data,
        role=UserRole.ADMINISTRATOR,
        password_hash=hash_password(form.password.data),
    )
    session.commit()
    return welcome(user)


@users.route("/me", methods=["GET", "POST"])
def preferences() -> ResponseReturnValue:
    """A person's name, language, time zone, appearance."""
    user = find_user(db.session(), me().id)
    assert user is not None
    form = PreferencesForm(obj=user)
    if request.method == "GET":
        return render("users/preferences.html", form=form, password=PasswordForm())
    if not form.validate():
        return invalid("users/preferences.html", form=form, password=PasswordForm())
    if form.is_stale(user):
        return stale_page(form, user)
    form.fill(user)
    return commit_or_stale(form, user) or see("users.preferences", _("Saved."))


@users.post("/me/password")
def password() -> ResponseReturnValue:
    """A new password; every other device is signed out."""
    form = PasswordForm()
    user = find_user(db.session(), me().id)
    assert user is not None
    if form.validate() and not password_fits(form.old.data, user.password_hash):
        form.old.errors = [_("This is not your password now.")]
    if form.errors:
        return invalid(
            "users/preferences.html", form=PreferencesForm(None, obj=user), password=form
        )
    set_password(user, hash_password(form.password.data))
    db.session().commit()
    cookie.clear()
    login_user(person_of(user))
    return see("users.preferences", _("Your password is changed; other devices are signed out."))


@users.post("/language")
@public
def language() -> ResponseReturnValue:
    """Change the language from any page."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated:
        user = find_user(db.session(), me().id)
        assert user is not None
        user.language = chosen
        db.session().commit()
    response = redirect(inside(request.form.get("next")), 303)
    response.set_cookie("language", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@users.post("/theme")
def theme() -> ResponseReturnValue:
    """Light, dark or as the device says, from any page."""
    chosen = request.form.get("theme", "")
    if chosen not in list(Theme):
        abort(400)
    user = find_user(db.session(), me().id)
    assert user is not None
    user.theme = chosen
    db.session().commit()
    return redirect(inside(request.form.get("next")), 303)


def inside(target: str | None) -> str:
    """An address of ours that a form carried, or the start when it leads elsewhere."""
    if not target or target[:1] != "/" or target[1:2] in {"/", "\\"}:
        return "/"
    return target
