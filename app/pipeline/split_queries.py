"""What a split forecast asks of the database: wins by group, products in deals, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.forecast import Judged
from app.pipeline.models import OpportunityLine
from app.pipeline.periods import Period
from app.pipeline.rules import SIGNED
from app.pipeline.splits import CENT, Group, Key, Line, Part, Split, led_by, split, team_of
from app.pipeline.standing_queries import DealWish, cents, deals_on, money_of
from app.pipeline.target_queries import Aim, own_aims, team_aims
from app.records.models import Product
from app.users.models import User

Shares = Mapping[int, list[Part]]
Managers = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose deals, over which days, won until when, and split by what; who leads whom, who asks,
    and what is aimed at."""

    seen: Seen
    wish: DealWish
    period: Period
    until: date
    by: Split
    managers: Managers
    asker_id: int
    aims: list[Aim]


def split_lines(session: Session, asked: Asked, judged: list[Judged]) -> list[Line]:
    """The forecast of a period split by person, team, account, product, stage or month."""
    led = asked.managers
    shares = product_shares(session) if asked.by is Split.PRODUCT else {}
    won = _won(session, asked, led, shares)
    return split(judged, _parts_of(asked, led, shares), won, _targets(asked))


def _targets(asked: Asked) -> dict[Group, Decimal]:
    """What those aim at whom the asker leads: of others they see some deals at most, and a target
    beside a part of what was won would say something untrue."""
    if asked.by not in {Split.PERSON, Split.TEAM}:
        return {}
    is_own = asked.by is Split.PERSON
    found = own_aims(asked.aims) if is_own else team_aims(asked.aims, asked.managers)
    led = led_by(asked.asker_id, asked.managers)
    return {(who, money): amount for (who, money), amount in found.items()
            if who in led and _is_shown(asked.wish, who)}  # fmt: skip


def _is_shown(wish: DealWish, user_id: Key) -> bool:
    if wish.owner_ids is not None:
        return user_id in wish.owner_ids
    return wish.owner_id is None or user_id == wish.owner_id


def _parts_of(asked: Asked, led: Managers, shares: Shares) -> Callable[[Judged], Iterable[Part]]:
    if asked.by is Split.PRODUCT:
        return lambda one: shares.get(one.deal.id, [Part(None)])
    keys: dict[Split, Callable[[Judged], Key]] = {
        Split.PERSON: lambda one: one.deal.owner_id,
        Split.TEAM: lambda one: team_of(one.deal.owner_id, led),
        Split.ACCOUNT: lambda one: one.deal.account_id,
        Split.STAGE: lambda one: one.deal.stage.value,
        Split.MONTH: lambda one: _month(one.deal.close_on, asked.period),
    }
    key = keys[asked.by]
    return lambda one: (Part(key(one)),)


def _month(close_on: date | None, period: Period) -> str | None:
    """The month of a close date; what should have closed before counts for the first one."""
    if close_on is None or close_on > period.end:
        return None
    return max(close_on, period.start).isoformat()[:7]


def _won(session: Session, asked: Asked, led: Managers, shares: Shares) -> dict[Group, Decimal]:
    found: dict[Group, Decimal] = defaultdict(Decimal)
    for row in _won_rows(session, asked):
        amount = money_of(row.amount) or Decimal(0)
        if asked.by is Split.PRODUCT:
            for part in shares.get(row.key, [Part(None)]):
                found[part.key, row.currency] += (amount * part.share).quantize(CENT)
        else:
            found[_won_key(row.key, asked.by, led), row.currency] += amount
    return dict(found)


def _won_key(value: Any, by: Split, led: Managers) -> Key:
    if by is Split.TEAM:
        return team_of(value, led)
    return value.isoformat()[:7] if isinstance(value, date) else value


def _won_rows(session: Session, asked: Asked) -> Any:
    deals = deals_on(asked.seen, asked.wish).c
    keys: dict[Split, Any] = {
        Split.PERSON: deals.owner_id,
        Split.TEAM: deals.owner_id,
        Split.ACCOUNT: deals.account_id,
        Split.PRODUCT: deals.id,
        Split.STAGE: deals.stage,
        Split.MONTH: deals.closed_on,
    }
    key = keys[asked.by]
    return session.execute(
        select(key.label("key"), deals.currency, cents(deals.amount).label("amount"))
        .where(deals.outcome.in_(SIGNED))
        .where(deals.closed_on.between(asked.period.start, asked.until))
        .group_by(key, deals.currency)
    )


def product_shares(session: Session) -> dict[int, list[Part]]:
    """Each deal's products with their shares: by the lines' amounts, else in equal parts."""
    lines: dict[int, list[tuple[int | None, Decimal | None]]] = defaultdict(list)
    rows = session.execute(
        select(
            OpportunityLine.opportunity_id, OpportunityLine.product_id, OpportunityLine.amount
        ).order_by(OpportunityLine.id)
    )
    for deal_id, product_id, amount in rows:
        lines[deal_id].append((product_id, amount))
    return {deal_id: _shares(found) for deal_id, found in lines.items()}


def _shares(lines: list[tuple[int | None, Decimal | None]]) -> list[Part]:
    whole = sum((amount or Decimal(0) for _product, amount in lines), Decimal(0))
    if not whole or any(amount is None for _product, amount in lines):
        return [Part(product, Decimal(1) / len(lines)) for product, _amount in lines]
    return [Part(product, (amount or Decimal(0)) / whole) for product, amount in lines]


def names_of(session: Session, by: Split, lines: Iterable[Line]) -> dict[Key, str]:
    """What the groups of a split are called, where the database knows."""
    models: dict[Split, Any] = {
        Split.PERSON: User,
        Split.TEAM: User,
        Split.ACCOUNT: Account,
        Split.PRODUCT: Product,
    }
    model = models.get(by)
    if model is None:
        return {}
    ids = {line.key for line in lines if line.key is not None}
    rows = session.execute(select(model.id, model.name).where(model.id.in_(ids)))
    return {row.id: row.name for row in rows}
