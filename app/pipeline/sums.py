"""Deals counted and summed by the database, whole or in pieces of neighbouring ids.

Sums over all deals of a company grow with it. For whoever sees nearly all they are kept in pieces:
when something happens to a deal, only its piece is asked of the database again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Integer, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from app.accounts.queries import Seen
from app.pipeline.happened import mended
from app.pipeline.standing_queries import DealWish, cents, is_wide, money_of

PIECE = 256
MOST_PIECES = 16


class Numbers(NamedTuple):
    """How many deals, whether (at least 1) an amount is known and its cents, how many are rated and
    the cents that those bring by their probability. Numbers of different deals add up."""

    deals: int = 0
    known: int = 0
    cents: int = 0
    rated: int = 0
    weighted: int = 0

    @property
    def amount(self) -> Decimal | None:
        """What they come to; None when nothing is known."""
        return money_of(self.cents) if self.known else None

    @property
    def expected(self) -> Decimal | None:
        """The same by the sellers' probabilities."""
        return money_of(self.weighted) if self.rated else None


NOTHING = Numbers()
Key = tuple[Any, ...]
Sums = Mapping[Key, Numbers]


def sums_by(session: Session, deals: FromClause, *by: str) -> Sums:
    """The numbers of deals for each combination of the columns ``by``."""
    rows = session.execute(_whole(deals, by))
    return {tuple(row[4:]): _numbers_of(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Pieced:
    """Sums, and what they are made of by piece, once they had to be asked in pieces."""

    whole: Sums
    pieces: Mapping[int, Sums] | None = None


def kept_sums(
    session: Session,
    seen: Seen | None,
    wish: DealWish,
    deals: FromClause,
    *by: str,
    near: Callable[[], FromClause],
) -> Sums:
    """The same sums, kept for whoever sees nearly all; ``near`` gives the same deals, asked for
    in a way that is quick for a few."""
    if not is_wide(seen) or not wish.is_plain:
        return sums_by(session, deals, *by)

    def mend(old: Pieced, touched: frozenset[int]) -> Pieced | None:
        return _mended(session, (deals, near), by, old, touched)

    return mended(session, (deals, by), lambda: Pieced(sums_by(session, deals, *by)), mend).whole


def _mended(
    session: Session,
    from_: tuple[FromClause, Callable[[], FromClause]],
    by: tuple[str, ...],
    old: Pieced,
    touched: frozenset[int],
) -> Pieced | None:
    deals, near = from_
    if old.pieces is None:
        pieces = _by_piece(session.execute(_pieced(deals, by)))
        return Pieced(_added(pieces.values()), pieces)
    wanted = sorted({one // PIECE for one in touched})
    if len(wanted) > MOST_PIECES:
        return None
    bounds = {f"piece_{place}": piece * PIECE for place, piece in enumerate(wanted)}
    found = _by_piece(session.execute(_some_pieces(near(), by, len(wanted)), bounds))
    new = {piece: found.get(piece, {}) for piece in wanted}
    gone = _added(old.pieces[piece] for piece in wanted if piece in old.pieces)
    return Pieced(_changed(old.whole, gone, _added(new.values())), {**old.pieces, **new})


def _changed(whole: Sums, gone: Sums, come: Sums) -> Sums:
    """Sums without some parts and with others in their place."""
    minus = {key: Numbers(*(-number for number in numbers)) for key, numbers in gone.items()}
    found = _added((whole, minus, come))
    return {key: numbers for key, numbers in found.items() if numbers.deals}


def _added(parts: Iterable[Sums]) -> Sums:
    whole: dict[Key, Numbers] = {}
    for part in parts:
        for key, numbers in part.items():
            whole[key] = Numbers(*map(add, whole.get(key, NOTHING), numbers))
    return whole


def _numbers_of(row: Any) -> Numbers:
    deals, amount, rated, weighted = row[:4]
    known = int(amount is not None)
    return Numbers(deals, known, int(amount or 0), rated, int(weighted or 0))


def _by_piece(rows: Iterable[Any]) -> dict[int, dict[Key, Numbers]]:
    pieces: dict[int, dict[Key, Numbers]] = defaultdict(dict)
    for row in rows:
        pieces[row[4]][tuple(row[5:])] = _numbers_of(row)
    return pieces


def _columns(deals: Any) -> list[Any]:
    """What the numbers are read from, in their order."""
    rated = deals.amount * deals.probability
    return [func.count(), cents(deals.amount), func.count(rated), cents(rated)]


@lru_cache(maxsize=128)
def _whole(deals: FromClause, by: tuple[str, ...]) -> Select[Any]:
    columns = [deals.c[name] for name in by]
    return select(*_columns(deals.c), *columns).group_by(*columns)


@lru_cache(maxsize=128)
def _pieced(deals: FromClause, by: tuple[str, ...]) -> Select[Any]:
    piece: Any = deals.c.id // PIECE
    columns = [piece.label("piece"), *(deals.c[name] for name in by)]
    return select(*_columns(deals.c), *columns).group_by(*columns)


@lru_cache(maxsize=128)
def _some_pieces(deals: FromClause, by: tuple[str, ...], count: int) -> Any:
    query = _pieced(deals, by)
    starts = [bindparam(f"piece_{place}", type_=Integer) for place in range(count)]
    parts = [query.where(deals.c.id.between(one, one + (PIECE - 1))) for one in starts]
    return union_all(*parts)
