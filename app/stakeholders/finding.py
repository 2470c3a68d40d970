"""One line of what a map says: its kind, its reasons, the act behind it, and its rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.stakeholders.power_map import MapAnswers
from app.stakeholders.rules import Act
from app.vocabulary import N_, Reason, Term

PER_KIND = 3
"""More lines of one kind than this are left to the answer's own list. House convention."""


class FindingKind(Term):
    """What a finding is about."""

    EMPTY = "empty", N_("Nobody known")
    NO_DECIDER = "no_decider", N_("No decider")
    NO_WAY_IN = "no_way_in", N_("No way in")
    CONTRADICTION = "contradiction", N_("Contradiction")
    NEW_DECIDER = "new_decider", N_("New decider")
    OPPOSITION = "opposition", N_("Opposition")
    DEPENDENCE = "dependence", N_("Dependence")
    WAY_IN = "way_in", N_("Way in")
    LEAN = "lean", N_("Lean")
    PLACEHOLDER = "placeholder", N_("To be found")
    GOING_COLD = "going_cold", N_("Going cold")
    ROLE_GAP = "role_gap", N_("Role missing")
    NEGLECTED = "neglected", N_("Not covered")
    WORTH_WINNING = "worth_winning", N_("Worth winning")
    UNKNOWN_STANCE = "unknown_stance", N_("Stance unknown")
    SINGLE_TIE = "single_tie", N_("Single tie")
    NO_TIES = "no_ties", N_("No ties known")
    QUIET_POWER = "quiet_power", N_("Quiet power")
    GROUP = "group", N_("Group apart")
    DOUBLED = "doubled", N_("Doubled effort")
    TITLE_ONLY = "title_only", N_("Title only")


URGENCY = {
    FindingKind.EMPTY: 1.0,
    FindingKind.NO_DECIDER: 0.98,
    FindingKind.NO_WAY_IN: 0.95,
    FindingKind.CONTRADICTION: 0.9,
    FindingKind.NEW_DECIDER: 0.88,
    FindingKind.OPPOSITION: 0.86,
    FindingKind.DEPENDENCE: 0.8,
    FindingKind.WAY_IN: 0.76,
    FindingKind.LEAN: 0.74,
    FindingKind.PLACEHOLDER: 0.72,
    FindingKind.GOING_COLD: 0.7,
    FindingKind.ROLE_GAP: 0.66,
    FindingKind.NEGLECTED: 0.64,
    FindingKind.WORTH_WINNING: 0.6,
    FindingKind.UNKNOWN_STANCE: 0.58,
    FindingKind.SINGLE_TIE: 0.5,
    FindingKind.NO_TIES: 0.48,
    FindingKind.QUIET_POWER: 0.45,
    FindingKind.GROUP: 0.4,
    FindingKind.DOUBLED: 0.35,
    FindingKind.TITLE_ONLY: 0.2,
}
"""How soon each kind should be acted on, 0…1, all else equal. House convention."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what is so, why, and what to do about it.

    ``act_on``: whom of theirs to do it with; ``act_by``: the one of ours best placed.
    ``people`` are all of theirs whom it concerns. ``weight`` ranks, 0…1.
    """

    kind: FindingKind
    headline: Reason
    reasons: tuple[Reason, ...]
    act: Act
    weight: float
    people: tuple[int, ...] = ()
    act_on: int | None = None
    act_by: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it is weighed: ``moment`` 0…1 says how much this case matters."""

    kind: FindingKind
    headline: Reason
    act: Act
    reasons: tuple[Reason, ...] = ()
    people: tuple[int, ...] = ()
    act_on: int | None = None
    moment: float = 1.0


def finding(draft: Draft, answers: MapAnswers) -> Finding:
    """The draft weighed: half by its kind's urgency alone, half by the case's moment."""
    return Finding(
        kind=draft.kind,
        headline=draft.headline,
        reasons=draft.reasons,
        act=draft.act,
        weight=URGENCY[draft.kind] * (1 + draft.moment) / 2,
        people=draft.people,
        act_on=draft.act_on,
        act_by=best_placed(draft.act_on, answers),
    )


def best_placed(person_id: int | None, answers: MapAnswers) -> int | None:
    """The one of ours with the deepest tie to a person, the latest in touch among equals."""
    if person_id is None:
        return None
    ties = answers.drawn.ties_to(person_id)
    if not ties:
        return None
    best = max(
        ties,
        key=lambda tie: (
            tie.depth or 0,
            tie.last_contact.toordinal() if tie.last_contact else 0,
            -tie.colleague_id,
        ),
    )
    return best.colleague_id


def moment(person_id: int, answers: MapAnswers) -> float:
    """How much a person matters, 0…1: their sway against the greatest; a half if unknown."""
    shares = answers.sway.shares
    if not shares:
        return 0.5
    return shares[person_id] / max(shares.values())


def ranked(drafts: Iterable[Draft], answers: MapAnswers) -> tuple[Finding, ...]:
    """The findings, weightiest first, at most three of a kind."""
    weighed = [finding(draft, answers) for draft in drafts]
    weighed.sort(key=lambda one: (-one.weight, list(FindingKind).index(one.kind), one.people))
    seen: Counter[FindingKind] = Counter()
    kept = []
    for one in weighed:
        seen[one.kind] += 1
        if seen[one.kind] <= PER_KIND:
            kept.append(one)
    return tuple(kept)
