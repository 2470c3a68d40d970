"""A forecast split up: what each person, team, account, product, stage or month brings of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.pipeline.calls import Call
from app.pipeline.forecast import SAID_BY, Judged, Opinion
from app.vocabulary import N_, Term

CENT = Decimal("0.01")


class Split(Term):
    """What a forecast is split by."""

    PERSON = "person", N_("By person")
    TEAM = "team", N_("By team")
    ACCOUNT = "account", N_("By account")
    PRODUCT = "product", N_("By product")
    STAGE = "stage", N_("By stage")
    MONTH = "month", N_("By month")


Key = int | str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One deal's part in a group: a deal may stand in several, with a share of its amount."""

    key: Key
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """What a group brings in one currency. Expected amounts are means, None where an opinion
    has nothing to say; ``target`` is None where none is set."""

    key: Key
    currency: str
    deals: int
    open: Decimal
    won: Decimal
    commit: Decimal
    best: Decimal
    expected: Mapping[Opinion, Decimal | None]
    target: Decimal | None = None

    @property
    def gap(self) -> Decimal | None:
        """What is missing of the target, at least nothing."""
        return None if self.target is None else max(self.target - self.won, Decimal(0))

    @property
    def coverage(self) -> float | None:
        """What is open as a multiple of the gap; None without a target or without a gap.

        >>> line = Line(1, "CNY", 2, Decimal(900), Decimal(100), Decimal(0), Decimal(0), {}, Decimal(400))
        >>> line.gap, line.coverage
        (Decimal('300'), 3.0)
        """  # noqa: E501
        return float(self.open / self.gap) if self.gap else None


Group = tuple[Key, str]


def split(
    deals: Iterable[Judged],
    parts_of: Callable[[Judged], Iterable[Part]],
    won: Mapping[Group, Decimal],
    targets: Mapping[Group, Decimal],
) -> list[Line]:
    """The lines of a split, the largest first; every group with deals, with wins or a target."""
    grouped: dict[Group, list[Judged]] = defaultdict(list)
    for one in deals:
        for part in parts_of(one):
            grouped[part.key, one.deal.currency].append(_shared(one, part.share))
    lines = [
        _line(group, grouped[group], won.get(group, Decimal(0)), targets.get(group))
        for group in {*grouped, *won, *targets}
    ]
    return sorted(lines, key=lambda line: (line.currency, -(line.won + line.open), str(line.key)))


def _shared(one: Judged, share: Decimal) -> Judged:
    if share == 1 or one.deal.amount is None:
        return one
    return replace(one, deal=replace(one.deal, amount=(one.deal.amount * share).quantize(CENT)))


def _line(group: Group, deals: Sequence[Judged], won: Decimal, target: Decimal | None) -> Line:
    commit = won + _sum(deals, Call.COMMIT)
    values = [one.value for one in deals]
    return Line(
        *group,
        deals=len(deals),
        open=sum((one.deal.amount or Decimal(0) for one in deals), Decimal(0)),
        won=won,
        commit=commit,
        best=commit + _sum(deals, Call.BEST),
        expected={opinion: _expected(deals, values, opinion, won) for opinion in Opinion},
        target=target,
    )


def _sum(deals: Iterable[Judged], call: Call) -> Decimal:
    said = (one.deal.amount for one in deals if one.deal.call is call)
    return sum((amount for amount in said if amount is not None), Decimal(0))


def _expected(
    deals: Sequence[Judged], values: Sequence[float | None], opinion: Opinion, won: Decimal
) -> Decimal | None:
    chances = map(SAID_BY[opinion], deals)
    said = [
        value * chance
        for value, chance in zip(values, chances, strict=True)
        if not (value is None or chance is None)
    ]
    return won + Decimal(sum(said)).quantize(CENT) if said else None


def team_of(user_id: int | None, managers: Mapping[int, int | None]) -> int | None:
    """Whose team a person counts in: their own if they lead anybody, else their leader's.

    >>> team_of(2, {1: None, 2: 1, 3: 2}), team_of(3, {1: None, 2: 1, 3: 2})
    (2, 2)
    """
    if user_id is None or user_id in managers.values():
        return user_id
    return managers.get(user_id) or user_id


def led_by(leader: int, managers: Mapping[int, int | None]) -> tuple[int, ...]:
    """A leader and all who report to them, at any remove.

    >>> led_by(1, {1: None, 2: 1, 3: 2, 4: None})
    (1, 2, 3)
    """
    found, waiting = [leader], [leader]
    while waiting:
        above = waiting.pop()
        below = [one for one, manager in managers.items() if manager == above]
        fresh = [one for one in below if one not in found]
        found += fresh
        waiting += fresh
    return tuple(sorted(found))
