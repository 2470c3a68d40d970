"""Two special cases: overbearing accounts 霸王客户, and small ones worth support [000].

What brings us nothing is let go; with what does we concede within measure, neither servile nor
arrogant, and use our levers. Small and middle accounts are worth support by six signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.accounts.rules import Aspect, Judgement, SizeClass
from app.accounts.size_class import Share
from app.records.rules import growth
from app.vocabulary import N_, Reason, Term, because

SMALL = frozenset({SizeClass.B_PLUS, SizeClass.B, SizeClass.C})
"""Which classes are small and middle accounts: house convention."""
STEADY, LARGE_SHARE = Decimal("0.05"), Decimal("0.5")
"""From which growth it grows steadily, and from which share it buys mostly from us: house."""
GOOD_SCORE = 60
WORTH = 3
"""So many signs make an account worth support, as long as they outnumber those against."""


class SpecialKind(Term):
    """Why an account is treated in a way of its own."""

    OVERBEARING = "overbearing", N_("Overbearing account")
    SMALL = "small", N_("Small account worth support")


class Course(Term):
    """What was decided."""

    LET_GO = "let_go", N_("Let it go")
    CONCEDE = "concede", N_("Concede within measure")
    SUPPORT = "support", N_("Support it")
    NOT_NOW = "not_now", N_("Not now")


class Measure(Term):
    """A lever against an overbearing account, or a means of support [000]."""

    CAUSE = "cause", N_("Find why they are so")
    UPSTREAM = "upstream", N_("A strong upstream partner")
    CREDIT = "credit", N_("Their credit")
    POLICY = "policy", N_("Policy")
    STRENGTHS = "strengths", N_("Our own strengths")
    CUSTOMERS = "customers", N_("Going to their customers directly")
    ATTENTION = "attention", N_("Attention")
    DELIVERY = "delivery", N_("Delivery")
    PROMOTION = "promotion", N_("Promotion")
    FOLLOW_UP = "follow_up", N_("Follow-up")
    INFORMATION = "information", N_("Information")
    TRAINING = "training", N_("Training")
    COACHING = "coaching", N_("Coaching")
    PROMISES = "promises", N_("Kept promises")


LEVERS = tuple(Measure)[:6]
MEANS = tuple(Measure)[6:]
MEASURES: Mapping[SpecialKind, Sequence[Measure]] = {
    SpecialKind.OVERBEARING: LEVERS,
    SpecialKind.SMALL: MEANS,
}
COURSES: Mapping[SpecialKind, Sequence[Course]] = {
    SpecialKind.OVERBEARING: (Course.CONCEDE, Course.LET_GO),
    SpecialKind.SMALL: (Course.SUPPORT, Course.NOT_NOW),
}


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What speaks for or against an account over a period; amounts in CNY, None unknown."""

    size_class: SizeClass | None = None
    sales: Decimal | None = None
    before: Decimal | None = None
    profit: Decimal | None = None
    share: Decimal | None = None
    potential: int | None = None
    judged: Mapping[Aspect, Judgement] | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the six: whether it is there (None: unknown), and why."""

    name: str
    is_there: bool | None
    reason: Reason


def small_signs(fact: CaseFact) -> tuple[Sign, ...]:
    """The six signs of a small account worth support, in the handbook's order [000]."""
    judged = fact.judged or {}
    return (
        _judged(N_("Good credit"), judged.get(Aspect.CREDIT)),
        _growing(fact),
        _potential(fact.potential),
        _judged(N_("A network of its own"), judged.get(Aspect.SOCIAL)),
        _judged(N_("Strong where it is"), judged.get(Aspect.OPERATING)),
        _share(fact.share),
    )


def _judged(name: str, judgement: Judgement | None) -> Sign:
    if judgement is None:
        return Sign(name, None, because(N_("Nobody has judged it.")))
    reason = because(N_("Judged: %(judgement)s"), judgement=judgement)
    return Sign(name, judgement >= Judgement.GOOD, reason)


def _growing(fact: CaseFact) -> Sign:
    name = N_("Steady growth")
    change = None
    if fact.sales is not None and fact.before is not None:
        change = growth(fact.sales, fact.before)
    if change is None:
        return Sign(name, None, because(N_("There is nothing to compare its sales with.")))
    reason = because(N_("Sales changed by %(change)s in a year"), change=Share(change))
    return Sign(name, change >= STEADY, reason)


def _potential(score: int | None) -> Sign:
    name = N_("Potential of its own")
    if score is None:
        return Sign(name, None, because(N_("Its potential is not scored.")))
    return Sign(
        name, score >= GOOD_SCORE, because(N_("Potential scored %(score)s of 100"), score=score)
    )


def _share(share: Decimal | None) -> Sign:
    name = N_("Buys mostly from us, and relies on us")
    if share is None:
        return Sign(name, None, because(N_("Nobody knows what its competitors hold.")))
    reason = because(N_("Our share is at most %(share)s"), share=Share(share))
    return Sign(name, share >= LARGE_SHARE, reason)


def is_worth_support(signs: Sequence[Sign]) -> bool:
    """Whether three signs are there at least, and more than are known to be absent.

    >>> there, absent = Sign("a", True, because("")), Sign("b", False, because(""))
    >>> is_worth_support([there] * 3), is_worth_support([there] * 3 + [absent] * 3)
    (True, False)
    """
    there = sum(one.is_there is True for one in signs)
    return there >= WORTH and there > sum(one.is_there is False for one in signs)


def advice(fact: CaseFact) -> Reason:
    """How to treat an overbearing account: by whether it brings us anything [000].

    >>> str(advice(CaseFact(profit=Decimal(-5))))
    'It brought us no profit: one that brings nothing is let go.'
    """
    if fact.profit is None:
        return because(N_("What it brings us is not known: its sales have no cost on record."))
    if fact.profit > 0:
        return because(
            N_("It brought us a profit of %(profit)s CNY: concede within measure."),
            profit=round(fact.profit, 0),
        )
    return because(N_("It brought us no profit: one that brings nothing is let go."))
