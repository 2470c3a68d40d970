"""What is asked of the database about white space: cells, rivals' shares, sales by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Rival
from app.accounts.rules import BuyerKind
from app.records.models import Product, Sale
from app.records.rules import class_period
from app.records.white_models import WhiteCell, WhiteShare
from app.records.white_space import CellFact, White, white
from app.stakeholders.models import Stakeholder


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell as pages show it, with the rivals' shares by name."""

    id: int
    account_id: int
    account: str
    white: White
    note: str
    on: date
    opportunity_id: int | None
    shares: tuple[tuple[str, Decimal], ...]
    currency: str
    channel: BuyerKind | None


def cell_rows(
    session: Session, seen: Select[Any], *wanted: ColumnElement[bool], on: date
) -> list[CellRow]:
    """Cells of accounts among those ``seen``, by account, unit and line; four SELECTs."""
    rows = session.execute(
        select(WhiteCell, Account.name, Account.currency, Account.buyer_kind)
        .join(Account, Account.id == WhiteCell.account_id)
        .where(
            WhiteCell.archived_at.is_(None),
            Account.archived_at.is_(None),
            WhiteCell.account_id.in_(seen),
            *wanted,
        )
        .order_by(Account.name, WhiteCell.account_id, WhiteCell.unit, WhiteCell.series)
    ).all()
    sold = sold_by_series(session, {row[0].account_id for row in rows}, seen, on)
    shares = shares_of(session, [row[0].id for row in rows])
    return [_cell_row(row, sold, shares) for row in rows]


Sold = dict[tuple[int, str, str], Decimal]


def _cell_row(row: Any, sold: Sold, shares: dict[int, list[tuple[str, Decimal]]]) -> CellRow:
    cell: WhiteCell = row[0]
    fact = CellFact(
        cell.unit,
        cell.series,
        cell.buyers,
        cell.developed,
        sold.get((cell.account_id, cell.unit, cell.series)),
        cell.sales,
        cell.mean,
    )
    return CellRow(
        cell.id,
        cell.account_id,
        row.name,
        white(fact),
        cell.note,
        cell.on,
        cell.opportunity_id,
        tuple(shares.get(cell.id, ())),
        row.currency,
        BuyerKind(row.buyer_kind) if row.buyer_kind else None,
    )


def sold_by_series(
    session: Session, account_ids: Iterable[int], seen: Select[Any], on: date
) -> Sold:
    """Twelve months' sales by (account, unit, product line).

    A unit that bears the name of an account below is told by that account's records, if the
    person may see them; the account as a whole by its own.
    """
    ids = list(account_ids)
    if not ids:
        return {}
    year = class_period(on)
    unit = Account.parent_id.in_(ids) & Account.id.in_(seen)
    rows = session.execute(
        select(Account.id, Account.parent_id, Account.name, Product.series, func.sum(Sale.amount))
        .join(Sale, Sale.account_id == Account.id)
        .join(Product, Product.id == Sale.product_id)
        .where(Account.id.in_(ids) | unit, Sale.on >= year.since, Sale.on < year.until)
        .group_by(Account.id, Account.parent_id, Account.name, Product.series)
    )
    found: Sold = {}
    for account_id, parent_id, name, series, amount in rows:
        total = Decimal(str(amount))
        found[account_id, "", series] = total
        if parent_id in ids:
            found[parent_id, name, series] = total
    return found


def shares_of(session: Session, cell_ids: list[int]) -> dict[int, list[tuple[str, Decimal]]]:
    """The rivals' shares of each cell, the largest first."""
    rows = session.execute(
        select(WhiteShare.cell_id, Rival.name, WhiteShare.share)
        .join(Rival, Rival.id == WhiteShare.rival_id)
        .where(WhiteShare.cell_id.in_(cell_ids), Rival.archived_at.is_(None))
        .order_by(WhiteShare.share.desc(), Rival.name)
    )
    found: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    for cell_id, name, share in rows:
        found[cell_id].append((name, share))
    return found


def rival_shares(session: Session, cell_id: int) -> dict[int, Decimal]:
    """A cell's shares by rival, for changing them."""
    rows = session.execute(
        select(WhiteShare.rival_id, WhiteShare.share).where(WhiteShare.cell_id == cell_id)
    )
    return {row.rival_id: row.share for row in rows}


def find_cell(session: Session, cell_id: int) -> WhiteCell | None:
    """A cell, archived or not."""
    return session.get(WhiteCell, cell_id)


def find_cell_at(session: Session, account_id: int, unit: str, series: str) -> WhiteCell | None:
    """The cell of a unit and a product line, archived or not."""
    return session.scalar(
        select(WhiteCell).where(
            WhiteCell.account_id == account_id,
            WhiteCell.unit == unit,
            WhiteCell.series == series,
        )
    )


def put_away(session: Session, account_id: int) -> list[WhiteCell]:
    """The estimates of an account that were taken away, the latest first."""
    return list(
        session.scalars(
            select(WhiteCell)
            .where(WhiteCell.account_id == account_id, WhiteCell.archived_at.is_not(None))
            .order_by(WhiteCell.archived_at.desc(), WhiteCell.id)
        )
    )


def series_choices(session: Session) -> list[str]:
    """The product lines of what is still sold, by name."""
    rows = session.scalars(
        select(Product.series)
        .where(Product.series != "", Product.archived_at.is_(None))
        .distinct()
        .order_by(Product.series)
    )
    return list(rows)


def unit_choices(session: Session, account_id: int, seen: Select[Any]) -> list[str]:
    """The units that people at an account belong to, and the accounts below it."""
    units = select(Stakeholder.unit.label("unit")).where(
        Stakeholder.account_id == account_id,
        Stakeholder.unit != "",
        Stakeholder.archived_at.is_(None),
    )
    below = select(Account.name).where(
        Account.parent_id == account_id, Account.archived_at.is_(None), Account.id.in_(seen)
    )
    both = units.union(below).subquery()
    return list(session.scalars(select(both.c.unit).order_by(both.c.unit)))


def lines_estimated(session: Session) -> list[str]:
    """The product lines that anybody has estimated, by name."""
    kept = WhiteCell.archived_at.is_(None)
    rows = select(WhiteCell.series).where(kept).distinct().order_by(WhiteCell.series)
    return list(session.scalars(rows))


def where_cells(line: str, unit: str, channel: BuyerKind | None) -> list[ColumnElement[bool]]:
    """The conditions of a filter on cells; an empty one asks for nothing."""
    wanted: list[ColumnElement[bool]] = []
    if line:
        wanted.append(WhiteCell.series == line)
    if unit:
        wanted.append(func.lower(WhiteCell.unit).contains(unit.lower(), autoescape=True))
    if channel is not None:
        wanted.append(Account.buyer_kind == channel)
    return wanted
