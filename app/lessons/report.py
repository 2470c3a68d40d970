"""What wins and loses: decided deals counted by what was so of them, with how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.pipeline.chances import Interval
from app.pipeline.losing import Factor, in_order
from app.pipeline.persistence import USUAL_NOES
from app.pipeline.rules import STAGES, Stage
from app.pipeline.wins import LEAST_EACH, Share, apart
from app.vocabulary import N_, Term


class Side(Term):
    """What decided deals are counted by."""

    FACTOR = "factor", N_("What we say decided the losses")
    BUYER = "buyer", N_("What buyers say decided the losses")
    STAGE = "stage", N_("Stage where they were lost")
    RIVAL = "rival", N_("Competitor")
    ROLES = "roles", N_("Roles we were in touch with")
    GAP = "gap", N_("The winner’s price against ours")
    NOES = "noes", N_("How often they said no")
    TEAM = "team", N_("Team")


OF_LOSSES = frozenset({Side.FACTOR, Side.BUYER, Side.STAGE, Side.GAP})
"""Sides that count losses among the deals lost; the others count wins among the decided."""
OF_FACTORS = frozenset({Side.FACTOR, Side.BUYER})
"""Sides that name factors of the tree, a company's own among them."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A deal won or lost, as it was last seen before its end; ``buyer`` is None when no buyer was
    asked, ``gap`` how far the winner's price lay below ours."""

    won: bool
    stage: Stage
    team: str
    rivals: frozenset[str] = frozenset()
    factors: frozenset[Factor] = frozenset()
    buyer: frozenset[Factor] | None = None
    roles: int | None = None
    noes: int | None = None
    gap: Decimal | None = None


Name = Term | str


@dataclass(frozen=True, slots=True)
class Line:
    """A group of deals: the share of them, and of those left outside it."""

    name: Name
    inside: Share
    outside: Share | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough deals inside and outside to compare."""
        return self.outside is not None and min(self.inside.cases, self.outside.cases) >= LEAST_EACH

    @property
    def between(self) -> Interval | None:
        """The interval of the difference between inside and outside; None with too few."""
        return apart(self.inside, self.outside) if self.is_enough and self.outside else None

    @property
    def is_clear(self) -> bool:
        """Whether that interval leaves out nothing at all."""
        found = self.between
        return found is not None and (found.low > 0 or found.high < 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One side of the report; ``cases`` are the deals of which it is known."""

    side: Side
    lines: tuple[Line, ...]
    cases: int


def report(deals: Iterable[Decided]) -> list[Part]:
    """Every side with its lines; those of a list in its order, names by their cases.

    Sides that compare count the share won inside a group and outside it; the others count how
    many of the losses fall into a group.
    """
    kept = list(deals)
    return [_lost_part(side, kept) if side in OF_LOSSES else _won_part(side, kept) for side in Side]


def compared(parts: Iterable[Part]) -> int:
    """How many comparisons the report makes, for the warning about many of them."""
    return sum(line.is_enough for part in parts for line in part.lines)


def _lost_part(side: Side, deals: list[Decided]) -> Part:
    lost = [deal for deal in deals if not deal.won]
    known = [found for deal in lost if (found := LOSSES[side](deal)) is not None]
    counts: dict[Name, int] = defaultdict(int)
    for found in known:
        for name in found:
            counts[name] += 1
    order = in_order(map(Factor, counts)) if side in OF_FACTORS else ORDER[side]
    lines = [Line(name, Share(counts[name], len(known))) for name in order if counts[name]]
    return Part(side, tuple(lines), len(known))


def _won_part(side: Side, deals: list[Decided]) -> Part:
    groups: dict[Name, list[bool]] = defaultdict(list)
    known = [(deal.won, found) for deal in deals if (found := WINS[side](deal)) is not None]
    for won, found in known:
        for name in found:
            groups[name].append(won)
    wins = sum(won for won, _found in known)
    lines = [_line(name, groups[name], Share(wins, len(known))) for name in _ordered(side, groups)]
    return Part(side, tuple(lines), len(known))


