"""What a pipeline review should talk about: what happened since the last, and what did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.pipeline.moving import is_forward
from app.pipeline.rules import Outcome, Stage
from app.vocabulary import N_, Reason, Term, because


class Topic(Term):
    """Why a deal is on the agenda, in the order of the meeting."""

    WON = "won", N_("Won")
    LOST = "lost", N_("Lost")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    OVERRIDE = "override", N_("Passed without milestone")
    BACK = "back", N_("Moved back")
    FORWARD = "forward", N_("Moved on")
    NEW = "new", N_("New")
    SLIPPED = "slipped", N_("Slipped")
    PULLED = "pulled", N_("Pulled in")
    SHRUNK = "shrunk", N_("Shrunk")
    GROWN = "grown", N_("Grown")
    OVERDUE = "overdue", N_("Close date passed")
    STUCK = "stuck", N_("Stuck")
    BROKEN = "broken", N_("Next step overdue")
    SILENT = "silent", N_("Gone silent")
    MAP = "map", N_("Map at risk")


SILENT_DAYS = 30
"""A deal of which nothing was heard for so long is talked about: house convention."""
MAP_STAGES = (Stage.PROPOSAL, Stage.BIDDING, Stage.NEGOTIATION)
"""Where the decider must be known, and not against us [002]."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move as it is told at the review."""

    on: date
    from_stage: Stage | None
    to_stage: Stage
    outcome: Outcome
    is_override: bool
    evidence: str = ""
    reason: str = ""


ENDS = {
    Outcome.WON: Topic.WON,
    Outcome.CLOSED: Topic.WON,
    Outcome.LOST: Topic.LOST,
    Outcome.WITHDRAWN: Topic.WITHDRAWN,
}


def topic_of(move: Moved) -> Topic:
    """What a move is talked about as; an override before anything else but an end.

    A deal taken up again counts as moved back, though it is open where it was.
    """
    if move.outcome in ENDS:
        return ENDS[move.outcome]
    if move.is_override:
        return Topic.OVERRIDE
    if move.from_stage is None:
        return Topic.NEW
    return Topic.FORWARD if is_forward(move.from_stage, move.to_stage) else Topic.BACK


def told(move: Moved) -> Reason:
    """A move in a sentence, with the evidence or else the reason given for it."""
    words = move.evidence or move.reason
    values = {"day": move.on, "to": move.to_stage, "words": words}
    if move.from_stage is None:
        return because(N_("%(day)s: opened in %(to)s"), **values)
    if move.from_stage is move.to_stage:
        values["to"] = move.outcome
        bare, full = N_("%(day)s: %(to)s"), N_("%(day)s: %(to)s – %(words)s")
    else:
        values["start"] = move.from_stage
        bare = N_("%(day)s: %(start)s to %(to)s")
        full = N_("%(day)s: %(start)s to %(to)s – %(words)s")
    return because(full if words else bare, **values)


@dataclass(frozen=True, slots=True)
class Expected:
    """What was expected of a deal."""

    amount: Decimal | None
    close_on: date | None


def changes_of(before: Expected, after: Expected) -> list[tuple[Topic, Reason]]:
    """What became of a deal's terms: pushed or pulled in, grown or shrunk; unknown says nothing."""
    found = []
    if before.close_on and after.close_on and before.close_on != after.close_on:
        days = (after.close_on - before.close_on).days
        dates = {"before": before.close_on, "after": after.close_on, "days": abs(days)}
        pushed = N_("from %(before)s to %(after)s, %(days)d days later")
        pulled = N_("from %(before)s to %(after)s, %(days)d days earlier")
        topic = Topic.SLIPPED if days > 0 else Topic.PULLED
        found.append((topic, because(pushed if days > 0 else pulled, **dates)))
    if before.amount and after.amount is not None and before.amount != after.amount:
        share = (after.amount - before.amount) / before.amount
        values = {"percent": f"{abs(share):.0%}"}
        grown, shrunk = N_("%(percent)s more than before"), N_("%(percent)s less than before")
        topic = Topic.GROWN if share > 0 else Topic.SHRUNK
        found.append((topic, because(grown if share > 0 else shrunk, **values)))
    return found


def overdue(close_on: date, on: date) -> Reason:
    """How long ago an open deal should have closed."""
    return because(
        N_("expected for %(day)s, %(days)d days ago"), day=close_on, days=(on - close_on).days
    )


def stuck(days: int, norm: int) -> Reason:
    """How long a deal stays, against those that went on."""
    return because(
        N_("%(days)d days in stage; four of five that went on took at most %(norm)d"),
        days=days,
        norm=norm,
    )


def broken(step: str, due: date) -> Reason:
    """A step that was agreed and whose day has passed; it may not have been named."""
    if not step:
        return because(N_("the next step was due on %(day)s"), day=due)
    return because(N_("“%(step)s” was due on %(day)s"), step=step, day=due)


def silent() -> Reason:
    """That nothing was heard of a deal, neither from us nor from its account."""
    return because(
        N_("no move, no new terms and no contact with the account in %(days)d days"),
        days=SILENT_DAYS,
    )


def map_risk(*, has_decider: bool) -> Reason:
    """What endangers a deal on the power map."""
    if has_decider:
        return because(N_("a decider was last seen against us"))
    return because(N_("nobody is known to decide"))
