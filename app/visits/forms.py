"""What a person may type about visits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput

from app.forms import Form, TermField, choices, long_text, text
from app.stakeholders.rules import Support
from app.visits.rules import Channel, Commitment, problems_planning

MOST = 10**10
SUPPORT = "support_"


def row_id(value: Any) -> int | None:
    """A chosen row's id; None for the empty choice."""
    return int(value) if value not in (None, "", "None") else None


def row_number(text: str | None) -> int | None:
    """A row's id in an address, if it could be one."""
    number = int(text) if text and text.isascii() and text.isdigit() else None
    return number if number is not None and number < 2**31 else None


def toggles(label: Any) -> SelectMultipleField:
    """Several rows, all in sight; the choices come in later."""
    return SelectMultipleField(
        label, coerce=int, choices=[], widget=ListWidget(), option_widget=CheckboxInput()
    )


class PurposeNeeded:
    """The rule that every contact has its goal set beforehand, told at the field."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        for problem in problems_planning(field.data or "", is_reactive=form.is_reactive.data):
            raise ValidationError(gettext(problem.message))


class VisitForm(Form):
    """A contact with its goal set beforehand [000]."""

    purpose = text(_l("Purpose"), validators=[PurposeNeeded()])
    on = DateField(_l("Day"), [InputRequired(_l("Say which day."))])
    at = TimeField(_l("Time"), [Optional()])
    channel = TermField(
        _l("Channel"), Channel, default=Channel.IN_PERSON, validators=[InputRequired()]
    )
    people = toggles(_l("Whom of theirs"))
    user_id = SelectField(_l("Whose visit"), coerce=row_id, choices=[])
    colleagues = toggles(_l("Who else of ours"))
    opportunity_id = SelectField(_l("Opportunity"), coerce=row_id, choices=[])
    commitment_sought = text(_l("Commitment sought"))
    questions = long_text(_l("Questions to ask"))
    is_reactive = BooleanField(_l("They called for it"))
    cost = DecimalField(_l("Expense"), [Optional(), NumberRange(0, MOST)], places=None)

    def offer(
        self,
        people: Iterable[tuple[int, str]],
        ours: Iterable[tuple[int, str]],
        deals: Iterable[tuple[int, str]],
    ) -> None:
        """Give the selects their rows."""
        colleagues = list(ours)
        self.people.choices = choices(people)
        self.colleagues.choices = choices(colleagues)
        self.user_id.choices = choices(colleagues, empty=_l("Nobody yet"))
        self.opportunity_id.choices = choices(deals, empty=_l("None in particular"))


class LogForm(Form):
    """What came of a visit: three taps, and more for those who have it."""

    commitment = TermField(
        _l("Was the commitment given?"),
        Commitment,
        empty=_l("None was sought"),
        widget=ListWidget(),
        option_widget=RadioInput(),
    )
    next_step = text(_l("Next step"))
    next_step_on = DateField(_l("By"), [Optional()])
    outcome = long_text(_l("What was said"))
    held_on = DateField(_l("Held on"), [InputRequired(_l("Say when it was held."))])

    def support_fields(self) -> list[tuple[int, Any]]:
        """The fields of support seen, with whose they are."""
        return [
            (int(name.removeprefix(SUPPORT)), field)
            for name, field in self._fields.items()
            if name.startswith(SUPPORT)
        ]

    def support_seen(self) -> dict[int, int]:
        """Support by person, of those it was seen of."""
        return {
            person_id: int(field.data)
            for person_id, field in self.support_fields()
            if field.data is not None
        }


def log_form_of(people: Iterable[tuple[int, str]]) -> type[LogForm]:
    """The log's form for a visit to certain people (id, name)."""
    fields = {
        f"{SUPPORT}{person_id}": TermField(
            name,
            list(Support),
            empty=_l("Not seen"),
            widget=ListWidget(),
            option_widget=RadioInput(),
        )
        for person_id, name in people
    }
    return type("LogFormOfPeople", (LogForm,), fields)


class WeekFilter(Form):
    """Whose visits, and which week."""

    class Meta(Form.Meta):
        csrf = False

    whose = SelectField(
        _l("Whose"),
        choices=lambda: choices((("mine", _l("Mine")), ("team", _l("All I may see")))),
    )
    week = DateField(_l("Week of"), [Optional()])
