"""What a forecast asks of the database, always as it was known at the end of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.pipeline.board_queries import stage_norms
from app.pipeline.calls import call_named
from app.pipeline.chances import LEAST_CASES
from app.pipeline.day_counts import DaysBetween
from app.pipeline.forecast import Decided, History, Judged, OpenDeal, Past, judged
from app.pipeline.forecast_models import ForecastCall
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.pattern import fit
from app.pipeline.pattern_queries import DECIDED, cases_until, with_around
from app.pipeline.remembered import remembered
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.spans import FAR
from app.pipeline.standing_queries import DealWish, cents, deals_on, money_of
from app.pipeline.survival import Incidence, incidence
from app.users.models import User


def open_deals(
    session: Session, seen: Seen, wish: DealWish, on: date | None = None
) -> list[OpenDeal]:
    """The open deals that fit a wish, today or at the end of a day."""
    deals = deals_on(seen, wish, on)
    said = (
        select(ForecastCall.call)
        .where(ForecastCall.opportunity_id == deals.c.id)
        .where(ForecastCall.on <= (on or FAR))
        .order_by(ForecastCall.on.desc(), ForecastCall.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(deals, Account.name.label("account"), User.name.label("owner"), said.label("call"))
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
        row.account_id,
        call_named(row.call),
    )


def among(session: Session, seen: Select[Any], account_ids: Iterable[int]) -> set[int]:
    """Those of some accounts that a person may see, or change."""
    wanted = select(Account.id).where(Account.id.in_(set(account_ids)), Account.id.in_(seen))
    return set(session.scalars(wanted))


def won_between(
    session: Session, seen: Seen, wish: DealWish, start: date, end: date
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
    stage = case((deals.outcome == Outcome.LOST, deals.stage), else_=_won_from(deals, on))
    counted = (deals.owner_id, stage.label("decided_in"), deals.outcome)
    rows = session.execute(select(*counted, func.count().label("number")).group_by(*counted))
    return History(
        Decided(row.owner_id, Stage(row.decided_in), Outcome(row.outcome), row.number)
        for row in rows
    )


def _won_from(deals: Any, on: date | None) -> ColumnElement[str]:
    """The stage a deal was won from, which is the last that the record shows it to have reached:
    a file of results tells no stages between, and what was passed over taught us nothing."""
    left = (
        select(StageMove.from_stage)
        .where(StageMove.opportunity_id == deals.id, StageMove.outcome.in_(SIGNED))
        .where(StageMove.from_stage != Stage.DELIVERY, StageMove.on <= (on or FAR))
        .order_by(StageMove.on.desc(), StageMove.id.desc())
        .limit(1)
    )
    return func.coalesce(left.scalar_subquery(), Stage.PROSPECTING.value)


def winning_until(session: Session, today: date, on: date | None = None) -> Incidence:
    """How soon deals are won after their opening, as known on a day.

    Those lost and withdrawn have ended another way; those open on the day count for as long
    as they lasted, so that deals which nobody ever decides weigh as they should.
    """
    deals, until = deals_on(None, DealWish(), on).c, on or today
    is_open = deals.outcome == Outcome.OPEN
    # The day of the signature; one undone since then is known by its move alone.
    signed = case((deals.closed_on <= until, deals.closed_on), else_=deals.since)
    days = DaysBetween(deals.opened_on, case((is_open, until), else_=signed)).label("days")
    won = case((is_open, None), (deals.outcome.in_(SIGNED), 1), else_=0).label("won")
    spans: Counter[tuple[int, bool | None]] = Counter()
    for lasted, end, count in session.execute(select(days, won, func.count()).group_by(days, won)):
        spans[max(lasted, 0), None if end is None else bool(end)] += count
    return incidence(spans)


def judged_on(
    session: Session,
    seen: Seen,
    wish: DealWish,
    *,
    end: date,
    today: date,
    on: date | None = None,
) -> list[Judged]:
    """The open deals with what each opinion gives them until a period's end; at most twelve
    SELECTs, however many deals."""
    deals = open_deals(session, seen, wish, on)
    return judged_by(session, deals, past_known(session, today, on), end=end, on=on or today)


def judged_by(
    session: Session, deals: list[OpenDeal], past: Past, *, end: date, on: date
) -> list[Judged]:
    """Deals open at the end of a day with what each opinion gives them, by what a past says."""
    if past.pattern is not None:
        deals = with_around(session, deals, past, on)
    return [judged(deal, past, on, end) for deal in deals]


def past_until(session: Session, today: date, on: date | None = None) -> Past:
    """What the deals decided until a day have to say."""
    norms = stage_norms(session, on)
    return Past(
        history_until(session, on),
        winning_until(session, today, on),
        fit(cases_until(session, norms, on)),
        usual_amounts(session, on),
        norms,
    )


A_DAY = 86_400.0


def past_known(session: Session, today: date, on: date | None = None) -> Past:
    """What the past had to say on a day, remembered by this worker until another deal is
    decided, or taken up again."""
    mark = (today, *decided_mark(session))
    find = partial(past_until, session, today, on)
    return remembered(session, ("past", on), find, mark=mark, lasts=A_DAY)


def decided_mark(session: Session) -> list[Any]:
    """What changes whenever a deal is decided, or taken up again."""
    columns = (Opportunity.outcome, func.count(), func.max(Opportunity.id))
    query = select(*columns).group_by(Opportunity.outcome)
    return [tuple(row) for row in session.execute(query.order_by(Opportunity.outcome))]


def usual_amounts(session: Session, on: date | None = None) -> dict[str, float]:
    """The mean amount of the deals won until a day, by currency; of fewer than eight, nothing."""
    deals = deals_on(None, DealWish(outcomes=SIGNED), on).c
    rows = session.execute(
        select(deals.currency, func.avg(deals.amount), func.count(deals.amount))
        .where(deals.amount > 0)
        .group_by(deals.currency)
    )
    return {currency: float(mean) for currency, mean, count in rows if count >= LEAST_CASES}
