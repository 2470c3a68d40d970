"""What was so of a deal on a day, from a record whose every fact has its day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from app.pipeline.around import AccountFacts, holds, newest, routes
from app.pipeline.noticing import slippage
from app.pipeline.rules import Outcome, Stage, place_of
from app.stakeholders.rules import Role

BETWEEN_LOOKS = timedelta(days=7)
"""An open deal is looked at once a week, as its team would: house convention."""


class Moved(NamedTuple):
    """A move of a deal."""

    on: date
    stage: Stage
    outcome: Outcome
    is_override: bool


class Expected(NamedTuple):
    """Amount and close date expected from a day on."""

    on: date
    amount: Decimal | None
    close_on: date | None


class Quote(NamedTuple):
    """A competitor in a deal and their price, known from a day until a day."""

    name: str
    price: Decimal | None
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is recorded of a deal, each fact with its day; lists in the order of their days."""

    deal_id: int
    account: AccountFacts
    contacts: Sequence[date]
    moves: Sequence[Moved]
    terms: Sequence[Expected] = ()
    buyer: Sequence[tuple[date, Stage | None]] = ()
    noes: Sequence[date] = ()
    criteria: Sequence[date] = ()
    visits: Sequence[date] = ()
    quotes: Sequence[Quote] = ()
    steps: Sequence[tuple[date, bool]] = ()


class Way(NamedTuple):
    """How far a deal has come, and how."""

    stage: Stage
    days_in_stage: int
    age_days: int
    overrides: int
    noes: int
    buyer_behind: int
    has_step: bool | None


class Offer(NamedTuple):
    """What is expected of a deal, and against whom; rivals are in small letters."""

    amount: Decimal | None
    is_overdue: bool
    pushes: int
    rivals: frozenset[str]
    price_gap: Decimal | None


class People(NamedTuple):
    """Whom we know and reach; ``support`` is that of the least willing decider."""

    has_decider: bool
    meets_decider: bool
    support: int | None
    has_unmet_blocker: bool
    routes: int | None
    roles: int
    silent_days: int
    is_late_in: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """A deal as it was known at the end of a day; None is not known."""

    way: Way
    offer: Offer
    people: People


def facts_on(record: Record, on: date) -> Facts | None:
    """A deal at the end of a day, from what was recorded by then; None when it was not open.

    >>> opened = Moved(date(2026, 3, 2), Stage.PROSPECTING, Outcome.OPEN, False)
    >>> deal = Record(1, AccountFacts(), (), [opened])
    >>> facts_on(deal, date(2026, 3, 1)) is None
    True
    >>> facts_on(deal, date(2026, 3, 12)).way.days_in_stage
    10
    """
    moves = [one for one in record.moves if one.on <= on]
    if not moves or moves[-1].outcome is not Outcome.OPEN:
        return None
    return Facts(_way(record, moves, on), _offer(record, on), _people(record, moves[0].on, on))


def _way(record: Record, moves: Sequence[Moved], on: date) -> Way:
    last, buyer = moves[-1], newest(record.buyer, on)
    return Way(
        stage=last.stage,
        days_in_stage=(on - last.on).days,
        age_days=(on - moves[0].on).days,
        overrides=sum(one.is_override for one in moves),
        noes=bisect_right(record.noes, on),
        buyer_behind=place_of(last.stage) - place_of(buyer) if buyer else 0,
        has_step=newest(record.steps, on),
    )


def _offer(record: Record, on: date) -> Offer:
    terms = [one for one in record.terms if one.on <= on]
    amount = terms[-1].amount if terms else None
    close_on = terms[-1].close_on if terms else None
    quotes = [one for one in record.quotes if holds(one, on)]
    return Offer(
        amount=amount,
        is_overdue=close_on is not None and close_on < on,
        pushes=slippage(one.close_on for one in terms).pushes,
        rivals=frozenset(one.name.casefold() for one in quotes),
        price_gap=_gap(amount, quotes),
    )


def _gap(ours: Decimal | None, quotes: Sequence[Quote]) -> Decimal | None:
    """How far the lowest price known lies below ours, as a share of ours."""
    prices = [one.price for one in quotes if one.price is not None]
    return (ours - min(prices)) / ours if ours and prices else None


def _people(record: Record, opened: date, on: date) -> People:
    account, mine = record.account, (None, record.deal_id)
    held = [one for one in account.held if one.deal_id in mine and holds(one, on)]
    touches = [one for one in account.touches if holds(one, on)]
    reached = {one.person_id for one in touches}
    deciders = {one.person_id for one in held if one.role is Role.DECIDER}
    blockers = {one.person_id for one in held if one.role is Role.BLOCKER}
    said = [newest(account.support.get(one, ()), on) for one in deciders]
    is_told = any(one.since <= on for one in account.touches)
    return People(
        has_decider=bool(deciders),
        meets_decider=bool(deciders & reached),
        support=min((one for one in said if one is not None), default=None),
        has_unmet_blocker=bool(blockers - reached),
        routes=routes((one.user_id, one.person_id) for one in touches) if is_told else None,
        roles=len({one.role for one in held if one.person_id in reached}),
        silent_days=_silent(record, opened, on),
        is_late_in=_is_late_in(record, on),
    )


def _silent(record: Record, opened: date, on: date) -> int:
    """Days since anybody of ours was in touch; since the deal was opened, at the most."""
    place = bisect_right(record.contacts, on)
    last = record.contacts[place - 1] if place else opened
    return (on - max(last, opened)).days


def _is_late_in(record: Record, on: date) -> bool:
    """Whether the criteria were set before our first visit about the deal."""
    if not record.criteria or record.criteria[0] > on:
        return False
    return not record.visits or record.visits[0] > record.criteria[0]


def looks(record: Record) -> list[date]:
    """The days on which a deal was looked at while it was open: as it opened or moved, and
    every week between; never on the day that ended it.

    >>> moves = [Moved(date(2026, 3, 2), Stage.PROSPECTING, Outcome.OPEN, False),
    ...          Moved(date(2026, 3, 12), Stage.PROSPECTING, Outcome.LOST, False)]
    >>> [day.day for day in looks(Record(1, AccountFacts(), (), moves))]
    [2, 9]
    """
    found: set[date] = set()
    for move, after in pairwise(record.moves):
        day = move.on
        while move.outcome is Outcome.OPEN and day < after.on:
            found.add(day)
            day += BETWEEN_LOOKS
    return sorted(found)
