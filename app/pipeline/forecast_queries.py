"""What a forecast asks of the database, always as it was known at the end of a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.pipeline.forecast import (
    Decided,
    History,
    Judged,
    OpenDeal,
    Past,
    Period,
    forecasts,
    judged,
)
from app.pipeline.models import StageMove
from app.pipeline.pattern import Case, Features, fit
from app.pipeline.queries import FAR
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.scoring import AmountScore, Came, ChanceScore, amount_scores, chance_scores
from app.pipeline.standing_queries import DealWish, cents, deals_on, money_of
from app.pipeline.survival import Curve, kaplan_meier
from app.users.models import User

MOST_CASES = 5_000
DECIDED = (*SIGNED, Outcome.LOST)
"""Withdrawn is not lost: nobody decided against us."""


def open_deals(
    session: Session, seen: Select[Any], wish: DealWish, on: date | None = None
) -> list[OpenDeal]:
    """The open deals that fit a wish, today or at the end of a day."""
    deals = deals_on(seen, wish, on)
    rows = session.execute(
        select(deals, Account.name.label("account"), User.name.label("owner"))
        .join(Account, Account.id == deals.c.account_id)
        .outerjoin(User, User.id == deals.c.owner_id)
        .where(deals.c.outcome == Outcome.OPEN)
    )
    return [_open_deal(row) for row in rows]


def _open_deal(row: Any) -> OpenDeal:
    return OpenDeal(
        row.id,
        row.name,
        row.account,
        row.owner_id,
        row.owner or "",
        Stage(row.stage),
        row.currency,
        row.amount,
        row.probability,
        row.close_on,
        row.opened_on,
        row.since,
    )


def won_between(
    session: Session, seen: Select[Any], wish: DealWish, start: date, end: date
) -> dict[str, tuple[int, Decimal]]:
    """How many deals were won from a day to a day, and what they come to, by currency."""
    deals = deals_on(seen, wish).c
    rows = session.execute(
        select(deals.currency, func.count().label("number"), cents(deals.amount).label("amount"))
        .where(deals.outcome.in_(SIGNED), deals.closed_on.between(start, end))
        .group_by(deals.currency)
    )
    return {row.currency: (row.number, money_of(row.amount) or Decimal(0)) for row in rows}


def history_until(session: Session, on: date | None = None) -> History:
    """The company's deals decided until a day, by owner and the stage they were decided in."""
    deals = deals_on(None, DealWish(outcomes=DECIDED), on).c
    counted = (deals.owner_id, deals.stage, deals.outcome)
    rows = session.execute(select(*counted, func.count().label("number")).group_by(*counted))
    return History(
        Decided(row.owner_id, Stage(row.stage), Outcome(row.outcome), row.number) for row in rows
    )


def winning_curve(session: Session, today: date, on: date | None = None) -> Curve:
    """How long deals take from their opening to the signature, as known on a day.

    Won deals ended; those open on the day count for as long as they lasted; lost and
    withdrawn ones say nothing of how long winning takes.
    """
    deals = deals_on(None, DealWish(outcomes=(Outcome.OPEN, *SIGNED)), on).c
    rows = session.execute(
        select(deals.opened_on, deals.closed_on, deals.since, deals.outcome == Outcome.OPEN)
    )
    until = on or today
    spans = (
        (until if is_open else _signed(closed, since, until), opened, not is_open)
        for opened, closed, since, is_open in rows
    )
    return kaplan_meier((max((end - opened).days, 0), ended) for end, opened, ended in spans)


def _signed(closed: date | None, since: date, until: date) -> date:
    """The day of the signature; one undone since then is known by its move alone."""
    return closed if closed is not None and closed <= until else since


def judged_on(
    session: Session,
    seen: Select[Any],
    wish: DealWish,
    *,
    end: date,
    today: date,
    on: date | None = None,
) -> list[Judged]:
    """The open deals with what each opinion gives them until a period's end; four SELECTs."""
    deals = open_deals(session, seen, wish, on)
    past = past_until(session, today, on)
    return [judged(deal, past, on or today, end) for deal in deals]


def past_until(session: Session, today: date, on: date | None = None) -> Past:
    """What the deals decided until a day have to say."""
    curve = winning_curve(session, today, on)
    return Past(history_until(session, on), curve, fit(cases_until(session, on)))


def cases_until(session: Session, on: date | None = None) -> list[Case]:
    """Every stage that a deal decided by a day had entered, newest deals first, bounded."""
    deals = deals_on(None, DealWish(outcomes=DECIDED), on).c
    rows = session.execute(
        select(
            deals.id, StageMove.to_stage, StageMove.on, deals.opened_on, deals.amount, deals.outcome
        )
        .join(StageMove, StageMove.opportunity_id == deals.id)
        .where(StageMove.outcome == Outcome.OPEN, StageMove.on <= (on or FAR))
        .order_by(deals.id.desc(), StageMove.id)
        .limit(MOST_CASES)
    )
    return [
        Case(
            id_,
            Features(
                Stage(stage), (entered - opened).days, None if amount is None else float(amount)
            ),
            outcome in SIGNED,
        )
        for id_, stage, entered, opened, amount, outcome in rows
    ]


def won_ids(session: Session, seen: Select[Any], wish: DealWish, period: Period) -> set[int]:
    """The deals that were won in a period."""
    deals = deals_on(seen, wish).c
    signed = deals.outcome.in_(SIGNED) & deals.closed_on.between(period.start, period.end)
    return set(session.scalars(select(deals.id).where(signed)))


@dataclass(frozen=True, slots=True)
class Score:
    """The forecast's own score: period by period, by amounts in each currency, by deal."""

    came: list[Came]
    amounts: dict[str, list[AmountScore]]
    chances: list[ChanceScore]


def score_of(
    session: Session, seen: Select[Any], wish: DealWish, periods: list[Period], today: date
) -> Score:
    """Forecast each period from its eve, with only what was known then, and score it."""
    came: list[Came] = []
    cases: list[tuple[Judged, bool]] = []
    for period in periods:
        eve = period.start - timedelta(days=1)
        deals = judged_on(session, seen, wish, end=period.end, today=today, on=eve)
        won = won_ids(session, seen, wish, period)
        cases += [(one, one.deal.id in won) for one in deals]
        actual = _actual(deals, won)
        came += [
            Came(period, one, actual.get(one.currency, Decimal(0))) for one in forecasts(deals, {})
        ]
    by_currency = {one.forecast.currency for one in came}
    return Score(
        came,
        {
            currency: amount_scores([one for one in came if one.forecast.currency == currency])
            for currency in sorted(by_currency)
        },
        chance_scores(cases),
    )


def _actual(deals: list[Judged], won: set[int]) -> dict[str, Decimal]:
    """What the deals that were open on the eve brought, at the amounts known then."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in deals:
        if one.deal.id in won:
            sums[one.deal.currency] += one.deal.amount or Decimal(0)
    return sums
