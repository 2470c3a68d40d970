"""What a person may type about signing in and about themselves."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from wtforms import BooleanField, HiddenField, PasswordField, SelectField, ValidationError
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional, Regexp

from app.catalogue import lazy_gettext as _l
from app.config import LANGUAGES
from app.forms import Form, TermField, choices, long_text, text
from app.row_ids import row_id
from app.users.company import rates_from
from app.users.rules import LEAST_PASSWORD, Theme, UserRole

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


def language_field(empty: Any) -> SelectField:
    """A choice of language, or none."""
    return SelectField(
        _l("Language"),
        choices=lambda: choices(LANGUAGES.items(), empty=empty),
        coerce=lambda value: value or None,
    )


class PreferencesForm(Form):
    """How the workspace looks to one person."""

    name = text(_l("Your name"), validators=[REQUIRED])
    language = language_field(_l("As the browser asks"))
    timezone = text(_l("Time zone"), render_kw={"list": "zones"})
    theme = TermField(_l("Appearance"), Theme)

    def validate_timezone(self, field: Any) -> None:
        """An empty zone means the workspace's."""
        if field.data and field.data not in available_timezones():
            raise ValidationError(_l("Choose a time zone such as Asia/Shanghai."))


class UserForm(Form):
    """One of our people, as an administrator keeps them."""

    name = text(_l("Full name"), validators=[REQUIRED])
    email = text(
        _l("E-mail"),
        validators=[Optional(), Email(_l("This is not an e-mail address."))],
        description=_l("They sign in with it; without one they are known, but cannot sign in."),
    )
    role = TermField(_l("Role"), UserRole, validators=[REQUIRED])
    manager_id = SelectField(_l("Reports to"), coerce=row_id)
    office = text(_l("Office"))
    language = language_field(_l("As the browser asks"))

    def offer(self, colleagues: list[tuple[int, str]]) -> None:
        """Fill in who may lead."""
        self.manager_id.choices = choices(colleagues, empty=_l("Nobody"))


class PeopleFilter(Form):
    """The filter bar of our people."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name or e-mail contains"))
    archived = BooleanField(_l("Only those who left"))


class InvitedForm(Form):
    """The password that an invited person chooses."""

    password = new_password(_l("Choose a password"))
    again = PasswordField(
        _l("The password again"),
        validators=[EqualTo("password", _l("The two differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class CompanyForm(Form):
    """What holds for the whole company."""

    currency = text(
        _l("Currency that new accounts begin with"),
        most=3,
        validators=[REQUIRED, Regexp("^[A-Z]{3}$", message=_l("Give three letters, such as CNY."))],
    )
    language = language_field(_l("As the browser asks"))
    rates = long_text(
        _l("What other currencies are worth in CNY"),
        most=4000,
        description=_l("A currency and a number a line, such as: USD 7.1"),
    )

    def validate_rates(self, field: Any) -> None:
        """Each line must be a rate."""
        try:
            rates_from(field.data)
        except ValueError as bad:
            raise ValidationError(_l("This line is no rate: %(line)s", line=str(bad))) from None


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
