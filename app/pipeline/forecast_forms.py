"""What a person may ask of a forecast, and what they may aim at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import NumberRange, Optional, Regexp

from app.forms import Form, NumberField, TermField, choices, text
from app.pipeline.calls import Call
from app.pipeline.forms import MOST_MONEY, DealFilter
from app.pipeline.splits import Split
from app.row_ids import row_id


class ForecastFilter(DealFilter):
    """Over which days a forecast goes, of whom, and by what it is split."""

    start = DateField(_l("From"), [Optional()])
    end = DateField(_l("Until"), [Optional()])
    team = SelectField(_l("Team of"), coerce=row_id)
    product = SelectField(_l("Product"), coerce=row_id)
    by = TermField(_l("Split"), Split, default=Split.PERSON)

    def offer(
        self,
        people: Iterable[tuple[int, str]],
        leaders: Iterable[tuple[int, str]],
        products: Iterable[tuple[int, str]],
    ) -> None:
        """The colleagues, teams and products to choose from."""
        self.offer_owners(people)
        self.team.choices = choices(leaders, empty=_l("Every team"))
        self.product.choices = choices(products, empty=_l("Every product"))


class CallForm(Form):
    """How far a seller commits to a deal."""

    call = TermField(_l("Seller’s call"), Call)


class TargetForm(Form):
    """A year's targets in one currency; a field for each person, team and quarter is added."""

    currency = text(
        _l("Currency"),
        most=3,
        validators=[Regexp("^[A-Z]{3}$", message=_l("Give three letters, such as CNY."))],
    )


def target_form(names: dict[str, str], data: dict[str, Any] | None = None) -> TargetForm:
    """A form with a field for each name, filled in with ``data`` when nothing was sent."""
    fields = {
        name: NumberField(label, [Optional(), NumberRange(0, MOST_MONEY)], places=None)
        for name, label in names.items()
    }
    made: TargetForm = type("YearTargetForm", (TargetForm,), fields)(data=data)
    return made
