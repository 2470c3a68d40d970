"""What a person may type of white space."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.accounts.forms import PER_CENT, ShareField
from app.forms import Form, choices, text
from app.plans.forms import amount_field

COUNT = NumberRange(0, 10**7)


class CellForm(Form):
    """A product line at a buying unit; made with its rivals by :func:`cell_form`."""

    rivals: Sequence[tuple[int, str]] = ()

    unit = text(_l("Buying unit"), most=120)
    series = SelectField(
        _l("Product line"), choices=[], validators=[InputRequired(_l("Choose a product line."))]
    )
    buyers = IntegerField(_l("A: who could buy, a count"), [Optional(), COUNT])
    developed = IntegerField(_l("B: who buys already"), [Optional(), COUNT])
    sales = amount_field(_l("C: what they buy a year, if no record tells"))
    mean = amount_field(_l("D: what one would bring a year, if nobody buys yet"))
    note = text(_l("How you know"))

    def shares(self) -> dict[int, Decimal]:
        """The rivals' shares that were given."""
        given = {rival_id: self[f"share_{rival_id}"].data for rival_id, _name in self.rivals}
        return {rival_id: share for rival_id, share in given.items() if share is not None}

    def put(self, row: Any) -> None:
        """Put what was typed on a cell."""
        self.fill(row, *(f"share_{rival_id}" for rival_id, _name in self.rivals))


def cell_form(lines: Sequence[str], listed: Sequence[tuple[int, str]], **more: Any) -> CellForm:
    """The form for product lines, with a share for each rival at the account."""

    class OwnForm(CellForm):
        rivals = listed

    for rival_id, name in listed:
        share = ShareField(_l("Share of %(name)s, %%", name=name), [Optional(), PER_CENT])
        setattr(OwnForm, f"share_{rival_id}", share)
    form = OwnForm(**more)
    form.series.choices = choices((one, one) for one in lines)
    return form
