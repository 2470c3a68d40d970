"""Whether a target can be reached at the pace of the past; product definitions, Goals."""

from __future__ import annotations

from decimal import Decimal

from app.plans.rules import Verdict
from app.vocabulary import N_, Reason, because

STRETCH_UP_TO = Decimal("1.5")
"""Times the pace of the past that still counts as a stretch (product definition)."""

Opinion = tuple[Verdict, Reason, Reason | None]


def pace_opinion(
    baseline: Decimal, target: Decimal, past: Decimal | None, days: int, *, adds_up: bool
) -> Opinion:
    """The pace needed over the pace of as many days before: up to 1 yes, up to 1.5 a stretch.

    What adds up over time (sales, units, visits) needs its whole target, and ``past`` is what
    those days brought; anything else needs the change, and ``past`` is the change they saw.

    >>> pace_opinion(Decimal(100), Decimal(120), Decimal(100), 365, adds_up=True)[0]
    <Verdict.STRETCH: 'stretch'>
    >>> pace_opinion(Decimal(100), Decimal(120), Decimal(40), 365, adds_up=False)[0]
    <Verdict.PASS: 'pass'>
    """
    change = target - baseline
    if change == 0 or (adds_up and change < 0):
        return Verdict.PASS, because(N_("It asks for no more than there is.")), None
    if past is None:
        return (
            Verdict.UNKNOWN,
            because(N_("Nothing is known of the %(days)d days before the start."), days=days),
            because(N_("Add the records or readings of that time.")),
        )
    if past == 0 or (change > 0) != (past > 0):
        return (
            Verdict.FAIL,
            because(N_("In the %(days)d days before the start it did not move so."), days=days),
            because(N_("Say what will be done differently, or change the target.")),
        )
    start = Decimal(0) if adds_up else baseline
    return _compared((target - start) / past, days, farthest(baseline, past, adds_up=adds_up))


def farthest(baseline: Decimal, past: Decimal, *, adds_up: bool) -> Decimal:
    """The target that the pace of the past, stretched, would just reach.

    >>> farthest(Decimal(40), Decimal(10), adds_up=False)
    Decimal('55.0')
    """
    return (Decimal(0) if adds_up else baseline) + past * STRETCH_UP_TO


def _compared(ratio: Decimal, days: int, within: Decimal) -> Opinion:
    reason = because(
        N_("It needs %(ratio)s times the pace of the %(days)d days before the start."),
        ratio=round(ratio, 2),
        days=days,
    )
    if ratio <= 1:
        return Verdict.PASS, reason, None
    if ratio <= STRETCH_UP_TO:
        return Verdict.STRETCH, reason, because(N_("Name the action that makes the difference."))
    mend = because(N_("A target of %(target)s would be a stretch."), target=round(within, 2))
    return Verdict.FAIL, reason, mend
