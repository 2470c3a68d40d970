"""What a person may type in a review."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import DataRequired, Optional

from app.forms import Form, choices, long_text, text
from app.pipeline.forms import NOBODY
from app.row_ids import row_id


class DecisionForm(Form):
    """What is decided about a deal."""

    decision = long_text(_l("Decision"), most=4000)


class ActionForm(Form):
    """Who does what by when."""

    place = HiddenField()
    what = text(_l("What"), validators=[DataRequired(_l("Say what is to be done."))])
    owner_id = SelectField(_l("Who"), coerce=row_id)
    due = DateField(_l("By"), [Optional()])

    def offer_owners(self, people: Iterable[tuple[int, str]]) -> None:
        """The colleagues to choose from."""
        self.owner_id.choices = choices(people, empty=NOBODY)


class TickForm(Form):
    """What came of an action."""

    outcome = text(_l("What came of it"))
    is_done = HiddenField()


class SummaryForm(Form):
    """What holds for the whole meeting."""

    present = long_text(_l("Who was there"), most=2000)
    summary = long_text(_l("Summary"), most=8000)
