"""What a person may type in a retrospective."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.catalogue import term_words
from app.forms import Form, choices, long_text, text, with_fields
from app.pipeline.forms import NOBODY
from app.pipeline.losing import Factor
from app.pipeline.own_factors import FactorField
from app.retrospectives.guide import GUIDE
from app.retrospectives.rules import LONGEST_NOTE
from app.row_ids import row_id, row_number

COUNTED = (("yes", _l("It counted")), ("no", _l("It did not")))
NO_WORD = _l("No word")


class ViewsForm(Form):
    """Whether each factor counted, as one voice says; ``asked`` are the factors."""

    asked: Collection[Factor] = ()

    def said(self) -> dict[Factor, bool | None]:
        """What is said of each factor; None where nothing is."""
        words = {"yes": True, "no": False}
        return {factor: words.get(self[field_of(factor)].data) for factor in self.asked}

    def tell(self, said: Mapping[Factor, bool]) -> None:
        """Show what was said before."""
        for factor, counted in said.items():
            self[field_of(factor)].data = "yes" if counted else "no"


def field_of(factor: Factor) -> str:
    """The name of a factor's field."""
    return f"counted_{factor.value}"


Views = TypeVar("Views", bound=ViewsForm)


def asking(kind: type[Views], factors: Collection[Factor]) -> type[Views]:
    """A form that asks of each of these factors whether it counted."""
    fields = {
        field_of(one): SelectField(term_words(one), choices=choices(COUNTED, empty=NO_WORD),
                                   default="")
        for one in factors
    }  # fmt: skip
    return with_fields(kind, {**fields, "asked": factors})


class InterviewForm(ViewsForm):
    """What somebody on the buyer's side told us, with their consent."""

    stakeholder_id = SelectField(_l("Person"), coerce=row_id, validators=[Optional()])
    who = text(_l("or somebody else"))
    on = DateField(_l("Asked on"), [InputRequired()])
    has_consent = BooleanField(
        _l("They agree that we keep what they said"),
        [DataRequired(_l("Without their consent it cannot be kept. Ask them, or leave it out."))],
    )

    def answers(self) -> dict[str, str]:
        """What was answered, by the guide's keys."""
        said = ((one.key, self[f"said_{one.key}"].data) for one in GUIDE)
        return {key: words for key, words in said if words}


for _asked in GUIDE:
    setattr(InterviewForm, f"said_{_asked.key}", long_text(_l(_asked.words), most=4000))


class InviteForm(Form):
    """Who is to take part."""

    people = SelectMultipleField(
        _l("Who takes part"),
        coerce=row_number,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class NoteForm(Form):
    """A cause, or a risk, as one of us sees it."""

    key = HiddenField(validators=[Length(max=64)])
    factor = FactorField(_l("Where it belongs"), validators=[InputRequired()])
    words = text(
        _l("What I saw"), most=LONGEST_NOTE, validators=[DataRequired(_l("Write it down."))]
    )
    is_mine = BooleanField(_l("Keep it to myself for now"))


class GroupForm(Form):
    """Under which note another is put; none lets it stand alone."""

    leader_id = SelectField(_l("Belongs to"), coerce=row_id, validators=[Optional()])


MINUTES = (0, 3, 5, 8, 10, 15, 30)


class TimerForm(Form):
    """How long there is."""

    minutes = SelectField(
        _l("Timer"), coerce=row_number, choices=choices((one, str(one)) for one in MINUTES)
    )


class WhyForm(Form):
    """An answer to why, with what shows it."""

    parent_id = SelectField(_l("Answers"), coerce=row_id)
    factor = FactorField(_l("Factor"), validators=[InputRequired()])
    words = text(
        _l("Why?"), most=LONGEST_NOTE, validators=[DataRequired(_l("Say why, in a sentence."))]
    )
    evidence = SelectField(_l("What in the record shows it"), validators=[Optional()])


class DecideForm(Form):
    """What we decide, who does it, by when."""

    words = text(
        _l("What we decide"), most=255, validators=[DataRequired(_l("Say what is decided."))]
    )
    owner_id = SelectField(_l("Who"), coerce=row_id)
    due = DateField(_l("By"), [Optional()])

    def offer_owners(self, people: Iterable[tuple[int, str]]) -> None:
        """The colleagues to choose from."""
        self.owner_id.choices = choices(people, empty=NOBODY)


class CloseForm(Form):
    """What all of it came to."""

    summary = long_text(_l("In a few sentences"), most=4000)
