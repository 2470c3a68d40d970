"""Formal rank against sway: who weighs more, or less, than the chart says."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from app.stakeholders.layers import PowerMap
from app.stakeholders.map_settings import MapSettings
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place by rank and by sway, each 0 (lowest) … 1 (highest) among the ranked."""

    person_id: int
    formal: float
    informal: float
    reason: Reason

    @property
    def difference(self) -> float:
        """Informal less formal: above 0 for a quiet power, below 0 for a title only."""
        return self.informal - self.formal


@dataclass(frozen=True, slots=True)
class Standings:
    """Everyone with a rank, and those whose two places differ much, most first."""

    everyone: tuple[Standing, ...]
    quiet_powers: tuple[Standing, ...]
    titles_only: tuple[Standing, ...]


def formal_levels(drawn: PowerMap) -> dict[int, int]:
    """The level of each person with a place in the hierarchy, 1 at the top.

    A level that is recorded counts; else one more than the manager's, and 1 for someone
    who has reports and no manager. People without any of these have no rank. In a
    reporting loop nobody is on top: only recorded levels count there.
    """
    levels = {one.id: one.level for one in drawn.people.values() if one.level is not None}
    tops = [one for one in drawn.reports if one not in drawn.managers]
    levels.update({one: 1 for one in tops if one not in levels})
    waiting = deque(sorted(levels))
    while waiting:
        manager = waiting.popleft()
        for report in drawn.reports.get(manager, ()):
            if report not in levels:
                levels[report] = levels[manager] + 1
                waiting.append(report)
    return levels


def standings(drawn: PowerMap, shares: Mapping[int, float], settings: MapSettings) -> Standings:
    """Rank held against sway; empty with no decider known or fewer than five people ranked."""
    levels = formal_levels(drawn)
    if not shares or len(levels) < settings.ranked_people_at_least:
        return Standings((), (), ())
    formal = _places({person_id: -level for person_id, level in levels.items()})
    informal = _places({person_id: round(shares[person_id], 9) for person_id in levels})
    found = [_standing(one, formal[one], informal[one], drawn) for one in sorted(levels)]
    found.sort(key=lambda one: -abs(one.difference))
    return Standings(
        everyone=tuple(found),
        quiet_powers=tuple(one for one in found if one.difference >= settings.rank_gap),
        titles_only=tuple(one for one in found if -one.difference >= settings.rank_gap),
    )


def _places(values: Mapping[int, float]) -> dict[int, float]:
    """The place of each among the others, 0…1; those who are equal share the middle.

    >>> _places({1: 5, 2: 7, 3: 7})
    {1: 0.0, 2: 0.75, 3: 0.75}
    """
    ordered = sorted(values.values())
    below: dict[float, int] = {}
    for place, value in enumerate(ordered):
        below.setdefault(value, place)
    among = max(len(ordered) - 1, 1)
    equal = Counter(ordered)
    return {one: (below[value] + (equal[value] - 1) / 2) / among for one, value in values.items()}


def _standing(person_id: int, formal: float, informal: float, drawn: PowerMap) -> Standing:
    reason = because(
        N_("%(name)s: above %(formal)s %% by rank, above %(informal)s %% by sway"),
        name=drawn.name(person_id),
        formal=round(100 * formal),
        informal=round(100 * informal),
    )
    return Standing(person_id, formal, informal, reason)
