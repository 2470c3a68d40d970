"""What changed at an account between two days, as lines to be read out in a review.

A change is told once, from how it was to how it is: what went to and fro within the time
is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.accounts.rules import RelationshipStage
from app.pipeline.rules import Outcome, Stage
from app.plans.rules import Phase, Standing
from app.vocabulary import N_, Reason, Term, because


class Topic(Term):
    """What a change is about, in the order of the review."""

    PEOPLE = "people", N_("People and relations")
    CONTACT = "contact", N_("Our contacts")
    RELATION = "relation", N_("Relationship stage")
    DEALS = "deals", N_("Deals")
    SALES = "sales", N_("Sales")
    GOALS = "goals", N_("Goals")
    WARNINGS = "warnings", N_("Warnings")
    PROMISES = "promises", N_("Promises")
    FEEDBACK = "feedback", N_("Feedback")
    RIVALS = "rivals", N_("Competitors")
    PLAN = "plan", N_("The plan itself")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, in words."""

    topic: Topic
    reason: Reason


@dataclass(frozen=True, slots=True)
class DealChange:
    """A deal as it was (None: not yet there) and as it is."""

    name: str
    stage_before: Stage | None
    stage: Stage | None
    outcome: Outcome | None = None
    amount_before: Decimal | None = None
    amount: Decimal | None = None
    close_before: date | None = None
    close: date | None = None


