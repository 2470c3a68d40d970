"""Who is against us, whom they sway, and who of our friends sways them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.stakeholders.layers import PowerMap
from app.stakeholders.lean import NOTHING
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Support, TieKind
from app.stakeholders.sway import Sway
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Swayed:
    """Someone, and the part of their settled view that stems from the one asked about."""

    person_id: int
    share: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Opponent:
    """Someone sceptical of us or opposed, and their reach.

    ``sway`` is over the deciders, 0…1. ``swayed``: those whose view is theirs to a
    tenth or more, most first. ``friends``: supporters whom the opponent listens to,
    most first. ``rivals``: supporters at odds with them, who had better not be sent.
    """

    person_id: int
    support: Support
    sway: float
    swayed: tuple[Swayed, ...]
    friends: tuple[Swayed, ...]
    rivals: tuple[int, ...]
    reason: Reason


def opposition(drawn: PowerMap, sway: Sway, settings: MapSettings) -> tuple[Opponent, ...]:
    """Those known to stand against us, by their sway over the deciders.

    At most ``explained_at_most``: the rest have no more sway than any of these.
    """
    stands = {
        person.id: person.support
        for person in drawn.people.values()
        if person.support is not None and person.support < Support.NEUTRAL
    }
    ordered = sorted(stands, key=lambda one: (-sway.shares.get(one, 0.0), stands[one], one))
    ordered = ordered[: settings.explained_at_most]
    views, sources = sway.swayed_by_each(ordered), sway.parts_of_each(ordered)
    return tuple(
        Opponent(
            person_id=one,
            support=stands[one],
            sway=sway.shares.get(one, 0.0),
            swayed=_swayed(one, views[place], drawn, settings),
            friends=_friends(one, sources[place], drawn),
            rivals=_rivals(one, drawn),
            reason=_reason(drawn.people[one]),
        )
        for place, one in enumerate(ordered)
    )


def supports_us(person: PersonFact) -> bool:
    """True when the person is known to support or champion us."""
    return person.support is not None and person.support >= Support.SUPPORTS


def _swayed(
    opponent: int, views: Mapping[int, float], drawn: PowerMap, settings: MapSettings
) -> tuple[Swayed, ...]:
    return _most_first(
        Swayed(one, share, _share_reason(one, opponent, share, drawn))
        for one, share in views.items()
        if share >= settings.swayed_from and one != opponent
    )


def _friends(opponent: int, sources: Mapping[int, float], drawn: PowerMap) -> tuple[Swayed, ...]:
    return _most_first(
        Swayed(one, share, _share_reason(opponent, one, share, drawn))
        for one, share in sources.items()
        if share > NOTHING and supports_us(drawn.people[one])
        if not drawn.are_at_odds(one, opponent)
    )


def _most_first(found: Iterable[Swayed]) -> tuple[Swayed, ...]:
    return tuple(sorted(found, key=lambda one: (-one.share, one.person_id)))


def _share_reason(holder: int, source: int, share: float, drawn: PowerMap) -> Reason:
    return because(
        N_("%(percent)s %% of the view of %(name)s stems from %(source)s"),
        percent=round(100 * share),
        name=drawn.name(holder),
        source=drawn.name(source),
    )


def _rivals(person_id: int, drawn: PowerMap) -> tuple[int, ...]:
    pairs = [pair for pair in drawn.layers[TieKind.AT_ODDS] if person_id in pair]
    others = sorted(one if other == person_id else other for one, other in pairs)
    return tuple(one for one in others if supports_us(drawn.people[one]))


def _reason(person: PersonFact) -> Reason:
    values = {"name": person.name, "support": person.support, "day": person.support_on}
    if person.support_on is None:
        return Reason(N_("%(name)s: %(support)s"), values)
    return Reason(N_("%(name)s: %(support)s, seen %(day)s"), values)
