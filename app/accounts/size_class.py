"""The size class of an account: sales choose the band, margin may lift it by one [000].

Sales are the mean of a month over a period, in 10,000 CNY; margin is a share of sales.
The tables are a company's setting; the defaults are the handbook's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from app.accounts.rules import Segment, SizeClass
from app.vocabulary import N_, Reason, because

CLASSES = tuple(SizeClass)
WAN = Decimal(10_000)
MONTHS = 12
"""The period's length: house convention, so that every season counts once."""
SPANS = (3, 6, 12, 24)
"""Periods that can be chosen instead, in months."""


@dataclass(frozen=True, slots=True)
class Band:
    """From ``floor`` on (10,000 CNY a month) an account is of this class.

    At or above ``quota`` (a margin, 0-1) it is of the class above.
    """

    size_class: SizeClass
    floor: Decimal
    quota: Decimal | None


SizeTable = tuple[Band, ...]
"""Bands, largest first."""


def table(floors: Sequence[str], quotas: Sequence[str | None]) -> SizeTable:
    """A table of a floor and a quota for each class, largest class first."""
    return tuple(
        Band(size_class, Decimal(floor), Decimal(quota) if quota is not None else None)
        for size_class, floor, quota in zip(CLASSES, floors, quotas, strict=True)
    )


QUOTAS = (None, "0.02", "0.025", "0.03", "0.035", "0.04")
DEFAULT_TABLES: Mapping[Segment, SizeTable] = {
    Segment.WHOLESALE: table(("150", "105", "75", "60", "35", "17"), QUOTAS),
    Segment.RETAIL: table(("20", "10", "5.5", "3", "1", "0.5"), QUOTAS),
}
"""The handbook's two tables [000]."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A size class with what led to it; None when it cannot be told."""

    size_class: SizeClass | None
    reasons: tuple[Reason, ...]
    is_lifted: bool = False


def classify(sales: Decimal, margin: Decimal | None, bands: SizeTable) -> Sized:
    """The class of mean monthly ``sales`` (10,000 CNY) and ``margin`` (0-1; None: unknown).

    Below every floor it is C, which no margin lifts. Without a known margin nothing is
    lifted, and the reasons say so.

    >>> classify(Decimal(105), Decimal("0.02"), DEFAULT_TABLES[Segment.WHOLESALE]).size_class
    <SizeClass.AAA: 'AAA'>
    """
    band = next((band for band in bands if sales >= band.floor), None)
    if band is None:
        least = because(
            N_("Below %(floor)s a month, the least of any class; no margin lifts it"),
            floor=bands[-1].floor,
        )
        return Sized(CLASSES[-1], (least,))
    chosen = because(
        N_("Sales of %(sales)s a month reach the band of %(size)s, which begins at %(floor)s"),
        sales=sales,
        size=band.size_class,
        floor=band.floor,
    )
    is_lifted = band.quota is not None and margin is not None and margin >= band.quota
    step = 1 if is_lifted else 0
    lifted = CLASSES[CLASSES.index(band.size_class) - step]
    return Sized(lifted, (chosen, _quota_reason(band, margin)), is_lifted)


def _quota_reason(band: Band, margin: Decimal | None) -> Reason:
    if band.quota is None:
        return because(N_("There is no class above to be lifted to"))
    quota = Share(band.quota)
    if margin is None:
        return because(
            N_("The margin is unknown; from %(quota)s on it would lift the class by one"),
            quota=quota,
        )
    if margin >= band.quota:
        message = N_("The margin of %(margin)s reaches the quota of %(quota)s and lifts it by one")
    else:
        message = N_("The margin of %(margin)s is below the quota of %(quota)s")
    return because(message, margin=Share(margin), quota=quota)


@dataclass(frozen=True, slots=True)
class Share:
    """A share that a reason prints as per cent, to a hundredth of it.

    >>> str(Share(Decimal("0.025")))
    '2.5%'
    """

    value: Decimal

    def __str__(self) -> str:
        return f"{(self.value * 100).quantize(Decimal('0.01')).normalize():f}%"


@dataclass(frozen=True, slots=True)
class SalesFact:
    """What an account bought over a period, in its own currency.

    ``costed`` is the part of ``amount`` whose cost is known, ``cost`` that cost.
    """

    amount: Decimal
    costed: Decimal
    cost: Decimal
    lines: int
    months: int = MONTHS


def margin_of(fact: SalesFact) -> Decimal | None:
    """Gross margin (0-1) of the sales whose cost is known; None when these come to nothing."""
    return (fact.costed - fact.cost) / fact.costed if fact.costed > 0 else None


def monthly_wan(fact: SalesFact, rate: Decimal) -> Decimal:
    """Mean sales of a month in 10,000 CNY; ``rate`` is CNY for one of the account's currency."""
    return fact.amount * rate / fact.months / WAN


def size_of(fact: SalesFact, rate: Decimal | None, bands: SizeTable | None) -> Sized:
    """The class of what an account bought, or why it cannot be told.

    None without a sale in the period, a segment (whose table applies) or a rate to CNY.
    """
    if not fact.lines:
        return _unknown(N_("Nothing was sold in the last %(months)s months"), months=fact.months)
    if bands is None:
        return _unknown(N_("The account has no segment yet, so neither table applies"))
    if rate is None:
        return _unknown(N_("No rate from its currency to CNY is set"))
    return classify(monthly_wan(fact, rate), margin_of(fact), bands)


def _unknown(message: str, **values: object) -> Sized:
    return Sized(None, (because(message, **values),))


def problems_tabling(bands: SizeTable) -> list[Reason]:
    """What is wrong with a table: floors must fall and stay above zero, quotas must be shares.

    >>> problems_tabling(DEFAULT_TABLES[Segment.RETAIL])
    []
    """
    found = [
        because(
            N_("%(lower)s must begin below %(upper)s"), lower=low.size_class, upper=up.size_class
        )
        for up, low in pairwise(bands)
        if low.floor >= up.floor
    ]
    if bands[-1].floor <= 0:
        found.append(because(N_("The last floor must be above zero")))
    found += [
        because(N_("The quota of %(size)s must lie between 0 and 100 %%"), size=band.size_class)
        for band in bands
        if band.quota is not None and not 0 <= band.quota <= 1
    ]
    return found
