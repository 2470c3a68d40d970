"""Watches: conditions put together from a list, asked of a deal as it was known on a day.

Each condition is a plain question of the facts; most take a value. What is not known meets
no condition, but those that are about not knowing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from app.lessons.facts import Facts
from app.pipeline.rules import Stage, place_of
from app.vocabulary import N_, Reason, Term, because


class Kind(Term):
    """What sort of value a condition takes."""

    NOTHING = "nothing", ""
    STAGE = "stage", N_("Stage")
    DAYS = "days", N_("days")
    TIMES = "times", N_("times")
    PERCENT = "percent", N_("per cent")
    MONEY = "money", N_("in the deal’s currency")
    NAME = "name", N_("part of its name")


class Condition(Term):
    """What a watch may look for; the label is what one chooses from."""

    STAGE_FROM = "stage_from", N_("In this stage or a later one")
    STAYS = "stays", N_("Longer in its stage than so many days")
    OLD = "old", N_("Open for more than so many days")
    NO_DECIDER = "no_decider", N_("Nobody is known to decide")
    NO_WAY_IN = "no_way_in", N_("Nobody of ours is in touch with a decider")
    NOT_FOR_US = "not_for_us", N_("A decider is not for us")
    UNREAD = "unread", N_("How the deciders stand is not known")
    BLOCKER = "blocker", N_("A blocker is known and nobody of ours has met them")
    SINGLE_TIE = "single_tie", N_("All hangs on a single tie")
    LATE_IN = "late_in", N_("Criteria were set before our first visit")
    BUYER_BEHIND = "buyer_behind", N_("The buyer is not as far as we are")
    OVERRIDDEN = "overridden", N_("A milestone was passed without evidence")
    PUSHED = "pushed", N_("The close date was pushed so many times")
    OVERDUE = "overdue", N_("The close date has passed")
    NO_STEP = "no_step", N_("No next step is agreed")
    SILENT = "silent", N_("No contact for so many days")
    NOES = "noes", N_("They said no so many times")
    RIVAL = "rival", N_("This competitor is in it")
    DEARER = "dearer", N_("A competitor’s price lies below ours by more than")
    LARGE = "large", N_("Amount of at least")


Value = Stage | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A condition's test, the sort of its value with a default, and its words with ``value``."""

    meets: Callable[[Facts, Any], bool]
    said: str
    kind: Kind = Kind.NOTHING
    usual: Value = None


def _plain(said: Condition, meets: Callable[[Facts], bool]) -> Question:
    return Question(lambda facts, _value: meets(facts), said.label)


