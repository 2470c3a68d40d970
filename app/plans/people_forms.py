"""What a person types when people change: who leaves, moves or comes, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue import lazy_gettext as _l
from app.forms import Form, choices, text
from app.row_ids import row_number


class TasksForm(Form):
    """The tasks that a change makes, each a tick, and who takes them on."""

    tasks = SelectMultipleField(
        _l("Tasks to make"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    owner = SelectField(_l("Who takes them on"), coerce=row_number)

    def offer(self, colleagues: Iterable[tuple[int, str]]) -> None:
        """Whom of ours there is."""
        self.owner.choices = choices(colleagues)


class LeaveForm(TasksForm):
    """A person leaves."""

    on = DateField(_l("Last day"), [DataRequired(_l("Say from which day."))])
    successor = text(_l("Who comes after them"))
    is_placeholder = BooleanField(_l("Nobody known yet: keep their place open"))


class MoveForm(LeaveForm):
    """A person takes another post at the same account."""

    on = DateField(_l("In the new post from"), [DataRequired(_l("Say from which day."))])
    title = text(_l("New title"), validators=[DataRequired(_l("Say what they are now."))])
    department = text(_l("Department"))
    unit = text(_l("Business unit"))
    level = IntegerField(
        _l("Level"), [Optional(), NumberRange(1, 30)], description=_l("1 is the highest.")
    )
    manager = SelectField(_l("Reports to"), coerce=row_number, default=0)
    keeps_roles = BooleanField(_l("Keeps their roles in decisions"))

    def offer_managers(self, people: Iterable[tuple[int, str]], person_id: int) -> None:
        """Whom they may report to in the new post: anyone but themselves."""
        others = [one for one in people if one[0] != person_id]
        self.manager.choices = choices([(0, _l("Nobody known")), *others])


FORMS: dict[str, Any] = {"leave": LeaveForm, "move": MoveForm, "arrive": TasksForm}
