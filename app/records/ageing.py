"""What is owed, by how long it is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.vocabulary import N_, Term


class Bucket(Term):
    """How long an open invoice is overdue."""

    NOT_DUE = "not_due", N_("not due yet")
    MONTH = "month", N_("1–30 days overdue")
    TWO_MONTHS = "two_months", N_("31–60 days overdue")
    THREE_MONTHS = "three_months", N_("61–90 days overdue")
    LONGER = "longer", N_("over 90 days overdue")
    UNKNOWN = "unknown", N_("due day not known")


LAST_DAYS = ((Bucket.NOT_DUE, 0), (Bucket.MONTH, 30), (Bucket.TWO_MONTHS, 60),
             (Bucket.THREE_MONTHS, 90))  # fmt: skip
"""The last day overdue that belongs to each bucket; later is longer."""
OVERDUE = (Bucket.MONTH, Bucket.TWO_MONTHS, Bucket.THREE_MONTHS, Bucket.LONGER)


def bucket_of(due_on: date | None, on: date) -> Bucket:
    """The bucket of an open invoice; on its due day it is not overdue yet.

    >>> bucket_of(date(2026, 3, 2), date(2026, 3, 2)), bucket_of(None, date(2026, 3, 2))
    (<Bucket.NOT_DUE: 'not_due'>, <Bucket.UNKNOWN: 'unknown'>)
    """
    if due_on is None:
        return Bucket.UNKNOWN
    late = (on - due_on).days
    return next((bucket for bucket, last in LAST_DAYS if late <= last), Bucket.LONGER)


def bucket_starts(on: date) -> list[tuple[Bucket, date]]:
    """The first due day of each bucket on a day, the latest first; earlier is longer.

    >>> bucket_starts(date(2026, 3, 31))[1]
    (<Bucket.MONTH: 'month'>, datetime.date(2026, 3, 1))
    """
    return [(bucket, on - timedelta(days=last)) for bucket, last in LAST_DAYS]


@dataclass(frozen=True, slots=True)
class Share:
    """A bucket's amount and its share of all that is owed, 0.0-1.0."""

    bucket: Bucket
    amount: Decimal
    share: float


@dataclass(frozen=True, slots=True)
class Ageing:
    """What is owed on a day, by bucket; ``limit`` None when no credit was granted."""

    shares: tuple[Share, ...]
    owed: Decimal
    overdue: Decimal
    limit: Decimal | None

    @property
    def over_limit(self) -> Decimal | None:
        """By how much more is owed than granted; None within it, or without a limit."""
        over = self.owed - self.limit if self.limit is not None else Decimal()
        return over if over > 0 else None

    @property
    def used(self) -> float | None:
        """The share of the limit that is owed; None without one."""
        return float(self.owed / self.limit) if self.limit else None


def ageing(amounts: Mapping[Bucket, Decimal], limit: Decimal | None = None) -> Ageing:
    """What is owed, bucket by bucket; an account in credit has no shares.

    >>> ageing({Bucket.MONTH: Decimal(50), Bucket.NOT_DUE: Decimal(150)}).shares[0].share
    0.75
    """
    owed = sum(amounts.values(), Decimal())
    shares = tuple(
        Share(bucket, amount, float(max(amount, Decimal()) / owed) if owed > 0 else 0.0)
        for bucket in Bucket
        if (amount := amounts.get(bucket, Decimal())) or bucket is not Bucket.UNKNOWN
    )
    overdue = sum((amounts.get(bucket, Decimal()) for bucket in OVERDUE), Decimal())
    return Ageing(shares, owed, overdue, limit)
