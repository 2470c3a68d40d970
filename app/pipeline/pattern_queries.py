"""What the pattern learns from, and what it is asked about: each as it was known on its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.pipeline.around import AccountFacts, Around, around, newest
from app.pipeline.around_known import (
    NO_FACTS,
    NO_MAP,
    NOTHING_KNOWN,
    Surroundings,
    known_around,
    surroundings_of,
)
from app.pipeline.around_queries import facts_of
from app.pipeline.forecast import OpenDeal, Past
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.pattern import Case, Features
from app.pipeline.route_queries import map_pasts
from app.pipeline.routes import MapPast, two_routes_known
from app.pipeline.rules import SIGNED, Outcome, Stage
from app.pipeline.spans import FAR
from app.pipeline.standing_queries import DealWish, deals_on
from app.pipeline.times import MoveFact, Stay, stays_of

Amount = tuple[date, float | None]
MOST_MOVES = 5_000
LOOKS = (0.0, 0.5, 1.0, 1.5)
"""A deal is looked at when it enters a stage and, if it is still there, after so many norms
(landmarks, van Houwelingen 2007): where a deal's colour on the board changes."""
DECIDED = (*SIGNED, Outcome.LOST)
"""Withdrawn is not lost: nobody decided against us."""


def cases_until(session: Session, norms: Mapping[Stage, int], on: date | None = None) -> list[Case]:
    """The stays of the deals decided by a day, newest deals first, bounded; thirteen SELECTs."""
    deals = deals_on(None, DealWish(outcomes=DECIDED), on).c
    rows = session.execute(
        select(
            deals.id, deals.account_id, deals.opened_on, deals.outcome,
            StageMove.on, StageMove.to_stage, StageMove.outcome.label("after"),
        )
        .join(StageMove, StageMove.opportunity_id == deals.id)
        .where(StageMove.on <= (on or FAR))
        .order_by(deals.id.desc(), StageMove.id)
        .limit(MOST_MOVES)
    )  # fmt: skip
    moves: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        moves[row.id].append(row)
    if not moves:
        return []
    until, accounts = on or FAR, sorted({rows[0].account_id for rows in moves.values()})
    amounts = _amounts(session, list(moves), until)
    facts, pasts = facts_of(session, accounts, until), map_pasts(session, accounts)

    def known_of(account: int) -> tuple[AccountFacts, MapPast]:
        return facts.get(account, NO_FACTS), pasts.get(account, NO_MAP)

    return [
        Case(rows[0].id, features, rows[0].outcome in SIGNED)
        for rows in moves.values()
        for features in _seen_in(rows, amounts[rows[0].id], known_of(rows[0].account_id), norms)
    ]


def _amounts(session: Session, deals: list[int], until: date) -> Mapping[int, list[Amount]]:
    """What each deal was expected to bring, from which day on: what came out is not known
    before it came."""
    rows = session.execute(
        select(Terms.opportunity_id, Terms.on, Terms.amount)
        .where(Terms.opportunity_id.in_(deals), Terms.on <= until)
        .order_by(Terms.on, Terms.id)
    )
    amounts: dict[int, list[Amount]] = defaultdict(list)
    for deal, day, amount in rows:
        amounts[deal].append((day, None if amount is None else float(amount)))
    return amounts


def _seen_in(
    rows: list[Any],
    amounts: Sequence[Amount],
    known: tuple[AccountFacts, MapPast],
    norms: Mapping[Stage, int],
) -> Iterator[Features]:
    deal, (facts, past) = rows[0], known
    moves = [MoveFact(row.on, Stage(row.to_stage), Outcome(row.after)) for row in rows]
    for stay in stays_of(moves):
        age = (stay.since - deal.opened_on).days
        for day, share in _looks(stay, norms.get(stay.stage)):
            two_routes = two_routes_known(past, deal.id, day)
            there = around(facts, deal.id, day, share, two_routes)
            yield Features(stay.stage, age, newest(amounts, day), there)


def _looks(stay: Stay, norm: int | None) -> Iterator[tuple[date, float | None]]:
    """The days a deal is looked at in a stage, each with its time there over the norm."""
    if stay.stage is Stage.DELIVERY or stay.until is None:
        return
    if not norm:
        yield stay.since, None
        return
    for share in LOOKS:
        day = stay.since + timedelta(days=round(share * norm))
        if share == 0 or day < stay.until:
            yield day, share


def with_around(
    session: Session, deals: Iterable[OpenDeal], past: Past, on: date
) -> list[OpenDeal]:
    """Open deals with what was known around them on a day; what weighs nothing is not read."""
    known: Mapping[int, Surroundings] = {}
    if past.pattern is not None and past.pattern.looks_around:
        open_then = or_(Opportunity.closed_on.is_(None), Opportunity.closed_on > on)
        accounts = select(Opportunity.account_id).where(Opportunity.opened_on <= on, open_then)
        known = surroundings_of(session, accounts, on)
    return _placed(deals, known, past, on)


def with_known(
    session: Session, deals: Sequence[OpenDeal], past: Past, today: date
) -> list[OpenDeal]:
    """The same today, by what this worker knows of accounts already."""
    known: Mapping[int, Surroundings] = {}
    if past.pattern is not None and past.pattern.looks_around:
        known = known_around(session, {one.account_id for one in deals}, today)
    return _placed(deals, known, past, today)


def _placed(
    deals: Iterable[OpenDeal], known: Mapping[int, Surroundings], past: Past, on: date
) -> list[OpenDeal]:
    placed = list(deals)
    for one in placed:
        here = known.get(one.account_id, NOTHING_KNOWN)
        there: Any = here.get(one.id, here[None])
        one.around = Around(_against(one, past.norms, on), *there[1:])
    return placed


def _against(deal: OpenDeal, norms: Mapping[Stage, int], on: date) -> float | None:
    norm = norms.get(deal.stage)
    return max((on - deal.since).days, 0) / norm if norm else None
