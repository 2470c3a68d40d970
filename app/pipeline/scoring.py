"""The forecast's own score: what was forecast of past periods, held against what came.

Beside the three opinions stand two that need no thought: what share of open deals came in all
periods before, and what share in the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from app.pipeline.accuracy import Bin, bias, brier, log_loss, reliability, skill, wape
from app.pipeline.distribution import Bet, outlook
from app.pipeline.forecast import Forecast, Opinion
from app.pipeline.periods import Period
from app.pipeline.rules import Stage
from app.vocabulary import N_, Term

PLACES = {opinion: place for place, opinion in enumerate(Opinion)}


class Naive(Term):
    """A probability for all deals alike, known beforehand."""

    BASE_RATE = "base_rate", N_("The base rate of all periods before")
    LAST_PERIOD = "last_period", N_("The last period’s conversion")


class Speaker(Protocol):
    """Something that gives each opinion's probability."""

    def by(self, opinion: Opinion) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Case:
    """A deal that was open at the end of a day, with what was said of it then for the period
    and whether it was won in it. ``value`` is what it was taken to bring."""

    deal_id: int
    owner_id: int | None
    stage: Stage
    currency: str
    value: float | None
    actual: Decimal
    period: Period
    on: date
    chances: tuple[float | None, float | None, float | None]
    won: bool

    def by(self, opinion: Opinion) -> float | None:
        """One opinion's probability that it would be won within the period."""
        return self.chances[PLACES[opinion]]

    @property
    def weeks_ahead(self) -> int:
        """Whole weeks from the day to the period's end."""
        return (self.period.end - self.on).days // 7


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a period in one currency, beside what each opinion had forecast for it."""

    period: Period
    forecast: Forecast
    actual: Decimal

    def is_within(self, opinion: Opinion) -> bool:
        """Whether what came lies between the P10 and the P90 of an opinion."""
        found = self.forecast.view(opinion).outlook
        return found.p10 <= float(self.actual) <= found.p90


@dataclass(frozen=True, slots=True)
class AmountScore:
    """How far an opinion's amounts were off, over several periods of one currency."""

    opinion: Opinion
    periods: int
    wape: float | None
    bias: float | None
    within: int


def amount_scores(came: Sequence[Came]) -> list[AmountScore]:
    """The score of each opinion's expected amounts, over the periods it had something to say of.

    ``within`` counts the periods that came between its P10 and its P90.
    """
    return [_amount_score(opinion, came) for opinion in Opinion]


def _amount_score(opinion: Opinion, came: Sequence[Came]) -> AmountScore:
    said = [one for one in came if one.forecast.view(opinion).counted]
    pairs = [(one.forecast.view(opinion).outlook.mean, float(one.actual)) for one in said]
    within = sum(one.is_within(opinion) for one in said)
    return AmountScore(opinion, len(said), wape(pairs), bias(pairs), within)


def naive_amounts(cases: Sequence[Case], naive: Naive) -> tuple[float | None, float | None]:
    """WAPE and bias of a naive probability on the same deals, over the periods it is known for."""
    pairs = []
    for period, rate in naive_rates(cases, naive).items():
        mine = [one for one in cases if one.period == period]
        mean = outlook([Bet(one.value or 0.0, rate) for one in mine]).mean
        pairs.append((mean, float(sum((one.actual for one in mine), Decimal(0)))))
    return wape(pairs), bias(pairs)


@dataclass(frozen=True, slots=True)
class ChanceScore:
    """How good an opinion's probabilities were; ``cases`` deals had one."""

    opinion: Opinion | Naive
    cases: int
    came: float | None
    brier: float | None
    skill: float | None
    log_loss: float | None
    bins: list[Bin]

    @property
    def beats_base_rate(self) -> bool:
        """Whether it did better than saying the base rate of every deal."""
        return self.skill is not None and self.skill > 0


def chance_scores(deals: Sequence[tuple[Speaker, bool]]) -> list[ChanceScore]:
    """The score of each opinion over open deals and whether they were won in their period."""
    return [
        _chance_score(
            opinion,
            [(chance, won) for one, won in deals if (chance := one.by(opinion)) is not None],
        )
        for opinion in Opinion
    ]


def _chance_score(opinion: Opinion | Naive, said: Sequence[tuple[float, bool]]) -> ChanceScore:
    came = sum(won for _chance, won in said) / len(said) if said else None
    return ChanceScore(
        opinion, len(said), came, brier(said), skill(said), log_loss(said), reliability(said)
    )


def naive_scores(cases: Sequence[Case]) -> list[ChanceScore]:
    """The score of the two naive probabilities, over the periods that have one before them."""
    scores = []
    for naive in Naive:
        rates = naive_rates(cases, naive)
        said = [(rates[one.period], one.won) for one in cases if one.period in rates]
        scores.append(_chance_score(naive, said))
    return scores


def naive_rates(cases: Iterable[Case], naive: Naive) -> dict[Period, float]:
    """For each period but the first the share that came in those before, or in the last one."""
    won: dict[Period, list[bool]] = defaultdict(list)
    for one in cases:
        won[one.period].append(one.won)
    periods = sorted(won, key=lambda period: period.start)
    rates: dict[Period, float] = {}
    for place, period in enumerate(periods[1:], start=1):
        before = periods[:place] if naive is Naive.BASE_RATE else periods[place - 1 : place]
        known = [came for one in before for came in won[one]]
        rates[period] = sum(known) / len(known)
    return rates


Key = TypeVar("Key", bound=Hashable)


def scores_by(cases: Iterable[Case], key: Callable[[Case], Key]) -> dict[Key, list[ChanceScore]]:
    """The opinions' scores within each group of cases, the largest group first."""
    groups: dict[Key, list[tuple[Case, bool]]] = defaultdict(list)
    for one in cases:
        groups[key(one)].append((one, one.won))
    largest = sorted(groups, key=lambda name: (-len(groups[name]), str(name)))
    return {name: chance_scores(groups[name]) for name in largest}


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores over all deals, the naive ones beside them, and by person, stage and horizon,
    which is in whole months of four weeks."""

    whole: list[ChanceScore]
    naive: list[ChanceScore]
    people: dict[int | None, list[ChanceScore]]
    stages: dict[Stage, list[ChanceScore]]
    horizons: dict[int, list[ChanceScore]]


def scores_of(eves: Sequence[Case], later: Sequence[Case]) -> Scores:
    """Every score of deals judged on the eve of a period, and of those judged later on."""
    return Scores(
        chance_scores([(one, one.won) for one in eves]),
        naive_scores(eves),
        scores_by(eves, lambda one: one.owner_id),
        scores_by(eves, lambda one: one.stage),
        scores_by([*eves, *later], lambda one: one.weeks_ahead // 4 * 4),
    )
