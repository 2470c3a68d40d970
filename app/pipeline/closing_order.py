"""Deals in the order in which they should close, found without sorting all there are.

For whoever sees nearly all: their deals are gone along by an index that stops early.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from heapq import nsmallest
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from app.accounts.queries import Seen, built_once
from app.pipeline.happened import mended
from app.pipeline.models import Opportunity
from app.pipeline.moving import outcome_in
from app.pipeline.rules import STAGES, Stage
from app.pipeline.standing_queries import (
    DealWish,
    lasting_wished,
    looked_at,
    stood_listed,
)

MOST_TOUCHED = 500
DATED = (Opportunity.close_on.is_not(None), Opportunity.close_on.is_(None))
"""Those without a date are gone along by themselves: databases put them at either end."""


@built_once
def first_to_close(seen: Seen, wish: DealWish, mosts: tuple[tuple[Stage, int], ...]) -> Any:
    """The ids of today's live deals of each stage that close first, so many of each."""
    parts = [
        _first(seen, wish, most, Opportunity.outcome == outcome_in(stage), own, dated)
        for stage, most in mosts
        for own in (Opportunity.stage == stage,)
        for dated in DATED
    ]
    return union_all(*parts)


def first_listed(seen: Seen, wish: DealWish, after: int | None, most: int) -> Any:
    """The ids of today's deals of the wished outcomes that close first, ``after`` one of them."""
    further = _further(after)
    parts = [
        _first(seen, wish, most, Opportunity.outcome == outcome, dated, later)
        for outcome in wish.outcomes
        for dated, later in zip(DATED, further, strict=True)
    ]
    return union_all(*parts)


def _further(after: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What comes after a deal, of those with a date and of those without."""
    if after is None:
        return Opportunity.id > 0, Opportunity.id > 0
    last = aliased(Opportunity)
    on = select(last.close_on).where(last.id == after).scalar_subquery()
    both = tuple_(Opportunity.close_on, Opportunity.id) > tuple_(on, literal(after))
    return both, on.is_not(None) | (Opportunity.id > after)


def _first(seen: Seen, wish: DealWish, most: int, *these: ColumnElement[bool]) -> Select[Any]:
    part = (
        select(Opportunity.id)
        .where(*these, looked_at(seen), *lasting_wished(wish))
        .order_by(Opportunity.close_on, Opportunity.id)
        .limit(most)
        .subquery()
    )
    return select(part.c.id)


Placed = tuple[str, bool, date | None, int]
"""Where a deal stood, whether it had no date, its date, its id: rows sort as deals close."""


def first_then(session: Session, seen: Seen, wish: DealWish, on: date, most: int) -> list[int]:
    """The ids of the live deals of each stage of a past day that should have closed first.

    They are kept; deals to which something happened since take their place among them.
    """
    query, every = _first_stood(seen, wish, on, most), _placed(stood_listed(seen, wish, on))

    def find() -> frozenset[Placed]:
        return frozenset(tuple(row) for row in session.execute(query))

    def mend(old: frozenset[Placed], touched: frozenset[int]) -> frozenset[Placed] | None:
        if len(touched) > MOST_TOUCHED:
            return None
        rows = session.execute(every.where(every.selected_columns.id.in_(touched)))
        new = frozenset(tuple(row) for row in rows)
        was = {row for row in old if row[-1] in touched}
        return _smallest(old | new, most) if was <= new else None

    return [row[-1] for row in mended(session, query, find, mend)]


def _smallest(rows: Iterable[Placed], most: int) -> frozenset[Placed]:
    stages = groupby(sorted(rows), key=lambda row: row[0])
    return frozenset(row for _stage, some in stages for row in nsmallest(most, some))


@built_once
def _first_stood(seen: Seen, wish: DealWish, on: date, most: int) -> Any:
    """Each stage is gone along by itself and keeps no more than so many."""
    stood: Sequence[Any] = [
        stood_listed(seen, replace(wish, stage=stage, outcomes=(outcome_in(stage),)), on)
        for stage in STAGES
    ]
    parts = [
        _placed(one).order_by(one.c.close_on.nulls_last(), one.c.id).limit(most).subquery()
        for one in stood
    ]
    return union_all(*map(select, parts))


def _placed(stood: Any) -> Select[Any]:
    columns = stood.c
    return select(
        columns.stage, columns.close_on.is_(None).label("is_last"), columns.close_on, columns.id
    )
