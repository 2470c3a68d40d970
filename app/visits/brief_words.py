"""A brief as lines of text: what its PDF says, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.pipeline.rules import GUIDES
from app.stakeholders.dealing import STYLE_ADVICE
from app.visits.brief_queries import Brief, BriefPerson
from app.visits.models import Visit
from app.visits.rules import goals_of
from app.web import _, comma, day, label, why

SHORT = 240


def section(
    title: str, lines: Iterable[str], *, note: str = "", warn: bool = False, numbered: bool = False
) -> dict[str, Any]:
    """A headed part of the document."""
    kept = [line for line in lines if line]
    return {"title": title, "lines": kept, "note": note, "warn": warn, "numbered": numbered}


def sections_of(visit: Visit, brief: Brief) -> list[dict[str, Any]]:
    """Every part of a brief that has something to say."""
    sought = [f"{_('Commitment sought')}: {visit.commitment_sought}"]
    found = [
        section(
            _("What we want of it"),
            goals_of(visit.goals) + (sought if visit.commitment_sought else []),
        ),
        section(_("Questions"), [one.words for one in brief.questions], numbered=True),
        section(_("Take care"), _traps(brief), warn=True),
        *(_person(one) for one in brief.people),
        section(_("The deal"), _deal(brief)),
        section(_("Promises open"), _promises(brief)),
        section(_("The last times"), _before(brief)),
        section(_("Materials to bring"), goals_of(visit.materials)),
    ]
    return [one for one in found if one["lines"] or one["note"]]


def _traps(brief: Brief) -> Iterator[str]:
    for one in brief.opposed:
        if one.judged and one.judged.support < 0:
            support = label(one.judged.support)
            yield _("%(name)s stands against us: %(support)s.", name=one.name, support=support)
        else:
            yield _(
                "%(name)s can stop it: ask for their help, tell them first, give them credit.",
                name=one.name,
            )
    for one in brief.people:
        if one.at_odds:
            others = comma().join(one.at_odds)
            yield _("%(name)s is at odds with %(others)s.", name=one.name, others=others)
        if one.pressures:
            yield _("%(name)s is under pressure: %(what)s", name=one.name, what=one.pressures)


def _person(one: BriefPerson) -> dict[str, Any]:
    note = " · ".join(filter(None, (one.title, one.department)))
    roles = comma().join(label(role) for role in one.roles) or _("role unknown")
    support = label(one.judged.support) if one.judged else _("Support unknown")
    lines = [f"{roles} · {support}" + (f" · {label(one.influence)}" if one.influence else "")]
    if one.judged:
        known = (label(one.judged.confidence), day(one.judged.on), one.judged.author)
        lines.append(f"{_('How we know')}: {comma().join(filter(None, known))}")
    if one.style:
        lines.append(f"{label(one.style)}: {why(STYLE_ADVICE[one.style])}")
    cares = [*one.criteria, *(label(value) for value in one.values), one.interests]
    if any(cares):
        lines.append(f"{_('Cares about')}: {comma().join(filter(None, cares))}")
    if one.ours:
        lines.append(f"{_('Of ours')}: {comma().join(tie.name for tie in one.ours)}")
    return section(one.name, lines, note=note)


def _deal(brief: Brief) -> Iterator[str]:
    deal = brief.deal
    if deal is None:
        return
    yield f"{deal.name} · {label(deal.stage)}"
    yield f"{_('Next milestone')}: {_(GUIDES[deal.stage].milestone)}"
    if deal.criteria:
        yield f"{_('Decided by')}: {comma().join(deal.criteria)}"


def _promises(brief: Brief) -> Iterator[str]:
    for row in brief.steps:
        yield _due(_("Ours"), row.next_step, row.next_step_on)
    for one in brief.promises:
        yield _due(
            one.owner if one.is_ours and one.owner else _("Ours") if one.is_ours else _("Theirs"),
            one.words,
            one.due_on,
        )


def _due(who: str, words: str, on: Any) -> str:
    return f"{who}: {words}" + (f" ({day(on)})" if on else "")


def _before(brief: Brief) -> Iterator[str]:
    for one in brief.before:
        told = one.outcome[:SHORT] + ("…" if len(one.outcome) > SHORT else "")
        given = f" – {label(one.commitment)}" if one.commitment else ""
        yield f"{day(one.held_on)} {one.purpose}{given}. {told}"
