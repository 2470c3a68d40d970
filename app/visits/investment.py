"""Where time and money go against what accounts are worth: five faults to detect [001].

Time is counted in contacts held, money in what they cost. An account is key when it is core or
of class A and above; thresholds are house convention, each named below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from app.vocabulary import N_, Reason, Term, because

LEAST_SHARE = 0.05
"""Accounts worth less than this of the whole are too small to judge their weight by."""
UNDERWEIGHT = 0.5
"""A key account with less than half the effort that its worth asks for is neglected."""
BURST, BURST_DAYS = 4, 30
"""So many contacts within so many days are a burst."""
CONCENTRATED = 0.4
"""More than this share of all effort on one account, and more than twice its worth."""
LONG_GAP_DAYS, GAP_TIMES = 45, 2.5
"""A gap longer than this, and so many times the usual one, is irregular."""
LEAST_VISITS = 5
"""Below this many contacts in the period habits cannot be told."""
REACTIVE, POOR_EFFECT = 0.4, 1 / 3
"""More than this share unplanned, with at most this share of commitments given."""


class Fault(Term):
    """What goes wrong with effort [001]."""

    NEGLECTED = "neglected", N_("A key account is not given its weight")
    BURSTS = "bursts", N_("An ordinary account gets repeated short-term effort")
    CONCENTRATED = "concentrated", N_("Effort is too concentrated")
    IRREGULAR = "irregular", N_("Contacts come at irregular gaps")
    REACTIVE = "reactive", N_("Too much is reactive, with poor effect")


class ContactFact(NamedTuple):
    """A contact held: ``sought`` whether a commitment was asked for, ``given`` whether it came."""

    on: date
    cost: Decimal = Decimal()
    is_reactive: bool = False
    sought: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class EffortFact:
    """An account with its contacts of a period; ``worth`` is what it bought in it, one currency."""

    account_id: int
    name: str
    is_key: bool
    worth: Decimal
    contacts: tuple[ContactFact, ...] = ()

    @property
    def cost(self) -> Decimal:
        """What the contacts cost."""
        return sum((one.cost for one in self.contacts if one.cost), Decimal())


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A fault at an account, with the figures that tell it."""

    fault: Fault
    account_id: int
    account: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Effort:
    """An account's share of time, of money and of worth, 0…1; None where the whole is nought."""

    fact: EffortFact
    time_share: float | None
    money_share: float | None
    worth_share: float | None
    faults: tuple[FaultFound, ...]

    @property
    def id(self) -> int:
        """The account's."""
        return self.fact.account_id


def efforts(facts: Sequence[EffortFact], on: date) -> list[Effort]:
    """Every account's shares and faults, the most worth first.

    >>> one = EffortFact(1, "First", True, Decimal(100))
    >>> [fault.fault.value for fault in efforts([one], date(2026, 1, 1))[0].faults]
    ['neglected']
    """
    visits = sum(len(one.contacts) for one in facts)
    costs = [one.cost for one in facts]
    money = sum(costs, Decimal())
    worth = sum((max(one.worth, Decimal()) for one in facts), Decimal())
    found = [
        _effort(
            one,
            _share(len(one.contacts), visits),
            _share(float(cost), float(money)),
            _share(float(max(one.worth, Decimal())), float(worth)),
            on,
        )
        for one, cost in zip(facts, costs, strict=True)
    ]
    return sorted(found, key=lambda one: (-(one.worth_share or 0), one.fact.name))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _effort(
    fact: EffortFact, time: float | None, money: float | None, worth: float | None, on: date
) -> Effort:
    reasons = (
        (Fault.NEGLECTED, _neglected(fact, time, worth)),
        (Fault.BURSTS, _bursts(fact)),
        (Fault.CONCENTRATED, _concentrated(time, worth)),
        (Fault.IRREGULAR, _irregular(fact, on)),
        (Fault.REACTIVE, _reactive(fact.contacts)),
    )
    faults = tuple(
        FaultFound(fault, fact.account_id, fact.name, reason) for fault, reason in reasons if reason
    )
    return Effort(fact, time, money, worth, faults)


def _neglected(fact: EffortFact, time: float | None, worth: float | None) -> Reason | None:
    if not fact.is_key or worth is None or worth < LEAST_SHARE:
        return None
    if (time or 0.0) >= UNDERWEIGHT * worth:
        return None
    return because(
        N_("%(time)d %% of the contacts for %(worth)d %% of the sales."),
        time=round(100 * (time or 0.0)),
        worth=round(100 * worth),
    )


def _bursts(fact: EffortFact) -> Reason | None:
    """Two bursts or more, counted without overlap."""
    if fact.is_key:
        return None
    days = sorted(one.on for one in fact.contacts)
    count, place = 0, 0
    while place + BURST <= len(days):
        if (days[place + BURST - 1] - days[place]).days <= BURST_DAYS:
            count, place = count + 1, place + BURST
        else:
            place += 1
    if count < 2:
        return None
    return because(
        N_("%(count)d times %(burst)d contacts or more within %(days)d days."),
        count=count,
        burst=BURST,
        days=BURST_DAYS,
    )


def _concentrated(time: float | None, worth: float | None) -> Reason | None:
    if time is None or time <= CONCENTRATED or time >= 1 or time <= 2 * (worth or 0.0):
        return None
    return because(
        N_("%(time)d %% of all contacts go to it, which brings %(worth)d %% of the sales."),
        time=round(100 * time),
        worth=round(100 * (worth or 0.0)),
    )


def gaps(contacts: Iterable[ContactFact], on: date) -> list[int]:
    """The days between contacts, oldest first, and from the last until the day."""
    days = sorted({one.on for one in contacts})
    found = [(later - earlier).days for earlier, later in pairwise(days)]
    return [*found, max((on - days[-1]).days, 0)] if days else []


def _irregular(fact: EffortFact, on: date) -> Reason | None:
    if len(fact.contacts) < LEAST_VISITS:
        return None
    found = gaps(fact.contacts, on)
    usual, longest = median(found), max(found)
    if longest <= LONG_GAP_DAYS or longest <= GAP_TIMES * usual:
        return None
    return because(
        N_("Once %(longest)d days passed without a contact; usual are %(usual)d."),
        longest=longest,
        usual=round(usual),
    )


def _reactive(contacts: Sequence[ContactFact]) -> Reason | None:
    if len(contacts) < LEAST_VISITS:
        return None
    share = sum(one.is_reactive for one in contacts) / len(contacts)
    sought = [one for one in contacts if one.sought]
    given = sum(one.given for one in sought) / len(sought) if sought else 0.0
    if share <= REACTIVE or given > POOR_EFFECT:
        return None
    return because(
        N_("%(share)d %% were not planned, and %(given)d %% of what was asked for was given."),
        share=round(100 * share),
        given=round(100 * given),
    )
