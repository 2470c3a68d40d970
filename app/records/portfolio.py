"""The portfolio as a picture: size × attractiveness × our position; and who brings how much.

Size is what an account bought over a period, in CNY. Attractiveness, 0-100, is what the company
scored it on the factors of importance that tell of the account and not of our trade with it.
Position, 0-1, is our share of what it spends: what its competitors are known to leave us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.accounts.importance import ImportanceScale
from app.accounts.rules import Loyalty, Ownership, SizeClass
from app.vocabulary import N_, Term

OF_OUR_TRADE = frozenset({"sales", "profit", "relationship"})
"""Factors that tell of our trade with an account: house convention, so that size and position
are not counted twice."""
LEAST_SCORED = Decimal("0.5")
"""The part of the weights that must be scored before a mean of them says anything."""
MIDDLE, HALF = Decimal(50), Decimal("0.5")
"""Where the four fields meet: house convention."""
ALREADY_LARGE = Decimal("0.8")
"""Pareto's four fifths."""


@dataclass(frozen=True, slots=True)
class AccountFact:
    """What is known of an account over a period and the one a year before; amounts in CNY.

    Amounts are None without a rate from its currency. ``profit`` is that of the lines whose cost
    is known, None when none is. ``rivals`` is the sum of its competitors' shares, None unless
    one is known.
    """

    id: int
    name: str
    owner: str = ""
    size_class: SizeClass | None = None
    ownership: Ownership | None = None
    loyalty: Loyalty | None = None
    sales: Decimal | None = Decimal()
    before: Decimal | None = Decimal()
    profit: Decimal | None = None
    rivals: Decimal | None = None
    scores: Mapping[str, int] = field(default_factory=dict)


class Field(Term):
    """A quarter of the picture, and how one treats it."""

    GUARD = "guard", N_("Attractive, and ours: guard")
    BUILD = "build", N_("Attractive, others lead: build")
    HARVEST = "harvest", N_("Less attractive, and ours: serve at little cost")
    WATCH = "watch", N_("Less attractive, others lead: choose with care")


@dataclass(frozen=True, slots=True)
class Spot:
    """An account in the picture; None where a side is not known."""

    fact: AccountFact
    attractiveness: Decimal | None
    position: Decimal | None

    @property
    def is_drawn(self) -> bool:
        """Whether it has a place in the picture."""
        return self.attractiveness is not None and self.position is not None

    @property
    def field(self) -> Field | None:
        """The quarter it lies in; on the line it is the better one."""
        if self.attractiveness is None or self.position is None:
            return None
        if self.attractiveness >= MIDDLE:
            return Field.GUARD if self.position >= HALF else Field.BUILD
        return Field.HARVEST if self.position >= HALF else Field.WATCH


def attractiveness(scale: ImportanceScale, scores: Mapping[str, int]) -> Decimal | None:
    """The weighted mean of the scored factors that tell of the account; None when less than half
    of their weight is scored.

    >>> from app.accounts.importance import DEFAULT_SCALE
    >>> attractiveness(DEFAULT_SCALE, {"potential": 80, "strategic": 60})
    Decimal('71.4')
    """
    told = [one for one in scale.factors if one.key not in OF_OUR_TRADE]
    scored = [one for one in told if one.key in scores]
    whole = sum((one.weight for one in told), Decimal())
    known = sum((one.weight for one in scored), Decimal())
    if not known or known < whole * LEAST_SCORED:
        return None
    return round(sum(one.weight * scores[one.key] for one in scored) / known, 1)


def position(rivals: Decimal | None) -> Decimal | None:
    """Our share of what an account spends: at most what its known competitors leave.

    >>> position(Decimal("0.42")), position(Decimal("1.1")), position(None)
    (Decimal('0.58'), Decimal('0'), None)
    """
    return None if rivals is None else max(1 - rivals, Decimal())


def spot(scale: ImportanceScale, fact: AccountFact) -> Spot:
    """Where an account lies."""
    return Spot(fact, attractiveness(scale, fact.scores), position(fact.rivals))


def largest_first(found: Iterable[Spot]) -> list[Spot]:
    """Accounts by what they bought; those that bought as much by name."""
    return sorted(found, key=lambda one: (-(one.fact.sales or 0), one.fact.name))


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """An account's part of the whole, and that of all down to it; None of a whole of nothing."""

    rank: int
    fact: AccountFact
    value: Decimal
    share: float | None
    cumulated: float | None


@dataclass(frozen=True, slots=True)
class Pareto:
    """Accounts from the largest down; ``needed`` bring four fifths, ``losing`` bring less than
    nothing, ``unknown`` cannot be counted."""

    rows: tuple[ParetoRow, ...]
    whole: Decimal
    needed: int | None
    losing: int
    unknown: int


def pareto(facts: Sequence[AccountFact], of: Callable[[AccountFact], Decimal | None]) -> Pareto:
    """Who brings how much, the largest first.

    With losses among the values the sum runs above the whole before it comes down to it.

    >>> made = [AccountFact(n, str(n), sales=Decimal(s)) for n, s in ((1, 10), (2, 80), (3, 10))]
    >>> found = pareto(made, lambda fact: fact.sales)
    >>> [(row.fact.id, row.cumulated) for row in found.rows], found.needed
    ([(2, 0.8), (1, 0.9), (3, 1.0)], 1)
    """
    known = [(value, fact) for fact in facts if (value := of(fact)) is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].name))
    whole = sum((value for value, _fact in known), Decimal())
    rows, run, needed = [], Decimal(), None
    for rank, (value, fact) in enumerate(known, start=1):
        run += value
        if needed is None and whole > 0 and run >= ALREADY_LARGE * whole:
            needed = rank
        share, cumulated = (float(one / whole) if whole > 0 else None for one in (value, run))
        rows.append(ParetoRow(rank, fact, value, share, cumulated))
    losing = sum(value < 0 for value, _fact in known)
    return Pareto(tuple(rows), whole, needed, losing, len(facts) - len(known))


@dataclass(frozen=True, slots=True)
class Corner:
    """How many accounts belong together, and what they bought, in CNY."""

    count: int = 0
    sales: Decimal = Decimal()


def field_sums(found: Iterable[Spot]) -> dict[Field, Corner]:
    """How many accounts lie in each field, and what they bought."""
    sums = dict.fromkeys(Field, Corner())
    for one in found:
        if one.field is not None:
            kept, sales = sums[one.field], one.fact.sales or Decimal()
            sums[one.field] = Corner(kept.count + 1, kept.sales + sales)
    return sums


def corners(
    facts: Iterable[AccountFact],
) -> dict[tuple[Ownership | None, Loyalty | None], Corner]:
    """How many accounts, and what they bought, by who owns them and how loyal they are [000]."""
    found: dict[tuple[Ownership | None, Loyalty | None], Corner] = {}
    for fact in facts:
        key = (fact.ownership, fact.loyalty)
        kept = found.get(key, Corner())
        found[key] = Corner(kept.count + 1, kept.sales + (fact.sales or Decimal()))
    return found
