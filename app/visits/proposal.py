"""A week of visits proposed from priorities, within the days, the places and the hours given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.visits.priority import Priority

FROM = 0.01
"""Below this priority nobody need be seen this week."""

LEAST_STALE = 0.75
"""Whoever was seen within three quarters of their rhythm can wait."""

TOGETHER = 3
"""At most so many people of one account are proposed for one visit."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An account with its people to be seen, most urgent first; ``place`` is where it is."""

    account_id: int
    account: str
    place: str
    people: tuple[Priority, ...]

    @property
    def weight(self) -> float:
        """What one journey there is worth: the priorities of those seen together."""
        return sum(one.value for one in self.people)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One visit of the proposal."""

    on: date
    wish: Wish


def wishes(
    accounts: Iterable[tuple[int, str, str]], people: Mapping[int, Sequence[Priority]]
) -> list[Wish]:
    """The accounts (id, name, place) that have somebody to be seen, the weightiest first."""
    found = []
    for account_id, name, place in accounts:
        due = [
            one
            for one in people.get(account_id, ())
            if one.value >= FROM and one.staleness >= LEAST_STALE
        ]
        if due:
            found.append(Wish(account_id, name, place, tuple(due[:TOGETHER])))
    return sorted(found, key=lambda wish: (-wish.weight, wish.account, wish.account_id))


def proposal(
    found: Sequence[Wish], days: Sequence[date], room: Mapping[date, int]
) -> list[Proposed]:
    """Visits for the days given: the weightiest first; what lies in the same place goes on the
    same day while there is room, so that a journey is made once.

    ``room`` is how many visits each day can still take. The same wishes give the same plan.
    """
    left = {day: room.get(day, 0) for day in days}
    place_of: dict[date, str] = {}
    plan = []
    for wish in found:
        day = _day_for(wish.place, left, place_of)
        if day is None:
            continue
        left[day] -= 1
        place_of.setdefault(day, wish.place)
        plan.append(Proposed(day, wish))
    return sorted(plan, key=lambda one: (one.on, -one.wish.weight, one.wish.account_id))


def _day_for(place: str, left: Mapping[date, int], place_of: Mapping[date, str]) -> date | None:
    """The first day with room that goes there already, else one not taken by a place, else any."""
    free = [day for day, room in left.items() if room > 0]
    same = [day for day in free if place_of.get(day) == place]
    fresh = [day for day in free if day not in place_of]
    return next(iter((*same, *fresh, *free)), None)
