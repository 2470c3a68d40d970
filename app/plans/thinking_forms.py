"""What a person may type of a plan's thoughts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.catalogue import gettext, in_language
from app.forms import Form, TermField, choices, long_text, text
from app.plans.forms import ChoosingForm, amount_field, row_field
from app.plans.insights import SORTS, Appeal, Direction, InsightKind
from app.plans.questions import MOST_ASKED, Asked, Question, new_key
from app.row_ids import row_id

WEIGHTS = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


class AnswerForm(ChoosingForm):
    """A short answer with who knows it, since when, and from where."""

    class Meta(Form.Meta):
        csrf = False

    words = long_text(_l("Answer"), most=2000)
    source = text(_l("Source"))
    owner_id = row_field(_l("Who knows"))
    on = DateField(_l("As of"), [Optional()])


class InsightForm(Form):
    """A short statement; what its kind is not asked for is taken out by :func:`insight_form`."""

    words = long_text(_l("In a sentence"), most=2000)
    facet = SelectField(_l("About"), choices=[])
    effect = text(_l("Effect on the customer and on us"), most=1000)
    direction = TermField(_l("Direction"), Direction, empty=_l("Not said"))
    appeal = TermField(_l("Appeals to"), Appeal, empty=_l("Not said"))
    weight = SelectField(_l("Weight"), coerce=row_id, choices=[])
    amount = amount_field(_l("Worth to us"))
    source = text(_l("Source"))
    on = DateField(_l("As of"), [InputRequired(_l("Say which day."))])

    def validate_words(self, field: Any) -> None:
        """A statement says something."""
        if not field.data:
            raise ValidationError(_l("Say it in a sentence."))

    def put(self, row: Any) -> None:
        """Put what was typed on an insight."""
        self.fill(row, "appeal")
        if "appeal" in self:
            row.direction = self.appeal.data


def insight_form(kind: InsightKind, **more: Any) -> InsightForm:
    """The form of a kind: what it is asked for, and no more."""
    sort, form = SORTS[kind], InsightForm(**more)
    for name in {"effect", "direction", "appeal", "weight", "amount"} - sort.asks:
        del form[name]
    if sort.facets:
        form.facet.choices = choices((one.value, gettext(one.label)) for one in sort.facets)
    else:
        del form.facet
    if "weight" in form:
        form.weight.choices = choices(WEIGHTS, empty=_l("Not said"))
    return form


class QuestionsForm(Form):
    """The questions of one phase for one industry, in both languages."""

    def listed(self, before: Asked) -> Asked:
        """What was typed, as questions; one that is reworded stays the same question."""
        typed = (self._question(place, before) for place in range(MOST_ASKED))
        return tuple(one for one in typed if one is not None)

    def _question(self, place: int, before: Asked) -> Question | None:
        words, words_zh = self[f"words_{place}"].data or "", self[f"words_zh_{place}"].data or ""
        if not words and not words_zh:
            return None
        if place >= len(before):
            return Question(new_key(words + words_zh), words, words_zh)
        old = before[place]
        is_usual = (words, words_zh) == (old.words, said_zh(old))
        return old if is_usual else Question(old.key, words, words_zh)


for _place in range(MOST_ASKED):
    _number = _place + 1
    setattr(QuestionsForm, f"words_{_place}", text(_l("Question %(n)s", n=_number), most=300))
    _zh = text(_l("Question %(n)s in Chinese", n=_number), most=300)
    setattr(QuestionsForm, f"words_zh_{_place}", _zh)


def said_zh(question: Question) -> str:
    """A question's Chinese words: its own, else those of the catalogue."""
    return question.words_zh or in_language("zh_Hans_CN", question.words)


def questions_data(listed: Asked) -> dict[str, str]:
    """The questions as the form shows them."""
    filled = {f"words_{place}": one.words for place, one in enumerate(listed)}
    return filled | {f"words_zh_{place}": said_zh(one) for place, one in enumerate(listed)}