QUESTIONS: Mapping[Condition, Question] = {
    Condition.STAGE_FROM: Question(
        lambda facts, value: place_of(facts.way.stage) >= place_of(value),
        N_("in %(value)s or later"), Kind.STAGE, Stage.PROPOSAL,
    ),
    Condition.STAYS: Question(
        lambda facts, value: facts.way.days_in_stage > value,
        N_("in its stage for more than %(value)s days"), Kind.DAYS, Decimal(60),
    ),
    Condition.OLD: Question(
        lambda facts, value: facts.way.age_days > value,
        N_("open for more than %(value)s days"), Kind.DAYS, Decimal(180),
    ),
    Condition.NO_DECIDER: _plain(
        Condition.NO_DECIDER, lambda facts: not facts.people.has_decider
    ),
    Condition.NO_WAY_IN: _plain(
        Condition.NO_WAY_IN, lambda facts: not facts.people.meets_decider
    ),
    Condition.NOT_FOR_US: _plain(
        Condition.NOT_FOR_US,
        lambda facts: facts.people.support is not None and facts.people.support < 1,
    ),
    Condition.UNREAD: _plain(Condition.UNREAD, lambda facts: facts.people.support is None),
    Condition.BLOCKER: _plain(Condition.BLOCKER, lambda facts: facts.people.has_unmet_blocker),
    Condition.SINGLE_TIE: _plain(
        Condition.SINGLE_TIE,
        lambda facts: facts.people.routes is not None and facts.people.routes <= 1,
    ),
    Condition.LATE_IN: _plain(Condition.LATE_IN, lambda facts: facts.people.is_late_in),
    Condition.BUYER_BEHIND: _plain(
        Condition.BUYER_BEHIND, lambda facts: facts.way.buyer_behind > 0
    ),
    Condition.OVERRIDDEN: _plain(Condition.OVERRIDDEN, lambda facts: facts.way.overrides > 0),
    Condition.PUSHED: Question(
        lambda facts, value: facts.offer.pushes >= value,
        N_("close date pushed at least %(value)s times"), Kind.TIMES, Decimal(2),
    ),
    Condition.OVERDUE: _plain(Condition.OVERDUE, lambda facts: facts.offer.is_overdue),
    Condition.NO_STEP: _plain(Condition.NO_STEP, lambda facts: facts.way.has_step is False),
    Condition.SILENT: Question(
        lambda facts, value: facts.people.silent_days > value,
        N_("no contact for more than %(value)s days"), Kind.DAYS, Decimal(45),
    ),
    Condition.NOES: Question(
        lambda facts, value: facts.way.noes >= value,
        N_("at least %(value)s noes"), Kind.TIMES, Decimal(3),
    ),
    Condition.RIVAL: Question(
        lambda facts, value: any(value.casefold() in name for name in facts.offer.rivals),
        N_("%(value)s is in it"), Kind.NAME, "?",
    ),
    Condition.DEARER: Question(
        lambda facts, value: facts.offer.price_gap is not None
        and facts.offer.price_gap * 100 > value,
        N_("a competitor’s price is more than %(value)s %% below ours"), Kind.PERCENT, Decimal(5),
    ),
    Condition.LARGE: Question(
        lambda facts, value: facts.offer.amount is not None and facts.offer.amount >= value,
        N_("amount of at least %(value)s"), Kind.MONEY, Decimal(1_000_000),
    ),
}  # fmt: skip
"""Every condition. The usual values are house conventions, to be changed in each watch."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition with its value."""

    condition: Condition
    value: Value = None

    def meets(self, facts: Facts) -> bool:
        """Whether a deal with these facts meets it."""
        return QUESTIONS[self.condition].meets(facts, self.value)

    @property
    def said(self) -> Reason:
        """It in words."""
        value = f"{self.value:,f}" if isinstance(self.value, Decimal) else self.value
        return because(QUESTIONS[self.condition].said, value=value)


@dataclass(frozen=True, slots=True)
class Watch:
    """Some clauses, of which all must be met, or with ``is_any`` one at least."""

    clauses: tuple[Clause, ...]
    is_any: bool = False

    def fires(self, facts: Facts | None) -> bool:
        """Whether it fires on a deal; never without clauses, or on a deal that is not open."""
        if facts is None or not self.clauses:
            return False
        return (any if self.is_any else all)(one.meets(facts) for one in self.clauses)

    def met(self, facts: Facts) -> list[Clause]:
        """The clauses that a deal meets."""
        return [one for one in self.clauses if one.meets(facts)]

    @property
    def said(self) -> list[Reason]:
        """The clauses in words."""
        return [one.said for one in self.clauses]


def clauses_from(kept: Iterable[Sequence[str]]) -> tuple[Clause, ...]:
    """Clauses as they are kept; what is no longer known is left out.

    >>> clauses_from([["pushed", "2"], ["no_step", ""], ["gone", "1"]])[0].value
    Decimal('2')
    """
    known = set(Condition)
    found = ((Condition(name), text) for name, text in kept if name in known)
    return tuple(Clause(one, value_from(one, text)) for one, text in found)


def clauses_text(clauses: Iterable[Clause]) -> list[list[str]]:
    """Clauses as they are kept.

    >>> clauses_text([Clause(Condition.STAGE_FROM, Stage.BIDDING), Clause(Condition.NO_STEP)])
    [['stage_from', 'bidding'], ['no_step', '']]
    """
    return [[one.condition.value, "" if one.value is None else str(one.value)] for one in clauses]


def value_from(condition: Condition, text: str) -> Value:
    """A condition's value from text; the usual one where it is none.

    >>> value_from(Condition.PUSHED, "nonsense"), value_from(Condition.NO_STEP, "7")
    (Decimal('2'), None)
    """
    question = QUESTIONS[condition]
    try:
        return _READERS[question.kind](text.strip())
    except (ValueError, InvalidOperation):
        return question.usual


def _figure(text: str) -> Decimal:
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _name(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


_READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.NOTHING: lambda _text: None,
    Kind.STAGE: Stage,
    Kind.NAME: _name,
    **dict.fromkeys((Kind.DAYS, Kind.TIMES, Kind.PERCENT, Kind.MONEY), _figure),
}
