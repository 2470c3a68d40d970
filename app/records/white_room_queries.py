"""White space over the portfolio, asked of the database: filtered, put in order, paged, summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.rules import BuyerKind
from app.paging import Page, Place, Query, page_of
from app.records.models import Product, Sale
from app.records.rules import class_period
from app.records.white_models import WhiteCell
from app.records.white_portfolio import FULL, PART, Letter, Openness, Room, RoomGrid, room_grid
from app.records.white_queries import CellRow, cell_rows

HAIR = 1e-9
"""A share that is a threshold but for the last digits of a division is at the threshold."""
LAST = -1.0
"""Where cells stand whose room nobody knows, or nobody can put in CNY: after all others."""
SIZE = 50
Rates = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class RoomWish:
    """Which cells are asked for: of whose accounts, with how much room, lacking which letter."""

    seen: Query
    wanted: tuple[ColumnElement[bool], ...] = ()
    state: Openness | None = None
    lack: Letter | None = None


def room_cells(wish: RoomWish, rates: Rates, on: date) -> CTE:
    """The cells asked for, each with its letters, its room and where that puts it."""
    figures = _figures(wish, on)
    it = figures.c
    state = _state(it)
    rate = case(*((it.currency == one, float(rate)) for one, rate in rates.items()), else_=null())
    room = case((it.potential > it.sales, it.potential - it.sales), else_=0.0)
    known = and_(it.sales.is_not(None), it.potential.is_not(None), rate.is_not(None))
    query = select(
        figures,
        rate.label("rate"),
        known.label("is_known"),
        case((known, room * rate), else_=LAST).label("key"),
    )
    if wish.state is not None:
        query = query.where(state == wish.state)
    if wish.lack is not None:
        query = query.where(_letters(it)[wish.lack].is_(None))
    return query.cte("room")


def _figures(wish: RoomWish, on: date) -> CTE:
    """Cells with C by the records, else by a person; D and E as they follow [002]."""
    sold = _sold(wish, on)
    of_cell = and_(
        sold.c.account_id == WhiteCell.account_id,
        sold.c.unit == WhiteCell.unit,
        sold.c.series == WhiteCell.series,
    )
    sales = cast(func.coalesce(sold.c.amount, WhiteCell.sales), Float)
    counted = and_(WhiteCell.developed > 0, sales.is_not(None))
    mean = case((counted, sales / WhiteCell.developed), else_=cast(WhiteCell.mean, Float))
    cells = (WhiteCell.id, WhiteCell.account_id, WhiteCell.unit, WhiteCell.series)
    counts = (WhiteCell.buyers, WhiteCell.developed)
    return (
        select(*cells, *counts, Account.currency, Account.buyer_kind.label("channel"))
        .add_columns(sold.c.amount.is_not(None).label("is_recorded"), sales.label("sales"))
        .add_columns(mean.label("mean"), (mean * WhiteCell.buyers).label("potential"))
        .join(Account, Account.id == WhiteCell.account_id)
        .outerjoin(sold, of_cell)
        .where(*_where(wish))
        .cte("figures")
    )


def _where(wish: RoomWish) -> tuple[ColumnElement[bool], ...]:
    there = (WhiteCell.archived_at.is_(None), Account.archived_at.is_(None))
    return (*there, WhiteCell.account_id.in_(wish.seen), *wish.wanted)


def _sold(wish: RoomWish, on: date) -> CTE:
    """Twelve months' sales of the accounts with cells, and of their units that are accounts."""
    year = class_period(on)
    ids = (
        select(WhiteCell.account_id)
        .join(Account, Account.id == WhiteCell.account_id)
        .where(*_where(wish))
        .distinct()
        .cte("of_cells")
    )
    among = select(ids.c.account_id)
    unit = aliased(Account)
    lines = (
        select(Product.series, func.sum(Sale.amount).label("amount"))
        .join(Sale, Sale.product_id == Product.id)
        .where(Sale.on >= year.since, Sale.on < year.until)
        .group_by(Product.series)
    )
    own = (
        lines.add_columns(Sale.account_id.label("account_id"), literal("").label("unit"))
        .where(Sale.account_id.in_(among))
        .group_by(Sale.account_id)
    )
    below = (
        lines.add_columns(unit.parent_id.label("account_id"), unit.name.label("unit"))
        .join(unit, unit.id == Sale.account_id)
        .where(unit.parent_id.in_(among), unit.id.in_(wish.seen))
        .group_by(unit.parent_id, unit.name)
    )
    return union_all(own, below).cte("sold")


