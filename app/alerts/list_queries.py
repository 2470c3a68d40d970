"""What is asked of the database about warnings for lists: grouped by account, and by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.accounts.queries import Seen, within
from app.alerts.models import Alert
from app.alerts.rules import Event, Kind, Level, Verdict
from app.alerts.track_record import TrackRecord
from app.paging import Page, Place, count_up_to, page_of
from app.stakeholders.reason_store import reason_from
from app.users.models import User
from app.vocabulary import N_, Reason, Term

YEAR = timedelta(days=365)
AT_ONCE = 20


class State(Term):
    """Which warnings to show."""

    OPEN = "open", N_("Open")
    SNOOZED = "snoozed", N_("Put off")
    CLOSED = "closed", N_("Closed in the last year")


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A warning in a list."""

    id: int
    account_id: int
    kind: Kind
    level: Level
    reasons: tuple[Reason, ...]
    event: Event | None
    opened_on: date
    closed_on: date | None
    closer: str | None
    verdict: Verdict | None
    snoozed_until: date | None
    snooze_reason: str
    owner_id: int | None
    owner: str | None
    is_looked_into: bool


@dataclass(frozen=True, slots=True)
class AlertWish:
    """What somebody wants to see of the warnings."""

    on: date
    state: State = State.OPEN
    kind: Kind | None = None
    level: Level | None = None
    owner_id: int | None = None

    def conditions(self) -> Iterable[Any]:
        """That a warning is wanted."""
        yield Alert.archived_at.is_(None)
        yield in_state(self.state, self.on)
        for column, value in (
            (Alert.kind, self.kind),
            (Alert.level, self.level),
            (Alert.owner_id, self.owner_id),
        ):
            if value is not None:
                yield column == value


def in_state(state: State, on: date) -> Any:
    """That a warning is open and awake, put off, or was closed within a year."""
    if state is State.CLOSED:
        return Alert.closed_on > on - YEAR
    sleeps = Alert.snoozed_until > on
    awake = sleeps if state is State.SNOOZED else or_(Alert.snoozed_until.is_(None), ~sleeps)
    return and_(Alert.closed_on.is_(None), awake)


@dataclass(frozen=True, slots=True)
class Group:
    """An account with its warnings, the gravest first."""

    id: int
    account: str
    size_class: str | None
    count: int
    alerts: list[AlertRow] = field(default_factory=list)


def groups(session: Session, seen: Seen, wish: AlertWish, place: Place) -> Page[Group]:
    """A page of accounts with warnings, the gravest first: three SELECTs however many."""
    rank = func.max(Alert.level) * 1000 + func.count()
    grouped = (
        select(Alert.account_id.label("id"), rank.label("rank"), func.count().label("many"))
        .where(within(Alert.account_id, seen), *wish.conditions())
        .group_by(Alert.account_id)
        .subquery()
    )
    query = (
        select(grouped.c.id, Account.name, Account.size_class, grouped.c.many)
        .join(Account, Account.id == grouped.c.id)
        .where(Account.archived_at.is_(None))
    )
    page = page_of(
        session, query, grouped.c.rank, grouped.c.id, place, descending=True, size=AT_ONCE
    )
    by_account = alerts_of(session, [row.id for row in page.rows], wish)
    rows = [
        Group(row.id, row.name, row.size_class, row.many, by_account.get(row.id, []))
        for row in page.rows
    ]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def alerts_of(
    session: Session, account_ids: Iterable[int], wish: AlertWish, most: int = 500
) -> dict[int, list[AlertRow]]:
    """The warnings of some accounts, account by account."""
    query = _rows().where(Alert.account_id.in_(list(account_ids)), *wish.conditions())
    order = (Alert.closed_on.desc(), Alert.level.desc(), Alert.opened_on, Alert.id)
    found: dict[int, list[AlertRow]] = defaultdict(list)
    for row in session.execute(query.order_by(*order).limit(most)):
        found[row.account_id].append(alert_row(row))
    return found


CLOSER = aliased(User)


def _rows() -> Any:
    columns = (
        Alert.id, Alert.account_id, Alert.kind, Alert.level, Alert.reasons, Alert.event,
        Alert.opened_on, Alert.closed_on, CLOSER.name.label("closer"), Alert.verdict,
        Alert.snoozed_until, Alert.snooze_reason, Alert.owner_id, User.name.label("owner"),
        (Alert.investigation != "").label("is_looked_into"),
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Alert)
        .outerjoin(User, User.id == Alert.owner_id)
        .outerjoin(CLOSER, CLOSER.id == Alert.closer_id)
    )


def alert_row(row: Any) -> AlertRow:
    """A row as lists show it."""
    return AlertRow(
        row.id,
        row.account_id,
        Kind(row.kind),
        Level(row.level),
        tuple(reason_from(one) for one in row.reasons),
        Event(row.event) if row.event else None,
        row.opened_on,
        row.closed_on,
        row.closer,
        Verdict(row.verdict) if row.verdict else None,
        row.snoozed_until,
        row.snooze_reason,
        row.owner_id,
        row.owner,
        bool(row.is_looked_into),
    )


def counts_by_level(session: Session, seen: Seen, wish: AlertWish) -> dict[Level, int]:
    """How many warnings there are of each level."""
    rows = session.execute(
        select(Alert.level, func.count())
        .join(Account, Account.id == Alert.account_id)
        .where(within(Alert.account_id, seen), Account.archived_at.is_(None), *wish.conditions())
        .group_by(Alert.level)
    )
    return {Level(level): count for level, count in rows}


def track_records(session: Session, seen: Seen | None, on: date) -> dict[Kind, TrackRecord]:
    """How good each rule has been for the warnings opened within a year, at the accounts seen or
    (None) at all: two SELECTs."""
    wanted = (
        within(Alert.account_id, seen) if seen is not None else true(),
        Alert.opened_on > on - YEAR,
        Alert.opened_on <= on,
        Alert.archived_at.is_(None),
    )

    def many(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    by_records = and_(Alert.closed_on.is_not(None), Alert.closer_id.is_(None))
    counts: Any = (
        func.count(),
        many(Alert.closed_on.is_(None)),
        many(and_(by_records, Alert.verdict.is_(None))),
        many(Alert.verdict == Verdict.CONFIRMED),
        many(Alert.verdict == Verdict.FALSE_ALARM),
    )
    rows = session.execute(select(Alert.kind, *counts).where(*wanted).group_by(Alert.kind)).all()
    showed = select(Alert.kind, Alert.opened_on, Alert.showed_on).where(
        *wanted, Alert.showed_on.is_not(None), Alert.verdict == Verdict.CONFIRMED
    )
    leads: dict[str, list[int]] = defaultdict(list)
    for kind, opened_on, showed_on in session.execute(showed):
        if showed_on:
            leads[kind].append((showed_on - opened_on).days)
    return {Kind(row[0]): _record(row, leads[row[0]]) for row in rows}


def _record(row: Any, leads: list[int]) -> TrackRecord:
    raised, still_open, cleared, confirmed, false_alarms = (int(one) for one in row[1:])
    return TrackRecord(raised, still_open, cleared, confirmed, false_alarms, leads)
