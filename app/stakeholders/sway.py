"""Whose view settles the deciders': Friedkin and Johnsen's model of social influence (1990).

Everyone holds a first view and, again and again, moves toward those who influence them:
x ← αWx + (1 − α)·first. What it settles to is V·first with V = (1 − α)(I − αW)⁻¹;
V[d, j] is the part of d's settled view that stems from j, and each row of V sums to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING

from app.later import Later
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Role, TieKind
from app.vocabulary import N_, Reason, because

if TYPE_CHECKING:
    import numpy as np

    _Columns = np.ndarray[tuple[int, int], np.dtype[np.float64]]
    _Places = np.ndarray[tuple[int], np.dtype[np.intp]]
else:
    np = Later("numpy")

PRECISION = 1e-16
"""The terms of the series left out sum to less than this share of a view."""


def influence_weights(drawn: PowerMap) -> dict[int, dict[int, float]]:
    """W by rows: for each person, whom they listen to and how much; each row sums to 1.

    An influence i → j of weight w is w in row j. Someone nobody influences listens to
    their manager (to each alike, should the data name two); with neither, to themselves.
    """
    rows: dict[int, dict[int, float]] = {person_id: {} for person_id in drawn.people}
    for (giver, taker), weight in drawn.layers[TieKind.INFLUENCES].items():
        rows[taker][giver] = float(weight)
    for person_id, row in rows.items():
        if not row:
            row.update(dict.fromkeys(drawn.managers.get(person_id, (person_id,)), 1.0))
    return {person_id: _shares(row) for person_id, row in rows.items()}


@dataclass(frozen=True, slots=True)
class SwayOf:
    """A person's part in what the deciders settle on, 0…1, and what it rests on."""

    person_id: int
    share: float
    reasons: tuple[Reason, ...]


class Sway:
    """V by the column or by the row, and each person's sway: the mean over the deciders.

    Without a decider nobody's sway is known: ``shares`` is then empty.
    """

    def __init__(self, drawn: PowerMap, settings: MapSettings) -> None:
        self.drawn = drawn
        self.alpha = settings.alpha
        self.weights = influence_weights(drawn)
        self._ids = list(drawn.people)
        self._place = {person_id: place for place, person_id in enumerate(self._ids)}
        cells = [
            (self._place[taker], self._place[giver], weight)
            for taker, row in self.weights.items()
            for giver, weight in row.items()
        ]
        self._upstream = _Flow.of([(giver, taker, weight) for taker, giver, weight in cells])
        self._downstream = _Flow.of(cells)
        self.shares: dict[int, float] = self.parts(drawn.deciders) if drawn.deciders else {}

    def parts(self, holders: Iterable[int]) -> dict[int, float]:
        """The part of the holders' settled views, on average, that stems from each person."""
        held = np.zeros((len(self._ids), 1))
        places = [self._place[person_id] for person_id in holders]
        held[places] = 1 / len(places)
        return self._by_person(self._settled(held, self._upstream))[0]

    def parts_of_each(self, people: Sequence[int]) -> list[dict[int, float]]:
        """For each of some people, the part of their settled view that stems from everyone."""
        return self._by_person(self._settled(self._ones(people), self._upstream))

    def swayed_by_each(self, people: Sequence[int]) -> list[dict[int, float]]:
        """For each of some people, the part of everyone's settled view that stems from them."""
        return self._by_person(self._settled(self._ones(people), self._downstream))

    def of(self, person_id: int) -> SwayOf:
        """A person's sway with its reasons; 0 and no reason when no decider is known."""
        share = self.shares.get(person_id, 0.0)
        reasons = tuple(_reasons(person_id, share, self)) if self.shares else ()
        return SwayOf(person_id, share, reasons)

    def _settled(self, first: _Columns, flow: _Flow) -> _Columns:
        """(1 − α) Σ (αW)ᵏ first, or with Wᵀ: the series, which needs no n × n cells."""
        term = (1 - self.alpha) * first
        total = term.copy()
        for _ in range(_terms(self.alpha)):
            term = self.alpha * flow.onward(term)
            total += term
        return total

    def _ones(self, people: Sequence[int]) -> _Columns:
        columns = np.zeros((len(self._ids), len(people)))
        for column, person_id in enumerate(people):
            columns[self._place[person_id], column] = 1.0
        return columns

    def _by_person(self, columns: _Columns) -> list[dict[int, float]]:
        return [dict(zip(self._ids, column, strict=True)) for column in columns.T.tolist()]


@dataclass(frozen=True, slots=True)
class _Flow:
    """The cells of a sparse matrix by target row, ready to be multiplied."""

    sources: _Places
    weights: _Columns
    targets: _Places
    firsts: _Places

    @classmethod
    def of(cls, cells: Sequence[tuple[int, int, float]]) -> _Flow:
        ordered = sorted(cells)
        targets, firsts = np.unique([cell[0] for cell in ordered], return_index=True)
        sources = np.array([cell[1] for cell in ordered], dtype=np.intp)
        weights = np.array([[cell[2]] for cell in ordered])
        return cls(sources, weights, targets.astype(np.intp), firsts)

    def onward(self, columns: _Columns) -> _Columns:
        moved: _Columns = np.zeros_like(columns)
        moved[self.targets] = np.add.reduceat(self.weights * columns[self.sources], self.firsts)
        return moved


def _terms(alpha: float) -> int:
    """How many terms bring the rest of Σ αᵏ below the precision."""
    if not 0 <= alpha < 1:
        raise ValueError(f"alpha must lie in 0…1, 1 excluded: {alpha}")
    return ceil(log(PRECISION) / log(alpha)) if alpha else 0


def _shares(row: Mapping[int, float]) -> dict[int, float]:
    total = sum(row.values())
    return {person_id: weight / total for person_id, weight in sorted(row.items())}


def _reasons(person_id: int, share: float, sway: Sway) -> Iterable[Reason]:
    drawn = sway.drawn
    name = drawn.name(person_id)
    yield because(
        N_("%(percent)s %% of what the deciders settle on stems from %(name)s"),
        percent=round(100 * share),
        name=name,
    )
    if Role.DECIDER in drawn.people[person_id].roles:
        yield because(N_("%(name)s decides"), name=name)
    direct = drawn.influenced_by(person_id)
    for taker, weight in direct:
        values = {"name": name, "other": drawn.name(taker), "weight": weight}
        yield Reason(N_("%(name)s influences %(other)s: weight %(weight)s of 3"), values)
    reports = set(drawn.reports.get(person_id, ())) - {taker for taker, _ in direct}
    followers = [one for one in reports if person_id in sway.weights[one]]
    if followers:
        yield because(
            N_("Reports of %(name)s who listen to their manager: %(count)s"),
            name=name,
            count=len(followers),
        )
