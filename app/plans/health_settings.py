"""The weights of an account's health, as kept (JSON text) and as used."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.plans.health import WEIGHTS, Part
from app.vocabulary import N_, Reason, because

HEALTH = "health"


def weights_from(text: str | None) -> Mapping[Part, int]:
    """The weights as kept; the published ones when none are.

    >>> weights_from(weights_text(WEIGHTS)) == WEIGHTS
    True
    """
    if text is None:
        return WEIGHTS
    kept = json.loads(text)
    return {part: int(kept.get(part, 0)) for part in Part}


def weights_text(weights: Mapping[Part, int]) -> str:
    """The weights as they are kept."""
    return json.dumps({part.value: weight for part, weight in weights.items()})


def problems_weighing(weights: Mapping[Part, int]) -> list[Reason]:
    """Why weights cannot be used: together they make a hundred.

    >>> problems_weighing(WEIGHTS)
    []
    """
    whole = sum(weights.values())
    if whole == 100:
        return []
    return [because(N_("The weights make %(whole)d together, not 100."), whole=whole)]