@dataclass(frozen=True, slots=True)
class SalesChange:
    """What was sold, in the account's currency, and as long before; products new and gone."""

    amount: Decimal = Decimal(0)
    before: Decimal = Decimal(0)
    currency: str = "CNY"
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalChange:
    """Where a goal stood and stands; ``is_new`` and ``is_gone`` say that it came or went."""

    statement: str
    before: Standing | None = None
    after: Standing | None = None
    is_new: bool = False
    is_gone: bool = False
    edits: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RivalChange:
    """A competitor that came, went or changed its share (0-1)."""

    name: str
    is_new: bool = False
    is_gone: bool = False
    share_before: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Everything that the records tell of the time between two days."""

    people: tuple[Reason, ...] = ()
    contacts: tuple[Reason, ...] = ()
    stage_before: RelationshipStage | None = None
    stage: RelationshipStage | None = None
    deals: tuple[DealChange, ...] = ()
    sales: SalesChange = SalesChange()
    goals: tuple[GoalChange, ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    late: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    rivals: tuple[RivalChange, ...] = ()
    written: tuple[Phase, ...] = ()
    warned: tuple[Reason, ...] = ()


def change_report(happened: Happened) -> list[ChangeLine]:
    """Every change as a line, by topic.

    >>> change_report(Happened())
    []
    >>> [str(line.reason) for line in change_report(Happened(kept=("Send the plan",)))]
    ['Kept: Send the plan']
    """
    by_topic: tuple[tuple[Topic, Iterable[Reason]], ...] = (
        (Topic.PEOPLE, happened.people),
        (Topic.CONTACT, happened.contacts),
        (Topic.RELATION, _relation(happened)),
        (Topic.DEALS, (line for deal in happened.deals for line in _deal(deal))),
        (Topic.SALES, _sales(happened.sales)),
        (Topic.GOALS, (line for goal in happened.goals for line in _goal(goal))),
        (Topic.WARNINGS, happened.warned),
        (Topic.PROMISES, _promises(happened)),
        (Topic.FEEDBACK, _feedback(happened)),
        (Topic.RIVALS, (line for rival in happened.rivals for line in _rival(rival))),
        (Topic.PLAN, _plan(happened)),
    )
    return [ChangeLine(topic, reason) for topic, reasons in by_topic for reason in reasons]


def by_topic(lines: Iterable[ChangeLine]) -> list[tuple[Topic, list[Reason]]]:
    """The lines under their topics; topics without a change are left out."""
    found: dict[Topic, list[Reason]] = {}
    for line in lines:
        found.setdefault(line.topic, []).append(line.reason)
    return list(found.items())


def _relation(happened: Happened) -> Iterator[Reason]:
    old, new = happened.stage_before, happened.stage
    if old is not None and new is not None and old is not new:
        yield because(N_("The relationship went from %(old)s to %(new)s."), old=old, new=new)


def _deal(deal: DealChange) -> Iterator[Reason]:
    yield from _move(deal)
    yield from _terms(deal)


def _move(deal: DealChange) -> Iterator[Reason]:
    name = deal.name
    if deal.stage_before is None and deal.stage is not None:
        yield because(N_("New deal: %(name)s, in %(stage)s."), name=name, stage=deal.stage)
    elif deal.stage is not deal.stage_before and deal.stage is not None:
        moved = {"old": deal.stage_before, "new": deal.stage}
        yield because(N_("%(name)s: from %(old)s to %(new)s."), name=name, **moved)
    if deal.outcome is not None:
        yield because(N_("%(name)s: now %(outcome)s."), name=name, outcome=deal.outcome)


def _terms(deal: DealChange) -> Iterator[Reason]:
    name = deal.name
    if deal.amount_before is not None and deal.amount_before != deal.amount:
        amounts = {"old": deal.amount_before, "new": deal.amount or Decimal(0)}
        yield because(N_("%(name)s: amount from %(old)s to %(new)s."), name=name, **amounts)
    if deal.close_before is not None and deal.close is not None and deal.close_before != deal.close:
        days = {"old": deal.close_before, "new": deal.close}
        yield because(N_("%(name)s: to close on %(new)s instead of %(old)s."), name=name, **days)


def _sales(sales: SalesChange) -> Iterator[Reason]:
    if sales.amount != sales.before:
        message = N_("Sold %(amount)s %(currency)s; as many days before, %(before)s.")
        values = {"amount": sales.amount, "before": sales.before, "currency": sales.currency}
        yield Reason(message, values)
    for names, message in (
        (sales.new, N_("Bought for the first time: %(names)s.")),
        (sales.gone, N_("Bought before, and not now: %(names)s.")),
    ):
        if names:
            yield because(message, names=list(names))


def _goal(goal: GoalChange) -> Iterator[Reason]:
    name = goal.statement
    if goal.is_new:
        yield because(N_("New goal: %(name)s."), name=name)
    if goal.is_gone:
        yield because(N_("Goal given up: %(name)s."), name=name)
        return
    for field, old, new in goal.edits:
        values = {"name": name, "field": because(field), "old": old, "new": new}
        yield Reason(N_("%(name)s: %(field)s from %(old)s to %(new)s."), values)
    if goal.before is not None and goal.after is not None and goal.before is not goal.after:
        values = {"name": name, "old": goal.before, "new": goal.after}
        yield Reason(N_("%(name)s: was %(old)s, is %(new)s."), values)


def _promises(happened: Happened) -> Iterator[Reason]:
    for title, result in happened.done:
        if result:
            yield because(N_("Done: %(what)s (%(result)s)"), what=title, result=result)
        else:
            yield because(N_("Done: %(what)s"), what=title)
    for texts, message in (
        (happened.late, N_("Action not done in time: %(what)s")),
        (happened.kept, N_("Kept: %(what)s")),
        (happened.broken, N_("Promised and not kept: %(what)s")),
    ):
        yield from (because(message, what=text) for text in texts)


def _feedback(happened: Happened) -> Iterator[Reason]:
    for texts, message in (
        (happened.heard, N_("Heard: %(what)s")),
        (happened.answered, N_("Answered: %(what)s")),
    ):
        yield from (because(message, what=text) for text in texts)


def _rival(rival: RivalChange) -> Iterator[Reason]:
    if rival.is_new:
        yield because(N_("New competitor: %(name)s."), name=rival.name)
    elif rival.is_gone:
        yield because(N_("Competitor gone: %(name)s."), name=rival.name)
    elif rival.share != rival.share_before:
        values = {"name": rival.name, "old": _share(rival.share_before), "new": _share(rival.share)}
        yield Reason(N_("%(name)s: share of the account from %(old)s to %(new)s."), values)


def _share(share: Decimal | None) -> Reason:
    if share is None:
        return because(N_("unknown"))
    return because(N_("%(share)s %%"), share=round(100 * share, 1))


def _plan(happened: Happened) -> Iterator[Reason]:
    for phase in happened.written:
        yield because(N_("Written anew: %(phase)s."), phase=phase)
