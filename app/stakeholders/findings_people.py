"""Findings on the others: who is against us, worth winning, unseen, or weightier than shown."""

from __future__ import annotations

from collections.abc import Iterator

from app.stakeholders.finding import PER_KIND, Draft, FindingKind, moment
from app.stakeholders.findings_deciders import guide_to_ask
from app.stakeholders.lean import Lean, LeanPart, Verdict
from app.stakeholders.opposition import Opponent
from app.stakeholders.our_ties import OurTie
from app.stakeholders.power_map import MapAnswers
from app.stakeholders.rules import Act
from app.vocabulary import N_, Reason, because


def stance_findings(answers: MapAnswers) -> Iterator[Draft]:
    """The lean, those against us, whose view is wanted, and whom to win next."""
    for opponent in answers.opposition:
        yield _opposition(opponent, answers)
    if answers.lean is not None:
        yield _lean(answers.lean, answers)
        yield from _unknown_stances(answers.lean, answers)
    for one in answers.worth_winning[:PER_KIND]:
        yield Draft(
            FindingKind.WORTH_WINNING,
            because(N_("Worth winning next: %(name)s"), name=answers.drawn.name(one.person_id)),
            Act.PLAN_VISIT,
            reasons=(one.reason,),
            people=(one.person_id,),
            act_on=one.person_id,
            moment=min(1.0, 4 * one.worth),
        )


def coverage_findings(answers: MapAnswers) -> Iterator[Draft]:
    """Where our side is late, absent, thin or doubled."""
    ties = answers.our_ties
    for cold in ties.cold:
        yield Draft(
            FindingKind.GOING_COLD,
            because(N_("%(name)s is going cold"), name=answers.drawn.name(cold.person_id)),
            Act.PLAN_VISIT,
            reasons=(cold.reason, answers.key_people[cold.person_id]),
            people=(cold.person_id,),
            act_on=cold.person_id,
            moment=moment(cold.person_id, answers),
        )
    for tie in ties.neglected:
        yield _tie_draft(FindingKind.NEGLECTED, Act.PLAN_VISIT, tie, answers)
    for tie in ties.single:
        yield _tie_draft(FindingKind.SINGLE_TIE, Act.SECOND_TIE, tie, answers)
    if ties.neglected or ties.cold:
        for tie in ties.doubled:
            yield _tie_draft(FindingKind.DOUBLED, Act.SHARE_OUT, tie, answers)


def structure_findings(answers: MapAnswers) -> Iterator[Draft]:
    """Contradictions, people who weigh more or less than their title, groups apart."""
    for problem in answers.contradictions:
        yield Draft(FindingKind.CONTRADICTION, problem, Act.PUT_RIGHT)
    for one in answers.standings.quiet_powers:
        headline = N_("%(name)s sways more than the title says")
        yield _standing(FindingKind.QUIET_POWER, headline, one.person_id, one.reason, answers)
    for one in answers.standings.titles_only:
        headline = N_("%(name)s sways less than the title says")
        yield _standing(FindingKind.TITLE_ONLY, headline, one.person_id, one.reason, answers)
    for group in answers.groups.groups:
        if not group.covered:
            name = answers.drawn.name(group.leading)
            yield Draft(
                FindingKind.GROUP,
                because(N_("None of ours knows anyone in the group round %(name)s"), name=name),
                Act.PLAN_VISIT,
                reasons=(group.reason,),
                people=group.members,
                act_on=group.leading,
                moment=min(1.0, 2 * group.sway),
            )


def unfinished_findings(answers: MapAnswers) -> Iterator[Draft]:
    """What the map itself still wants: people to be found, ties to be drawn."""
    guide = guide_to_ask(answers)
    for person in answers.drawn.people.values():
        if person.is_placeholder:
            yield Draft(
                FindingKind.PLACEHOLDER,
                because(N_("Still to be found: %(name)s"), name=person.name),
                Act.FIND_PERSON if guide is None else Act.ASK_GUIDE,
                people=(person.id,),
                act_on=guide,
                moment=moment(person.id, answers),
            )
    if len(answers.drawn.people) > 1 and not any(answers.drawn.layers.values()):
        yield Draft(
            FindingKind.NO_TIES,
            because(N_("Nothing is known of who influences whom")),
            Act.FILL_IN if guide is None else Act.ASK_GUIDE,
            act_on=guide,
        )


