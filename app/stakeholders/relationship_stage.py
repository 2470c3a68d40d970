"""How far the relationship has come, told by who talks to whom [002].

The ladder is Millman and Wilson's (1995). A rung counts when it and all below it hold;
what the next one lacks is said. A person may overrule the outcome elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.accounts.rules import RelationshipStage
from app.stakeholders.map_facts import CoverageFact, MapFacts
from app.vocabulary import N_, Reason, because

ALIVE_DAYS = 365
"""A tie or a trade without a sign of life for longer has lapsed. House convention."""
DEPARTMENTS_FOR_MID = 2
DEPARTMENTS_FOR_PARTNERSHIP = 4
COLLEAGUES_FOR_PARTNERSHIP = 3
"""Several functions on both sides: house convention for the course's "many"."""


@dataclass(frozen=True, slots=True)
class TradeFact:
    """What is known of trade and joint work; ``is_ending``: someone has said that it ends."""

    first_sale: date | None = None
    last_sale: date | None = None
    joint_teams: int = 0
    is_ending: bool = False


@dataclass(frozen=True, slots=True)
class StageReading:
    """The stage the contacts amount to, what shows it, and what the next stage lacks."""

    stage: RelationshipStage
    evidence: tuple[Reason, ...]
    lacking: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Contacts:
    departments: int
    colleagues: int
    last: date | None


def relationship_stage(facts: MapFacts, trade: TradeFact) -> StageReading:
    """The stage as of the day of the facts.

    *Uncoupled*: said to be ending, or traded once and neither trade nor contact for a
    year. *Pre-key-account*: no trade. *Mid*: two of their departments in touch;
    *partnership*: four, with three of ours; *synergistic*: joint teams as well.
    Otherwise *early*. A tie counts while its last contact is within a year, or undated.
    """
    contacts = _contacts(facts)
    if _has_ended(trade, contacts, facts.on):
        return StageReading(RelationshipStage.UNCOUPLED, _end_evidence(trade, contacts), ())
    if trade.first_sale is None:
        no_trade = because(N_("No trade is on record yet"))
        return StageReading(RelationshipStage.PRE_KEY_ACCOUNT, (no_trade,), (no_trade,))
    evidence = (
        because(N_("Trade since %(day)s"), day=trade.first_sale),
        because(N_("Their departments in touch with us: %(count)s"), count=contacts.departments),
        because(N_("Colleagues of ours in touch with them: %(count)s"), count=contacts.colleagues),
        because(N_("Joint teams: %(count)s"), count=trade.joint_teams),
    )
    for stage, lacking in _rungs(trade, contacts):
        if lacking:
            return StageReading(stage, evidence, lacking)
    return StageReading(RelationshipStage.SYNERGISTIC, evidence, ())


def _rungs(
    trade: TradeFact, contacts: _Contacts
) -> tuple[tuple[RelationshipStage, tuple[Reason, ...]], ...]:
    """Each stage with what keeps the relationship from leaving it for the next."""
    many = _short_of(DEPARTMENTS_FOR_PARTNERSHIP, contacts.departments, _DEPARTMENTS)
    ours = _short_of(COLLEAGUES_FOR_PARTNERSHIP, contacts.colleagues, _COLLEAGUES)
    return (
        (
            RelationshipStage.EARLY,
            _short_of(DEPARTMENTS_FOR_MID, contacts.departments, _DEPARTMENTS),
        ),
        (RelationshipStage.MID, many + ours),
        (RelationshipStage.PARTNERSHIP, _short_of(1, trade.joint_teams, _JOINT_TEAMS)),
    )


_DEPARTMENTS = N_("The next stage has departments in touch: %(wanted)s; now %(count)s")
_COLLEAGUES = N_("The next stage has colleagues of ours in touch: %(wanted)s; now %(count)s")
_JOINT_TEAMS = N_("The next stage has joint teams: %(wanted)s; now %(count)s")


def _short_of(wanted: int, count: int, message: str) -> tuple[Reason, ...]:
    return () if count >= wanted else (Reason(message, {"wanted": wanted, "count": count}),)


def _contacts(facts: MapFacts) -> _Contacts:
    """People without a department count as one department together: it is not known."""
    people = {one.id: one for one in facts.people if not one.is_outside}
    alive = [one for one in facts.coverage if one.person_id in people and _is_alive(one, facts.on)]
    days = [one.last_contact for one in facts.coverage if one.last_contact]
    return _Contacts(
        departments=len({people[one.person_id].department for one in alive}),
        colleagues=len({one.colleague_id for one in alive}),
        last=max(days, default=None),
    )


def _is_alive(tie: CoverageFact, on: date) -> bool:
    if tie.depth == 0:
        return False
    return tie.last_contact is None or _is_recent(tie.last_contact, on)


def _is_recent(day: date | None, on: date) -> bool:
    return day is not None and (on - day).days <= ALIVE_DAYS


def _has_ended(trade: TradeFact, contacts: _Contacts, on: date) -> bool:
    if trade.is_ending:
        return True
    silent = not _is_recent(trade.last_sale, on) and not _is_recent(contacts.last, on)
    return trade.last_sale is not None and silent


def _end_evidence(trade: TradeFact, contacts: _Contacts) -> tuple[Reason, ...]:
    if trade.is_ending:
        return (because(N_("The cooperation is said to be ending")),)
    evidence = [because(N_("The last trade was on %(day)s"), day=trade.last_sale)]
    if contacts.last:
        evidence.append(because(N_("The last contact was on %(day)s"), day=contacts.last))
    else:
        evidence.append(because(N_("No contact is on record")))
    return tuple(evidence)
