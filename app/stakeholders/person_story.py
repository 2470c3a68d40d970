"""A person's history on one line: roles, judgements, ties, contacts and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.stakeholders.person_facts import (
    ChangeRow,
    ContactRow,
    HoldingRow,
    JudgementRow,
    PostRow,
    TieRow,
)
from app.vocabulary import N_, Reason, because

TOLD = {
    "name": N_("Full name"),
    "title": N_("Title"),
    "department": N_("Department"),
    "unit": N_("Business unit"),
}
"""The columns whose changes belong to a person's story."""


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One thing that happened: the day, what, who says so, and the icon."""

    on: date
    reason: Reason
    note: str
    icon: str


def story(
    held: Iterable[HoldingRow],
    judged: Iterable[JudgementRow],
    ties: Iterable[TieRow],
    contacts: Iterable[ContactRow],
    changes: Iterable[ChangeRow],
    *,
    posts: Iterable[PostRow] = (),
) -> Sequence[StoryEvent]:
    """Everything, newest first."""
    found = [
        *_roles(held),
        *(_judgement(one) for one in judged),
        *_ties(ties),
        *(_contact(one) for one in contacts),
        *_changes(changes),
        *(_post(one) for one in posts),
    ]
    return sorted(found, key=lambda event: event.on, reverse=True)


def _roles(held: Iterable[HoldingRow]) -> Iterator[StoryEvent]:
    for one in held:
        if one.role is None:
            took = because(N_("No role in this opportunity"))
        else:
            took = because(N_("Role: %(role)s"), role=one.role)
        yield StoryEvent(one.since, took, one.opportunity, "tag")
        if one.until and one.role is not None:
            laid_down = because(N_("No longer: %(role)s"), role=one.role)
            yield StoryEvent(one.until, laid_down, one.opportunity, "tag")


def _judgement(one: JudgementRow) -> StoryEvent:
    parts: dict[str, Any] = {
        "support": one.support,
        "influence": one.influence,
        "how": one.confidence,
    }
    if one.support is not None and one.influence is not None:
        message = N_("%(support)s, %(influence)s (%(how)s)")
    elif one.support is not None:
        message = N_("%(support)s (%(how)s)")
    else:
        message = N_("%(influence)s (%(how)s)")
    said = " · ".join(part for part in (one.author, one.source, one.note, one.opportunity) if part)
    return StoryEvent(one.on, Reason(message, parts), said, _icon(one))


def _icon(one: JudgementRow) -> str:
    if one.support is None or one.support == 0:
        return "eye"
    return "hand-thumbs-up" if one.support > 0 else "hand-thumbs-down"


def _ties(ties: Iterable[TieRow]) -> Iterator[StoryEvent]:
    for one in ties:
        values = {"tie": one.kind, "name": one.other}
        begun = N_("%(tie)s: %(name)s") if one.is_outward else N_("From %(name)s: %(tie)s")
        yield StoryEvent(one.since, Reason(begun, values), "", "diagram-3")
        if one.until:
            ended = N_("Ended: %(tie)s, %(name)s")
            yield StoryEvent(one.until, Reason(ended, values), "", "diagram-3")


def _contact(one: ContactRow) -> StoryEvent:
    values = {"name": one.colleague, "depth": one.depth}
    if not one.is_contact:
        message = N_("%(name)s: %(depth)s")
    elif one.depth is None:
        message = N_("%(name)s was in touch")
    else:
        message = N_("%(name)s was in touch: %(depth)s")
    return StoryEvent(one.on, Reason(message, values), one.source, "telephone")


def _changes(changes: Iterable[ChangeRow]) -> Iterator[StoryEvent]:
    for one in changes:
        if one.act != "changed":
            continue
        for column, (old, new) in one.columns.items():
            if column in TOLD:
                values = {"field": Reason(TOLD[column]), "old": old or "–", "new": new or "–"}
                reason = Reason(N_("%(field)s: %(old)s → %(new)s"), values)
                yield StoryEvent(one.at.date(), reason, one.author, "pencil")


def _post(one: PostRow) -> StoryEvent:
    values = {"post": one.post or "–", "heir": one.heir, "name": one.holder}
    if not one.is_theirs:
        message = N_("Took over from %(name)s: %(post)s")
    elif one.heir:
        message = N_("Gave up to %(heir)s: %(post)s")
    else:
        message = N_("Gave up the post: %(post)s")
    return StoryEvent(one.until, Reason(message, values), "", "box-arrow-right")