def _opposition(opponent: Opponent, answers: MapAnswers) -> Draft:
    heard = [one for one in opponent.friends if one.share >= answers.settings.swayed_from]
    friend = heard[0] if heard else None
    values = {"name": answers.drawn.name(opponent.person_id), "support": opponent.support}
    return Draft(
        FindingKind.OPPOSITION,
        Reason(N_("%(name)s stands against us: %(support)s"), values),
        Act.HEAR_OUT if friend is None else Act.SEND_FRIEND,
        reasons=(
            opponent.reason,
            *(one.reason for one in opponent.swayed[:3]),
            *([friend.reason] if friend else []),
        ),
        people=(opponent.person_id, *(one.person_id for one in opponent.swayed)),
        act_on=opponent.person_id if friend is None else friend.person_id,
        moment=moment(opponent.person_id, answers),
    )


_VERDICTS = {
    Verdict.FOR_US: N_("The group leans our way, whatever the unknown think"),
    Verdict.AGAINST_US: N_("The group leans against us, whatever the unknown think"),
    Verdict.OPEN: N_("The group could go either way"),
}


def _lean(lean: Lean, answers: MapAnswers) -> Draft:
    """Open: learn what would narrow it. Against: win the best next. For us: hold it."""
    to_learn = _to_learn(lean, answers)
    act, act_on = Act.PLAN_VISIT, None
    if lean.verdict is Verdict.OPEN and to_learn:
        act, act_on = Act.LEARN_STANCE, to_learn[0].person_id
    elif answers.worth_winning:
        act_on = answers.worth_winning[0].person_id
    return Draft(
        FindingKind.LEAN,
        Reason(_VERDICTS[lean.verdict]),
        act,
        reasons=lean.reasons + tuple(part.reason for part in lean.parts[:3]),
        people=tuple(part.person_id for part in lean.parts[:3]),
        act_on=act_on,
        moment=0.4 if lean.verdict is Verdict.FOR_US else 1.0,
    )


def _to_learn(lean: Lean, answers: MapAnswers) -> list[LeanPart]:
    people = answers.drawn.people
    return [part for part in lean.narrowing if not people[part.person_id].is_placeholder]


def _unknown_stances(lean: Lean, answers: MapAnswers) -> Iterator[Draft]:
    """Those whose unknown or faded view leaves a tenth of the lean's whole span, or more, open."""
    for part in _to_learn(lean, answers):
        if part.width < 2 * answers.settings.swayed_from:
            return
        name = answers.drawn.name(part.person_id)
        yield Draft(
            FindingKind.UNKNOWN_STANCE,
            because(N_("Where %(name)s stands would tell the most"), name=name),
            Act.LEARN_STANCE,
            reasons=(part.reason,),
            people=(part.person_id,),
            act_on=part.person_id,
            moment=part.width / 2,
        )


def _standing(
    kind: FindingKind, headline: str, person_id: int, reason: Reason, answers: MapAnswers
) -> Draft:
    return Draft(
        kind,
        Reason(headline, {"name": answers.drawn.name(person_id)}),
        Act.PLAN_VISIT,
        reasons=(reason,),
        people=(person_id,),
        act_on=person_id,
        moment=moment(person_id, answers),
    )


def _tie_draft(kind: FindingKind, act: Act, tie: OurTie, answers: MapAnswers) -> Draft:
    why = answers.key_people.get(tie.person_id)
    return Draft(
        kind,
        tie.reason,
        act,
        reasons=(why,) if why else (),
        people=(tie.person_id,),
        act_on=tie.person_id,
        moment=moment(tie.person_id, answers),
    )
