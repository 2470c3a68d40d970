"""What is asked of the database about the whole portfolio: sums, scores, shares, classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.accounts.list_queries import owner_name, wished
from app.accounts.models import Account, FactorScore, Rival, SizeClassReading
from app.accounts.queries import Seen
from app.accounts.rules import Loyalty, Ownership, SizeClass
from app.accounts.wishes import AccountWish
from app.records.class_changes import Read
from app.records.models import Sale
from app.records.portfolio import AccountFact
from app.records.ranking import Scored
from app.records.rules import Period, year_before
from app.users.company import Company


@dataclass(frozen=True, slots=True)
class _Sums:
    """An account's sums in its own currency, over a period and the one a year before."""

    now: Decimal
    before: Decimal
    profit: Decimal | None


def account_facts(
    session: Session, seen: Seen, wish: AccountWish, period: Period, company: Company
) -> list[AccountFact]:
    """What is known of every account wished for, among those ``seen``; four SELECTs."""
    return facts_where(session, wished(seen, wish), period, company)


def facts_where(
    session: Session, where: Sequence[ColumnElement[bool]], period: Period, company: Company
) -> list[AccountFact]:
    """What is known of the accounts of which some conditions hold, by name; four SELECTs."""
    ids = select(Account.id).where(*where)
    sums = _sums(session, ids, period)
    scores = factor_scores(session, ids)
    rivals = rival_sums(session, ids)
    columns = (Account.id, Account.name, Account.size_class, Account.ownership, Account.loyalty)
    rows = session.execute(
        select(*columns, Account.currency, owner_name().label("owner"))
        .where(*where)
        .order_by(Account.name, Account.id)
    )
    return [_fact(row, sums.get(row.id), scores, rivals, company) for row in rows]


def _fact(
    row: Any,
    sums: _Sums | None,
    scores: dict[int, dict[str, int]],
    rivals: dict[int, Decimal],
    company: Company,
) -> AccountFact:
    rate = company.rate(row.currency)
    own = sums or _Sums(_ZERO, _ZERO, None)
    return AccountFact(
        id=row.id,
        name=row.name,
        owner=row.owner,
        size_class=SizeClass(row.size_class) if row.size_class else None,
        ownership=Ownership(row.ownership) if row.ownership else None,
        loyalty=Loyalty(row.loyalty) if row.loyalty else None,
        sales=_at(rate, own.now),
        before=_at(rate, own.before),
        profit=_at(rate, own.profit),
        rivals=rivals.get(row.id),
        scores=scores.get(row.id, {}),
    )


def _at(rate: Decimal | None, amount: Decimal | None) -> Decimal | None:
    return None if rate is None or amount is None else amount * rate


_ZERO = Decimal()


def _sums(session: Session, ids: Select[Any], period: Period) -> dict[int, _Sums]:
    """Sums by account over a period and the one a year before, in one SELECT."""
    past = year_before(period)
    is_now = (Sale.on >= period.since) & (Sale.on < period.until)
    costed = is_now & Sale.cost.is_not(None)
    rows = session.execute(
        select(
            Sale.account_id,
            _sum(Sale.amount, is_now),
            _sum(Sale.amount, (Sale.on >= past.since) & (Sale.on < past.until)),
            func.sum(case((costed, Sale.amount - Sale.cost))),
        )
        .where(Sale.account_id.in_(ids), Sale.on >= past.since, Sale.on < period.until)
        .group_by(Sale.account_id)
    )
    return {row[0]: _Sums(_money(row[1]), _money(row[2]), _maybe(row[3])) for row in rows}


def _sum(column: Any, condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, column), else_=0)), 0)


def _money(value: Any) -> Decimal:
    return round(Decimal(str(value)), 2)


def _maybe(value: Any) -> Decimal | None:
    return None if value is None else _money(value)


def factor_scores(session: Session, ids: Select[Any]) -> dict[int, dict[str, int]]:
    """What accounts score on the factors of importance."""
    row = FactorScore
    found: dict[int, dict[str, int]] = defaultdict(dict)
    query = select(row.account_id, row.factor, row.score).where(row.account_id.in_(ids))
    for account_id, factor, score in session.execute(query):
        found[account_id][factor] = score
    return found


def rival_sums(session: Session, ids: Select[Any]) -> dict[int, Decimal]:
    """The sum of the known shares of each account's competitors; none known, not there."""
    query = (
        select(Rival.account_id, func.sum(Rival.share))
        .where(Rival.account_id.in_(ids), Rival.archived_at.is_(None), Rival.share.is_not(None))
        .group_by(Rival.account_id)
    )
    return {row[0]: Decimal(str(row[1])) for row in session.execute(query)}


def class_reads(session: Session, seen: Seen, wish: AccountWish, until: date) -> list[Read]:
    """Every class kept until a day for the accounts wished for, in the order of days."""
    row = SizeClassReading
    query = (
        select(row.account_id, Account.name, row.on, row.size_class)
        .join(Account, Account.id == row.account_id)
        .where(*wished(seen, wish), row.on <= until)
        .order_by(row.on, row.id)
    )
    return [Read(*one[:3], SizeClass(one.size_class)) for one in session.execute(query)]


def scored_accounts(session: Session, seen: Seen, wish: AccountWish) -> list[Scored]:
    """Every account wished for with its scores; two SELECTs."""
    where = wished(seen, wish)
    scores = factor_scores(session, select(Account.id).where(*where))
    rows = session.execute(select(Account.id, Account.name).where(*where).order_by(Account.name))
    return [Scored(row.id, row.name, scores.get(row.id, {})) for row in rows]
