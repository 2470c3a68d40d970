"""What a period will bring: won so far, and what the open deals may add, by each opinion.

Three opinions are kept apart: the seller's (their probability, on their close date), the
stage history's (what came of decided deals, over the time that won ones took) and the
pattern's (what came of deals like this one). Nothing known after the day enters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.pipeline.chances import NOTHING, Chance, Record, stage_chance
from app.pipeline.distribution import Bet, Outlook, outlook
from app.pipeline.pattern import Features, Pattern
from app.pipeline.rules import SIGNED, Outcome, Stage, place_of
from app.pipeline.survival import Curve
from app.vocabulary import N_, Reason, Term


class Opinion(Term):
    """Whose probability it is."""

    SELLER = "seller", N_("The sellers’")
    HISTORY = "history", N_("Stage history’s")
    PATTERN = "pattern", N_("The pattern’s")


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open deal as it was known on a day."""

    id: int
    name: str
    account: str
    owner_id: int | None
    owner: str
    stage: Stage
    currency: str
    amount: Decimal | None
    probability: Decimal | None
    close_on: date | None
    opened_on: date
    since: date

    @property
    def features(self) -> Features:
        """What the pattern knows of it: how it was when it entered its stage."""
        age = max((self.since - self.opened_on).days, 0)
        return Features(self.stage, age, None if self.amount is None else float(self.amount))


@dataclass(frozen=True, slots=True)
class Decided:
    """How many deals of an owner were decided from a stage, and how."""

    owner_id: int | None
    stage: Stage
    outcome: Outcome
    count: int


class History:
    """The decided deals until a day: by the stage they reached, of each owner and in all."""

    def __init__(self, decided: Iterable[Decided]) -> None:
        self._of: dict[int, dict[Stage, Record]] = defaultdict(dict)
        self._company: dict[Stage, Record] = {}
        for group in decided:
            wins = group.count if group.outcome in SIGNED else 0
            record = Record(wins, group.count)
            for stage in stages_reached(group.stage):
                self._company[stage] = self._company.get(stage, NOTHING) + record
                if group.owner_id is not None:
                    own = self._of[group.owner_id]
                    own[stage] = own.get(stage, NOTHING) + record

    def chance(self, stage: Stage, owner_id: int | None) -> Chance:
        """What it says of an owner's deal in a stage."""
        own = NOTHING if owner_id is None else self._of[owner_id].get(stage, NOTHING)
        return stage_chance(stage, own, self._company.get(stage, NOTHING))


def stages_reached(stage: Stage) -> list[Stage]:
    """The stages a deal has been through when it is decided in one.

    >>> [one.value for one in stages_reached(Stage.PROPOSAL)]
    ['prospecting', 'qualification', 'proposal']
    """
    return [one for one in Stage if place_of(one) <= place_of(stage)]


