"""What our side holds: who matters, and where we are thin, late, doubled or absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.stakeholders.layers import PowerMap
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Approach, Influence, Role, Support
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class OurTie:
    """A remark on our ties to one person, with the colleagues who hold them."""

    person_id: int
    colleague_ids: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Cold:
    """A key person not seen for longer than their rhythm; ``days_late`` beyond it."""

    person_id: int
    days_late: int
    rhythm_days: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class OurTies:
    """Where our coverage is thin, late, doubled or absent.

    ``single``: key people whom one of ours alone knows. ``neglected``: key people whom
    none of ours knows. ``cold``: known, and not seen in their rhythm, latest first.
    ``doubled``: several of ours on someone who is not key.
    """

    single: tuple[OurTie, ...]
    neglected: tuple[OurTie, ...]
    cold: tuple[Cold, ...]
    doubled: tuple[OurTie, ...]


def key_people(
    drawn: PowerMap, shares: Mapping[int, float], settings: MapSettings
) -> dict[int, Reason]:
    """Who matters, each with why: a role, strong influence, or sway well above an even share.

    Placeholders are left out: nobody can be visited before they are found.
    """
    found = {}
    for person in drawn.people.values():
        reason = _why_key(person, shares, len(drawn.people), settings)
        if reason is not None and not person.is_placeholder:
            found[person.id] = reason
    return found


def our_ties(drawn: PowerMap, key: Mapping[int, Reason], settings: MapSettings) -> OurTies:
    """Our coverage held against who matters; all empty when nobody is known to matter."""
    count = {person_id: len(drawn.ties_to(person_id)) for person_id in drawn.people}
    cold = [_cold(drawn.people[one], drawn, settings) for one in key if count[one]]
    return OurTies(
        single=_those(
            drawn, key, lambda one: count[one] == 1, N_("Only %(one)s of ours knows %(name)s")
        ),
        neglected=_those(drawn, key, lambda one: not count[one], N_("None of ours knows %(name)s")),
        cold=tuple(
            sorted(
                (one for one in cold if one is not None),
                key=lambda one: (-one.days_late, one.person_id),
            )
        ),
        doubled=_those(
            drawn,
            [one for one in drawn.people if key and one not in key],
            lambda one: count[one] > 1,
            N_("Of ours who know %(name)s, not a key person: %(count)s"),
        ),
    )


def rhythm_days(person: PersonFact, settings: MapSettings) -> int:
    """How many days may pass between contacts: the person's own, else the shortest by role."""
    if person.rhythm_days is not None:
        return person.rhythm_days
    by_role = [settings.rhythm_days[role] for role in person.roles]
    return min(by_role, default=settings.rhythm_days_otherwise)


def suggested_approach(person: PersonFact) -> Approach:
    """What to do with a person [002]: win, keep from harm, hold close or respect.

    Deciders are to be won; blockers and those against us kept from harm; those with a
    part in it held close; onlookers, who see clearly, respected.

    >>> suggested_approach(PersonFact(1, "Li Wei", roles=frozenset({Role.EXECUTOR}))).label
    'Hold close'
    """
    if Role.DECIDER in person.roles:
        return Approach.WIN
    opposes = person.support is not None and person.support < Support.NEUTRAL
    if Role.BLOCKER in person.roles or opposes:
        return Approach.CONTAIN
    return Approach.HOLD if person.roles else Approach.RESPECT


def _why_key(
    person: PersonFact, shares: Mapping[int, float], count: int, settings: MapSettings
) -> Reason | None:
    if person.roles:
        first = next(role for role in Role if role in person.roles)
        return because(N_("%(name)s: %(role)s"), name=person.name, role=first)
    if person.influence is not None and person.influence >= Influence.STRONG:
        values = {"name": person.name, "influence": person.influence}
        return Reason(N_("%(name)s: %(influence)s"), values)
    share = shares.get(person.id, 0.0)
    if share and share * count >= settings.key_sway_times_even:
        percent = round(100 * share)
        return because(N_("%(name)s: sway %(percent)s %%"), name=person.name, percent=percent)
    return None


def _those(
    drawn: PowerMap,
    people: Mapping[int, Reason] | list[int],
    applies: Callable[[int], bool],
    message: str,
) -> tuple[OurTie, ...]:
    return tuple(_our_tie(one, drawn, message) for one in sorted(people) if applies(one))


def _our_tie(person_id: int, drawn: PowerMap, message: str) -> OurTie:
    ties = drawn.ties_to(person_id)
    first = ties[0].colleague_name if ties else ""
    values = {"name": drawn.name(person_id), "count": len(ties), "one": first}
    return OurTie(person_id, tuple(tie.colleague_id for tie in ties), Reason(message, values))


def _cold(person: PersonFact, drawn: PowerMap, settings: MapSettings) -> Cold | None:
    """Late by the days beyond the rhythm; without any contact on record, by a whole rhythm."""
    rhythm = rhythm_days(person, settings)
    last = drawn.last_contact(person.id)
    if last is None:
        reason = because(N_("No contact with %(name)s is on record"), name=person.name)
        return Cold(person.id, rhythm, rhythm, reason)
    days = (drawn.on - last).days
    if days <= rhythm:
        return None
    reason = because(
        N_("%(name)s was last seen on %(day)s, %(days)s days ago; the rhythm is %(rhythm)s"),
        name=person.name,
        day=last,
        days=days,
        rhythm=rhythm,
    )
    return Cold(person.id, days - rhythm, rhythm, reason)
