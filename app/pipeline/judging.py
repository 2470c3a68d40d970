"""Open deals judged on a day: what each of the three opinions gives them until a period's end."""

from __future__ import annotations

from datetime import date

from app.pipeline.forecast import Judged, OpenDeal, Past
from app.pipeline.pattern import Odds


class Judge:
    """What the opinions say on a day about the time until a period's end.

    The seller's: their probability if their close date is no later than the end, else 0.
    History's: of all deals that were still open at this age, the share won within the time
    that is left, times the chance of its stage and owner over that of all deals (at most 1).
    The pattern's: the same share, times its own chance over that of all deals.
    What deals have in common is worked out once.
    """

    def __init__(self, past: Past, on: date, end: date) -> None:
        self.past, self.on, self.end = past, on, end
        self._left, self._usual = max((end - on).days, 0), past.history.share
        self._within: dict[int, float] = {}
        self._odds = None if past.pattern is None else Odds(past.pattern)

    def __call__(self, deal: OpenDeal) -> Judged:
        """What they say of a deal."""
        chance = self.past.history.chance(deal.stage, deal.owner_id)
        within = self._share_within(max((self.on - deal.opened_on).days, 0))
        features = deal.features
        odds = self._odds if self._odds and self._odds.pattern.knows(features) else None
        like_it = None if odds is None else odds.chance(features)
        return Judged(
            deal,
            chance,
            within,
            self._seller(deal),
            _in_time(chance.value, self._usual, within),
            _in_time(like_it, self._usual, within),
            None if odds is None else odds.pattern,
            self.past.usual.get(deal.currency),
        )

    def _share_within(self, age: int) -> float:
        if age not in self._within:
            self._within[age] = self.past.winning.within(self._left, already=age)
        return self._within[age]

    def _seller(self, deal: OpenDeal) -> float | None:
        if deal.probability is None or deal.close_on is None:
            return None
        return float(deal.probability) if deal.close_on <= self.end else 0.0


def judged(deal: OpenDeal, past: Past, on: date, end: date) -> Judged:
    """What the opinions say of one deal, see :class:`Judge`."""
    return Judge(past, on, end)(deal)


def _in_time(chance: float | None, usual: float | None, within: float) -> float | None:
    """A chance to be won at all, as one to be won in time; None where nothing is known."""
    if chance is None:
        return None
    return min(within * chance / usual, 1.0) if usual else 0.0
