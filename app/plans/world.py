"""What changed in the world since a phase of the plan was last looked at.

A phase nobody touched while its facts changed is stale, and the facts say why. Which
kind of event matters to which phase is house convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.plans.rules import Phase
from app.vocabulary import N_, Reason, Term, because

MOST_TOLD = 4
SALES_CHANGE = Decimal("0.15")
"""Sales this share above or below the same days a year before are news; house convention."""


class EventKind(Term):
    """Something that happened at an account."""

    ARRIVED = "arrived", N_("%(who)s is new on the map.")
    LEFT = "left", N_("%(who)s left.")
    JUDGED = "judged", N_("%(who)s was judged anew.")
    ROLE = "role", N_("%(who)s has another role.")
    RIVAL = "rival", N_("Something new on the competitor %(who)s.")
    OPENED = "opened", N_("The deal %(who)s was opened.")
    MOVED = "moved", N_("The deal %(who)s moved.")
    WON = "won", N_("The deal %(who)s was won.")
    LOST = "lost", N_("The deal %(who)s was lost.")
    VISITED = "visited", N_("A visit was held: %(who)s.")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, to whom or what."""

    kind: EventKind
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class SalesNews:
    """What was sold since a day, and in the same days a year before."""

    amount: Decimal
    before: Decimal


PEOPLE = {EventKind.ARRIVED, EventKind.LEFT, EventKind.JUDGED, EventKind.ROLE}
DEALS = {EventKind.OPENED, EventKind.MOVED, EventKind.WON, EventKind.LOST}

MATTERS: dict[Phase, set[EventKind]] = {
    Phase.DIAGNOSE: {EventKind.ARRIVED, EventKind.LEFT, EventKind.ROLE, EventKind.RIVAL},
    Phase.FORECAST: DEALS,
    Phase.GOALS: {EventKind.WON, EventKind.LOST},
    Phase.STRATEGY: PEOPLE | {EventKind.RIVAL, EventKind.LOST},
    Phase.ACTION: {EventKind.LEFT},
    Phase.FEEDBACK: {EventKind.VISITED},
}
"""What each phase is told by; control watches figures, which have their own lines."""


@dataclass(frozen=True, slots=True)
class News:
    """What a phase should know: the newest facts in words, and how many there are in all."""

    facts: tuple[Reason, ...] = ()
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not told one by one."""
        return self.count - len(self.facts)


NOTHING_NEW = News()


def news(
    phase: Phase, since: date, events: Iterable[Event], sales: SalesNews | None = None
) -> News:
    """The events after a day that matter to a phase, newest first, each person or deal once.

    >>> gone = Event(EventKind.LEFT, date(2026, 3, 2), "Li Wei")
    >>> [str(fact) for fact in news(Phase.DIAGNOSE, date(2026, 3, 1), [gone]).facts]
    ['Li Wei left.']
    >>> news(Phase.DIAGNOSE, date(2026, 3, 2), [gone]).count
    0
    """
    wanted = MATTERS.get(phase, set())
    fresh = sorted(
        (one for one in events if one.on > since and one.kind in wanted),
        key=lambda one: one.on,
        reverse=True,
    )
    told = list(dict.fromkeys((one.kind, one.who) for one in fresh))
    facts = [because(kind.label, who=who) for kind, who in told]
    if phase is Phase.FORECAST and sales is not None:
        facts = sales_facts(sales) + facts
    return News(tuple(facts[:MOST_TOLD]), len(facts))


def sales_facts(sales: SalesNews) -> list[Reason]:
    """Whether sales left their way by more than the tolerance; nothing without a year before.

    >>> [str(one) for one in sales_facts(SalesNews(Decimal(80), Decimal(100)))]
    ['Sales since then are 20 % below the same days a year before.']
    """
    if sales.before <= 0:
        return []
    change = sales.amount / sales.before - 1
    if abs(change) <= SALES_CHANGE:
        return []
    message = (
        N_("Sales since then are %(share)d %% above the same days a year before.")
        if change > 0
        else N_("Sales since then are %(share)d %% below the same days a year before.")
    )
    return [because(message, share=round(abs(change) * 100))]


def earliest(days: Sequence[date | None]) -> date | None:
    """The first of some days; None when there is none."""
    return min((day for day in days if day), default=None)
