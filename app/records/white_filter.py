"""What a person may wish to see of the white space over the portfolio."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField

from app.accounts.forms import AccountFilter
from app.accounts.rules import BuyerKind
from app.catalogue import lazy_gettext as _l
from app.forms import TermField, choices, text
from app.records.white_portfolio import Letter, Openness


class WhiteFilter(AccountFilter):
    """Which accounts, lines, units and channels; how much room, and what is unknown."""

    line = SelectField(_l("Product line"), validate_choice=False)
    unit = text(_l("Unit contains"), most=120)
    channel = TermField(_l("Channel"), BuyerKind, empty=_l("Any channel"))
    state = TermField(_l("Room"), Openness, empty=_l("Any room"))
    lack = TermField(_l("What nobody knows"), Letter, empty=_l("Known or not"))

    def offer_lines(self, lines: Iterable[str]) -> None:
        """The product lines there are."""
        self.line.choices = choices(((one, one) for one in lines), empty=_l("Any line"))
