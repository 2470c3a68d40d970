"""What a person may type beside a deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from app.catalogue import lazy_gettext as _l
from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.pipeline.forms import MOST_MONEY, NOBODY
from app.pipeline.kept_views import ViewPage
from app.pipeline.noting import Favours, NoteKind, Position
from app.pipeline.qualifying import Answer, Answered, Question
from app.pipeline.rules import STAGES, Grade, Stage
from app.pipeline.stage_rules import MOST_ITEMS, Subject
from app.row_ids import row_id

UNKNOWN = _l("Unknown")
FILL_IN = InputRequired(_l("Please fill this in."))


class TickForm(Form):
    """A point of a checklist, done or not."""

    stage = TermField(_l("Stage"), Stage)
    item = HiddenField(validators=[DataRequired(), Length(max=255)])
    done = BooleanField(_l("Done"))
    evidence = text(_l("What shows it"))


class QualifyForm(Form):
    """The five questions, each with what shows the answer; and the grade, if given by hand."""

    grade = TermField(_l("Grade"), Grade, empty=_l("As the answers say"))

    @staticmethod
    def shown(answers: Mapping[Question, Answered]) -> dict[str, Any]:
        """The answers as the form shows them."""
        filled: dict[str, Any] = {}
        for question, one in answers.items():
            filled |= {f"value_{question}": one.answer, f"evidence_{question}": one.evidence}
        return filled

    def changed(
        self, before: Mapping[Question, Answered]
    ) -> Iterator[tuple[Question, Answer | None, str]]:
        """What was typed where it differs from what held."""
        for question in Question:
            value, evidence = self[f"value_{question}"].data, self[f"evidence_{question}"].data
            old = before.get(question)
            if (value, evidence) != ((old.answer, old.evidence) if old else (None, "")):
                yield question, value, evidence


for _question in Question:
    setattr(
        QualifyForm, f"value_{_question}", TermField(_l(_question.label), Answer, empty=UNKNOWN)
    )
    setattr(QualifyForm, f"evidence_{_question}", text(_l("What shows it"), most=1000))


class BuyerForm(Form):
    """Where the buyer is seen to be."""

    stage = TermField(_l("The buyer is in"), STAGES, empty=UNKNOWN)
    evidence = long_text(_l("What shows it"), most=2000)


class ContenderForm(Form):
    """A competitor in the deal."""

    name = text(_l("Competitor"), validators=[DataRequired(_l("Name the competitor."))])
    position = TermField(_l("Position"), Position, empty=UNKNOWN)
    price = NumberField(_l("Their price"), [Optional(), NumberRange(0, MOST_MONEY)], places=None)
    strengths = long_text(_l("Strengths"), most=2000)
    weaknesses = long_text(_l("Weaknesses"), most=2000)


class CriterionForm(Form):
    """What the deal is decided by."""

    words = text(_l("Criterion"), validators=[DataRequired(_l("Say what they decide by."))])
    stakeholder_id = SelectField(_l("Set by"), coerce=row_id)
    favours = TermField(_l("Works"), Favours, empty=UNKNOWN)
    set_on = DateField(_l("Set on"), [Optional()])

    def offer_people(self, people: Iterable[tuple[int, str]]) -> None:
        """Whom of theirs it may come from."""
        self.stakeholder_id.choices = choices(people, empty=UNKNOWN)


class NoteForm(Form):
    """A note, or a no."""

    kind = TermField(_l("Kind"), NoteKind)
    words = TextAreaField(
        _l("What was said"),
        validators=[DataRequired(_l("Say what was said.")), Length(max=5000)],
    )
    on = DateField(_l("On"), [FILL_IN])
    ask_again_on = DateField(_l("Ask again on"), [Optional()])


class FileForm(Form):
    """A file to hand in."""

    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))])


class AskForm(Form):
    """A yes that is asked for."""

    subject = TermField(_l("What for"), Subject)
    approver_id = SelectField(_l("Who is to decide"), coerce=row_id)
    words = long_text(_l("What speaks for it"), most=2000)

    def offer_approvers(self, people: Iterable[tuple[int, str]]) -> None:
        """Those who may say yes."""
        self.approver_id.choices = choices(people, empty=NOBODY)


class ReplyForm(Form):
    """A yes or a no, with words."""

    granted = HiddenField()
    answer = long_text(_l("Answer"), most=2000)


class QuickForm(Form):
    """What changes most often, typed on the board."""

    amount = NumberField(_l("Amount"), [Optional(), NumberRange(0, MOST_MONEY)], places=None)
    close_on = DateField(_l("Expected to close on"), [Optional()])
    next_step = text(_l("Next step"))
    next_step_on = DateField(_l("Next step on"), [Optional()])


class StageRulesForm(Form):
    """What a company sets for its six stages."""

    approvals = SelectField(
        _l("A yes is wanted for"),
        choices=lambda: choices(
            [
                ("", _l("Nothing")),
                ("qualification", _l("The pre-sales project")),
                ("signature", _l("The contract")),
                ("both", _l("Both")),
            ]
        ),
        default="",
    )

    def of(self, stage: Stage, what: str) -> Any:
        """What was typed for a stage."""
        return self[f"{what}_{stage}"].data


for _stage in Stage:
    _own: dict[str, Any] = {
        "name": text(_l("Name"), most=40),
        "milestone": text(_l("Milestone")),
        "norm": NumberField(_l("Usual days"), [Optional(), NumberRange(1, 3650)], places=None),
        "items": long_text(_l("Checklist, a point a line"), most=MOST_ITEMS * 200),
    }
    for _what, _field in _own.items():
        setattr(StageRulesForm, f"{_what}_{_stage}", _field)


class ViewForm(Form):
    """Filters to be kept."""

    page = HiddenField()
    query = HiddenField(default="")
    name = text(_l("Name"), most=60, validators=[DataRequired(_l("Give the view a name."))])
    is_shared = BooleanField(_l("Share it with everyone"))
    is_default = BooleanField(_l("Open the page with it"))

    def validate_page(self, field: Any) -> None:
        """Only pages that have views."""
        if field.data not in set(ViewPage):
            raise ValidationError(_l("There is no such page."))
