"""What would lift an account to the next size class, and how far it is from falling [000].

Sales are a month's mean in 10,000 CNY, margins shares of sales, as in size_class.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.accounts.rules import SizeClass
from app.accounts.size_class import CLASSES, SizeTable, classify

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class WayUp:
    """One way to the class above: sales to reach and, where margin is to lift, a quota to reach.

    What is missing is nought where that much is there already; ``margin_missing`` is None where
    no margin is asked for, or where it is unknown.
    """

    size_class: SizeClass
    sales: Decimal
    sales_missing: Decimal
    quota: Decimal | None = None
    margin_missing: Decimal | None = None

    @property
    def profit_missing(self) -> Decimal | None:
        """Gross profit a month still missing at the sales to reach or, if larger, those there are.

        None where no margin is asked for, or where it is unknown.
        """
        if self.margin_missing is None:
            return None
        return self.margin_missing * self.sales


def ways_up(sales: Decimal, margin: Decimal | None, bands: SizeTable) -> tuple[WayUp, ...]:
    """The ways to the next class: by sales alone, and by margin from the band below it.

    None from the largest class. With the margin there already, that band is all it takes. A
    margin unknown leaves open what of it is missing.

    >>> from app.accounts.rules import Segment
    >>> from app.accounts.size_class import DEFAULT_TABLES
    >>> found = ways_up(Decimal(70), Decimal("0.01"), DEFAULT_TABLES[Segment.WHOLESALE])
    >>> [(str(way.size_class), way.sales_missing, way.margin_missing) for way in found]
    [('A', Decimal('5'), None), ('A', Decimal('0'), Decimal('0.02'))]
    """
    now = classify(sales, margin, bands).size_class
    place = CLASSES.index(now) if now else 0
    if place == 0:
        return ()
    above, below = bands[place - 1], bands[place]
    by_sales = WayUp(above.size_class, above.floor, max(above.floor - sales, NOTHING))
    if below.quota is None:
        return (by_sales,)
    missing = None if margin is None else max(below.quota - margin, NOTHING)
    wanted, more = max(below.floor, sales), max(below.floor - sales, NOTHING)
    by_margin = WayUp(above.size_class, wanted, more, below.quota, missing)
    return (by_margin,) if missing == NOTHING else (by_sales, by_margin)


@dataclass(frozen=True, slots=True)
class Footing:
    """What holds an account in its class: it falls below these ``sales`` a month.

    ``quota`` is the margin below which it falls too, where margin has lifted it.
    """

    sales: Decimal
    quota: Decimal | None


def footing(sales: Decimal, margin: Decimal | None, bands: SizeTable) -> Footing | None:
    """The least sales that keep the class at this margin; None in the smallest class.

    >>> from app.accounts.rules import Segment
    >>> from app.accounts.size_class import DEFAULT_TABLES
    >>> footing(Decimal(110), Decimal("0.03"), DEFAULT_TABLES[Segment.WHOLESALE])
    Footing(sales=Decimal('105'), quota=Decimal('0.02'))
    """
    sized = classify(sales, margin, bands)
    if sized.size_class is None or sized.size_class is CLASSES[-1]:
        return None
    rank = CLASSES.index(sized.size_class)
    floors = [
        band.floor
        for band in bands
        if band.floor <= sales and _rank(band.floor, margin, bands) <= rank
    ]
    band = next(band for band in bands if sales >= band.floor)
    return Footing(min(floors), band.quota if sized.is_lifted else None)


def _rank(sales: Decimal, margin: Decimal | None, bands: SizeTable) -> int:
    found = classify(sales, margin, bands).size_class
    return CLASSES.index(found) if found else len(CLASSES)