def _state(it: Any) -> ColumnElement[str]:
    """How much room a cell has: `openness` of white_portfolio, in the database's words."""
    is_told = and_(it.potential != 0, it.sales.is_not(None))
    return case(
        (it.developed == 0, Openness.UNTOUCHED.value),
        (or_(it.potential.is_(None), ~is_told), Openness.UNKNOWN.value),
        (it.sales >= it.potential * (FULL - HAIR), Openness.COVERED.value),
        (it.sales >= it.potential * (PART - HAIR), Openness.PARTLY.value),
        else_=Openness.BARE.value,
    )


def _letters(it: Any) -> dict[Letter, ColumnElement[Any]]:
    figures = (it.buyers, it.developed, it.sales, it.mean, it.potential)
    return dict(zip(Letter, figures, strict=True))


def room_page(
    session: Session, wish: RoomWish, rates: Rates, on: date, place: Place
) -> Page[CellRow]:
    """A page of the cells asked for, those with the most room first."""
    cells = room_cells(wish, rates, on)
    it = cells.c
    page = page_of(session, select(it.id), it.key, it.id, place, descending=True, size=SIZE)
    rows = _rows(session, wish, [row.id for row in page.rows], on)
    return replace(page, rows=rows)


def every_room(session: Session, wish: RoomWish, rates: Rates, on: date) -> list[CellRow]:
    """All the cells asked for, in the same order."""
    it = room_cells(wish, rates, on).c
    ids = session.scalars(select(it.id).order_by(it.key.desc(), it.id.desc()))
    return _rows(session, wish, list(ids), on)


def _rows(session: Session, wish: RoomWish, ids: list[int], on: date) -> list[CellRow]:
    among = (WhiteCell.id.in_(ids),) if len(ids) <= SIZE else wish.wanted
    found = {one.id: one for one in cell_rows(session, wish.seen, *among, on=on)}
    return [found[one] for one in ids if one in found]


def room_sums(session: Session, wish: RoomWish, rates: Rates, on: date) -> RoomGrid:
    """The sums by product line and channel, each cell counted once.

    A line estimated for an account as a whole holds its units, save those with records.
    """
    cells = room_cells(wish, rates, on)
    it, whole = cells.c, cells.alias("whole").c
    held = (
        select(whole.id)
        .where(whole.account_id == it.account_id, whole.series == it.series, whole.unit == "")
        .exists()
    )
    is_counted = and_(it.buyers.is_not(None), it.developed.is_not(None))
    rows = session.execute(
        select(
            it.series,
            it.channel,
            func.count(),
            func.sum(case((is_counted, it.buyers), else_=0)),
            func.sum(case((is_counted, it.developed), else_=0)),
            func.sum(case((it.is_known, it.sales * it.rate), else_=0.0)),
            func.sum(case((it.is_known, it.potential * it.rate), else_=0.0)),
            func.sum(case((it.is_known, 0), else_=1)),
        )
        .where(or_(it.unit == "", it.is_recorded, ~held))
        .group_by(it.series, it.channel)
    )
    return room_grid({(row[0], _channel(row[1])): _room(row) for row in rows})


def _channel(word: str | None) -> BuyerKind | None:
    return BuyerKind(word) if word else None


def _room(row: Any) -> Room:
    cells, buyers, developed, sales, potential, unknown = row[2:]
    return Room(cells, buyers, developed, _cents(sales), _cents(potential), unknown)


def _cents(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))
