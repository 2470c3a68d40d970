"""What should close on each day of a month, counted and summed by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.closings import Month, weeks_of
from app.pipeline.queries import Total, total_of
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standing_queries import DealWish, deals_anywhere, deals_listed, deals_on
from app.pipeline.sums import Numbers, Sums, kept_sums
from app.pipeline.totals import Sum, by_currency
from app.users.models import User

SHOWN = 4
"""Deals that a day names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A deal that should close on a day."""

    id: int
    name: str
    account: str
    stage: Stage
    outcome: Outcome


@dataclass(slots=True)
class Day:
    """What should close on a day."""

    totals: list[Total] = field(default_factory=list)
    deals: list[Closing] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many deals."""
        return sum(total.count for total in self.totals)

    @property
    def hidden(self) -> int:
        """How many of them are not named."""
        return self.count - len(self.deals)

    @property
    def sums(self) -> list[Sum]:
        """What they come to, by currency."""
        return by_currency(self.totals)


def closing_days(session: Session, seen: Seen, wish: DealWish, month: Month) -> dict[date, Day]:
    """The days of a month's weeks on which something should close, in two SELECTs.

    Open deals only, by the close date that is expected today; a day names its largest deals.
    """
    weeks = weeks_of(month)
    within = replace(wish, outcomes=(Outcome.OPEN,), close_from=weeks[0][0], close_to=weeks[-1][-1])
    deals = deals_on(seen, within)
    days: dict[date, Day] = defaultdict(Day)
    sums = _sums(session, seen, within, "close_on", "currency")
    for (close_on, currency), numbers in sorted(sums.items()):
        days[close_on].totals.append(_total(currency, numbers))
    for row in session.execute(_largest(deals.c)):
        closing = Closing(row.id, row.name, row.account, Stage(row.stage), Outcome(row.outcome))
        days[row.close_on].deals.append(closing)
    return days


def _sums(session: Session, seen: Seen, wish: DealWish, *by: str) -> Sums:
    near = partial(deals_listed, seen, wish)
    return kept_sums(session, seen, wish, deals_on(seen, wish), *by, near=near)


def _total(currency: str, numbers: Numbers) -> Total:
    return total_of((Stage.PROSPECTING, Outcome.OPEN, currency), numbers)


def _largest(deals: Any) -> Any:
    """The largest deals of each day: what is ranked stays narrow, their rows are read after."""
    named = Account.name.label("account")
    order = (deals.amount.desc().nulls_last(), deals.id)
    rank = func.row_number().over(partition_by=deals.close_on, order_by=order).label("rank")
    ranked = select(deals.id, rank).subquery()
    shown = deals_anywhere().c
    return (
        select(shown.id, shown.name, shown.close_on, shown.stage, shown.outcome, named)
        .join(ranked, ranked.c.id == shown.id)
        .join(Account, Account.id == shown.account_id)
        .where(ranked.c.rank <= SHOWN)
        .order_by(shown.close_on, ranked.c.rank)
    )


def overdue(session: Session, seen: Seen, wish: DealWish, today: date) -> Day:
    """What should have closed before today and is still open, as one sum."""
    late = replace(wish, outcomes=(Outcome.OPEN,), close_to=today - timedelta(days=1))
    sums = _sums(session, seen, late, "currency")
    return Day([_total(currency, numbers) for (currency,), numbers in sorted(sums.items())])


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the calendar's file."""

    close_on: date
    name: str
    account: str
    owner: str
    stage: Stage
    amount: Decimal | None
    currency: str
    probability: Decimal | None


def every_closing(session: Session, seen: Seen, wish: DealWish, month: Month) -> Iterator[Expected]:
    """Every open deal that should close in a month, day by day, for a file."""
    within = replace(wish, outcomes=(Outcome.OPEN,), close_from=month.first, close_to=month.last)
    deals = deals_on(seen, within).c
    query = (
        select(deals.close_on, deals.name, Account.name, User.name, deals.stage, deals.amount,
               deals.currency, deals.probability)
        .join(Account, Account.id == deals.account_id)
        .outerjoin(User, User.id == deals.owner_id)
        .order_by(deals.close_on, deals.id)
    )  # fmt: skip
    for on, name, account, owner, stage, *terms in session.execute(query):
        yield Expected(on, name, account, owner or "", Stage(stage), *terms)
