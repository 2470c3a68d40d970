"""What an account bought, day by day, as warnings look at it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SPAN = timedelta(days=90)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Trade:
    """Days in order with what they brought, net of returns; ``bought``: with a purchase."""

    days: tuple[date, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    bought: tuple[date, ...] = ()

    def until(self, on: date) -> Trade:
        """The same trade as it was known on a day."""
        place = bisect_right(self.days, on)
        seen = bisect_right(self.bought, on)
        return Trade(self.days[:place], self.amounts[:place], self.bought[:seen])

    def net(self, after: date, until: date) -> Decimal:
        """What was bought after one day, up to another.

        >>> Trade((date(2026, 1, 5),), (Decimal(7),)).net(date(2026, 1, 1), date(2026, 1, 5))
        Decimal('7')
        """
        first, last = bisect_right(self.days, after), bisect_right(self.days, until)
        return sum(self.amounts[first:last], Decimal(0))

    def purchases(self, after: date, until: date) -> int:
        """On how many days something was bought, after one day, up to another."""
        return bisect_right(self.bought, until) - bisect_right(self.bought, after)

    def intervals(self) -> list[int]:
        """The days between each purchase and the next."""
        pairs = zip(self.bought, self.bought[1:], strict=False)
        return [(later - sooner).days for sooner, later in pairs]
