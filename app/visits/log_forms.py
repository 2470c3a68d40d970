"""What a person may type about a visit that was held: three taps, and more for who has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import ListWidget, RadioInput

from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.row_ids import row_id
from app.stakeholders.rules import Depth, Support
from app.visits.forms import MOST
from app.visits.landing_changes import Log, Promised
from app.visits.rules import Commitment, Went, people_typed

SUPPORT, DEPTH, ANSWER = "support_", "depth_", "answer_"
PROMISES = 3
THEIRS = "theirs"

QUICK = {
    "send": (_l("Send what they asked for, in three days"), _l("Send what they asked for"), 3),
    "call": (_l("Call them in a week"), _l("Call them"), 7),
    "see": (_l("See them again in two weeks"), _l("See them again"), 14),
    "none": (_l("Nothing for now"), "", 0),
}
"""Next steps in one tap: the tap's words, the step's, and in how many days."""


def one_of(label: Any, terms: Any, empty: Any) -> TermField:
    """A choice with everything in sight, one tap each."""
    return TermField(label, terms, empty=empty, widget=ListWidget(), option_widget=RadioInput())


class LogForm(Form):
    """What came of a visit."""

    key = HiddenField(validators=[Length(max=64)])
    went = one_of(_l("How did it go?"), Went, _l("Cannot tell"))
    commitment = one_of(_l("Was the commitment given?"), Commitment, _l("None was sought"))
    quick = RadioField(
        _l("Next step"),
        choices=[SelectChoice(name, words) for name, (words, _step, _days) in QUICK.items()],
        validators=[Optional()],
        validate_choice=False,
        widget=ListWidget(),
    )
    next_step = text(_l("Or in your words"))
    next_step_on = DateField(_l("By"), [Optional()])
    outcome = long_text(_l("What was said"))
    noes = IntegerField(_l("How often did they say no?"), [Optional(), NumberRange(0, 99)])
    met = long_text(_l("New people met"), most=2000)
    feedback = long_text(_l("Feedback heard"))
    cost = NumberField(_l("Expense"), [Optional(), NumberRange(0, MOST)], places=None)
    held_on = DateField(_l("Held on"), [InputRequired(_l("Say when it was held."))])

    def offer(self, ours: Iterable[tuple[int, str]]) -> None:
        """Who may keep a promise."""
        owners = [(THEIRS, _l("They promised it")), *ours]
        for number in range(PROMISES):
            self[f"promise_by_{number}"].choices = choices(owners)

    def begin(self) -> None:
        """A form newly opened has a number of its own, by which it is known when it arrives."""
        self.key.data = uuid4().hex

    def of_each(self, prefix: str) -> list[tuple[int, Any]]:
        """The fields of one kind, with whose (or which question's) they are."""
        return [
            (int(name.removeprefix(prefix)), field)
            for name, field in self._fields.items()
            if name.startswith(prefix)
        ]

    def seen(self, prefix: str) -> dict[int, int]:
        """Support or depth by person, of those it was seen of."""
        found = self.of_each(prefix)
        return {person_id: int(field.data) for person_id, field in found if field.data is not None}

    def promise_fields(self) -> list[tuple[Any, Any, Any]]:
        """Words, by whom, and by when, for each promise there is room for."""
        names = ("promise_", "promise_by_", "promise_on_")
        return [tuple(self[f"{name}{number}"] for name in names) for number in range(PROMISES)]

    def promises(self) -> tuple[Promised, ...]:
        """The promises typed."""
        return tuple(
            Promised(
                words.data,
                by.data != THEIRS,
                row_id(by.data) if by.data != THEIRS else None,
                on.data,
            )
            for words, by, on in self.promise_fields()
            if words.data
        )

    def step(self) -> tuple[str, date | None]:
        """The next step and its day: as typed, else as tapped."""
        if self.next_step.data:
            return self.next_step.data, self.next_step_on.data
        _words, step, days = QUICK.get(self.quick.data or "none", QUICK["none"])
        if not step:
            return "", None
        held_on: date = self.held_on.data
        return str(step), self.next_step_on.data or held_on + timedelta(days=days)

    def log(self) -> Log:
        """What was typed, as a log."""
        next_step, next_step_on = self.step()
        return Log(
            held_on=self.held_on.data,
            outcome=self.outcome.data or "",
            commitment=self.commitment.data,
            next_step=next_step,
            next_step_on=next_step_on,
            support=self.seen(SUPPORT),
            went=self.went.data,
            depth=self.seen(DEPTH),
            answers={number: field.data or "" for number, field in self.of_each(ANSWER)},
            promises=self.promises(),
            met=tuple(people_typed(self.met.data or "")),
            feedback=self.feedback.data or "",
            noes=self.noes.data or 0,
            cost=self.cost.data,
            key=self.key.data or None,
        )


for _number in range(PROMISES):
    setattr(LogForm, f"promise_{_number}", text(_l("What was promised")))
    _by = SelectField(_l("By whom"), choices=[], default=THEIRS)
    setattr(LogForm, f"promise_by_{_number}", _by)
    setattr(LogForm, f"promise_on_{_number}", DateField(_l("By when"), [Optional()]))


def log_form_of(
    people: Iterable[tuple[int, str]], questions: Iterable[tuple[int, str]] = ()
) -> type[LogForm]:
    """The log's form for a visit to certain people (id, name) with questions (id, words)."""
    fields: dict[str, Any] = {}
    for person_id, name in people:
        fields[f"{SUPPORT}{person_id}"] = one_of(name, list(Support), _l("Not seen"))
        fields[f"{DEPTH}{person_id}"] = TermField(
            _l("How deep is your relation with %(name)s?", name=name),
            list(Depth),
            empty=_l("Not judged"),
        )
    for question_id, words in questions:
        fields[f"{ANSWER}{question_id}"] = long_text(words, most=4000)
    return type("LogFormOfPeople", (LogForm,), fields)
