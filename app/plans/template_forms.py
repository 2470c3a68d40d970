"""What a person may type of a template."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired

from app.accounts.rules import SizeClass
from app.forms import Form, TermField, text


class TemplateForm(Form):
    """A template's name and the accounts it is for."""

    name = text(_l("Name"), validators=[DataRequired(_l("Give the template a name."))])
    industry = text(_l("Industry"))
    size_class = TermField(_l("Size class"), SizeClass, empty=_l("Any size"))
