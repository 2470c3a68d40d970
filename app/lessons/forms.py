"""What a person may type about a lesson and its watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.lessons.rules import Standing
from app.lessons.watching import QUESTIONS, Clause, Condition, Kind, Watch, value_from
from app.pipeline.forms import MOST_MONEY, NOBODY
from app.pipeline.own_factors import FactorField
from app.pipeline.rules import STAGES
from app.row_ids import row_id

ALL, ANY = "all", "any"
HOW = ((ALL, _l("all of these hold")), (ANY, _l("any of these holds")))
MOST_DAYS, MOST_TIMES = 3650, 100


class LessonForm(Form):
    """A lesson, what shows it, and what follows."""

    words = text(
        _l("The lesson, in a sentence"), validators=[DataRequired(_l("Say what was learnt."))]
    )
    factor = FactorField(_l("Its cause"), empty=_l("Not said"))
    cause = long_text(_l("How it came about"), most=4000)
    evidence = SelectMultipleField(
        _l("What shows it"), choices=[], option_widget=CheckboxInput(), coerce=str
    )
    action = text(_l("What we do about it"))
    owner_id = SelectField(_l("Who"), coerce=row_id)
    due_on = DateField(_l("By"), [Optional()])

    def offer(self, people: Iterable[tuple[int, str]], events: Iterable[tuple[str, str]]) -> None:
        """The colleagues and the events of the deal to choose from."""
        self.owner_id.choices = choices(people, empty=NOBODY)
        self.evidence.choices = choices(events)


class LessonFilter(Form):
    """Which lessons to list."""

    q = text(_l("Words"))
    factor = FactorField(_l("Cause"), empty=_l("Every cause"), is_every=True)
    owner = SelectField(_l("Who"), coerce=row_id)
    standing = TermField(_l("Action"), Standing, empty=_l("Open or done"))

    def offer_owners(self, people: Iterable[tuple[int, str]]) -> None:
        """The colleagues to choose from."""
        self.owner.choices = choices(people, empty=_l("Everybody"))


class PeriodFilter(Form):
    """Over which days the report goes."""

    start = DateField(_l("From"), [Optional()])
    end = DateField(_l("Until"), [Optional()])


class BidFilter(Form):
    """Whose record against the others."""

    us = SelectField(_l("The record of"), validate_choice=False)


class HelpForm(Form):
    """Whether a lesson helped."""

    is_helpful = HiddenField()


def _field_of(kind: Kind) -> Field | None:
    words = kind.label
    if kind is Kind.NOTHING:
        return None
    if kind is Kind.STAGE:
        return TermField(_l(words), STAGES[:-1], validate_choice=False)
    if kind is Kind.NAME:
        return text(_l(words))
    most = {Kind.DAYS: MOST_DAYS, Kind.TIMES: MOST_TIMES, Kind.PERCENT: 100}.get(kind, MOST_MONEY)
    return NumberField(_l(words), [Optional(), NumberRange(0, most)], places=None)


class WatchForm(Form):
    """The conditions of a watch, and what to do when it fires."""

    how = RadioField(
        _l("It fires when"),
        choices=lambda: choices(HOW),
        default=ALL,
    )
    advice = long_text(_l("What to do then"), most=2000)

    def show(self, watch: Watch) -> None:
        """Put a watch into the form; what is not chosen shows its usual value."""
        self.how.data = ANY if watch.is_any else ALL
        chosen = {one.condition: one.value for one in watch.clauses}
        for condition, question in QUESTIONS.items():
            self[_tick(condition)].data = condition in chosen
            if _value(condition) in self:
                usual = None if question.kind is Kind.NAME else question.usual
                self[_value(condition)].data = chosen.get(condition, usual)

    @property
    def watch(self) -> Watch:
        """The watch that is put together."""
        chosen = [one for one in Condition if self[_tick(one)].data]
        clauses = tuple(Clause(one, self._typed(one)) for one in chosen)
        return Watch(clauses, is_any=self.how.data == ANY)

    def _typed(self, condition: Condition) -> Any:
        if _value(condition) not in self:
            return None
        typed = self[_value(condition)].data
        return value_from(condition, "") if typed in (None, "") else typed

    def rows(self) -> list[tuple[Condition, Field, Field | None]]:
        """Each condition with its tick and the field of its value."""
        return [(one, self[_tick(one)], self._fields.get(_value(one))) for one in Condition]


def _tick(condition: Condition) -> str:
    return f"on_{condition.value}"


def _value(condition: Condition) -> str:
    return f"value_{condition.value}"


def _add_conditions(questions: Mapping[Condition, Any]) -> None:
    for condition, question in questions.items():
        setattr(WatchForm, _tick(condition), BooleanField(_l(condition.label)))
        field = _field_of(question.kind)
        if field is not None:
            setattr(WatchForm, _value(condition), field)


_add_conditions(QUESTIONS)
