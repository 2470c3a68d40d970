"""What a company sets for its visits: rhythms, the working week, whose holidays count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.accounts.rules import SizeClass
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.rules import Role

VISITS = "visits"
OTHERWISE = "otherwise"

CLASS_FACTORS = {
    SizeClass.AAA: 0.5,
    SizeClass.AA: 0.75,
    SizeClass.A: 1.0,
    SizeClass.B_PLUS: 1.25,
    SizeClass.B: 1.5,
    SizeClass.C: 2.0,
}
"""How a rhythm stretches with the account's size class: the largest are seen twice as often as
an A account, the smallest half as often. House convention; a setting."""


def _rhythms() -> dict[str, int]:
    defaults = MapSettings()
    by_role = {str(role): days for role, days in defaults.rhythm_days.items()}
    return {**by_role, OTHERWISE: defaults.rhythm_days_otherwise}


def _factors() -> dict[str, float]:
    return {str(size): factor for size, factor in CLASS_FACTORS.items()}


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """Rhythms in days by role, their factor by size class, our executives' own rhythm, the
    country whose holidays count ('' for none), and how many visits fit a day."""

    rhythm_days: Mapping[str, int] = field(default_factory=_rhythms)
    class_factors: Mapping[str, float] = field(default_factory=_factors)
    executive_days: int = 180
    country: str = "CN"
    visits_a_day: int = 3

    def rhythm(
        self, roles: Iterable[Role], size: str | None = None, own_days: int | None = None
    ) -> int:
        """How many days may pass between contacts: the person's own, else the shortest of
        their roles stretched by the account's size class; never less than a day.

        >>> VisitSettings().rhythm([Role.DECIDER, Role.GUIDE], "AAA")
        15
        """
        if own_days is not None:
            return own_days
        days = min((self.rhythm_days[role] for role in roles), default=self.rhythm_days[OTHERWISE])
        return max(1, round(days * self.class_factors.get(size or "", 1.0)))


def settings_from(text: str | None) -> VisitSettings:
    """The settings as kept; the defaults when none are.

    >>> settings_from(settings_text(VisitSettings())) == VisitSettings()
    True
    """
    return VisitSettings() if text is None else VisitSettings(**json.loads(text))


def settings_text(settings: VisitSettings) -> str:
    """The settings as they are kept."""
    names = VisitSettings.__slots__
    values = {name: getattr(settings, name) for name in names}
    return json.dumps(
        {name: dict(one) if isinstance(one, Mapping) else one for name, one in values.items()}
    )
