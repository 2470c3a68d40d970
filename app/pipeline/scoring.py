"""The forecast's own score: what was forecast at each period's start, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.pipeline.accuracy import Bin, bias, brier, log_loss, reliability, skill, wape
from app.pipeline.forecast import Forecast, Judged, Opinion, Period


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a period in one currency, beside what each opinion had forecast for it."""

    period: Period
    forecast: Forecast
    actual: Decimal

    def is_within(self, opinion: Opinion) -> bool:
        """Whether what came lies between the P10 and the P90 of an opinion."""
        outlook = self.forecast.view(opinion).outlook
        return outlook.p10 <= float(self.actual) <= outlook.p90


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


@dataclass(frozen=True, slots=True)
class ChanceScore:
    """How good an opinion's probabilities were; ``cases`` deals had one."""

    opinion: Opinion
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


def chance_scores(deals: Sequence[tuple[Judged, bool]]) -> list[ChanceScore]:
    """The score of each opinion over open deals and whether they were won in their period."""
    return [_chance_score(opinion, deals) for opinion in Opinion]


def _chance_score(opinion: Opinion, deals: Sequence[tuple[Judged, bool]]) -> ChanceScore:
    said = [(chance, won) for one, won in deals if (chance := one.by(opinion)) is not None]
    came = sum(won for _chance, won in said) / len(said) if said else None
    return ChanceScore(
        opinion, len(said), came, brier(said), skill(said), log_loss(said), reliability(said)
    )
