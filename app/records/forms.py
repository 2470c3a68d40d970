"""What a person may type about products and sales."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.accounts.forms import CURRENCY
from app.forms import Form, NumberField, choices, text
from app.row_ids import row_id

MOST = 10**13
WITHIN = NumberRange(-MOST, MOST, _l("That number is too large."))


class SaleForm(Form):
    """A sales line by hand."""

    on = DateField(_l("Day"), [InputRequired(_l("Give a day."))])
    product_id = SelectField(_l("Product"), coerce=row_id)
    description = text(_l("Description"))
    quantity = NumberField(
        _l("Quantity"),
        [InputRequired(_l("Give a number.")), NumberRange(-(10**9), 10**9)],
        places=None,
    )
    amount = NumberField(_l("Amount"), [InputRequired(_l("Give a number.")), WITHIN], places=None)
    cost = NumberField(_l("Cost"), [Optional(), WITHIN], places=None)

    def offer(self, products: list[tuple[int, str]]) -> None:
        """Fill in what there is to choose from."""
        self.product_id.choices = choices(products, empty=_l("None of our products"))


class ProductForm(Form):
    """A product."""

    name = text(_l("Name"), validators=[DataRequired(_l("Give the product a name."))])
    code = text(_l("Code"))
    series = text(_l("Product line"))
    price = NumberField(_l("List price"), [Optional(), NumberRange(0, 10**11)], places=None)
    currency = text(_l("Currency"), most=3, validators=CURRENCY)


class ProductFilter(Form):
    """The filter bar of the products."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name or code contains"))
    archived = BooleanField(_l("Only archived ones"))
