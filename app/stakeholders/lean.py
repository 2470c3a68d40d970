"""How the group would lean today, as a range, and what would move or narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.stakeholders.access_graph import half_left
from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Support
from app.vocabulary import N_, Reason, Term, because

NOTHING = 1e-9
"""Shares below this are taken for the series' rounding, not for a person's part."""


class Verdict(Term):
    """What a range says for certain: for us or against us only if no unknown can turn it."""

    FOR_US = "for_us", N_("For us")
    AGAINST_US = "against_us", N_("Against us")
    OPEN = "open", N_("Undecided")


@dataclass(frozen=True, slots=True)
class LeanPart:
    """What one person brings to the lean: from ``low`` to ``high``, ``known`` between.

    ``fresh`` is the share of the reading that still counts, 0…1; unknown support is 0.
    """

    person_id: int
    sway: float
    support: Support | None
    fresh: float
    known: float
    low: float
    high: float
    reason: Reason

    @property
    def width(self) -> float:
        """How much the range would narrow if we learned today where they stand."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Lean:
    """The group's lean, −1 (all against) … +1 (all champions), as the range low…high.

    ``known`` is the part that rests on readings, each faded; ``known_share`` the share
    of sway behind it. ``parts`` are in order of sway.
    """

    low: float
    known: float
    high: float
    known_share: float
    parts: tuple[LeanPart, ...]
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """For or against us only when the whole range is."""
        if self.low > NOTHING:
            return Verdict.FOR_US
        return Verdict.AGAINST_US if self.high < -NOTHING else Verdict.OPEN

    @property
    def narrowing(self) -> tuple[LeanPart, ...]:
        """Whose view would narrow the range, those who would narrow it most first."""
        wide = [part for part in self.parts if part.width > NOTHING]
        return tuple(sorted(wide, key=lambda part: (-part.width, part.person_id)))


@dataclass(frozen=True, slots=True)
class WorthWinning:
    """What one step of a person's support is worth: the gain in lean × the way in to them."""

    person_id: int
    gain: float
    strength: float
    reason: Reason

    @property
    def worth(self) -> float:
        """Gain × strength, 0…0.5."""
        return self.gain * self.strength


def freshness(person: PersonFact, drawn: PowerMap, settings: MapSettings) -> float:
    """The share of a reading of support that still counts, 0…1: 0.5 ** (age / half-life).

    Unknown support is 0. A reading without a day is taken as today's, as is a later one.
    """
    if person.support is None:
        return 0.0
    days = max((drawn.on - person.support_on).days, 0) if person.support_on else 0
    return half_left(days, settings.reading_half_life_days)


def lean(drawn: PowerMap, shares: Mapping[int, float], settings: MapSettings) -> Lean | None:
    """The lean by everyone's sway; None when no decider is known, for then nobody sways.

    A reading with the share f left counts f × support / 2 as known, and leaves (1 − f)
    of the person's sway open from −1 to +1, as unknown support leaves all of it.
    """
    if not shares:
        return None
    parts = [
        _part(drawn.people[person_id], sway, drawn, settings)
        for person_id, sway in shares.items()
        if sway > NOTHING
    ]
    parts.sort(key=lambda part: (-part.sway, part.person_id))
    known_share = sum(part.sway * part.fresh for part in parts)
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    return Lean(
        low=max(low, -1.0),
        known=sum(part.known for part in parts),
        high=min(high, 1.0),
        known_share=known_share,
        parts=tuple(parts),
        reasons=_reasons(known_share, low, high),
    )


def worth_winning(
    drawn: PowerMap, shares: Mapping[int, float], strengths: Mapping[int, float]
) -> tuple[WorthWinning, ...]:
    """Whom to win next: the gain of one step of support × the strength of the way in.

    One step is worth half a person's sway, whether their support is known or not; a
    champion has no step left. Those out of reach, and placeholders, are left out.
    """
    found = [
        _worth(person, shares[person.id] / 2, strengths[person.id])
        for person in drawn.people.values()
        if person.support != Support.CHAMPIONS and not person.is_placeholder
        if shares.get(person.id, 0.0) > NOTHING and strengths[person.id] > 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.worth, one.person_id)))


def _part(person: PersonFact, sway: float, drawn: PowerMap, settings: MapSettings) -> LeanPart:
    fresh = freshness(person, drawn, settings)
    known = sway * fresh * (person.support or 0) / 2
    either_way = sway * (1 - fresh)
    return LeanPart(
        person_id=person.id,
        sway=sway,
        support=person.support,
        fresh=fresh,
        known=known,
        low=known - either_way,
        high=known + either_way,
        reason=_part_reason(person, sway, fresh),
    )


def _part_reason(person: PersonFact, sway: float, fresh: float) -> Reason:
    values = {"name": person.name, "percent": round(100 * sway), "left": round(100 * fresh)}
    if person.support is None:
        return Reason(N_("%(name)s: sway %(percent)s %%, support unknown"), values)
    values = {**values, "support": person.support, "day": person.support_on}
    if person.support_on is None:
        return Reason(N_("%(name)s: sway %(percent)s %%, %(support)s, day unknown"), values)
    return Reason(
        N_("%(name)s: sway %(percent)s %%, %(support)s, seen %(day)s, counts for %(left)s %%"),
        values,
    )


def _reasons(known_share: float, low: float, high: float) -> tuple[Reason, ...]:
    return (
        because(
            N_("Each view counts by its holder's sway: from %(low)s to %(high)s"),
            low=round(low, 2),
            high=round(high, 2),
        ),
        because(
            N_(
                "Readings fresh enough cover %(percent)s %% of the sway; the rest may go either way"
            ),
            percent=round(100 * known_share),
        ),
    )


def _worth(person: PersonFact, gain: float, strength: float) -> WorthWinning:
    values = {
        "name": person.name,
        "gain": round(gain, 2),
        "strength": round(strength, 2),
        "support": person.support,
    }
    message = N_("%(name)s, %(support)s: a step up gains %(gain)s, way in %(strength)s")
    if person.support is None:
        message = N_("%(name)s, support unknown: a step up gains %(gain)s, way in %(strength)s")
    return WorthWinning(person.id, gain, strength, Reason(message, values))
