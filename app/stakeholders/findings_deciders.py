"""Findings on deciders: are they known, can we reach them, on whom does that hang."""

from __future__ import annotations

from collections.abc import Iterator

from app.stakeholders.access_graph import Side
from app.stakeholders.finding import Draft, FindingKind, moment
from app.stakeholders.map_facts import PersonFact
from app.stakeholders.power_map import MapAnswers
from app.stakeholders.role_gaps import RoleCoverage, RoleState
from app.stakeholders.rules import Act, Role
from app.stakeholders.ways_in import WayIn, WaysIn
from app.vocabulary import N_, because

ROLE_MOMENT = {
    Role.GUIDE: 1.0,
    Role.BLOCKER: 0.9,
    Role.PROPOSER: 0.7,
    Role.INFLUENCER: 0.5,
    Role.EXECUTOR: 0.5,
}
"""A missing guide matters most: guides know the rest [001]. House convention."""


def decider_findings(answers: MapAnswers) -> Iterator[Draft]:
    """Everything to say of deciders and of roles that nobody holds."""
    yield from _no_decider(answers)
    yield from _new_deciders(answers)
    for ways in answers.ways_in:
        if answers.drawn.people[ways.person_id].is_placeholder:
            continue
        yield _no_way_in(ways, answers) if ways.best is None else _way_in(ways, ways.best, answers)
    yield from _dependences(answers)
    yield from _role_gaps(answers)


def guide_to_ask(answers: MapAnswers) -> int | None:
    """The guide whom we reach best; None when no guide is known or in reach."""
    strengths = answers.access.strengths
    guides = [
        one
        for one in answers.drawn.holders(Role.GUIDE)
        if strengths[one] > 0 and not answers.drawn.people[one].is_placeholder
    ]
    return min(guides, key=lambda one: (-strengths[one], one), default=None)


def _no_decider(answers: MapAnswers) -> Iterator[Draft]:
    decider = next(one for one in answers.roles if one.role is Role.DECIDER)
    if decider.state is not RoleState.NOBODY:
        return
    guide = guide_to_ask(answers)
    yield Draft(
        FindingKind.NO_DECIDER,
        because(N_("Nobody is known to decide")),
        Act.FIND_PERSON if guide is None else Act.ASK_GUIDE,
        reasons=decider.reasons,
        people=tuple(one.person_id for one in decider.holders),
        act_on=guide,
    )


def _new_deciders(answers: MapAnswers) -> Iterator[Draft]:
    for person_id in answers.deciders:
        person = answers.drawn.people[person_id]
        if _is_new(person, answers):
            yield Draft(
                FindingKind.NEW_DECIDER,
                because(N_("%(name)s is new: see them before others do"), name=person.name),
                Act.PLAN_VISIT,
                reasons=(
                    because(N_("In this post since %(day)s"), day=person.since),
                    because(N_("New deciders are more open to new ideas")),
                ),
                people=(person_id,),
                act_on=person_id,
                moment=moment(person_id, answers),
            )


def _is_new(person: PersonFact, answers: MapAnswers) -> bool:
    if person.since is None or person.is_placeholder:
        return False
    return 0 <= (answers.drawn.on - person.since).days <= answers.settings.new_in_post_days


def _no_way_in(ways: WaysIn, answers: MapAnswers) -> Draft:
    guide = guide_to_ask(answers)
    name = answers.drawn.name(ways.person_id)
    return Draft(
        FindingKind.NO_WAY_IN,
        because(N_("%(name)s decides, and there is no way in"), name=name),
        Act.BRING_EXECUTIVE if guide is None else Act.ASK_GUIDE,
        reasons=ways.reasons,
        people=(ways.person_id,),
        act_on=ways.person_id if guide is None else guide,
        moment=moment(ways.person_id, answers),
    )


def _way_in(ways: WaysIn, best: WayIn, answers: MapAnswers) -> Draft:
    name = answers.drawn.name(ways.person_id)
    reasons = ways.reasons + tuple(reason for one in best.steps for reason in one.reasons)
    if best.is_direct:
        headline = because(N_("%(name)s decides, and is ours to reach directly"), name=name)
        act, act_on = Act.PLAN_VISIT, ways.person_id
    else:
        introducer = best.steps[-1].giver_name
        headline = because(
            N_("The best way in to %(name)s is through %(one)s"), name=name, one=introducer
        )
        act, act_on = Act.ASK_INTRODUCTION, best.introducer.id
    return Draft(
        FindingKind.WAY_IN,
        headline,
        act,
        reasons=reasons,
        people=(ways.person_id,),
        act_on=act_on,
        moment=0.3 if best.is_direct else moment(ways.person_id, answers),
    )


def _dependences(answers: MapAnswers) -> Iterator[Draft]:
    for one in answers.dependences:
        is_theirs = one.on.side is Side.THEIRS
        name = answers.drawn.name(one.for_id)
        yield Draft(
            FindingKind.DEPENDENCE,
            one.reason,
            Act.SECOND_TIE,
            reasons=(because(N_("Without them, %(name)s is out of reach"), name=name),),
            people=(one.on.id, one.for_id) if is_theirs else (one.for_id,),
            act_on=one.for_id,
            moment=moment(one.for_id, answers),
        )


def _role_gaps(answers: MapAnswers) -> Iterator[Draft]:
    guide = guide_to_ask(answers)
    for role in answers.roles:
        if role.role is not Role.DECIDER and role.state is RoleState.NOBODY:
            yield _role_gap(role, guide)


def _role_gap(role: RoleCoverage, guide: int | None) -> Draft:
    return Draft(
        FindingKind.ROLE_GAP,
        because(N_("A role nobody is known to hold: %(role)s"), role=role.role),
        Act.FIND_PERSON if guide is None else Act.ASK_GUIDE,
        reasons=role.reasons,
        people=tuple(one.person_id for one in role.holders),
        act_on=guide,
        moment=ROLE_MOMENT[role.role],
    )
