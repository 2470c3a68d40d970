"""What a person may type about visits before they are held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue import gettext
from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.row_ids import row_id, row_number
from app.visits.changes import Asked
from app.visits.rules import Channel, goals_of, problems_planning

MOST = 10**10
BY_RHYTHM = "rhythm"
MOST_TIMES = 26
YEARS = range(1990, 2190)
"""Weeks that a calendar turns to; beyond, dates would overflow."""


def day_in(text: str | None) -> date | None:
    """A day in an address, if it is one that a calendar turns to."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS else None


def toggles(label: Any, coerce: Any = row_number) -> SelectMultipleField:
    """Several rows, all in sight; the choices come in later."""
    return SelectMultipleField(
        label, coerce=coerce, choices=[], widget=ListWidget(), option_widget=CheckboxInput()
    )


class GoalNeeded:
    """The rule that every contact has its goal set beforehand, told at the field."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        for problem in problems_planning(field.data or "", is_reactive=form.is_reactive.data):
            raise ValidationError(gettext(problem.message))


class VisitForm(Form):
    """A contact with its goals set beforehand [000]."""

    goals = long_text(_l("Goals"), most=4000)
    purpose = text(_l("In short"))
    on = DateField(_l("Day"), [InputRequired(_l("Say which day."))])
    at = TimeField(_l("Time"), [Optional()])
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(5, 1440)])
    channel = TermField(
        _l("Channel"), Channel, default=Channel.IN_PERSON, validators=[InputRequired()]
    )
    place = text(_l("Place"))
    people = toggles(_l("Whom of theirs"))
    user_id = SelectField(_l("Whose visit"), coerce=row_id, choices=[])
    colleagues = toggles(_l("Who else of ours"))
    opportunity_id = SelectField(_l("Opportunity"), coerce=row_id, choices=[])
    commitment_sought = text(_l("Commitment sought"))
    offered = toggles(_l("Questions that fit"), coerce=str)
    questions = long_text(_l("Your own questions"))
    materials = long_text(_l("Materials to bring"), most=2000)
    is_reactive = BooleanField(_l("They called for it"))
    cost = NumberField(_l("Expense"), [Optional(), NumberRange(0, MOST)], places=None)
    every = SelectField(_l("Repeat"), choices=[], default="")
    times = IntegerField(_l("How often in all"), [Optional(), NumberRange(2, MOST_TIMES)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals.validators = [GoalNeeded(), *self.goals.validators[1:]]
        self.goals.flags.required = True
        self.every.choices = choices(
            (
                ("", _l("Not at all")),
                (BY_RHYTHM, _l("By their rhythm")),
                ("7", _l("Every week")),
                ("14", _l("Every two weeks")),
                ("28", _l("Every four weeks")),
                ("91", _l("Every quarter")),
            )
        )

    def offer(
        self,
        people: Iterable[tuple[int, str]],
        ours: Iterable[tuple[int, str]],
        deals: Iterable[tuple[int, str]],
        questions: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Give the selects their rows."""
        colleagues = list(ours)
        self.people.choices = choices(people)
        self.colleagues.choices = choices(colleagues)
        self.user_id.choices = choices(colleagues, empty=_l("Nobody yet"))
        self.opportunity_id.choices = choices(deals, empty=_l("None in particular"))
        self.offered.choices = choices(questions)

    @property
    def heading(self) -> str:
        """What lists call the visit: what was typed, else its first goal."""
        goals = goals_of(self.goals.data or "")
        return (self.purpose.data or (goals[0] if goals else ""))[:255]

    def asked(self, offered: dict[str, Asked]) -> list[Asked]:
        """The questions chosen among those offered, and those typed."""
        chosen = [offered[key] for key in self.offered.data or () if key in offered]
        return [*chosen, *(Asked(line) for line in goals_of(self.questions.data or ""))]


class MoveForm(Form):
    """Another day for a visit."""

    on = DateField(_l("Day"), [InputRequired(_l("Say which day."))])
    at = TimeField(_l("Time"), [Optional()])


VIEWS = ("week", "month", "agenda")


class CalendarFilter(Form):
    """Whose visits, of which account, over which days."""

    class Meta(Form.Meta):
        csrf = False

    view = SelectField(_l("View"), choices=choices((view, view) for view in VIEWS))
    day = DateField(_l("Day"), [Optional()])
    whose = SelectField(_l("Whose"), choices=[])
    account = SelectField(_l("Account"), choices=[], coerce=row_id)

    def offer(self, people: Sequence[tuple[int, str]], accounts: Sequence[tuple[int, str]]) -> None:
        """Whose visits and which accounts there are to choose from."""
        everyone = [("mine", _l("Mine")), ("team", _l("All I may see"))]
        self.whose.choices = choices([*everyone, *((str(row), name) for row, name in people)])
        self.account.choices = choices(accounts, empty=_l("Every account"))
