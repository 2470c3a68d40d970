"""The portfolio's maps as kept, and what tells that their facts have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.paging import Page, Place, count_up_to, page_of
from app.search import ids_found
from app.stakeholders.kept_models import MapSummary
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.portfolio import Standing
from app.stakeholders.reason_store import reason_from
from app.stakeholders.rules import Role
from app.vocabulary import Reason

RULES = "1"
"""To be raised when the answers to the same facts change: every summary is then due."""
LEASE = "maps"
"""What the work of looking maps through is known by."""
SORTS = ("need", "name", "people", "unreached", "lean", "singles")


def _marks() -> Iterable[tuple[Any, tuple[Any, ...]]]:
    """What of each table tells, account by account, that something changed."""
    person = Stakeholder
    yield person, (func.sum(person.version), func.count(person.left_on))
    for model in (RoleHolding, Tie, Coverage):
        yield model, (func.max(model.id), func.count(model.until))
    for seen in (Observation, ContactReading):
        yield seen, (func.max(seen.id),)


def fingerprints(session: Session) -> dict[int, str]:
    """A mark of the facts of every account's map, in six SELECTs; the same facts, the same mark."""
    alive = select(Account.id).where(Account.archived_at.is_(None))
    found: dict[int, list[str]] = {one: [RULES] for one in session.scalars(alive)}
    for model, marks in _marks():
        rows = session.execute(
            select(model.account_id, func.count(), *marks).group_by(model.account_id)
        )
        told = {account_id: ".".join(map(str, rest)) for account_id, *rest in rows}
        for account_id, parts in found.items():
            parts.append(told.get(account_id, "-"))
    return {account_id: " ".join(parts) for account_id, parts in found.items()}


def accounts_due(session: Session, on: date) -> dict[int, str]:
    """Whose summary is missing, of other facts, or of an earlier day; those changed come first."""
    kept = {
        row.account_id: (row.fingerprint, row.on)
        for row in session.execute(
            select(MapSummary.account_id, MapSummary.fingerprint, MapSummary.on)
        )
    }
    by_urgency: dict[bool, dict[int, str]] = defaultdict(dict)
    for account_id, mark in fingerprints(session).items():
        was, day = kept.get(account_id, ("", date.min))
        if was != mark or day < on:
            by_urgency[was == mark][account_id] = mark
    return {**by_urgency[False], **by_urgency[True]}


@dataclass(frozen=True, slots=True)
class MapRow:
    """An account's map in one line."""

    id: int
    name: str
    size_class: str | None
    standing: Standing
    need: float
    headline: Reason | None
    act: str | None
    act_on: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MapWish:
    """What somebody wants to see of the maps."""

    text: str = ""
    lack: str = ""
    member_id: int | None = None
    sort: str = "need"
    descending: bool = True


def map_rows(session: Session, seen: Select[Any], wish: MapWish, place: Place) -> Page[MapRow]:
    """A page of the maps among the accounts ``seen``, counted."""
    query = (
        select(
            MapSummary,
            MapSummary.account_id.label("id"),
            Account.name,
            Account.size_class,
        )
        .join(Account, Account.id == MapSummary.account_id)
        .where(MapSummary.account_id.in_(seen), Account.archived_at.is_(None), *_wished(wish))
    )
    key = _sort_key(wish.sort)
    row_id = MapSummary.account_id
    page = page_of(session, query, key, row_id, place, descending=wish.descending)
    rows = [_row(*row) for row in page.rows]
    return Page(rows, page.after, page.before, count_up_to(session, query))


def unseen(session: Session, seen: Select[Any]) -> int:
    """How many of the accounts ``seen`` have no summary yet."""
    has_none = ~exists().where(MapSummary.account_id == Account.id)
    wanted = select(func.count()).where(
        Account.id.in_(seen), Account.archived_at.is_(None), has_none
    )
    return session.scalar(wanted.select_from(Account)) or 0


def _wished(wish: MapWish) -> Iterable[Any]:
    if wish.text:
        yield MapSummary.account_id.in_(ids_found("account", wish.text))
    if wish.member_id is not None:
        mine = select(Membership.account_id).where(Membership.user_id == wish.member_id)
        yield MapSummary.account_id.in_(mine)
    if wish.lack in LACKS:
        yield LACKS[wish.lack]


LACKS: dict[str, Any] = {
    "decider": MapSummary.deciders == 0,
    "way": or_(MapSummary.deciders == 0, MapSummary.reached < MapSummary.deciders),
    "against": MapSummary.lean_high < 0,
    "single": MapSummary.single_ties > 0,
    "people": MapSummary.people == 0,
}


def _sort_key(sort: str) -> Any:
    name = select(Account.name).where(Account.id == MapSummary.account_id)
    keys: dict[str, Any] = {
        "name": name.correlate(MapSummary).scalar_subquery(),
        "people": MapSummary.people,
        "unreached": MapSummary.deciders - MapSummary.reached,
        "lean": func.coalesce(MapSummary.lean_known, -2.0),
        "singles": MapSummary.single_ties,
    }
    return keys.get(sort, MapSummary.need)


def _row(kept: MapSummary, account_id: int, name: str, size_class: str | None) -> MapRow:
    said = kept.finding
    return MapRow(
        account_id,
        name,
        size_class,
        Standing(
            kept.people,
            kept.deciders,
            kept.reached,
            tuple(Role(one) for one in kept.missing),
            kept.single_ties,
            kept.lean_low,
            kept.lean_known,
            kept.lean_high,
        ),
        kept.need,
        reason_from(said) if said else None,
        said.get("act"),
        said.get("act_on"),
        kept.at,
    )
