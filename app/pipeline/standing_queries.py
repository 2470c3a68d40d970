"""Deals as they are, or as they were at the end of any past day, in the same columns.

Today's come from the deals' own columns, those of a past day from the span that it lies in.
Sums over a past day need its spans alone (``stood_on``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, cast, func, select

from app.accounts.models import Account
from app.accounts.queries import Seen, Sight, built_once, within
from app.pipeline.models import DealSpan, Opportunity, OpportunityLine
from app.pipeline.rules import LIVE, STAGES, Outcome, Stage
from app.search import ids_found

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DealWish:
    """What a person wants to see of the deals. ``step_by`` asks for those without a next step,
    or with one due by that day."""

    text: str = ""
    owner_id: int | None = None
    account_id: int | None = None
    stage: Stage | None = None
    outcomes: tuple[Outcome, ...] = ()
    close_from: date | None = None
    close_to: date | None = None
    owner_ids: tuple[int, ...] | None = None
    product_id: int | None = None
    grade: str | None = None
    step_by: date | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the deals themselves tell if they fit, without names or products."""
        return not self.text and self.product_id is None

    @property
    def is_by_outcome(self) -> bool:
        """Whether deals of some outcomes are wished for, whatever their stage and close date."""
        standing = (self.stage, self.close_from, self.close_to)
        return bool(self.outcomes) and standing == (None, None, None)

    @property
    def is_of_all_live(self) -> bool:
        """Whether deals of every stage are wished for as long as they live."""
        return self.outcomes == LIVE and self.is_by_outcome


@built_once
def deals_on(seen: Seen | None, wish: DealWish, on: date | None = None) -> Subquery:
    """The deals that fit a wish, with where they stand and their terms on a day (None: today)."""
    return _wished(_today() if on is None else _past(on), gathered(seen), wish)


@built_once
def stood_on(seen: Seen | None, wish: DealWish, on: date) -> Subquery:
    """What sums and places in a column take of the same on a past day, from spans alone: the
    deals are looked at only where a wish asks for what only they tell."""
    wanted = [gathered(seen, DealSpan.account_id)]
    if is_wide(seen):
        wanted.append(DealSpan.stage.in_(STAGES))
    return _stood(wanted, wish, on)


@built_once
def stood_listed(seen: Seen | None, wish: DealWish, on: date) -> Subquery:
    """The same for a list that keeps a few: each deal's account is looked at by itself."""
    return _stood([looked_at(seen, DealSpan.account_id)], wish, on)


def _stood(here: list[ColumnElement[bool]], wish: DealWish, on: date) -> Subquery:
    wanted = [*here, *_standing_wished(DealSpan, wish)]
    if wish.account_id is not None:
        wanted.append(DealSpan.account_id == wish.account_id)
    if narrow := _only_deals_tell(wish):
        wanted.append(DealSpan.opportunity_id.in_(select(Opportunity.id).where(*narrow)))
    query = select(
        DealSpan.opportunity_id.label("id"),
        DealSpan.stage,
        DealSpan.outcome,
        DealSpan.currency,
        DealSpan.amount,
        DealSpan.close_on,
        DealSpan.probability,
    )
    return query.where(DealSpan.since <= on, DealSpan.until > on, *wanted).subquery("stood")


@built_once
def deals_listed(seen: Seen | None, wish: DealWish) -> Subquery:
    """Today's for a list that stops after a page: each deal's account is looked at by itself,
    where sums over all gather the accounts once."""
    return _wished(_today(), looked_at(seen), wish)


@lru_cache(maxsize=32)
def deals_anywhere(on: date | None = None) -> Subquery:
    """Every deal in the same columns: for those whose ids were looked for already, so that
    nobody asks again who may see them."""
    return (_today() if on is None else _past(on)).subquery("deals")


def _wished(query: Select[Any], here: ColumnElement[bool], wish: DealWish) -> Subquery:
    deals = query.where(here, *lasting_wished(wish)).subquery("deals")
    standing = _standing_wished(deals.c, wish)
    return deals if not standing else select(deals).where(*standing).subquery("wished")


def _today() -> Select[Any]:
    return select(
        *_LASTING,
        Opportunity.stage,
        Opportunity.outcome,
        Opportunity.stage_since.label("since"),
        Opportunity.amount,
        Opportunity.close_on,
        Opportunity.probability,
    )


