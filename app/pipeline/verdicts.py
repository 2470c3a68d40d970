"""Whether a probability has earned to be shown as a forecast: its score on days held out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from app.pipeline.forecast import Opinion
from app.pipeline.scoring import ChanceScore

VERDICTS = "forecast_verdicts"
"""The setting that keeps the newest verdicts."""
LEAST_JUDGED = 30
"""Fewer cases than this are no verdict: house convention."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an opinion's probabilities over the last year, company-wide."""

    cases: int
    brier: float
    base: float

    @property
    def is_beaten(self) -> bool:
        """Whether saying the base rate of every deal would have been as good."""
        return self.cases >= LEAST_JUDGED and self.brier >= self.base


Verdicts = Mapping[Opinion, Verdict]


def verdicts_of(scores: Iterable[ChanceScore]) -> dict[Opinion, Verdict]:
    """The verdict on each opinion that has a score."""
    return {
        Opinion(one.opinion): Verdict(one.cases, one.brier, one.came * (1 - one.came))
        for one in scores
        if one.brier is not None and one.came is not None
    }


def offered(verdicts: Verdicts) -> dict[Opinion, Verdict | None]:
    """For each opinion the verdict that stands against offering it, or None.

    The sellers' is theirs and is always shown; a model that does not beat the base rate is not.
    """
    return {
        opinion: found
        if opinion is not Opinion.SELLER and (found := verdicts.get(opinion)) and found.is_beaten
        else None
        for opinion in Opinion
    }


def verdicts_text(verdicts: Verdicts) -> str:
    """The verdicts as they are kept: the sixth place says nothing more."""
    kept = {
        opinion.value: {**asdict(one), "brier": round(one.brier, 6), "base": round(one.base, 6)}
        for opinion, one in verdicts.items()
    }
    return json.dumps(kept)


def verdicts_from(text: str | None) -> dict[Opinion, Verdict]:
    """The verdicts as kept; none when there are none yet.

    >>> verdicts_from(None)
    {}
    """
    kept = json.loads(text) if text else {}
    return {Opinion(name): Verdict(**one) for name, one in kept.items()}
