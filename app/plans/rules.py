"""The planning cycle's vocabulary: phases, stances, metrics. Terms: domain 3 and 4."""

from __future__ import annotations

from app.vocabulary import N_, Term


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
    MARGIN = "margin", N_("Gross margin")
    GROWTH = "growth", N_("Sales growth")
    SHARE = "share", N_("Share of account")
    COVERAGE = "coverage", N_("Key people covered")
    VISITS = "visits", N_("Visits held")
    SPEND = "spend", N_("Spend")
    PRICE = "price", N_("Price or discount rate")
    OTHER = "other", N_("Other measure")


class PlanStatus(Term):
    """Where a plan stands."""

    DRAFT = "draft", N_("Draft")
    ACTIVE = "active", N_("Active")
    CLOSED = "closed", N_("Closed")
