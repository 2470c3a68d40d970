"""The order of importance, and how steady it is when the weights move [002]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.accounts.importance import Grade, ImportanceScale, importance
from app.later import Later

np = Later("numpy")

DRAWS = 1000
SEED = 20261122
"""Any number would do; the same one gives everybody the same answer."""
LEAST_SCORED = Decimal("0.5")
"""The part of the weights that must be scored before an account has a place in the order."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An account's scores by factor."""

    id: int
    name: str
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An account's place; ``score`` is the middle of ``low`` and ``high``, what is unscored left
    open. ``steady`` is how often, 0-1, it stays on its side of the line below the first ones."""

    rank: int
    id: int
    name: str
    low: Decimal
    high: Decimal
    grade: Grade | None
    steady: float

    @property
    def score(self) -> Decimal:
        """The middle of what it may be, 1-100."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order; of the first ``top`` a share ``stays`` in the mean when the weights move.

    ``unplaced`` accounts have too few scores for a place.
    """

    rows: tuple[Ranked, ...]
    top: int
    stays: float | None
    unplaced: int


def ranking(scale: ImportanceScale, accounts: Sequence[Scored], top: int, sway: float) -> Ranking:
    """Accounts by their score, the highest first, each with how steadily it is among the first.

    Each of a thousand draws multiplies every weight by a number between 1 − ``sway`` and
    1 + ``sway`` (uniform, independent) and ranks anew; a factor not scored counts as the middle.
    """
    placed = [one for one in accounts if is_placed(scale, one.scores)]
    placed.sort(key=lambda one: (-_score(scale, one), one.name, one.id))
    top = min(top, len(placed))
    among = _among_first(scale, placed, top, sway)
    rows = tuple(_ranked(scale, one, place, among, top) for place, one in enumerate(placed))
    stays = sum(among[:top]) / top if top else None
    return Ranking(rows, top, stays, len(accounts) - len(placed))


def is_placed(scale: ImportanceScale, scores: Mapping[str, int]) -> bool:
    """Whether at least half of the weights are scored."""
    known = sum((one.weight for one in scale.factors if one.key in scores), Decimal())
    whole = sum((one.weight for one in scale.factors), Decimal())
    return bool(known) and known >= whole * LEAST_SCORED


def _ranked(
    scale: ImportanceScale, one: Scored, place: int, among: Sequence[float], top: int
) -> Ranked:
    found = importance(scale, one.scores)
    assert found is not None  # placed ones have a score
    steady = among[place] if place < top else 1 - among[place]
    return Ranked(place + 1, one.id, one.name, found.low, found.high, found.grade, steady)


def _score(scale: ImportanceScale, one: Scored) -> Decimal:
    found = importance(scale, one.scores)
    return (found.low + found.high) / 2 if found else Decimal()


def _among_first(
    scale: ImportanceScale, placed: Sequence[Scored], top: int, sway: float
) -> list[float]:
    """How often each account is among the first when the weights move, in the order given."""
    if not top:
        return []
    scores = np.array(
        [[one.scores.get(each.key, 50.5) for each in scale.factors] for one in placed], float
    )
    weights = np.array([float(each.weight) for each in scale.factors])
    moved = np.random.default_rng(SEED).uniform(1 - sway, 1 + sway, (DRAWS, len(weights))) * weights
    drawn = (moved / moved.sum(axis=1, keepdims=True)) @ scores.T
    order = np.argsort(-drawn, axis=1, kind="stable")[:, :top]
    counts = np.bincount(order.ravel(), minlength=len(placed))
    return [float(count) / DRAWS for count in counts]
