"""What visits say: what a commitment costs, how regular we are, how many noes come before yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.pipeline.chances import LEAST_CASES, Interval, wilson
from app.visits.investment import EffortFact, gaps

MOST_NOES = 6
CITED_GIVE_UP, CITED_NOES = 0.92, 0.60
"""The course cites that 92 % of sellers give up by the fourth visit without a sale, while 60 % of
customers say no at least four times before yes [001]."""
CITED_AT = 4


@dataclass(frozen=True, slots=True)
class Share:
    """A part of some cases with its interval; ``is_told`` once there are eight cases."""

    part: int
    cases: int

    @property
    def value(self) -> float | None:
        """0.0-1.0; None without a case."""
        return self.part / self.cases if self.cases else None

    @property
    def interval(self) -> Interval:
        """The 95 % score interval."""
        return wilson(self.part, self.cases)

    @property
    def is_told(self) -> bool:
        """Whether there are cases enough for a share to mean anything."""
        return self.cases >= LEAST_CASES


@dataclass(frozen=True, slots=True)
class Summary:
    """A period's contacts in a few figures; None where nothing can be told."""

    held: int
    sought: int
    given: int
    reactive: Share
    usual_gap_days: int | None

    @property
    def per_commitment(self) -> float | None:
        """How many contacts it took for each commitment given; None without any."""
        return self.held / self.given if self.given else None


def summary(facts: Iterable[EffortFact], on: date) -> Summary:
    """The contacts of some accounts together.

    >>> summary([], date(2026, 1, 1)).per_commitment is None
    True
    """
    facts = list(facts)
    contacts = [one for fact in facts for one in fact.contacts]
    between = [days for fact in facts if len(fact.contacts) > 1 for days in gaps(fact.contacts, on)]
    return Summary(
        held=len(contacts),
        sought=sum(one.sought for one in contacts),
        given=sum(one.given for one in contacts),
        reactive=Share(sum(one.is_reactive for one in contacts), len(contacts)),
        usual_gap_days=round(median(between)) if between else None,
    )


@dataclass(frozen=True, slots=True)
class DealNoes:
    """A decided deal: how often they said no, and whether it was signed in the end."""

    noes: int
    is_won: bool


@dataclass(frozen=True, slots=True)
class Persistence:
    """By number of noes, from 1: of the deals won, the share with at least so many before yes;
    of the deals given up, the share given up after at most so many."""

    before_yes: tuple[Share, ...]
    given_up_by: tuple[Share, ...]

    @property
    def is_told(self) -> bool:
        """Whether enough deals were won for the curve to mean anything."""
        return self.before_yes[0].is_told


def persistence(deals: Sequence[DealNoes]) -> Persistence:
    """Our own curve of noes before yes, to be held against the cited one.

    >>> found = persistence([DealNoes(5, True), DealNoes(0, True), DealNoes(1, False)])
    >>> [one.part for one in found.before_yes], found.given_up_by[0].part
    ([1, 1, 1, 1, 1, 0], 1)
    """
    won = [one.noes for one in deals if one.is_won]
    lost = [one.noes for one in deals if not one.is_won]
    steps = range(1, MOST_NOES + 1)
    return Persistence(
        tuple(Share(sum(noes >= step for noes in won), len(won)) for step in steps),
        tuple(Share(sum(noes <= step for noes in lost), len(lost)) for step in steps),
    )


@dataclass(frozen=True, slots=True)
class Unseen:
    """Somebody with a part in decisions whom nobody of ours saw in their rhythm."""

    person_id: int
    person: str
    account_id: int
    account: str
    last_on: date | None
    rhythm_days: int
    days: int | None


def unseen_first(people: Iterable[Unseen]) -> list[Unseen]:
    """Never seen first, then the longest beyond their rhythm; those within it are left out."""
    late = [one for one in people if one.days is None or one.days > one.rhythm_days]
    return sorted(
        late,
        key=lambda one: (one.days is not None, -((one.days or 0) / one.rhythm_days), one.person),
    )
