"""Contracts: the eleven parts to be complete, and the days that somebody must act by [000]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.vocabulary import N_, Reason, Term, because

NOTICE_DAYS = 60
"""A contract's end is announced so long before, unless it says otherwise; house convention."""


class Part(Term):
    """The eleven parts of a contract [000]."""

    GOODS = "goods", N_("Goods")
    QUALITY = "quality", N_("Quality")
    SHIPPING = "shipping", N_("Shipping")
    ACCEPTANCE = "acceptance", N_("Acceptance of goods")
    RIGHTS = "rights", N_("Trading rights")
    SETTLEMENT = "settlement", N_("Settlement")
    TERMS = "terms", N_("Trade terms")
    ORDERING = "ordering", N_("Ordering and returns")
    BREACH = "breach", N_("Breach and disputes")
    EFFECT = "effect", N_("Time, place and effect")
    PARTIES = "parties", N_("The parties")


class Point(Term):
    """What a part settles, point by point [000]."""

    VARIETY = "variety", N_("Variety")
    BRAND = "brand", N_("Brand")
    SPEC = "spec", N_("Specification")
    QUANTITY = "quantity", N_("Quantity")
    PRICE = "price", N_("Price")
    STANDARD = "standard", N_("Quality standard")
    WARRANTY = "warranty", N_("Warranty")
    SHIP_TIME = "ship_time", N_("Time of shipping")
    SHIP_PLACE = "ship_place", N_("Place of delivery")
    TRANSPORT = "transport", N_("Means of transport")
    SHIP_COST = "ship_cost", N_("Who pays for transport")
    INSPECTION = "inspection", N_("How goods are inspected")
    OBJECTION = "objection", N_("Until when to object")
    RANK = "rank", N_("Level in the channel")
    EXCLUSIVITY = "exclusivity", N_("Exclusivity")
    REGION = "region", N_("Sales region")
    VARIETIES = "varieties", N_("Varieties granted")
    YEARS = "years", N_("Years")
    METHOD = "method", N_("Way of paying")
    PERIOD = "period", N_("Days to pay")
    INVOICE = "invoice", N_("Invoices")
    REBATE = "rebate", N_("Rebates")
    BONUS = "bonus", N_("Year-end bonus")
    PROMOTION = "promotion", N_("Promotion")
    ADVERTISING = "advertising", N_("Advertising")
    STAFF = "staff", N_("Staff sent")
    ORDERS = "orders", N_("How to order")
    RETURNS = "returns", N_("Returns and exchanges")
    LIABILITY = "liability", N_("Liability for breach")
    DISPUTES = "disputes", N_("How disputes are settled")
    SIGNING = "signing", N_("Time and place of signing")
    VALIDITY = "validity", N_("When it takes effect and ends")
    NAMES = "names", N_("Legal names")
    ADDRESSES = "addresses", N_("Addresses")
    CONTACTS = "contacts", N_("Contacts")
    REPRESENTATIVE = "representative", N_("Legal representative")
    SIGNATORY = "signatory", N_("Signatory")
    BANK = "bank", N_("Bank and account")
    TAX = "tax", N_("Tax number")


POINTS: dict[Part, tuple[Point, ...]] = {
    Part.GOODS: (Point.VARIETY, Point.BRAND, Point.SPEC, Point.QUANTITY, Point.PRICE),
    Part.QUALITY: (Point.STANDARD, Point.WARRANTY),
    Part.SHIPPING: (Point.SHIP_TIME, Point.SHIP_PLACE, Point.TRANSPORT, Point.SHIP_COST),
    Part.ACCEPTANCE: (Point.INSPECTION, Point.OBJECTION),
    Part.RIGHTS: (Point.RANK, Point.EXCLUSIVITY, Point.REGION, Point.VARIETIES, Point.YEARS),
    Part.SETTLEMENT: (Point.METHOD, Point.PERIOD, Point.INVOICE),
    Part.TERMS: (Point.REBATE, Point.BONUS, Point.PROMOTION, Point.ADVERTISING, Point.STAFF),
    Part.ORDERING: (Point.ORDERS, Point.RETURNS),
    Part.BREACH: (Point.LIABILITY, Point.DISPUTES),
    Part.EFFECT: (Point.SIGNING, Point.VALIDITY),
    Part.PARTIES: (
        Point.NAMES,
        Point.ADDRESSES,
        Point.CONTACTS,
        Point.REPRESENTATIVE,
        Point.SIGNATORY,
        Point.BANK,
        Point.TAX,
    ),
}


class PartState(Term):
    """How far a part is."""

    MISSING = "missing", N_("missing")
    PARTLY = "partly", N_("partly settled")
    COMPLETE = "complete", N_("complete")
    NEEDLESS = "needless", N_("not needed")


