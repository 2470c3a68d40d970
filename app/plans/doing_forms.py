"""What a person may type about what is done on a plan: filters, feedback, reviews, limits."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.plans.forms import MOST, SHARED, ChoosingForm, row_field
from app.plans.health import Part
from app.plans.rules import Sorting, Standing
from app.records.feedback import Use, Voice

WHOSE = (("all", _l("Everybody's")), ("mine", _l("Mine")), ("team", _l("My team's")))
WHENS = (
    ("open", _l("All open")),
    ("late", _l("Overdue")),
    ("week", _l("Due within a week")),
    ("done", _l("Done")),
)


class GoalFilter(Form):
    """The filter bar of the portfolio of goals."""

    class Meta(Form.Meta):
        csrf = False

    whose = SelectField(_l("Whose"), choices=lambda: choices(WHOSE), default="all")
    by = TermField(_l("Rolled up by"), Sorting, default=Sorting.ACCOUNT)
    standing = TermField(_l("Stands"), Standing, empty=_l("Any standing"))


class ActionFilter(Form):
    """The filter bar of actions across accounts."""

    class Meta(Form.Meta):
        csrf = False

    whose = SelectField(_l("Whose"), choices=lambda: choices(WHOSE), default="mine")
    when = SelectField(_l("Due"), choices=lambda: choices(WHENS), default="open")


class FeedbackForm(ChoosingForm):
    """What somebody told us."""

    words = TextAreaField(
        _l("What was said"), [DataRequired(_l("Write down what was said.")), Length(max=20_000)]
    )
    voice = TermField(_l("Who speaks"), Voice, default=Voice.CUSTOMER)
    stakeholder_id = row_field(_l("Who of theirs"))
    speaker_id = row_field(_l("Who of ours"))
    user_id = row_field(_l("Heard by"))
    on = DateField(_l("Heard on"), [InputRequired(_l("Say which day."))])
    is_shared = BooleanField(SHARED)


class SettleForm(Form):
    """What became of it: whether it is used, why, and what was answered."""

    use = TermField(_l("What we do with it"), Use, empty=_l("Not decided yet"))
    reason = long_text(_l("Why"))
    answer = long_text(_l("What we told them became of it"))
    answered_on = DateField(_l("Told on"), [Optional()])


class ReviewForm(Form):
    """What a review decides: three decisions at most, and when to look again."""

    decision_1 = text(_l("First decision"), most=500)
    decision_2 = text(_l("Second decision"), most=500)
    decision_3 = text(_l("Third decision"), most=500)
    notes = long_text(_l("Notes"))
    next_on = DateField(_l("Next review on"), [Optional()])


class TaskForm(ChoosingForm):
    """An action decided in a review: what, who, by when."""

    title = text(_l("What"), validators=[DataRequired(_l("Say what is to be done."))])
    owner_id = row_field(_l("Who"))
    due_on = DateField(_l("Due"), [Optional()])


class ApprovalForm(Form):
    """What the director says to a review."""

    remark = long_text(_l("Remark"))


class WatchForm(ChoosingForm):
    """A measure to watch and the limit beyond which somebody looks."""

    limit = NumberField(
        _l("Limit"), [InputRequired(_l("Give a number.")), NumberRange(-MOST, MOST)], places=None
    )
    owner_id = row_field(_l("Who looks"))
    follow_up = text(_l("What happens then"))


def weight_field(part: Part) -> IntegerField:
    """A part's weight, 0-100."""
    limits = [InputRequired(_l("Give a number.")), NumberRange(0, 100)]
    return IntegerField(_l(part.label), limits)


class HealthForm(Form):
    """How much each part of an account's health weighs, out of a hundred."""

    results = weight_field(Part.RESULTS)
    contact = weight_field(Part.CONTACT)
    support = weight_field(Part.SUPPORT)
    trade = weight_field(Part.TRADE)
    word = weight_field(Part.WORD)

    def weights(self) -> dict[Part, int]:
        """The weights as typed."""
        return {part: self[part.value].data for part in Part}
