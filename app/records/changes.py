"""What happens to sales and classes: lines are added and reversed, classes follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, SizeClassReading
from app.accounts.rules import Segment
from app.accounts.settings import (
    SIZE_MONTHS,
    SIZE_TABLES,
    size_months_from,
    size_tables_from,
)
from app.accounts.size_class import MONTHS, Sized, SizeTable, monthly_wan, size_of
from app.records.models import Sale
from app.records.queries import totals_by_account
from app.records.rules import Period, Totals, class_period
from app.users.company import COMPANY, Company, company_from
from app.users.queries import find_settings


@dataclass(frozen=True, slots=True)
class Measured:
    """The class that an account's sales amount to, with its inputs; these None when unknown."""

    period: Period
    sized: Sized
    monthly_sales: Decimal | None
    margin: Decimal | None


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The company's tables and rates, and the months that a class is told from."""

    tables: Mapping[Segment, SizeTable]
    company: Company
    months: int = MONTHS

    def bands(self, account: Account) -> SizeTable | None:
        """The table that applies to an account; None before its segment is known."""
        return self.tables[Segment(account.segment)] if account.segment else None

    def measure(self, account: Account, totals: Totals, period: Period) -> Measured:
        """The class of what an account bought in a period."""
        fact = replace(totals.fact, months=period.months)
        rate = self.company.rate(account.currency)
        monthly = monthly_wan(fact, rate) if rate is not None and fact.lines else None
        return Measured(period, size_of(fact, rate, self.bands(account)), monthly, totals.margin)


def yardstick(session: Session) -> Yardstick:
    """The company's tables and rates, in one SELECT."""
    kept = find_settings(session, SIZE_TABLES, SIZE_MONTHS, COMPANY)
    return Yardstick(
        size_tables_from(kept.get(SIZE_TABLES)),
        company_from(kept.get(COMPANY)),
        size_months_from(kept.get(SIZE_MONTHS)),
    )


def take_class(
    session: Session, account: Account, measured: Measured, on: date, user_id: int | None
) -> bool:
    """Keep a class that was measured, with its inputs; a second on one day replaces the first.

    False when no class can be told: the last one then stays.
    """
    sized, monthly = measured.sized, measured.monthly_sales
    if sized.size_class is None or monthly is None:
        return False
    row = session.scalar(
        select(SizeClassReading).where(
            SizeClassReading.account_id == account.id, SizeClassReading.on == on
        )
    )
    if row is None:
        row = SizeClassReading(account_id=account.id, on=on)
        session.add(row)
    row.since, row.user_id = measured.period.since, user_id
    row.monthly_sales, row.margin = monthly, measured.margin
    row.size_class = account.size_class = sized.size_class
    return True


def measured_on(
    session: Session, rod: Yardstick, on: date, account_ids: Iterable[int] | None = None
) -> Iterator[tuple[Account, Measured]]:
    """Accounts (None: all) that bought in the months before a day, as they measured then."""
    period = class_period(on, rod.months)
    ids = None if account_ids is None else list(account_ids)
    totals = totals_by_account(session, ids, period)
    bought = select(Account).where(Account.id.in_(totals)).order_by(Account.id)
    for account in session.scalars(bought):
        yield account, rod.measure(account, totals[account.id], period)


def refresh_classes(
    session: Session, account_ids: Iterable[int] | None, on: date, user_id: int | None = None
) -> int:
    """Measure accounts (None: all) anew, as after an import; how many classes have changed."""
    changed = 0
    for account, measured in measured_on(session, yardstick(session), on, account_ids):
        if measured.sized.size_class not in {None, account.size_class}:
            changed += take_class(session, account, measured, on, user_id)
    return changed


def remeasure_classes(
    session: Session, account_ids: Iterable[int], *, since: date, on: date
) -> None:
    """Tell classes anew once sales are gone: readings from a day on rested on them.

    Where nothing can be told any more, the class is the last one told before that day.
    """
    ids = list(account_ids)
    reading = SizeClassReading
    mine = reading.account_id.in_(ids)
    session.execute(delete(reading).where(mine, reading.on >= since))
    query = select(reading.account_id, reading.size_class).where(mine).order_by(reading.on)
    before = {row.account_id: row.size_class for row in session.execute(query)}
    for account in session.scalars(select(Account).where(Account.id.in_(ids))):
        account.size_class = before.get(account.id)
    session.flush()
    refresh_classes(session, ids, on)


def reverse_sale(session: Session, sale: Sale) -> Sale:
    """Take a line back by its opposite: what was entered stays readable, the sums are right."""
    opposite = Sale(
        account_id=sale.account_id,
        product_id=sale.product_id,
        on=sale.on,
        description=sale.description,
        quantity=-sale.quantity,
        amount=-sale.amount,
        cost=None if sale.cost is None else -sale.cost,
    )
    session.add(opposite)
    session.flush()
    return opposite
