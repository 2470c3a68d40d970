"""What is aimed at: the targets of people and teams in a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.pipeline.forecast_models import Target
from app.pipeline.periods import Period
from app.pipeline.splits import led_by
from app.users.models import User
from app.users.rules import UserRole


@dataclass(frozen=True, slots=True)
class Aim:
    """What a person or a team is to win within a period, in one currency."""

    user_id: int
    is_team: bool
    currency: str
    amount: Decimal


def aims_within(session: Session, period: Period) -> list[Aim]:
    """The targets whose days lie within a period, added up for each person and currency."""
    keys = (Target.user_id, Target.is_team, Target.currency)
    rows = session.execute(
        select(*keys, func.sum(Target.amount))
        .where(Target.starts_on >= period.start, Target.ends_on <= period.end)
        .where(Target.archived_at.is_(None))
        .group_by(*keys)
    )
    return [Aim(user, team, currency, Decimal(amount)) for user, team, currency, amount in rows]


def own_aims(aims: Iterable[Aim]) -> dict[tuple[int, str], Decimal]:
    """Each person's own target by currency."""
    return {(one.user_id, one.currency): one.amount for one in aims if not one.is_team}


def team_aims(
    aims: Iterable[Aim], managers: Mapping[int, int | None]
) -> dict[tuple[int, str], Decimal]:
    """Each team's target by its leader and currency: as set, else the sum of its people's."""
    kept = list(aims)
    own = own_aims(kept)
    leaders = {leader for leader in managers.values() if leader is not None}
    found: dict[tuple[int, str], Decimal] = {}
    for leader in leaders:
        team = led_by(leader, managers)
        for currency in {currency for user, currency in own if user in team}:
            found[leader, currency] = sum(
                (own.get((one, currency), Decimal(0)) for one in team), Decimal(0)
            )
    return found | {(one.user_id, one.currency): one.amount for one in kept if one.is_team}


def targets_of(session: Session, period: Period) -> list[Target]:
    """The targets of the quarters of a year, to be changed."""
    query = select(Target).where(
        Target.starts_on >= period.start,
        Target.ends_on <= period.end,
        Target.archived_at.is_(None),
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Seller:
    """One of our people who may have a target."""

    id: int
    name: str
    leads: bool


def sellers(session: Session, within: Iterable[int] | None) -> list[Seller]:
    """Those who may have a target, by name: everyone still here who is no mere reader."""
    query = select(User.id, User.name, User.manager_id).where(
        User.archived_at.is_(None), User.role.not_in((UserRole.READER, UserRole.ADMINISTRATOR))
    )
    rows = list(session.execute(query.order_by(func.lower(User.name))))
    leaders = {row.manager_id for row in rows}
    wanted = None if within is None else set(within)
    return [
        Seller(row.id, row.name, row.id in leaders)
        for row in rows
        if wanted is None or row.id in wanted
    ]
