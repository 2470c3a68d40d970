"""What a forecast asks of the database, always as it was known at the end of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.beside import Work
from app.pipeline.board_queries import stage_norms
from app.pipeline.calls import call_named
from app.pipeline.chances import LEAST_CASES
from app.pipeline.day_counts import DaysBetween
from app.pipeline.forecast import Decided, History, Judged, OpenDeal, Past
from app.pipeline.forecast_models import ForecastCall
from app.pipeline.judging import Judge
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.pattern import fit
from app.pipeline.pattern_queries import DECIDED, cases_until, with_around, with_known
from app.pipeline.remembered import remembered
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.snapshots import DAY
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
    columns = (
        deals.c.id, deals.c.owner_id, deals.c.stage, deals.c.currency, deals.c.amount,
        deals.c.probability, deals.c.close_on, deals.c.opened_on, deals.c.since,
        deals.c.account_id, said.label("call"),
    )  # fmt: skip
    rows = session.execute(select(*columns).where(deals.c.outcome == Outcome.OPEN))
    return [_open_deal(*row) for row in rows]


def _open_deal(id_: int, owner_id: int | None, stage: str, *rest: Any) -> OpenDeal:
    known: Any = (*rest[:-1], call_named(rest[-1]))
    return OpenDeal(id_, owner_id, STAGE[stage], *known)


STAGE = {one.value: one for one in Stage}


NAMED_AT_ONCE = 5_000


def with_names(session: Session, said: Sequence[Judged]) -> Iterator[Judged]:
    """Judged deals with what the deal, its account and its owner are called; one SELECT for each
    five thousand."""
    for start in range(0, len(said), NAMED_AT_ONCE):
        some = said[start : start + NAMED_AT_ONCE]
        query = (
            select(Opportunity.id, Opportunity.name, Account.name, User.name)
            .join(Account, Account.id == Opportunity.account_id)
            .outerjoin(User, User.id == Opportunity.owner_id)
            .where(Opportunity.id.in_([one.deal.id for one in some]))
        )
        names = {id_: found for id_, *found in session.execute(query)}
        yield from (_named(one, *names[one.deal.id]) for one in some)


def _named(one: Judged, name: str, account: str, owner: str | None) -> Judged:
    return replace(one, deal=replace(one.deal, name=name, account=account, owner=owner or ""))


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
    """The open deals with what each opinion gives them until a period's end; a constant number
    of SELECTs, however many deals."""
    deals = open_deals(session, seen, wish, on)
    past = past_known(session, today, on)
    if on is None and past.pattern is not None:
        return _judged(with_known(session, deals, past, today), past, end, today)
    return judged_by(session, deals, past, end=end, on=on or today)


def judged_by(
    session: Session, deals: list[OpenDeal], past: Past, *, end: date, on: date
) -> list[Judged]:
    """Deals open at the end of a day with what each opinion gives them, by what a past says."""
    if past.pattern is not None:
        deals = with_around(session, deals, past, on)
    return _judged(deals, past, end, on)


def _judged(deals: Iterable[OpenDeal], past: Past, end: date, on: date) -> list[Judged]:
    return list(map(Judge(past, on, end), deals))


def past_until(session: Session, on: date) -> Past:
    """What the deals decided until the end of a day have to say."""
    norms = stage_norms(session, on)
    return Past(
        history_until(session, on),
        winning_until(session, on, on),
        fit(cases_until(session, norms, on)),
        usual_amounts(session, on),
        norms,
    )


A_DAY = 86_400.0


def past_known(session: Session, today: date, on: date | None = None) -> Past:
    """What the past had to say at the end of a day, today that of yesterday: so what is decided
    today waits for tomorrow, and this worker need not learn it all anew with each deal."""
    until = on or today - DAY
    mark = (today, noted_before(session, today))
    find = partial(past_until, session, until)
    return remembered(session, ("past", until), find, mark=mark, lasts=A_DAY)


def deals_ever(session: Session) -> int:
    """How many deals there were at the most, known at a glance."""
    return session.scalar(select(func.max(Opportunity.id))) or 0


PARTS = 2


def prepare(seen: Seen, today: date, session: Session, work: Work) -> bool:
    """Learn what the past has to say and what is known around the accounts of open deals, for
    whoever sees them: what takes long of a first forecast. ``work`` is told after each part."""
    past = past_known(session, today)
    work.step()
    if past.pattern is not None:
        with_known(session, open_deals(session, seen, DealWish()), past, today)
    work.step()
    return True


def noted_before(session: Session, today: date) -> int | None:
    """What changes whenever a move is noted of an earlier day than today: the newest of them,
    looked for among the newest of all, which every database finds at once."""
    newest = select(StageMove.id, StageMove.on).order_by(StageMove.id.desc()).limit(NEWEST)
    moves = newest.subquery("newest")
    return session.scalar(select(func.max(moves.c.id)).where(moves.c.on < today))


NEWEST = 500
"""Moves looked through; more than that noted today hide what was noted before, and all is learnt
anew once."""


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