def _line(name: Name, won: list[bool], every: Share) -> Line:
    inside = Share(sum(won), len(won))
    return Line(name, inside, Share(every.wins - inside.wins, every.cases - inside.cases))


def _ordered(side: Side, groups: Mapping[Name, list[bool]]) -> list[Name]:
    if side in ORDER:
        return [name for name in ORDER[side] if name in groups]
    return sorted(groups, key=lambda name: (-len(groups[name]), str(name)))[:MOST_NAMES]


MOST_NAMES = 12


class Band(Term):
    """Groups of figures."""

    NO_ROLE = "no_role", N_("None of the six")
    ONE_OR_TWO = "one_or_two", N_("One or two")
    THREE_OR_FOUR = "three_or_four", N_("Three or four")
    FIVE_OR_SIX = "five_or_six", N_("Five or six")
    NEVER = "never", N_("Never")
    FEW = "few", N_("One to three times")
    MANY = "many", N_("Four times or more")
    DEARER = "dearer", N_("Theirs was higher than ours")
    WITHIN = "within", N_("Up to 3 % below ours")
    BELOW = "below", N_("3 to 10 % below ours")
    FAR_BELOW = "far_below", N_("More than 10 % below ours")


NEAR, FAR = Decimal("0.03"), Decimal("0.10")
"""A price within 3 % is close enough for anything else to have decided: house convention."""


def roles_band(roles: int) -> Band:
    """The group of a number of roles.

    >>> [roles_band(one).value for one in (0, 2, 3, 6)]
    ['no_role', 'one_or_two', 'three_or_four', 'five_or_six']
    """
    if roles == 0:
        return Band.NO_ROLE
    if roles <= 2:
        return Band.ONE_OR_TWO
    return Band.THREE_OR_FOUR if roles <= 4 else Band.FIVE_OR_SIX


def noes_band(noes: int) -> Band:
    """The group of a number of noes.

    >>> [noes_band(one).value for one in (0, 3, 4)]
    ['never', 'few', 'many']
    """
    if noes == 0:
        return Band.NEVER
    return Band.FEW if noes < USUAL_NOES else Band.MANY


def gap_band(gap: Decimal) -> Band:
    """The group of a price gap, a share of ours.

    >>> [gap_band(Decimal(one)).value for one in ("-0.01", "0", "0.03", "0.10", "0.11")]
    ['dearer', 'within', 'within', 'below', 'far_below']
    """
    if gap < 0:
        return Band.DEARER
    if gap <= NEAR:
        return Band.WITHIN
    return Band.BELOW if gap <= FAR else Band.FAR_BELOW


Groups = Iterable[Name] | None
LOSSES: Mapping[Side, Callable[[Decided], Groups]] = {
    Side.FACTOR: lambda deal: deal.factors or None,
    Side.BUYER: lambda deal: deal.buyer,
    Side.STAGE: lambda deal: (deal.stage,),
    Side.GAP: lambda deal: None if deal.gap is None else (gap_band(deal.gap),),
}
"""The groups that a lost deal falls into; None where it is not known."""
WINS: Mapping[Side, Callable[[Decided], Groups]] = {
    Side.RIVAL: lambda deal: deal.rivals or None,
    Side.ROLES: lambda deal: None if deal.roles is None else (roles_band(deal.roles),),
    Side.NOES: lambda deal: None if deal.noes is None else (noes_band(deal.noes),),
    Side.TEAM: lambda deal: (deal.team,) if deal.team else None,
}
ORDER: Mapping[Side, tuple[Any, ...]] = {
    Side.STAGE: STAGES,
    Side.GAP: (Band.DEARER, Band.WITHIN, Band.BELOW, Band.FAR_BELOW),
    Side.ROLES: (Band.NO_ROLE, Band.ONE_OR_TWO, Band.THREE_OR_FOUR, Band.FIVE_OR_SIX),
    Side.NOES: (Band.NEVER, Band.FEW, Band.MANY),
}
