"""Warnings about people: a decider lost, a single tie gone cold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.alerts.rules import Kind, Level, Limits, Raised, Threshold
from app.vocabulary import N_, because


@dataclass(frozen=True, slots=True)
class Lost:
    """A decider who left: how many others decide, and how many of them only since then."""

    person_id: int
    name: str
    left_on: date
    others: int = 0
    heirs: int = 0


@dataclass(frozen=True, slots=True)
class SingleTie:
    """A person with a role whom one of ours alone knows; ``rhythm`` is in days."""

    person_id: int
    name: str
    colleague: str
    user_id: int
    last_on: date
    rhythm: int
    is_decider: bool = False


def decider_lost(lost: Lost, limits: Limits, on: date) -> Raised | None:
    """A decider has left and nobody has taken the place; urgent when nobody else decides."""
    if lost.heirs or on - lost.left_on > timedelta(days=limits[Threshold.DECIDER]):
        return None
    gone = because(N_("%(name)s, who decided, left on %(day)s."), name=lost.name, day=lost.left_on)
    if lost.others:
        rest = because(N_("Others who decide: %(count)d; no new one is known."), count=lost.others)
    else:
        rest = because(N_("Nobody who decides is known now: find out who does, quickly."))
    level = Level.WARNING if lost.others else Level.URGENT
    return Raised(Kind.DECIDER, level, (gone, rest), lost.person_id, lost.person_id)


def gone_cold(tie: SingleTie, limits: Limits, on: date) -> Raised | None:
    """Somebody whom one of ours alone knows has not been seen for long; urgent if they decide."""
    days = (on - tie.last_on).days
    if days <= tie.rhythm * limits[Threshold.RHYTHM]:
        return None
    only = because(
        N_("%(one)s is the only one of ours who knows %(name)s."), one=tie.colleague, name=tie.name
    )
    silent = because(
        N_("Days since the last contact: %(days)d; their rhythm is %(rhythm)d."),
        days=days,
        rhythm=tie.rhythm,
    )
    level = Level.URGENT if tie.is_decider else Level.WARNING
    return Raised(Kind.COLD, level, (only, silent), tie.person_id, tie.person_id, tie.user_id)
