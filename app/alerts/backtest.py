"""Churn warnings held against what came: who bought again within the next 90 days.

On the first day of each month, each rule sees the purchases up to that day and warns or does
not. Beside it stands what anybody would do without a rule: no purchase for 90 days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from app.alerts.bg_nbd import Buying
from app.alerts.rhythm import AHEAD_DAYS, Learned, churn, learn, past_of
from app.alerts.rules import Limits
from app.alerts.trade import Trade

HISTORY_DAYS = 120
"""Days of records before the first day that is judged: with less there is no rhythm to see."""
WITH_RHYTHM, FREQUENT = 3, 6
"""Purchases from which an account has a rhythm, and from which it buys often."""

Days = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A rule over all accounts and days of a group: right of those warned, and of those gone.

    ``silence`` and ``lead`` are of the first right warning of each who stopped, the middle: days
    since the last purchase, and days before the silence had lasted 90.
    """

    rule: str
    least_purchases: int
    cases: int
    gone: int
    warned: int
    right: int
    silence: float | None
    lead: float | None

    @property
    def precision(self) -> float | None:
        """The share of those warned of that did not buy within 90 days."""
        return self.right / self.warned if self.warned else None

    @property
    def recall(self) -> float | None:
        """The share of those that did not buy within 90 days that were warned of."""
        return self.right / self.gone if self.gone else None


def months(first: date, last: date) -> list[date]:
    """The first days of the months that can be judged: enough before them, 90 days after.

    >>> months(date(2010, 12, 1), date(2011, 12, 9))[0::5]
    [datetime.date(2011, 4, 1), datetime.date(2011, 9, 1)]
    """
    found, day = [], (first + timedelta(days=HISTORY_DAYS)).replace(day=1)
    while day + timedelta(days=AHEAD_DAYS) <= last:
        if (day - first).days >= HISTORY_DAYS:
            found.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """An account on a day: what it had bought by then, and whether it did not buy for 90 days."""

    account: Hashable
    on: date
    bought: Days
    is_gone: bool


def cases(bought: Mapping[Hashable, Days], days: Iterable[date]) -> list[Case]:
    """Every account that had bought by a day, on every such day."""
    found = []
    for on in days:
        until = on + timedelta(days=AHEAD_DAYS)
        for account, all_days in bought.items():
            place = bisect_right(all_days, on)
            if place:
                later = all_days[place] if place < len(all_days) else None
                is_gone = later is None or later > until
                found.append(Case(account, on, all_days[:place], is_gone))
    return found


Warns = Callable[[Case], bool]


def scores(bought: Mapping[Hashable, Days], limits: Limits | None = None) -> list[Score]:
    """Each rule on the same accounts and days; none where the records are too short."""
    every = [day for days in bought.values() for day in days]
    if not every:
        return []
    judged = months(min(every), max(every))
    listed = cases(bought, judged)
    models = {on: learn((_past(one) for one in listed if one.on == on), on) for on in judged}
    rules = _rules(models, limits or Limits())
    return [
        _score(name, warns, least, [one for one in listed if len(one.bought) >= least])
        for least in (1, WITH_RHYTHM, FREQUENT)
        for name, warns in rules.items()
    ]


def _past(one: Case) -> Buying:
    return past_of(one.bought[0], one.bought[-1], len(one.bought), one.on)


def _rules(models: Mapping[date, Learned | None], limits: Limits) -> dict[str, Warns]:
    def told(one: Case, model: Learned | None) -> bool:
        return churn(Trade(bought=one.bought), model, limits, one.on) is not None

    return {
        "model": lambda one: told(one, models[one.on]),
        "own_intervals": lambda one: told(one, None),
        "no_purchase_90_days": lambda one: (one.on - one.bought[-1]).days >= AHEAD_DAYS,
    }


def _score(name: str, warns: Warns, least: int, listed: Sequence[Case]) -> Score:
    warned = [one for one in listed if warns(one)]
    right = [one for one in warned if one.is_gone]
    first: dict[tuple[Hashable, date], int] = {}
    for one in right:
        first.setdefault((one.account, one.bought[-1]), (one.on - one.bought[-1]).days)
    silence = median(first.values()) if first else None
    return Score(
        rule=name,
        least_purchases=least,
        cases=len(listed),
        gone=sum(one.is_gone for one in listed),
        warned=len(warned),
        right=len(right),
        silence=silence,
        lead=None if silence is None else AHEAD_DAYS - silence,
    )
