"""What a person may type about a deal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, NumberInput

from app.forms import Form, NumberField, TermField, choices, long_text, text
from app.pipeline.losing import Factor
from app.pipeline.own_factors import factor_choices, factor_tree
from app.pipeline.rules import STAGES, Grade, Outcome, Stage
from app.row_ids import row_id
from app.vocabulary import N_, Term

MOST_MONEY = Decimal(10) ** 15
NOBODY = _l("Nobody")
NOT_SAID = _l("Not said")


class PercentField(Field):
    """A share of 0-1, typed and shown as per cent."""

    widget = NumberInput(step="1", min=0, max=100)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data * 100:.2f}".rstrip("0").rstrip(".")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read per cent; nothing typed is None."""
        typed = (valuelist[0] if valuelist else "").strip().removesuffix("%")
        self.data = None
        if not typed:
            return
        try:
            share = Decimal(typed) / 100
        except InvalidOperation as error:
            raise ValueError(self.gettext("Not a valid decimal value.")) from error
        if not (share.is_finite() and 0 <= share <= 1):
            raise ValueError(self.gettext("Give a per cent from 0 to 100."))
        self.data = share.quantize(Decimal("0.0001"))


class OpportunityForm(Form):
    """A deal's facts; where it stands is moved, not typed."""

    name = text(_l("Name"), validators=[DataRequired(_l("Give the deal a name."))])
    owner_id = SelectField(_l("Owner"), coerce=row_id)
    amount = NumberField(_l("Amount"), [Optional(), NumberRange(0, MOST_MONEY)], places=None)
    currency = text(
        _l("Currency"),
        most=3,
        validators=[Regexp("^[A-Z]{3}$", message=_l("Give three letters, such as CNY."))],
    )
    close_on = DateField(_l("Expected to close on"), [Optional()])
    probability = PercentField(
        _l("Probability in %"), [Optional()], description=_l("As you, the seller, see it.")
    )
    grade = TermField(_l("Grade"), Grade, empty=NOT_SAID)
    competitor = text(_l("Main competitor"))
    next_step = text(_l("Next step"))
    next_step_on = DateField(_l("Next step on"), [Optional()])
    notes = long_text(_l("Notes"))

    def offer_owners(self, people: Iterable[tuple[int, str]]) -> None:
        """The colleagues to choose from."""
        self.owner_id.choices = choices(people, empty=NOBODY)


class NewOpportunityForm(OpportunityForm):
    """A deal that is taken up."""

    stage = TermField(_l("Stage"), STAGES[:-1])
    opened_on = DateField(_l("Opened on"), [InputRequired(_l("Please fill this in."))])


class MoveForm(Form):
    """A move: where to, and by what."""

    to = TermField(_l("To"), Stage)
    evidence = long_text(_l("Evidence"), most=2000)
    reason = long_text(_l("Reason"), most=2000)
    on = DateField(_l("On"), [InputRequired(_l("Please fill this in."))])


class CloseForm(Form):
    """How a deal ends."""

    outcome = HiddenField()
    evidence = long_text(_l("Evidence"), most=2000)
    reason = long_text(_l("Reason"), most=2000)
    competitor = text(_l("Who won it"))
    their_price = NumberField(
        _l("Their price"), [Optional(), NumberRange(0, MOST_MONEY)], places=None
    )
    factors = SelectMultipleField(
        _l("What decided it"),
        choices=lambda: factor_choices(factor_tree().in_use()),
        coerce=Factor,
        option_widget=CheckboxInput(),
    )
    on = DateField(_l("On"), [InputRequired(_l("Please fill this in."))])


class ReopenForm(Form):
    """Why a deal is taken up again."""

    reason = long_text(_l("Reason"), most=2000)
    on = DateField(_l("On"), [InputRequired(_l("Please fill this in."))])


class LineForm(Form):
    """A product in a deal."""

    product_id = SelectField(
        _l("Product"), coerce=row_id, validators=[InputRequired(_l("Choose a product."))]
    )
    quantity = NumberField(
        _l("Quantity"),
        [InputRequired(_l("Please fill this in.")), NumberRange(0, 10**12)],
        places=None,
    )
    line_amount = NumberField(_l("Amount"), [Optional(), NumberRange(0, MOST_MONEY)], places=None)


class DealFilter(Form):
    """What every filter bar of deals asks: which, and whose."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Deal or account"))
    owner = SelectField(_l("Owner"), coerce=row_id)

    def offer_owners(self, people: Iterable[tuple[int, str]]) -> None:
        """The colleagues to choose from."""
        self.owner.choices = choices(people, empty=_l("Anybody"))


class Attention(Term):
    """What needs somebody."""

    LATE = "late", N_("Close date passed")
    STEP = "step", N_("Next step due or missing")


class Lanes(Term):
    """Across what the board is cut into lanes."""

    OWNER = "owner", N_("By owner")
    ACCOUNT = "account", N_("By account")


class BoardFilter(DealFilter):
    """The filter bar of the board."""

    grade = TermField(_l("Grade"), Grade, empty=_l("Any grade"))
    attention = TermField(_l("Only"), Attention, empty=_l("All deals"))
    by = TermField(_l("Lanes"), Lanes, empty=_l("None"))
    as_of = DateField(_l("As of"), [Optional()])


class FlowFilter(DealFilter):
    """Between which two days."""

    start = DateField(_l("From the end of"), [Optional()])
    end = DateField(_l("To the end of"), [Optional()])


class ReviewFilter(DealFilter):
    """Since when a review looks."""

    since = DateField(_l("Since"), [Optional()])


def outcome_choices() -> list[Any]:
    """What is live, everything, or one outcome."""
    listed = [("any", _l("Any outcome")), *((one.value, gettext(one.label)) for one in Outcome)]
    return choices(listed, empty=_l("Live"))


class ListFilter(DealFilter):
    """The filter bar of the list."""

    stage = TermField(_l("Stage"), Stage, empty=_l("Any stage"))
    outcome = SelectField(_l("Outcome"), choices=outcome_choices, default="")
    grade = TermField(_l("Grade"), Grade, empty=_l("Any grade"))
    attention = TermField(_l("Only"), Attention, empty=_l("All deals"))
    close_from = DateField(_l("Closes from"), [Optional()])
    close_to = DateField(_l("Closes until"), [Optional()])
