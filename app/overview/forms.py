"""What a person may type on Today."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.validators import DataRequired

from app.catalogue import lazy_gettext as _l
from app.forms import Form, choices, text

SPANS = (
    (1, _l("Tomorrow")),
    (3, _l("In three days")),
    (7, _l("In a week")),
    (30, _l("In a month")),
)


class SnoozeForm(Form):
    """Until when a line is put off, and why."""

    days = SelectField(_l("Show it again"), choices=lambda: choices(SPANS), coerce=str, default="1")
    reason = text(_l("Why"), validators=[DataRequired(_l("Say why: you will want to know."))])
