"""The planning cycle's vocabulary: phases, stances, metrics. Terms: domain 3 and 4."""

from __future__ import annotations

from datetime import date

from app.vocabulary import N_, Reason, Term, because


class Phase(Term):
    """The seven phases, in order, and round again [001]."""

    DIAGNOSE = "diagnose", N_("Diagnose")
    FORECAST = "forecast", N_("Forecast")
    GOALS = "goals", N_("Goals")
    STRATEGY = "strategy", N_("Strategy")
    ACTION = "action", N_("Action")
    CONTROL = "control", N_("Control")
    FEEDBACK = "feedback", N_("Feedback")


class Stance(Term):
    """The qualitative goal of an account for the period [001]."""

    RAISE_SLOWLY = "raise_slowly", N_("Raise share slowly to become the leader")
    GUARD_PROFIT = "guard_profit", N_("Guard profit with care")
    HOLD = "hold", N_("Hold share actively")
    BUILD_FAST = "build_fast", N_("Build share fast")
    WITHDRAW = "withdraw", N_("Withdraw gradually")


class Metric(Term):
    """What a goal measures; those fed by records need no readings by hand."""

    SALES = "sales", N_("Sales amount")
    VOLUME = "volume", N_("Sales volume in units")
    MARGIN = "margin", N_("Contribution (gross margin)")
    GROWTH = "growth", N_("Sales growth")
    SHARE = "share", N_("Share of account")
    MIX = "mix", N_("Share of a product in what it buys")
    COVERAGE = "coverage", N_("Key people covered")
    VISITS = "visits", N_("Visits held")
    CONTRACTS = "contracts", N_("Contracts signed")
    SPEND = "spend", N_("Spend")
    PRICE = "price", N_("Price or discount rate")
    OTHER = "other", N_("Other measure")


class Fix(Term):
    """What one click can mend in a goal."""

    OWNER = "owner", N_("Make me the owner")
    BASELINE = "baseline", N_("Take it from the records")
    TARGET = "target", N_("Lower the target to that")
    START = "start", N_("Start with the plan")
    DUE = "due", N_("Due when the plan ends")
    HALFWAY = "halfway", N_("Set the value halfway")
    MONEY = "money", N_("None is needed")


class PlanStatus(Term):
    """Where a plan stands."""

    DRAFT = "draft", N_("Draft")
    ACTIVE = "active", N_("Active")
    CLOSED = "closed", N_("Closed")


class Letter(Term):
    """The five letters of a goal."""

    SPECIFIC = "S", N_("Specific")
    MEASURABLE = "M", N_("Measurable")
    ACHIEVABLE = "A", N_("Achievable")
    REALISTIC = "R", N_("Realistic")
    TIMETABLED = "T", N_("Time-tabled")


class Verdict(Term):
    """What a letter is judged to be; unknown promises nothing."""

    PASS = "pass", N_("yes")
    STRETCH = "stretch", N_("a stretch")
    UNKNOWN = "unknown", N_("not known")
    FAIL = "fail", N_("no")


class Standing(Term):
    """Where a goal is against the line that leads to its target."""

    AHEAD = "ahead", N_("ahead")
    ON_TRACK = "on_track", N_("on track")
    BEHIND = "behind", N_("behind")
    MISSED = "missed", N_("missed")
    DONE = "done", N_("done")
    UNKNOWN = "unknown", N_("not known")


class Sorting(Term):
    """What the goals of many accounts are rolled up by."""

    ACCOUNT = "account", N_("Account")
    OWNER = "owner", N_("Owner")
    TEAM = "team", N_("Team")
    MEASURE = "measure", N_("Measure")
    AIM = "aim", N_("Aim")


FED = frozenset(
    {
        Metric.SALES,
        Metric.VOLUME,
        Metric.MARGIN,
        Metric.GROWTH,
        Metric.COVERAGE,
        Metric.VISITS,
        Metric.CONTRACTS,
        Metric.SPEND,
        Metric.PRICE,
        Metric.MIX,
    }
)
"""Metrics whose values come from records where these tell them; the rest are read by hand."""

FLOWS = frozenset({Metric.SALES, Metric.VOLUME, Metric.VISITS, Metric.CONTRACTS})
"""Metrics that add up over time: their pace is an amount per day, not a change per day.
Spend adds up too, but a goal asks it to change, not to be reached."""

OWN_UNIT = {
    Metric.MARGIN: "%",
    Metric.GROWTH: "%",
    Metric.SHARE: "%",
    Metric.MIX: "%",
    Metric.COVERAGE: N_("people"),
    Metric.VISITS: N_("visits"),
    Metric.CONTRACTS: N_("contracts"),
    Metric.VOLUME: N_("units"),
}
"""Metrics that need no unit typed; sales and spend are in the account's currency."""


def problems_planning(
    starts_on: date, ends_on: date, starts_taken: frozenset[date]
) -> list[Reason]:
    """Why a plan cannot have this period; empty when it can. One plan per account and start.

    >>> problems_planning(date(2026, 1, 1), date(2026, 12, 31), frozenset())
    []
    """
    problems = []
    if ends_on <= starts_on:
        problems.append(because(N_("The period ends before it starts.")))
    if starts_on in starts_taken:
        problems.append(
            because(N_("There is already a plan that starts on %(day)s."), day=starts_on)
        )
    return problems
