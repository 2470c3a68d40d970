"""White space over the portfolio: where there is room, by product line and channel [002].

Sums are in CNY and of figures that are known; how many are not stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.accounts.rules import BuyerKind
from app.records.white_space import White
from app.vocabulary import N_, Term

FULL, PART = 0.8, 0.4
"""From which coverage on a cell is covered, and partly so: house convention."""


class Openness(Term):
    """How much room a product line has at a unit."""

    UNKNOWN = "unknown", N_("Potential unknown")
    UNTOUCHED = "untouched", N_("Nobody developed yet")
    BARE = "bare", N_("Hardly covered")
    PARTLY = "partly", N_("Partly covered")
    COVERED = "covered", N_("Covered")


class Letter(Term):
    """One of the five figures, where nobody knows it."""

    A = "A", N_("A, who could buy, is unknown")
    B = "B", N_("B, who buys, is unknown")
    C = "C", N_("C, what they buy, is unknown")
    D = "D", N_("D, the mean, is unknown")
    E = "E", N_("E, the potential, is unknown")


def openness(cell: White) -> Openness:
    """How much room there is: by nobody developed, else by C / E.

    >>> from app.records.white_space import CellFact, white
    >>> openness(white(CellFact("", "Pumps", 10, 4, said=Decimal(200))))
    <Openness.PARTLY: 'partly'>
    """
    if cell.fact.developed == 0:
        return Openness.UNTOUCHED
    share = cell.coverage_sales
    if share is None:
        return Openness.UNKNOWN
    if share >= FULL:
        return Openness.COVERED
    return Openness.PARTLY if share >= PART else Openness.BARE


@dataclass(frozen=True, slots=True)
class Room:
    """Sums over cells: counts where A and B are known, amounts where C and E are.

    ``unknown`` cells have no potential, or none that can be put in CNY.
    """

    cells: int = 0
    buyers: int = 0
    developed: int = 0
    sales: Decimal = Decimal()
    potential: Decimal = Decimal()
    unknown: int = 0

    @property
    def coverage_count(self) -> float | None:
        """B / A; None without anybody counted."""
        return self.developed / self.buyers if self.buyers else None

    @property
    def coverage_sales(self) -> float | None:
        """C / E; None without a known potential."""
        return float(self.sales / self.potential) if self.potential > 0 else None

    @property
    def open_sales(self) -> Decimal:
        """E − C, never below nought."""
        return max(self.potential - self.sales, Decimal())

    def __add__(self, other: Room) -> Room:
        return Room(
            self.cells + other.cells,
            self.buyers + other.buyers,
            self.developed + other.developed,
            self.sales + other.sales,
            self.potential + other.potential,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class RoomGrid:
    """Room by product line and channel, with the sum of each line, and of all."""

    lines: tuple[str, ...]
    channels: tuple[BuyerKind | None, ...]
    at: dict[tuple[str, BuyerKind | None], Room]
    by_line: dict[str, Room]
    whole: Room


def room_grid(at: Mapping[tuple[str, BuyerKind | None], Room]) -> RoomGrid:
    """The grid of sums by line and channel; lines with the most room come first."""
    by_line: dict[str, Room] = defaultdict(Room)
    for (line, _channel), room in at.items():
        by_line[line] += room
    lines = sorted(by_line, key=lambda line: (-by_line[line].open_sales, line))
    there = {channel for _line, channel in at}
    channels = [one for one in (*BuyerKind, None) if one in there]
    whole = sum(by_line.values(), Room())
    return RoomGrid(tuple(lines), tuple(channels), dict(at), dict(by_line), whole)
