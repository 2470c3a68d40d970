"""Somebody's yes before a deal goes on: asked, granted or refused with words [002]."""

from __future__ import annotations

from app.pipeline.rules import Stage
from app.pipeline.stage_rules import StageRules, Subject, approval_for
from app.vocabulary import N_, Reason, because

NOT_APPROVED = N_("%(subject)s has not been granted yet. Ask for it on the deal’s page.")


def problems_unapproved(
    rules: StageRules, start: Stage, to: Stage | None, granted: frozenset[Subject]
) -> list[Reason]:
    """What stands against leaving a stage for a later one without the yes a company wants.

    Every stage that is passed over counts: who skips the approval does not get round it.
    """
    if to is None:
        return []
    stages = list(Stage)
    passed = stages[stages.index(start) : stages.index(to)]
    wanted = [approval_for(stage, rules.approvals) for stage in passed]
    return [
        because(NOT_APPROVED, subject=one)
        for one in wanted
        if one is not None and one not in granted
    ]


def problems_asking(approver_id: int | None, asker_id: int, *, is_waiting: bool) -> list[Reason]:
    """Why a yes cannot be asked for: nobody named, oneself named, or one asked already."""
    if is_waiting:
        return [because(N_("It has been asked for already and waits for an answer."))]
    if approver_id is None:
        return [because(N_("Choose who is to decide."))]
    if approver_id == asker_id:
        return [because(N_("Four eyes: somebody else has to decide."))]
    return []


def problems_answering(words: str, *, grants: bool) -> list[Reason]:
    """Why an answer does not do: a no wants its reason.

    >>> problems_answering("", grants=True)
    []
    """
    return [] if grants or words.strip() else [because(N_("Say why not: the seller must go on."))]
