"""A map in figures, from its answers."""

from __future__ import annotations

from app.stakeholders.finding import Finding
from app.stakeholders.findings import findings
from app.stakeholders.portfolio import Standing
from app.stakeholders.power_map import MapAnswers
from app.stakeholders.role_gaps import RoleState


def standing_of(answers: MapAnswers) -> tuple[Standing, Finding | None]:
    """A map's figures and the weightiest of its findings."""
    deciders = [one for one in answers.drawn.deciders if not _is_sought(one, answers)]
    lean, said = answers.lean, findings(answers)
    made = Standing(
        people=len(answers.drawn.people),
        deciders=len(deciders),
        reached=sum(answers.access.strengths[one] > 0 for one in deciders),
        missing=tuple(one.role for one in answers.roles if one.state is RoleState.NOBODY),
        single_ties=len(answers.our_ties.single),
        lean_low=lean.low if lean else None,
        lean_known=lean.known if lean else None,
        lean_high=lean.high if lean else None,
    )
    return made, said[0] if said else None


def _is_sought(person_id: int, answers: MapAnswers) -> bool:
    return answers.drawn.people[person_id].is_placeholder
