"""What a person may type about signing in and about themselves."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from wtforms import BooleanField, HiddenField, PasswordField, SelectField, ValidationError
from wtforms.validators import DataRequired, Email, EqualTo, Length

from app.catalogue import lazy_gettext as _l
from app.config import LANGUAGES
from app.forms import Form, TermField, choices, text
from app.users.rules import LEAST_PASSWORD, Theme

REQUIRED = DataRequired(_l("Please fill this in."))


def new_password(label: Any) -> PasswordField:
    """A password to be chosen: long enough, and not the size of an attack."""
    return PasswordField(
        label,
        validators=[
            REQUIRED,
            Length(
                min=LEAST_PASSWORD,
                max=200,
                message=_l("Choose at least %(min)d characters; a few words together work well."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """The door."""

    email = text(
        _l("E-mail"),
        validators=[REQUIRED],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[REQUIRED, Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(_l("Stay signed in on this device"))
    next = HiddenField()


class FirstAdministratorForm(Form):
    """The first visitor of an empty workspace, with the token from the terminal."""

    token = text(_l("Token from the terminal"), validators=[REQUIRED])
    name = text(_l("Your name"), validators=[REQUIRED])
    email = text(_l("E-mail"), validators=[REQUIRED, Email(_l("This is not an e-mail address."))])
    password = new_password(_l("Password"))


class PreferencesForm(Form):
    """How the workspace looks to one person."""

    name = text(_l("Your name"), validators=[REQUIRED])
    language = SelectField(
        _l("Language"),
        choices=lambda: choices(LANGUAGES.items(), empty=_l("As the browser asks")),
        coerce=lambda value: value or None,
    )
    timezone = text(_l("Time zone"), render_kw={"list": "zones"})
    theme = TermField(_l("Appearance"), Theme)

    def validate_timezone(self, field: Any) -> None:
        """An empty zone means the workspace's."""
        if field.data and field.data not in available_timezones():
            raise ValidationError(_l("Choose a time zone such as Asia/Shanghai."))


class PasswordForm(Form):
    """A change of one's own password."""

    old = PasswordField(
        _l("Password now"), validators=[REQUIRED], render_kw={"autocomplete": "current-password"}
    )
    password = new_password(_l("New password"))
    again = PasswordField(
        _l("New password again"),
        validators=[EqualTo("password", _l("The two differ."))],
        render_kw={"autocomplete": "new-password"},
    )
