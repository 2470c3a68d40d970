"""What a person may choose of the portfolio's pictures."""

from __future__ import annotations

from wtforms import SelectField

from app.accounts.forms import AccountFilter
from app.accounts.size_class import MONTHS, SPANS
from app.catalogue import lazy_gettext as _l
from app.catalogue import ngettext
from app.forms import choices
from app.row_ids import row_number

TOPS = (5, 10, 20, 50)
SWAYS = (10, 20, 30, 50)
"""By how many per cent weights are moved."""


def _spans() -> list[tuple[int, str]]:
    return [(one, ngettext("%(num)s month", "%(num)s months", one)) for one in SPANS]


class PortfolioFilter(AccountFilter):
    """Which accounts, over which period."""

    months = SelectField(
        _l("Period"),
        coerce=row_number,
        choices=lambda: choices(_spans()),
        default=MONTHS,
        validate_choice=False,
    )

    @property
    def span(self) -> int:
        """The months chosen; the usual ones whatever is typed."""
        return self.months.data if self.months.data in SPANS else MONTHS


class RankingFilter(AccountFilter):
    """Which accounts, how many are the first, and how far the weights move."""

    top = SelectField(
        _l("The first"),
        coerce=row_number,
        choices=lambda: choices((one, str(one)) for one in TOPS),
        default=TOPS[0],
        validate_choice=False,
    )
    sway = SelectField(
        _l("Weights moved by"),
        coerce=row_number,
        choices=lambda: choices((one, f"±{one} %") for one in SWAYS),
        default=SWAYS[2],
        validate_choice=False,
    )

    @property
    def first(self) -> int:
        """How many are the first; five whatever is typed."""
        return self.top.data if self.top.data in TOPS else TOPS[0]

    @property
    def share(self) -> float:
        """By how much the weights move, 0-1; three tenths whatever is typed."""
        return (self.sway.data if self.sway.data in SWAYS else SWAYS[2]) / 100
