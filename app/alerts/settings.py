"""What a company set for its warnings: thresholds, kinds not watched, when nothing is opened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from app.alerts.rules import BOUNDS, Kind, Limits, Threshold
from app.vocabulary import N_, Reason, because

ALERTS = "alerts"
WEEKEND = 5
HOURS = 24


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nothing is opened by itself, and whether weekends are so.

    From 20 until 7 goes over midnight; from an hour until the same one is never.
    """

    since: int = 20
    until: int = 7
    weekends: bool = True

    def holds(self, at: datetime) -> bool:
        """Whether a moment, where the company is, is quiet.

        >>> Quiet().holds(datetime(2026, 3, 2, 23)), Quiet().holds(datetime(2026, 3, 2, 9))
        (True, False)
        """
        if self.weekends and at.weekday() >= WEEKEND:
            return True
        if self.since <= self.until:
            return self.since <= at.hour < self.until
        return at.hour >= self.since or at.hour < self.until


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """The company's thresholds and quiet hours."""

    limits: Limits = field(default_factory=Limits)
    quiet: Quiet = field(default_factory=Quiet)


def settings_from(text: str | None) -> AlertSettings:
    """The settings as kept; the defaults when none are.

    >>> settings_from(settings_text(AlertSettings())) == AlertSettings()
    True
    """
    if text is None:
        return AlertSettings()
    kept = json.loads(text)
    values = {Threshold(name): float(value) for name, value in kept["limits"].items()}
    off = frozenset(Kind(name) for name in kept["off"])
    return AlertSettings(Limits(values, off), Quiet(**kept["quiet"]))


def settings_text(settings: AlertSettings) -> str:
    """The settings as they are kept: only what differs from how it comes."""
    quiet = settings.quiet
    return json.dumps(
        {
            "limits": {
                one.value: value
                for one, value in sorted(settings.limits.values.items())
                if value != BOUNDS[one].default
            },
            "off": sorted(settings.limits.off),
            "quiet": {"since": quiet.since, "until": quiet.until, "weekends": quiet.weekends},
        }
    )


def problems_limiting(threshold: Threshold, value: Decimal | float) -> list[Reason]:
    """Why a threshold cannot be so.

    >>> [str(one) for one in problems_limiting(Threshold.RHYTHM, 99)]
    ['Between 1 and 10.']
    """
    bound = BOUNDS[threshold]
    if bound.low <= value <= bound.high:
        return []
    return [because(N_("Between %(low)s and %(high)s."), low=bound.low, high=bound.high)]


def own_limits(company: Limits, rows: Iterable[tuple[str, Decimal | None]]) -> Limits:
    """The company's limits with what an account has of its own; a kind's name: not watched here.

    >>> own_limits(Limits(), [("churn", None), ("rhythm", Decimal(3))])[Threshold.RHYTHM]
    3.0
    """
    listed = list(rows)
    values = {Threshold(name): float(value) for name, value in listed if value is not None}
    return company.own(values, (Kind(name) for name, value in listed if value is None))