@dataclass(frozen=True, slots=True)
class PartFact:
    """What is kept of a part."""

    points: frozenset[str] = frozenset()
    words: str = ""
    is_needless: bool = False


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part as the picture shows it: its state, and the points still open."""

    part: Part
    state: PartState
    open_points: tuple[Point, ...]
    fact: PartFact


@dataclass(frozen=True, slots=True)
class Completeness:
    """All eleven parts of a contract, in their order."""

    parts: tuple[PartStanding, ...]

    @property
    def needed(self) -> int:
        """How many parts the contract must have."""
        return sum(one.state is not PartState.NEEDLESS for one in self.parts)

    @property
    def complete(self) -> int:
        """How many of those are complete."""
        return sum(one.state is PartState.COMPLETE for one in self.parts)

    @property
    def share(self) -> float:
        """Complete parts as a share of those needed, 0.0-1.0; 1.0 when none is needed."""
        return self.complete / self.needed if self.needed else 1.0


def part_standing(part: Part, fact: PartFact) -> PartStanding:
    """How far a part is: complete when every point of it is settled.

    >>> part_standing(Part.QUALITY, PartFact(frozenset({"standard"}))).state.value
    'partly'
    """
    open_points = tuple(point for point in POINTS[part] if point not in fact.points)
    if fact.is_needless:
        return PartStanding(part, PartState.NEEDLESS, (), fact)
    if not open_points:
        return PartStanding(part, PartState.COMPLETE, (), fact)
    begun = bool(fact.words) or len(open_points) < len(POINTS[part])
    return PartStanding(part, PartState.PARTLY if begun else PartState.MISSING, open_points, fact)


def completeness(facts: Mapping[str, PartFact]) -> Completeness:
    """The eleven parts of a contract; what nothing is kept of is missing.

    >>> completeness({}).share
    0.0
    """
    return Completeness(tuple(part_standing(part, facts.get(part, PartFact())) for part in Part))


def problems_needless(fact: PartFact) -> list[Reason]:
    """Why a part cannot be called needless: somebody will ask why.

    >>> [str(one) for one in problems_needless(PartFact(is_needless=True))]
    ['Say why this contract does not need it.']
    """
    if fact.is_needless and not fact.words:
        return [because(N_("Say why this contract does not need it."))]
    return []


class ContractState(Term):
    """Where a contract is in its life on a day."""

    DRAFT = "draft", N_("not signed yet")
    COMING = "coming", N_("signed, not begun")
    RUNNING = "running", N_("in force")
    ENDING = "ending", N_("ends soon")
    ENDED = "ended", N_("ended")


@dataclass(frozen=True, slots=True)
class ContractFact:
    """The days of a contract."""

    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    notice_days: int = NOTICE_DAYS
    renews: bool = False

    @property
    def notice_on(self) -> date | None:
        """The last day to renew it, or to give notice."""
        return self.ends_on - timedelta(days=self.notice_days) if self.ends_on else None


@dataclass(frozen=True, slots=True)
class ContractStanding:
    """Where a contract is, and what its days warn of."""

    state: ContractState
    warnings: tuple[Reason, ...] = field(default=())


def contract_standing(fact: ContractFact, on: date) -> ContractStanding:
    """The state of a contract on a day, and why somebody should act.

    The last day of a contract still counts as in force; one that renews by itself does not end.

    >>> contract_standing(ContractFact(signed_on=date(2026, 1, 1)), date(2026, 3, 2)).state.value
    'running'
    """
    return ContractStanding(_state(fact, on), tuple(_warnings(fact, on)))


def _state(fact: ContractFact, on: date) -> ContractState:
    if fact.ended_on is not None and fact.ended_on <= on:
        return ContractState.ENDED
    if fact.ends_on is not None and fact.ends_on < on and not fact.renews:
        return ContractState.ENDED
    if fact.signed_on is None or fact.signed_on > on:
        return ContractState.DRAFT
    if fact.starts_on is not None and fact.starts_on > on:
        return ContractState.COMING
    return ContractState.ENDING if _ends_soon(fact, on) else ContractState.RUNNING


def _ends_soon(fact: ContractFact, on: date) -> bool:
    notice = fact.notice_on
    is_near = notice is not None and fact.ends_on is not None and notice <= on <= fact.ends_on
    return is_near and fact.ended_on is None


def _warnings(fact: ContractFact, on: date) -> Iterable[Reason]:
    state = _state(fact, on)
    if state is ContractState.DRAFT and fact.starts_on is not None and fact.starts_on <= on:
        yield because(
            N_("It has been in use since %(day)s without a signature."), day=fact.starts_on
        )
    if state is ContractState.ENDING and fact.ends_on is not None:
        words = (
            N_("It renews itself on %(day)s, in %(days)s days: give notice now if it should not.")
            if fact.renews
            else N_("It ends on %(day)s, in %(days)s days: renew it or let it go.")
        )
        yield because(words, day=fact.ends_on, days=(fact.ends_on - on).days)
