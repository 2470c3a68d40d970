"""What a map says: the answers boiled down to ranked lines, each with why and an act."""

from __future__ import annotations

from itertools import chain

from app.stakeholders.finding import Draft, Finding, FindingKind, ranked
from app.stakeholders.findings_deciders import decider_findings
from app.stakeholders.findings_people import (
    coverage_findings,
    stance_findings,
    structure_findings,
    unfinished_findings,
)
from app.stakeholders.power_map import MapAnswers
from app.stakeholders.rules import Act
from app.vocabulary import N_, because


def findings(answers: MapAnswers) -> tuple[Finding, ...]:
    """What this map says, weightiest first, at most three lines of a kind.

    Nothing is said without data: what is not known is itself a line, or no line. An
    empty map says one thing only.
    """
    if not answers.drawn.people:
        nobody = because(N_("Nobody at this account is known yet"))
        return ranked([Draft(FindingKind.EMPTY, nobody, Act.FIND_PERSON)], answers)
    drafts = chain(
        decider_findings(answers),
        stance_findings(answers),
        coverage_findings(answers),
        structure_findings(answers),
        unfinished_findings(answers),
    )
    return ranked(drafts, answers)
