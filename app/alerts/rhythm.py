"""Whether an account still buys, by its own rhythm and not by a fixed number of days.

Where the company has enough accounts that bought again, the BG/NBD model learnt from all of them
(Fader, Hardie and Lee, 2005) tells how likely so long a silence is of one that still buys as it
did, and, of one silent beyond its usual interval, how likely it buys within 90 days. Elsewhere
an account with enough intervals of its own is held against them: silence longer than so many
times its 90th percentile (house convention). With less than that nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median

from app.alerts.bg_nbd import Buying, Fit, chance_of_silence, chance_within, fit
from app.alerts.rules import Kind, Level, Limits, Raised, Threshold
from app.alerts.trade import Trade
from app.vocabulary import N_, Reason, because

ENOUGH_ACCOUNTS = 50
"""Accounts that bought again, from which the model is learnt; fewer would not hold still."""
ENOUGH_REPEATS = 2
ENOUGH_INTERVALS = 5
LONG = 0.9
"""The share of an account's intervals that are no longer than its long one."""
WEEK = 7
HALF = 0.5
AHEAD_DAYS = 90


@dataclass(frozen=True, slots=True)
class Learned:
    """The model as learnt from all accounts up to a day."""

    on: date
    accounts: int
    fit: Fit


def past_of(first: date, last: date, count: int, on: date) -> Buying:
    """An account's past in weeks, from its days with a purchase.

    >>> past_of(date(2026, 1, 1), date(2026, 1, 8), 2, date(2026, 1, 22))
    Buying(repeats=1, recency=1.0, age=3.0)
    """
    return Buying(count - 1, (last - first).days / WEEK, (on - first).days / WEEK)


def learn(pasts: Iterable[Buying], on: date) -> Learned | None:
    """The model of all accounts' pasts; None where too few of them bought again."""
    known = list(pasts)
    again = sum(past.repeats > 0 for past in known)
    return Learned(on, len(known), fit(known)) if again >= ENOUGH_ACCOUNTS else None


def long_interval(intervals: Sequence[int]) -> int:
    """The interval that nine tenths of them do not exceed (nearest rank).

    >>> long_interval([7, 7, 8, 9, 30])
    30
    """
    return sorted(intervals)[ceil(LONG * len(intervals)) - 1]


def churn(trade: Trade, learned: Learned | None, limits: Limits, on: date) -> Raised | None:
    """A warning that an account has stopped buying; None while it goes on, or too little is known.

    It is urgent at half of a chance, or twice the silence, that raises it.
    """
    if len(trade.bought) - 1 < ENOUGH_REPEATS:
        return None
    told = _by_model(trade, learned, limits, on) if learned else _by_itself(trade, limits, on)
    if told is None:
        return None
    is_urgent, *reasons = told
    level = Level.URGENT if is_urgent else Level.WARNING
    return Raised(Kind.CHURN, level, (*_facts(trade, on), *reasons))


Told = tuple[bool, Reason, Reason] | None


def _by_model(trade: Trade, learned: Learned, limits: Limits, on: date) -> Told:
    past = past_of(trade.bought[0], trade.bought[-1], len(trade.bought), on)
    again = chance_within(learned.fit, past, AHEAD_DAYS / WEEK)
    unusual = chance_of_silence(learned.fit, past)
    is_beyond = (on - trade.bought[-1]).days > median(trade.intervals())
    worst = min(
        again / limits.share(Threshold.AGAIN) if is_beyond else 1.0,
        unusual / limits.share(Threshold.UNUSUAL),
    )
    if worst >= 1:
        return None
    said = N_(
        "The chance that it buys within %(days)d days: %(again)d %%. Still buying as it did, it "
        "would be silent for so long in %(unusual)d of 100 cases (BG/NBD, %(accounts)d accounts)."
    )
    values = {"days": AHEAD_DAYS, "again": round(100 * again), "unusual": round(100 * unusual)}
    reason = because(said, **values, accounts=learned.accounts)
    return worst < HALF, reason, because(MODEL_LIMITS)


def _by_itself(trade: Trade, limits: Limits, on: date) -> Told:
    intervals = trade.intervals()
    if len(intervals) < ENOUGH_INTERVALS:
        return None
    long, silent = long_interval(intervals), (on - trade.bought[-1]).days
    most = long * limits[Threshold.SILENCE]
    if silent <= most:
        return None
    said = N_("Nine in ten of its intervals were no longer than %(long)d days; allowed: %(most)d.")
    return silent > 2 * most, because(said, long=long, most=round(most)), because(OWN_LIMITS)


def _facts(trade: Trade, on: date) -> tuple[Reason, Reason]:
    last, intervals = trade.bought[-1], trade.intervals()
    silent = because(
        N_("Last bought on %(day)s, %(days)d days ago."), day=last, days=(on - last).days
    )
    usual = because(
        N_("It used to buy every %(usual)d days (the middle of %(count)d intervals)."),
        usual=round(median(intervals)),
        count=len(intervals),
    )
    return silent, usual


MODEL_LIMITS = N_("The model takes buying as steady until it ends: it knows of no season or stock.")
OWN_LIMITS = N_("Its own intervals alone: too few accounts bought again to learn a model from.")
