"""What a person may ask of a proposed week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue import lazy_gettext as _l
from app.forms import Form, choices

MOST_A_DAY = 8


class ProposalFilter(Form):
    """Whose week, which days, how many visits a day, and where."""

    class Meta(Form.Meta):
        csrf = False

    whose = SelectField(_l("Whose week"), choices=[])
    week = DateField(_l("Week of"), [Optional()])
    days = SelectMultipleField(
        _l("Days on the road"),
        choices=[],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    a_day = IntegerField(_l("Visits a day"), [Optional(), NumberRange(1, MOST_A_DAY)])
    place = SelectField(_l("Only in"), choices=[])

    def offer(
        self,
        people: Sequence[tuple[int, str]],
        days: Sequence[tuple[date, str]],
        places: Sequence[str],
        own: Any,
    ) -> None:
        """What there is to choose from."""
        self.whose.choices = choices([("", own), *((str(row), name) for row, name in people)])
        self.days.choices = choices((day.isoformat(), words) for day, words in days)
        self.place.choices = choices(((place, place) for place in places), empty=_l("Any place"))