@dataclass(frozen=True, slots=True)
class Judged:
    """An open deal with what each opinion gives it within the period; None says nothing."""

    deal: OpenDeal
    chance: Chance
    within: float
    seller: float | None
    history: float | None
    pattern: float | None
    learnt: Pattern | None = None

    @property
    def pattern_reasons(self) -> list[Reason]:
        """What pushes the pattern's opinion up or down."""
        return [] if self.learnt is None else self.learnt.reasons(self.deal.features)

    def by(self, opinion: Opinion) -> float | None:
        """One opinion's probability that it is won within the period."""
        chance: float | None = getattr(self, opinion.value)
        return chance

    @property
    def worth(self) -> float:
        """What it is expected to bring, by history, else by its seller; 0 when neither says."""
        chance = self.history if self.history is not None else self.seller
        return float(self.deal.amount or 0) * (chance or 0.0)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known on a day of the deals decided by then."""

    history: History
    curve: Curve
    pattern: Pattern | None = None


def judged(deal: OpenDeal, past: Past, on: date, end: date) -> Judged:
    """What the opinions say of a deal on a day about the time until the period's end.

    The seller's: their probability if their close date is no later than the end, else 0.
    History's: the chance of its stage × the share of won deals that, still open at this age,
    were signed within the time that is left. The pattern's: its chance × the same share.
    """
    chance = past.history.chance(deal.stage, deal.owner_id)
    left, age = max((end - on).days, 0), max((on - deal.opened_on).days, 0)
    within = past.curve.within(left, already=age)
    said = deal.probability is not None and deal.close_on is not None
    in_time = deal.close_on is not None and deal.close_on <= end
    return Judged(
        deal,
        chance,
        within,
        (float(deal.probability or 0) if in_time else 0.0) if said else None,
        None if chance.value is None else chance.value * within,
        None if past.pattern is None else past.pattern.chance(deal.features) * within,
        past.pattern,
    )


@dataclass(frozen=True, slots=True)
class View:
    """One opinion's outlook for the period: what open deals add to what is won.

    ``counted`` deals went in; ``silent`` ones have no amount, or the opinion none of them.
    """

    opinion: Opinion
    outlook: Outlook
    counted: int
    silent: int

    def in_all(self, won: Decimal, share: str = "mean") -> Decimal:
        """What the period comes to with what is won: its ``mean``, ``p10``, ``p50`` or ``p90``."""
        return won + round(Decimal(getattr(self.outlook, share)), 2)


@dataclass(frozen=True, slots=True)
class Forecast:
    """A period's forecast in one currency."""

    currency: str
    won: Decimal
    won_count: int
    open_count: int
    views: tuple[View, ...]

    def view(self, opinion: Opinion) -> View:
        """What one opinion says."""
        return next(one for one in self.views if one.opinion is opinion)


def forecasts(deals: Iterable[Judged], won: Mapping[str, tuple[int, Decimal]]) -> list[Forecast]:
    """The forecast of each currency that has open deals or won ones."""
    by_currency: dict[str, list[Judged]] = defaultdict(list)
    for one in deals:
        by_currency[one.deal.currency].append(one)
    return [
        _forecast(currency, by_currency[currency], *won.get(currency, (0, Decimal(0))))
        for currency in sorted({*by_currency, *won})
    ]


def _forecast(currency: str, deals: list[Judged], count: int, won: Decimal) -> Forecast:
    views = tuple(_view(opinion, deals) for opinion in Opinion)
    return Forecast(currency, won, count, len(deals), views)


def _view(opinion: Opinion, deals: list[Judged]) -> View:
    bets = [
        Bet(float(one.deal.amount), chance)
        for one in deals
        if one.deal.amount is not None and (chance := one.by(opinion)) is not None
    ]
    return View(opinion, outlook(bets), len(bets), len(deals) - len(bets))


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both in it."""

    start: date
    end: date


def quarter_of(on: date) -> Period:
    """The quarter a day is in.

    >>> quarter_of(date(2026, 11, 22))
    Period(start=datetime.date(2026, 10, 1), end=datetime.date(2026, 12, 31))
    """
    first = 3 * ((on.month - 1) // 3) + 1
    return Period(date(on.year, first, 1), _last_day(on.year, first + 2))


def _last_day(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def quarters_before(on: date, count: int) -> list[Period]:
    """The ``count`` whole quarters before the one a day is in, oldest first.

    >>> [one.start.isoformat() for one in quarters_before(date(2026, 2, 1), 2)]
    ['2025-07-01', '2025-10-01']
    """
    found: list[Period] = []
    start = quarter_of(on).start
    for _each in range(count):
        found.insert(0, quarter_of(date.fromordinal(start.toordinal() - 1)))
        start = found[0].start
    return found


def quarters_between(start: date, end: date) -> list[Period]:
    """The whole quarters from a day to a day, oldest first.

    >>> [one.start.isoformat() for one in quarters_between(date(2026, 1, 1), date(2026, 7, 15))]
    ['2026-01-01', '2026-04-01']
    """
    found: list[Period] = []
    quarter = quarter_of(start)
    while quarter.end <= end:
        if quarter.start >= start:
            found.append(quarter)
        quarter = quarter_of(date.fromordinal(quarter.end.toordinal() + 1))
    return found
