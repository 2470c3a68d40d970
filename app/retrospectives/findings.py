"""What the record itself shows of a loss, factor by factor; where facts are silent, so is it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from app.pipeline.losing import Factor, in_order
from app.pipeline.noting import Favours
from app.pipeline.persistence import USUAL_NOES
from app.pipeline.qualifying import Answer
from app.retrospectives.people_then import PersonLine
from app.stakeholders.rules import Role
from app.vocabulary import N_, Reason, because

CLEAR_GAP = Decimal("0.03")
"""A price that lies so far below ours counts; up to there the record is silent. House convention:
within three per cent, what else is offered decides."""
LONG_SILENCE = 60
"""Days without a visit or a contact: two months of the usual rhythm."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The facts of a deal as they stood when it was decided."""

    opened_on: date
    decided_on: date
    people: Sequence[PersonLine] = ()
    price_gap: Decimal | None = None
    overrides: int = 0
    criteria: Sequence[tuple[date | None, Favours | None]] = ()
    touches: Sequence[date] = ()
    gone: Sequence[str] = ()
    need: Answer | None = None
    noes: int = 0

    def holding(self, role: Role) -> list[PersonLine]:
        """Those who held a role in the deal."""
        return [one for one in self.people if role in one.roles]


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a factor counted by the facts, and which."""

    counted: bool
    reason: Reason


def _yes(message: str, **values: object) -> Finding:
    return Finding(counted=True, reason=because(message, **values))


def _no(message: str, **values: object) -> Finding:
    return Finding(counted=False, reason=because(message, **values))


Judge = Callable[[Shown], Finding | None]


def findings(shown: Shown) -> dict[Factor, Finding]:
    """What the facts say, as the tree lists it; factors on which they are silent are left out."""
    judged = ((factor, JUDGES[factor](shown)) for factor in in_order(JUDGES))
    return {factor: finding for factor, finding in judged if finding is not None}


def _no_way_in(shown: Shown) -> Finding | None:
    deciders = shown.holding(Role.DECIDER)
    if not deciders:
        return _yes(N_("Nobody was known to decide."))
    missed = [one.person.name for one in deciders if not one.is_reached]
    if missed:
        return _yes(N_("Nobody of ours met %(names)s, who decides."), names=missed)
    return _no(N_("We were in touch with all who decide."))


def _no_guide(shown: Shown) -> Finding | None:
    guides = [one for one in shown.holding(Role.GUIDE) if one.is_reached]
    if guides:
        names = [one.person.name for one in guides]
        return _no(N_("%(names)s guided us."), names=names)
    return _yes(N_("Nobody we were in touch with was known as a guide."))


def _blocker(shown: Shown) -> Finding | None:
    blockers = shown.holding(Role.BLOCKER)
    if not blockers:
        return None
    missed = [one.person.name for one in blockers if not one.is_reached]
    if missed:
        return _yes(N_("%(names)s was known to block and never met."), names=missed)
    return _no(N_("We met all who were known to block."))


def _person_left(shown: Shown) -> Finding | None:
    if shown.gone:
        return _yes(N_("%(names)s left meanwhile."), names=list(shown.gone))
    return _no(N_("Nobody with a role in it left meanwhile."))


def _misread(shown: Shown) -> Finding | None:
    if shown.need is None:
        return None
    said = because(N_("We judged their need: %(answer)s."), answer=shown.need)
    return Finding(shown.need is Answer.NO, said)


def _early(shown: Shown) -> list[date]:
    """Days before our first touch on which criteria were set."""
    first = min(shown.touches, default=shown.decided_on)
    return [day for day, _favours in shown.criteria if day is not None and day < first]


def _criteria(shown: Shown) -> Finding | None:
    if not shown.criteria:
        return None
    against = sum(favours is Favours.RIVAL for _day, favours in shown.criteria)
    if against:
        words = N_("Criteria that favoured a competitor: %(count)s of %(all)s.")
        return _yes(words, count=against, all=len(shown.criteria))
    return _no(N_("No criterion is noted as favouring a competitor."))


def _late(shown: Shown) -> Finding | None:
    early, dated = _early(shown), [day for day, _favours in shown.criteria if day is not None]
    if early:
        words = N_("A criterion was set on %(day)s, before our first visit.")
        return _yes(words, day=min(early))
    if dated:
        return _no(N_("We had been there before any criterion was set."))
    return None


def _price(shown: Shown) -> Finding | None:
    gap = shown.price_gap
    if gap is None or 0 < gap < CLEAR_GAP:
        return None
    words = (
        N_("The winner’s price lay %(share)s %% below ours.")
        if gap > 0
        else N_("The winner’s price lay %(share)s %% above ours.")
    )
    return Finding(gap > 0, because(words, share=abs(gap) * 100))


def _skipped(shown: Shown) -> Finding | None:
    if shown.overrides:
        words = N_("Stages left without their milestone: %(count)s.")
        return _yes(words, count=shown.overrides)
    return _no(N_("Each stage was left by its milestone."))


def _slow(shown: Shown) -> Finding | None:
    during = sorted({one for one in shown.touches if shown.opened_on <= one <= shown.decided_on})
    days = [shown.opened_on, *during, shown.decided_on]
    longest = max((after - before).days for before, after in pairwise(days))
    words = N_("The longest time without a visit or a contact: %(days)s days.")
    return Finding(longest > LONG_SILENCE, because(words, days=longest))


def _gave_up(shown: Shown) -> Finding | None:
    if shown.noes == 0:
        return None
    words = N_("Noes heard: %(count)s. Most who say yes have said no four times before.")
    return Finding(shown.noes < USUAL_NOES, because(words, count=shown.noes))


JUDGES: dict[Factor, Judge] = {
    Factor.NO_WAY_IN: _no_way_in,
    Factor.NO_GUIDE: _no_guide,
    Factor.BLOCKER: _blocker,
    Factor.PERSON_LEFT: _person_left,
    Factor.MISREAD: _misread,
    Factor.CRITERIA: _criteria,
    Factor.PRICE: _price,
    Factor.LATE: _late,
    Factor.SKIPPED: _skipped,
    Factor.SLOW: _slow,
    Factor.GAVE_UP: _gave_up,
}
"""The factors that facts can speak of; on the others only people can."""