_LASTING: tuple[Any, ...] = (
    Opportunity.id,
    Opportunity.account_id,
    Opportunity.owner_id,
    Opportunity.name,
    Opportunity.currency,
    Opportunity.opened_on,
    Opportunity.closed_on,
    Opportunity.delivered_on,
    Opportunity.grade,
    Opportunity.next_step,
    Opportunity.next_step_on,
    Opportunity.competitor,
)


def _past(on: date) -> Select[Any]:
    """Each deal beside the one span that a day lies in."""
    return (
        select(
            *_LASTING,
            DealSpan.stage,
            DealSpan.outcome,
            DealSpan.moved_on.label("since"),
            DealSpan.amount,
            DealSpan.close_on,
            DealSpan.probability,
        )
        .join(DealSpan, DealSpan.opportunity_id == Opportunity.id)
        .where(DealSpan.since <= on, DealSpan.until > on)
    )


def wished_deals(seen: Seen | None, wish: DealWish) -> list[ColumnElement[bool]]:
    """What lasts of a wish, whatever the day: deals of accounts ``seen``, put away by nobody."""
    return [gathered(seen), *lasting_wished(wish)]


def lasting_wished(wish: DealWish) -> list[ColumnElement[bool]]:
    """What lasts of a wish, but for who may see it."""
    wanted: list[ColumnElement[bool]] = [Opportunity.archived_at.is_(None)]
    if wish.account_id is not None:
        wanted.append(Opportunity.account_id == wish.account_id)
    return wanted + _only_deals_tell(wish)


def _only_deals_tell(wish: DealWish) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if wish.owner_id is not None:
        wanted.append(Opportunity.owner_id == wish.owner_id)
    if wish.owner_ids is not None:
        wanted.append(Opportunity.owner_id.in_(wish.owner_ids))
    if wish.product_id is not None:
        sold = select(OpportunityLine.opportunity_id).where(
            OpportunityLine.product_id == wish.product_id
        )
        wanted.append(Opportunity.id.in_(sold))
    if wish.grade is not None:
        wanted.append(Opportunity.grade == wish.grade)
    if wish.step_by is not None:
        wanted.append((Opportunity.next_step == "") | (Opportunity.next_step_on <= wish.step_by))
    if wish.text:
        wanted.append(
            Opportunity.id.in_(ids_found("opportunity", wish.text))
            | Opportunity.account_id.in_(ids_found("account", wish.text))
        )
    return wanted


HERE = select(Account.id).where(Account.archived_at.is_(None))


def gathered(seen: Seen | None, account_id: Any = Opportunity.account_id) -> ColumnElement[bool]:
    """That a deal's account is among those seen and put away by nobody, gathered once.

    Whoever sees nearly all goes through deals by what is wished of them, never account by
    account: the sum keeps SQLite from doing so.
    """
    here = HERE if seen is None else HERE.where(within(Account.id, seen))
    found: ColumnElement[bool] = (account_id + 0 if is_wide(seen) else account_id).in_(here)
    return found


def is_wide(seen: Seen | None) -> bool:
    """Whether somebody sees nearly all."""
    return isinstance(seen, Sight) and seen.is_wide


def looked_at(seen: Seen | None, account_id: Any = Opportunity.account_id) -> ColumnElement[bool]:
    """The same of each deal by itself, for whoever sees nearly all."""
    if not isinstance(seen, Sight) or not seen.is_wide:
        return gathered(seen, account_id)
    own = HERE.where(Account.id == account_id, seen.of(Account.id))
    return own.correlate(account_id.table).exists()


def _standing_wished(deals: Any, wish: DealWish) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if wish.outcomes:
        wanted.append(deals.outcome.in_(wish.outcomes))
    if wish.stage is not None:
        wanted.append(deals.stage == wish.stage)
    if wish.close_from is not None:
        wanted.append(deals.close_on >= wish.close_from)
    if wish.close_to is not None:
        wanted.append(deals.close_on <= wish.close_to)
    return wanted


def cents(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    """A sum in whole cents: exact on every database, where sums of floats are not."""
    return func.sum(cast(func.round(amount * 100), BigInteger))


def money_of(sum_of_cents: Any) -> Decimal | None:
    """An amount from a sum of cents; None when there was nothing to sum."""
    return None if sum_of_cents is None else (Decimal(sum_of_cents) * CENT).quantize(CENT)
