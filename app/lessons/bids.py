"""Tenders whose opening was public: how close the losers came, and who beats whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from app.pipeline.wins import Share

CLOSE = Decimal("0.03")
"""A bid within 3 % of the winner's is a close loss."""


@dataclass(frozen=True, slots=True)
class Bid:
    """What somebody bid in a tender."""

    tender: str
    bidder: str
    amount: Decimal
    is_won: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What the tenders tell together: each loser's gap is a share of the winner's amount."""

    tenders: int
    bids: int
    gaps: tuple[Decimal, ...]

    @property
    def median_gap(self) -> Decimal | None:
        """The middle of the losers' gaps to the winner; None without losers."""
        return median(self.gaps) if self.gaps else None

    @property
    def close(self) -> Share:
        """How many of the losers lay within 3 % of the winner."""
        return Share(sum(gap <= CLOSE for gap in self.gaps), len(self.gaps))


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of the tenders in which a bidder met a competitor.

    ``gap`` is the middle of how far the competitor's amount lay above the bidder's, as a share of
    the bidder's; below 0 when it mostly lay below.
    """

    rival: str
    lower: Share
    won: int
    lost: int
    gap: Decimal

    @property
    def met(self) -> int:
        """In how many tenders they met."""
        return self.lower.cases


def opened(bids: Iterable[Bid]) -> Opened:
    """The tenders as a whole; one without a single winner has no gaps.

    >>> told = opened([Bid("1", "A", Decimal(100), True), Bid("1", "B", Decimal(102), False)])
    >>> told.median_gap, told.close.wins
    (Decimal('0.02'), 1)
    """
    by_tender = _by_tender(bids)
    gaps = (gap for entered in by_tender.values() for gap in _gaps(entered))
    count = sum(len(entered) for entered in by_tender.values())
    return Opened(len(by_tender), count, tuple(sorted(gaps)))


def _by_tender(bids: Iterable[Bid]) -> Mapping[str, list[Bid]]:
    found: dict[str, list[Bid]] = defaultdict(list)
    for bid in bids:
        found[bid.tender].append(bid)
    return found


def _gaps(entered: Sequence[Bid]) -> list[Decimal]:
    winners = [bid.amount for bid in entered if bid.is_won]
    if len(winners) != 1 or winners[0] <= 0:
        return []
    return [(bid.amount - winners[0]) / winners[0] for bid in entered if not bid.is_won]


def record_of(bids: Iterable[Bid], bidder: str) -> Share:
    """How many of their tenders a bidder won."""
    own = [bid.is_won for bid in bids if bid.bidder == bidder]
    return Share(sum(own), len(own))


def meetings(bids: Iterable[Bid], bidder: str) -> list[Meeting]:
    """A bidder's record against each competitor, those met most often first."""
    pairs: dict[str, list[tuple[Bid, Bid]]] = defaultdict(list)
    for entered in _by_tender(bids).values():
        own = next((bid for bid in entered if bid.bidder == bidder), None)
        if own is None:
            continue
        for bid in entered:
            if bid.bidder != bidder:
                pairs[bid.bidder].append((own, bid))
    found = [_meeting(rival, met) for rival, met in pairs.items()]
    return sorted(found, key=lambda one: (-one.met, one.rival))


def _meeting(rival: str, met: Sequence[tuple[Bid, Bid]]) -> Meeting:
    return Meeting(
        rival,
        Share(sum(own.amount < theirs.amount for own, theirs in met), len(met)),
        sum(own.is_won for own, _theirs in met),
        sum(theirs.is_won for _own, theirs in met),
        median((theirs.amount - own.amount) / own.amount for own, theirs in met if own.amount),
    )


def most_seen(bids: Iterable[Bid]) -> list[str]:
    """The bidders, those with most bids first."""
    counts: dict[str, int] = defaultdict(int)
    for bid in bids:
        counts[bid.bidder] += 1
    return sorted(counts, key=lambda name: (-counts[name], name))
