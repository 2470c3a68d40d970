"""What a period will bring: won so far, and what the open deals may add, by each opinion.

Three opinions are kept apart: the seller's (their probability, on their close date), the
stage history's (what came of decided deals, over the time that won ones took) and the
pattern's (what came of deals like this one). Nothing known after the day enters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter

from app.pipeline.around import NOT_KNOWN, Around
from app.pipeline.calls import Call
from app.pipeline.chances import NOTHING, Chance, Record, stage_chance
from app.pipeline.distribution import Bet, Outlook, outlook
from app.pipeline.pattern import Features, Pattern
from app.pipeline.rules import SIGNED, Outcome, Stage, place_of
from app.pipeline.survival import Incidence
from app.vocabulary import N_, Reason, Term

NO_TARGETS: Mapping[str, Decimal] = {}
SURE = (Call.COMMIT, Call.BEST)


class Opinion(Term):
    """Whose probability it is."""

    SELLER = "seller", N_("The sellers’")
    HISTORY = "history", N_("Stage history’s")
    PATTERN = "pattern", N_("The pattern’s")


SAID_BY = {opinion: attrgetter(opinion.value) for opinion in Opinion}
"""Each opinion's probability of a deal that was judged."""


@dataclass(slots=True)
class OpenDeal:
    """An open deal as it was known on a day; what is around it and what it is called come later,
    where they are asked for."""

    id: int
    owner_id: int | None
    stage: Stage
    currency: str
    amount: Decimal | None
    probability: Decimal | None
    close_on: date | None
    opened_on: date
    since: date
    account_id: int = 0
    call: Call | None = None
    around: Around = NOT_KNOWN
    name: str = ""
    account: str = ""
    owner: str = ""

    @property
    def features(self) -> Features:
        """What the pattern knows of it: how it entered its stage, and what is around it."""
        age = max((self.since - self.opened_on).days, 0)
        amount = None if self.amount is None else float(self.amount)
        return Features(self.stage, age, amount, self.around)


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
        self._said: dict[tuple[Stage, int | None], Chance] = {}
        for group in decided:
            wins = group.count if group.outcome in SIGNED else 0
            record = Record(wins, group.count)
            for stage in stages_reached(group.stage):
                self._company[stage] = self._company.get(stage, NOTHING) + record
                if group.owner_id is not None:
                    own = self._of[group.owner_id]
                    own[stage] = own.get(stage, NOTHING) + record

    def chance(self, stage: Stage, owner_id: int | None) -> Chance:
        """What it says of an owner's deal in a stage; said once for all of them."""
        said = self._said.get((stage, owner_id))
        if said is None:
            own = NOTHING if owner_id is None else self._of[owner_id].get(stage, NOTHING)
            said = stage_chance(stage, own, self._company.get(stage, NOTHING))
            self._said[stage, owner_id] = said
        return said

    @property
    def share(self) -> float | None:
        """The share won of all that was decided; None while nothing was won."""
        whole = self._company.get(Stage.PROSPECTING, NOTHING)
        return whole.wins / whole.cases if whole.wins else None


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
    usual: float | None = None

    @property
    def value(self) -> float | None:
        """What it would bring: its amount, else what won deals usually bring."""
        return self.usual if self.deal.amount is None else float(self.deal.amount)

    @property
    def pattern_reasons(self) -> list[Reason]:
        """What pushes the pattern's opinion up or down."""
        return [] if self.learnt is None else self.learnt.reasons(self.deal.features)

    def by(self, opinion: Opinion) -> float | None:
        """One opinion's probability that it is won within the period."""
        chance: float | None = SAID_BY[opinion](self)
        return chance

    @property
    def worth(self) -> float:
        """What it is expected to bring, by history, else by its seller; 0 when neither says."""
        chance = self.history if self.history is not None else self.seller
        return (self.value or 0.0) * (chance or 0.0)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known on a day of the deals decided by then; ``usual`` is the mean amount of
    won ones in each currency, which a deal without an amount is taken at; ``norms`` are the days
    within which four of five go on from a stage."""

    history: History
    winning: Incidence
    pattern: Pattern | None = None
    usual: Mapping[str, float] = field(default_factory=dict)
    norms: Mapping[Stage, int] = field(default_factory=dict)


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
    """A period's forecast in one currency. ``commit`` is what sellers commit to of their
    ``called`` deals, ``best`` that and their best case; ``unpriced`` deals have no amount."""

    currency: str
    won: Decimal
    won_count: int
    open_count: int
    views: tuple[View, ...]
    commit: Decimal = Decimal(0)
    best: Decimal = Decimal(0)
    called: int = 0
    unpriced: int = 0

    def view(self, opinion: Opinion) -> View:
        """What one opinion says."""
        return next(one for one in self.views if one.opinion is opinion)


Won = Mapping[str, tuple[int, Decimal]]
"""How many deals were won and what they come to, by currency."""


def forecasts(
    deals: Iterable[Judged], won: Won, targets: Mapping[str, Decimal] = NO_TARGETS
) -> list[Forecast]:
    """The forecast of each currency that has open deals or won ones."""
    by_currency: dict[str, list[Judged]] = defaultdict(list)
    for one in deals:
        by_currency[one.deal.currency].append(one)
    return [
        _forecast(
            currency,
            by_currency[currency],
            *won.get(currency, (0, Decimal(0))),
            targets.get(currency),
        )
        for currency in sorted({*by_currency, *won})
    ]


def _forecast(
    currency: str, deals: list[Judged], count: int, won: Decimal, target: Decimal | None
) -> Forecast:
    goal = None if target is None else float(target - won)
    values = [one.value for one in deals]
    views = tuple(_view(opinion, deals, values, goal) for opinion in Opinion)
    commit, best = (_called(deals, call) for call in (Call.COMMIT, Call.BEST))
    called = sum(one.deal.call in SURE for one in deals)
    unpriced = sum(one.deal.amount is None for one in deals)
    return Forecast(
        currency, won, count, len(deals), views, commit, commit + best, called, unpriced
    )


def _called(deals: list[Judged], call: Call) -> Decimal:
    said = (one.deal.amount for one in deals if one.deal.call is call)
    return sum((amount for amount in said if amount is not None), Decimal(0))


def _view(
    opinion: Opinion, deals: list[Judged], values: list[float | None], goal: float | None
) -> View:
    said = zip(values, map(SAID_BY[opinion], deals), strict=True)
    bets = [Bet(value, chance) for value, chance in said if not (value is None or chance is None)]
    return View(opinion, outlook(bets, goal), len(bets), len(deals) - len(bets))
