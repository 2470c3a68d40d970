"""What a score asks of the database: what was forecast on past days, and what came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.accounts.queries import Seen
from app.beside import Work
from app.pipeline.accuracy import velocity
from app.pipeline.distribution import Bet, outlook
from app.pipeline.forecast import Forecast, Judged, Opinion, View
from app.pipeline.forecast_models import ForecastSnapshot, SnapshotDeal
from app.pipeline.forecast_queries import judged_by, open_deals, past_known
from app.pipeline.models import Opportunity
from app.pipeline.pattern_queries import DECIDED
from app.pipeline.periods import Period, quarters_before
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.scoring import Came, Case, Scores, scores_of
from app.pipeline.snapshots import DAY, sunday_by
from app.pipeline.standing_queries import DealWish, cents, deals_on, money_of, wished_deals


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose deals a score is about."""

    seen: Seen
    wish: DealWish
    today: date


def cases_on(
    session: Session, scope: Scope, period: Period, days: Iterable[date]
) -> Iterator[tuple[list[Case], bool]]:
    """The deals open at the end of each of some days with what was said of them for a period, and
    whether that is a locked forecast; without one it is made from what was known then.

    What the past had to say is asked for on the first day: by the later ones it was known too.
    """
    won, past = _won_in(session, scope, period), None
    for on in days:
        locked = _locked(session, scope, period, on)
        if locked:
            yield [_locked_case(row, period, on, won) for row in locked], True
            continue
        past = past or past_known(session, scope.today, on)
        deals = open_deals(session, scope.seen, scope.wish, on)
        said = judged_by(session, deals, past, end=period.end, on=on)
        yield [_case(one, period, on, won) for one in said], False


def _won_in(session: Session, scope: Scope, period: Period) -> dict[int, Decimal]:
    """What the deals won in a period were worth by then."""
    deals = deals_on(scope.seen, scope.wish).c
    signed = deals.outcome.in_(SIGNED) & deals.closed_on.between(period.start, period.end)
    rows = session.execute(select(deals.id, deals.amount).where(signed))
    return {row.id: row.amount or Decimal(0) for row in rows}


def _locked(session: Session, scope: Scope, period: Period, on: date) -> list[Row[Any]]:
    query = (
        select(SnapshotDeal)
        .join(ForecastSnapshot, ForecastSnapshot.id == SnapshotDeal.snapshot_id)
        .join(Opportunity, Opportunity.id == SnapshotDeal.opportunity_id)
        .where(ForecastSnapshot.starts_on == period.start, ForecastSnapshot.on == on)
        .where(*wished_deals(scope.seen, scope.wish))
    )
    return list(session.execute(query))


def _locked_case(row: Row[Any], period: Period, on: date, won: Mapping[int, Decimal]) -> Case:
    deal: SnapshotDeal = row[0]
    deal_id = deal.opportunity_id or 0
    return Case(
        deal_id,
        deal.owner_id,
        Stage(deal.stage),
        deal.currency,
        None if deal.amount is None else float(deal.amount),
        won.get(deal_id, Decimal(0)),
        period,
        on,
        (deal.seller, deal.history, deal.pattern),
        deal_id in won,
    )


def _case(one: Judged, period: Period, on: date, won: Mapping[int, Decimal]) -> Case:
    deal = one.deal
    return Case(
        deal.id,
        deal.owner_id,
        deal.stage,
        deal.currency,
        one.value,
        won.get(deal.id, Decimal(0)),
        period,
        on,
        (one.seller, one.history, one.pattern),
        deal.id in won,
    )


def came_of(cases: Iterable[Case], period: Period) -> list[Came]:
    """What came of a period in each currency, beside what was forecast on its eve."""
    grouped: dict[str, list[Case]] = defaultdict(list)
    for one in cases:
        grouped[one.currency].append(one)
    return [_came(period, currency, found) for currency, found in sorted(grouped.items())]


def _came(period: Period, currency: str, cases: list[Case]) -> Came:
    views = tuple(_view(opinion, cases) for opinion in Opinion)
    actual = sum((one.actual for one in cases), Decimal(0))
    return Came(period, Forecast(currency, Decimal(0), 0, len(cases), views), actual)


def _view(opinion: Opinion, cases: list[Case]) -> View:
    bets = [
        Bet(one.value, chance)
        for one in cases
        if one.value is not None and (chance := one.by(opinion)) is not None
    ]
    return View(opinion, outlook(bets), len(bets), len(cases) - len(bets))


