"""What may happen to a deal: moved, signed, delivered, lost, withdrawn, reopened. Terms: domain 5.

A stage is left by its milestone, with evidence. Passing without it, or over a stage, is an
override: possible for someone allowed to, with a reason, and it stays visible. Moves back
need a reason. Each question gives the list of problems; an empty list means yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.pipeline.rules import GUIDES, Outcome, Stage, place_of
from app.vocabulary import N_, Reason, Term, because


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a deal stands."""

    stage: Stage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """What is brought forward for an act, and whether its author may override."""

    evidence: str = ""
    reason: str = ""
    may_override: bool = False


EVIDENCE_WANTED = N_("Say what shows the milestone is reached: %(milestone)s.")
EVIDENCE_OR_WHY = N_(
    "Say what shows the milestone is reached: %(milestone)s. Without evidence, say below why the "
    "deal goes on; that stays with it."
)
NO_REASON = because(N_("Say why; the reason stays with the deal."))
NOT_A_STAGE = because(N_("Choose one of the six stages."))
NO_SIGNATURE = because(N_("A deal is won when the contract is signed: say what shows it."))


def is_forward(start: Stage, to: Stage) -> bool:
    """Whether a move leads on.

    >>> is_forward(Stage.PROPOSAL, Stage.BIDDING), is_forward(Stage.PROPOSAL, Stage.PROPOSAL)
    (True, False)
    """
    return place_of(to) > place_of(start)


def is_override(start: Stage, to: Stage, evidence: str) -> bool:
    """Whether a move passes a milestone without evidence, or passes over a stage.

    >>> is_override(Stage.PROPOSAL, Stage.BIDDING, "They wrote our criteria in")
    False
    >>> is_override(Stage.PROSPECTING, Stage.BIDDING, "The tender is out")
    True
    """
    steps = place_of(to) - place_of(start)
    return steps > 1 or (steps == 1 and not evidence.strip())


class Way(Term):
    """Which way a move leads."""

    NEXT = "next", N_("To the next stage")
    OVER = "over", N_("Over a stage")
    BACK = "back", N_("Back")


def way_of(start: Stage, to: Stage) -> Way | None:
    """Which way a move leads; None when it leads nowhere.

    >>> way_of(Stage.PROPOSAL, Stage.BIDDING).value, way_of(Stage.BIDDING, Stage.PROPOSAL).value
    ('next', 'back')
    """
    steps = place_of(to) - place_of(start)
    if steps == 0:
        return None
    return Way.BACK if steps < 0 else Way.NEXT if steps == 1 else Way.OVER


def outcome_in(stage: Stage) -> Outcome:
    """What a live deal is in a stage: delivery begins with the signature.

    >>> outcome_in(Stage.DELIVERY).value, outcome_in(Stage.BIDDING).value
    ('won', 'open')
    """
    return Outcome.WON if stage is Stage.DELIVERY else Outcome.OPEN


def is_override_closing(at: Standing, outcome: Outcome, evidence: str) -> bool:
    """Whether an end passes a milestone: won from an early stage, delivered without evidence.

    >>> is_override_closing(Standing(Stage.BIDDING, Outcome.OPEN), Outcome.WON, "Signed")
    True
    >>> is_override_closing(Standing(Stage.BIDDING, Outcome.OPEN), Outcome.LOST, "")
    False
    """
    if outcome is Outcome.WON:
        return is_override(at.stage, Stage.DELIVERY, evidence)
    return outcome is Outcome.CLOSED and not evidence.strip()


def problems_moving(at: Standing, to: Stage | None, case: Case) -> list[Reason]:
    """What stands against moving an open deal to another stage; moving to delivery wins it."""
    if to is None:
        return [NOT_A_STAGE]
    if at.outcome is not Outcome.OPEN:
        return [_not_open(at)]
    if to is at.stage:
        return [because(N_("The deal is in %(stage)s already."), stage=to)]
    if not is_forward(at.stage, to):
        return _reason_wanted(case)
    if to is Stage.DELIVERY and not case.evidence.strip():
        return [NO_SIGNATURE]
    return _problems_passing(at.stage, to, case)


def _not_open(at: Standing) -> Reason:
    return because(N_("The deal is not open (%(outcome)s). Reopen it first."), outcome=at.outcome)


def _reason_wanted(case: Case) -> list[Reason]:
    return [] if case.reason.strip() else [NO_REASON]


def _problems_passing(start: Stage, to: Stage, case: Case) -> list[Reason]:
    if not is_override(start, to, case.evidence):
        return []
    if not case.may_override:
        return [_evidence_wanted(start, to)]
    if way_of(start, to) is Way.NEXT and not case.reason.strip():
        return [_milestone_wanted(start, EVIDENCE_OR_WHY)]
    return _reason_wanted(case)


def _evidence_wanted(start: Stage, to: Stage) -> Reason:
    if place_of(to) - place_of(start) > 1:
        return because(N_("One stage at a time: only those allowed may pass over a milestone."))
    return _milestone_wanted(start)


def _milestone_wanted(stage: Stage, message: str = EVIDENCE_WANTED) -> Reason:
    return because(message, milestone=because(GUIDES[stage].milestone))


def problems_closing(at: Standing, outcome: Outcome, case: Case) -> list[Reason]:
    """What stands against winning, delivering, losing or withdrawing a deal.

    Lost and withdrawn ask for a reason: the first is a decision of the buyer against us,
    the second the end of the project or our own choice. Delivered follows won.
    """
    if outcome is Outcome.CLOSED:
        return _problems_delivering(at, case)
    if outcome is Outcome.OPEN:
        return [because(N_("Choose how the deal ends."))]
    if at.outcome is not Outcome.OPEN:
        return [_not_open(at)]
    if outcome is not Outcome.WON:
        return _reason_wanted(case)
    if at.stage is Stage.DELIVERY:
        return [] if case.evidence.strip() else [NO_SIGNATURE]
    return problems_moving(at, Stage.DELIVERY, case)


def _problems_delivering(at: Standing, case: Case) -> list[Reason]:
    if at.outcome is not Outcome.WON:
        return [because(N_("Only a signed deal can be delivered and closed."))]
    if case.evidence.strip():
        return []
    if not case.may_override:
        return [_milestone_wanted(Stage.DELIVERY)]
    return _reason_wanted(case)


def problems_reopening(at: Standing, case: Case) -> list[Reason]:
    """What stands against taking a deal up again."""
    if at.outcome is Outcome.OPEN:
        return [because(N_("The deal is open already."))]
    return _reason_wanted(case)


def reopened(at: Standing) -> Standing:
    """Where a deal stands when its end is undone: delivered back to won, won back to the table.

    >>> reopened(Standing(Stage.BIDDING, Outcome.LOST)) == Standing(Stage.BIDDING, Outcome.OPEN)
    True
    >>> reopened(Standing(Stage.DELIVERY, Outcome.WON)).stage.value
    'negotiation'
    """
    if at.outcome is Outcome.CLOSED:
        return Standing(Stage.DELIVERY, Outcome.WON)
    if at.outcome is Outcome.WON:
        return Standing(Stage.NEGOTIATION, Outcome.OPEN)
    return Standing(at.stage, Outcome.OPEN)


def problems_dating(on: date, last_on: date, today: date) -> list[Reason]:
    """What stands against dating an act: never before the deal's last move, never ahead."""
    if on > today:
        return [because(N_("This day has not come yet."))]
    if on < last_on:
        return [because(N_("The deal last moved on %(day)s; this cannot be earlier."), day=last_on)]
    return []
