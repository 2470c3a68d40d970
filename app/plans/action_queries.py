"""What is asked of the database about actions across accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import people_led_by
from app.paging import Page, Place, Query, count_up_to, page_of
from app.plans.action_rules import CLIMBS_AFTER_DAYS
from app.plans.models import Action
from app.plans.portfolio_queries import owned_by
from app.plans.queries import ActionRow, action_rows

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class ActionWish:
    """Which actions a person wants to see: whose, and when they are due."""

    user_id: int
    whose: str = "mine"
    when: str = "open"


def action_page(
    session: Session, seen: Query, wish: ActionWish, place: Place, on: date
) -> Page[ActionRow]:
    """A page of actions at accounts among those ``seen``, by due day: what is late comes first."""
    due = func.coalesce(Action.due_on, FAR)
    query = (
        select(Action.id)
        .join(Account, Account.id == Action.account_id)
        .where(
            Action.archived_at.is_(None),
            Account.archived_at.is_(None),
            Action.account_id.in_(seen),
            *_whose(wish, on),
            *_due(wish.when, on),
        )
    )
    page = page_of(session, query, due, Action.id, place, descending=wish.when == "done")
    ids = [row.id for row in page.rows]
    found = {row.id: row for row in action_rows(session, Action.id.in_(ids))} if ids else {}
    rows = [found[one] for one in ids if one in found]
    return replace(page, rows=rows, counted=count_up_to(session, query))


def _whose(wish: ActionWish, on: date) -> list[ColumnElement[bool]]:
    """One's own are also those of the people one leads that have climbed."""
    if wish.whose != "mine":
        return owned_by(Action.owner_id, wish.user_id, wish.whose)
    led = select(people_led_by(wish.user_id).c.id)
    has_climbed = and_(
        Action.done_on.is_(None), Action.due_on < on - timedelta(days=CLIMBS_AFTER_DAYS)
    )
    return [
        Action.owner_id.in_(select(literal(wish.user_id)).union_all(led)),
        or_(Action.owner_id == wish.user_id, has_climbed),
    ]


def _due(when: str, on: date) -> list[ColumnElement[bool]]:
    open_: list[Any] = [Action.done_on.is_(None)]
    match when:
        case "late":
            return [*open_, Action.due_on < on]
        case "week":
            return [*open_, Action.due_on <= on + timedelta(days=7)]
        case "done":
            return [Action.done_on.is_not(None)]
    return open_