@dataclass(frozen=True, slots=True)
class Walk:
    """Past periods forecast: from their eves, and from later days for the sake of the horizon."""

    eves: list[Case]
    later: list[Case]
    came: list[Came]
    locked: int
    days: int


def walk(
    session: Session, scope: Scope, periods: Iterable[Period], offsets: tuple[int, ...] = ()
) -> Walk:
    """Forecast each period with only what was known: on its eve, and on the last Sunday of so
    many days after it, of which a forecast is locked wherever a server was there."""
    eves: list[Case] = []
    later: list[Case] = []
    came: list[Came] = []
    locked = days = 0
    for period in periods:
        eve = period.start - DAY
        sundays = (sunday_by(eve + timedelta(days=offset)) for offset in offsets)
        (cases, is_locked), *rest = cases_on(session, scope, period, [eve, *sundays])
        eves += cases
        came += came_of(cases, period)
        locked, days = locked + is_locked, days + 1
        later += [case for found, _is_locked in rest for case in found]
    return Walk(eves, later, came, locked, days)


def judged_past(
    scope: Scope,
    quarters: int,
    offsets: tuple[int, ...],
    session: Session,
    work: Work | None = None,
) -> tuple[Walk, Scores]:
    """The last quarters walked through and scored; ``work`` is told after each."""
    told = _told(quarters_before(scope.today, quarters), work or Work(quarters))
    past = walk(session, scope, told, offsets)
    return past, scores_of(past.eves, past.later)


def _told(periods: Iterable[Period], work: Work) -> Iterator[Period]:
    for period in periods:
        yield period
        work.step()


@dataclass(frozen=True, slots=True)
class Velocity:
    """Sales velocity of a year in one currency with what it is made of; money a day."""

    currency: str
    number: int
    mean_value: Decimal
    win_rate: float
    cycle_days: float
    a_day: float | None


def velocities(session: Session, scope: Scope) -> list[Velocity]:
    """How much a day of selling brings: open deals × mean value × win rate ÷ cycle length,
    over the deals decided in the last 365 days."""
    since = scope.today - timedelta(days=365)
    deals = deals_on(scope.seen, scope.wish).c
    is_open = deals.outcome == Outcome.OPEN
    decided = deals.outcome.in_(DECIDED) & (deals.closed_on > since)
    rows = session.execute(
        select(deals.currency, deals.outcome, func.count(), cents(deals.amount),
               func.count(deals.amount))
        .where(is_open | decided)
        .group_by(deals.currency, deals.outcome)
    )  # fmt: skip
    found: dict[str, dict[str, tuple[int, Decimal, int]]] = defaultdict(dict)
    for currency, outcome, count, total, priced in rows:
        found[currency][outcome] = (count, money_of(total) or Decimal(0), priced)
    cycles = _cycles(session, scope, since)
    return [
        one
        for currency, parts in sorted(found.items())
        if (one := _velocity(currency, parts, cycles.get(currency, 0.0))) is not None
    ]


def _cycles(session: Session, scope: Scope, since: date) -> dict[str, float]:
    """The mean days from opening to signature of the deals won since a day, by currency."""
    deals = deals_on(scope.seen, scope.wish).c
    rows = session.execute(
        select(deals.currency, deals.opened_on, deals.closed_on).where(
            deals.outcome.in_(SIGNED), deals.closed_on > since
        )
    )
    days: dict[str, list[int]] = defaultdict(list)
    for currency, opened, closed in rows:
        days[currency].append((closed - opened).days)
    return {currency: sum(found) / len(found) for currency, found in days.items()}


def _velocity(
    currency: str, parts: Mapping[str, tuple[int, Decimal, int]], cycle: float
) -> Velocity | None:
    nothing = (0, Decimal(0), 0)
    won = [parts.get(outcome, nothing) for outcome in SIGNED]
    wins, worth = sum(one[0] for one in won), sum((one[1] for one in won), Decimal(0))
    priced = sum(one[2] for one in won)
    lost, number = parts.get(Outcome.LOST, nothing)[0], parts.get(Outcome.OPEN, nothing)[0]
    if not wins or not priced:
        return None
    mean, rate = worth / priced, wins / (wins + lost)
    return Velocity(currency, number, mean, rate, cycle, velocity(number, float(mean), rate, cycle))
