"""What a person may type about an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp

from app.accounts.rules import AccountKind, BuyerKind, ChainPosition, Loyalty, Ownership, Segment
from app.forms import Form, TermField, long_text, text

NOT_SAID = _l("Not said")
SORTS = ("name", "kind", "size_class", "city", "owner")


class AccountForm(Form):
    """An account's profile."""

    name = text(_l("Name"), validators=[DataRequired(_l("Give the account a name."))])
    other_name = text(_l("Name in another language"))
    kind = TermField(_l("Kind"), AccountKind, empty=NOT_SAID)
    segment = TermField(_l("Segment"), Segment, empty=NOT_SAID)
    chain_position = TermField(_l("Position in the chain"), ChainPosition, empty=NOT_SAID)
    buyer_kind = TermField(_l("Buyer"), BuyerKind, empty=NOT_SAID)
    ownership = TermField(_l("Ownership"), Ownership, empty=NOT_SAID)
    loyalty = TermField(_l("Loyalty"), Loyalty, empty=NOT_SAID)
    industry = text(_l("Industry"))
    region = text(_l("Region"))
    city = text(_l("City"))
    website = text(_l("Website"))
    phone = text(_l("Phone"), most=60)
    currency = text(
        _l("Currency"),
        most=3,
        validators=[Regexp("^[A-Z]{3}$", message=_l("Give three letters, such as CNY."))],
    )
    employees = IntegerField(_l("Employees"), [Optional(), NumberRange(0, 100_000_000)])
    founded = IntegerField(_l("Founded in"), [Optional(), NumberRange(1000, 2100)])
    annual_revenue = DecimalField(
        _l("Its yearly revenue"), [Optional(), NumberRange(0, 10**15)], places=None
    )
    notes = long_text(_l("Notes"))


class AccountFilter(Form):
    """The filter bar of the list."""

    class Meta(Form.Meta):
        csrf = False

    q = text(_l("Name begins with or contains"))
    kind = TermField(_l("Kind"), AccountKind, empty=_l("Any kind"))
    ownership = TermField(_l("Ownership"), Ownership, empty=_l("Any ownership"))
    loyalty = TermField(_l("Loyalty"), Loyalty, empty=_l("Any loyalty"))
