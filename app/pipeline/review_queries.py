"""What reviews ask of the database: those a person may see, their deals, what was taken on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account
from app.paging import Page, Place, page_of
from app.pipeline.agenda import Topic
from app.pipeline.kept_reasons import read
from app.pipeline.models import Opportunity
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.rules import Outcome, Stage
from app.pipeline.standstill_queries import HOLDS, SUPPORT
from app.stakeholders.models import RoleHolding, Stakeholder
from app.stakeholders.rules import Role, Support
from app.users.models import User
from app.vocabulary import Reason


def shown_to(seen: Select[Any], user_id: int) -> ColumnElement[bool]:
    """Reviews that somebody led, or that talked of an account they may see."""
    theirs = select(ReviewItem.review_id).where(ReviewItem.account_id.in_(seen))
    return or_(Review.user_id == user_id, Review.id.in_(theirs))


def find_review(
    session: Session, review_id: int, seen: Select[Any], user_id: int
) -> tuple[Review, str] | None:
    """A review with its leader's name; None when it is not for this person."""
    query = (
        select(Review, User.name)
        .outerjoin(User, User.id == Review.user_id)
        .where(Review.id == review_id, shown_to(seen, user_id))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1] or "")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A line of the list of reviews."""

    id: int
    on: date
    since: date
    leader: str
    is_open: bool
    deals: int
    decided: int
    actions: int
    done: int


def review_rows(session: Session, seen: Select[Any], user_id: int, place: Place) -> Page[ReviewRow]:
    """The reviews a person may see, newest first, with what came of them."""
    own = ReviewItem.review_id == Review.id
    taken = and_(ReviewAction.review_id == Review.id, ReviewAction.archived_at.is_(None))
    may_see = or_(ReviewAction.account_id.is_(None), ReviewAction.account_id.in_(seen))
    mine = own & ReviewItem.account_id.in_(seen)
    query = (
        select(
            Review.id,
            Review.on,
            Review.since,
            User.name.label("leader"),
            Review.closed_at,
            _count(mine).label("deals"),
            _count(mine & (ReviewItem.decision != "")).label("decided"),
            _count(taken & may_see).label("actions"),
            _count(taken & may_see & ReviewAction.done_on.is_not(None)).label("done"),
        )
        .outerjoin(User, User.id == Review.user_id)
        .where(shown_to(seen, user_id))
    )
    page = page_of(session, query, Review.on, Review.id, place, descending=True)
    rows = [_review_row(row) for row in page.rows]
    return Page(rows, page.after, page.before)


def _count(where: ColumnElement[bool]) -> Any:
    return select(func.count()).where(where).correlate(Review).scalar_subquery()


def _review_row(row: Any) -> ReviewRow:
    return ReviewRow(
        row.id,
        row.on,
        row.since,
        row.leader or "",
        row.closed_at is None,
        row.deals,
        row.decided,
        row.actions,
        row.done,
    )


def last_review(
    session: Session, seen: Select[Any], user_id: int, before: int | None = None
) -> Review | None:
    """The newest closed review that a person may see, or the newest before another one."""
    query = select(Review).where(Review.closed_at.is_not(None), shown_to(seen, user_id))
    if before is not None:
        query = query.where(Review.id < before)
    return session.scalar(query.order_by(Review.on.desc(), Review.id.desc()).limit(1))


def open_reviews(session: Session, seen: Select[Any], user_id: int) -> list[tuple[int, date, str]]:
    """The meetings under way that a person may join: id, day, leader."""
    rows = session.execute(
        select(Review.id, Review.on, User.name)
        .outerjoin(User, User.id == Review.user_id)
        .where(Review.closed_at.is_(None), shown_to(seen, user_id))
        .order_by(Review.id.desc())
        .limit(10)
    )
    return [(row[0], row[1], row[2] or "") for row in rows]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A deal of a review: as it stood that day, what was decided, how it stands by now."""

    id: int
    place: int
    account_id: int
    account: str
    opportunity_id: int
    name: str
    owner_id: int | None
    owner: str
    stage: Stage
    amount: Decimal | None
    currency: str
    close_on: date | None
    outcome: Outcome
    topics: tuple[tuple[Topic, Reason], ...]
    decision: str
    decided_by: str
    discussed_at: datetime | None
    version: int


def items_of(
    session: Session, review_id: int, seen: Select[Any], place: int | None = None
) -> list[ItemRow]:
    """The deals of a review that a person may see, in order; or one of them by its place."""
    decider = aliased(User)
    query = (
        select(ReviewItem, Opportunity.name, Opportunity.outcome, Opportunity.owner_id,
               Account.name.label("account"), User.name.label("owner"),
               decider.name.label("decider"))
        .join(Opportunity, Opportunity.id == ReviewItem.opportunity_id)
        .join(Account, Account.id == ReviewItem.account_id)
        .outerjoin(User, User.id == Opportunity.owner_id)
        .outerjoin(decider, decider.id == ReviewItem.user_id)
        .where(ReviewItem.review_id == review_id, ReviewItem.account_id.in_(seen))
        .order_by(ReviewItem.place)
    )  # fmt: skip
    if place is not None:
        query = query.where(ReviewItem.place == place)
    return [_item_row(row) for row in session.execute(query)]


def _item_row(row: Any) -> ItemRow:
    item: ReviewItem = row[0]
    return ItemRow(
        id=item.id,
        place=item.place,
        account_id=item.account_id,
        account=row.account,
        opportunity_id=item.opportunity_id,
        name=row.name,
        owner_id=row.owner_id,
        owner=row.owner or "",
        stage=Stage(item.stage),
        amount=item.amount,
        currency=item.currency,
        close_on=item.close_on,
        outcome=Outcome(row.outcome),
        topics=tuple((Topic(topic), read(why)) for topic, why in item.topics),
        decision=item.decision,
        decided_by=row.decider or "",
        discussed_at=item.discussed_at,
        version=item.version,
    )


def neighbours(
    session: Session, review_id: int, seen: Select[Any], place: int
) -> tuple[int | None, int | None]:
    """The places before and after one, among the deals that a person may see."""
    mine = (ReviewItem.review_id == review_id, ReviewItem.account_id.in_(seen))
    before = select(func.max(ReviewItem.place)).where(*mine, ReviewItem.place < place)
    after = select(func.min(ReviewItem.place)).where(*mine, ReviewItem.place > place)
    row = session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What somebody took on."""

    id: int
    review_id: int
    opportunity_id: int | None
    deal: str
    what: str
    owner_id: int | None
    owner: str
    due: date | None
    done_on: date | None
    outcome: str
    version: int


def actions_of(
    session: Session,
    seen: Select[Any],
    *,
    review_ids: Iterable[int] | None = None,
    opportunity_id: int | None = None,
    is_open: bool = False,
    before: int | None = None,
) -> list[ActionRow]:
    """What was taken on in some reviews, or for a deal in any; only for accounts ``seen``.

    ``before`` a review are those of earlier ones.
    """
    query = (
        select(ReviewAction, Opportunity.name.label("deal"), User.name.label("owner"))
        .outerjoin(Opportunity, Opportunity.id == ReviewAction.opportunity_id)
        .outerjoin(User, User.id == ReviewAction.owner_id)
        .where(ReviewAction.archived_at.is_(None))
        .where(or_(ReviewAction.account_id.is_(None), ReviewAction.account_id.in_(seen)))
        .order_by(ReviewAction.due.nulls_last(), ReviewAction.id)
    )
    if review_ids is not None:
        query = query.where(ReviewAction.review_id.in_(list(review_ids)))
    if opportunity_id is not None:
        query = query.where(ReviewAction.opportunity_id == opportunity_id)
    if before is not None:
        query = query.where(ReviewAction.review_id < before)
    if is_open:
        query = query.where(ReviewAction.done_on.is_(None))
    return [_action_row(row) for row in session.execute(query)]


def _action_row(row: Any) -> ActionRow:
    action: ReviewAction = row[0]
    return ActionRow(
        action.id,
        action.review_id,
        action.opportunity_id,
        row.deal or "",
        action.what,
        action.owner_id,
        row.owner or "",
        action.due,
        action.done_on,
        action.outcome,
        action.version,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What an earlier review decided about a deal."""

    on: date
    decision: str
    review_id: int


def decisions_on(session: Session, opportunity_id: int, before: int) -> list[Decided]:
    """What reviews before one decided about a deal, newest first."""
    rows = session.execute(
        select(Review.on, ReviewItem.decision, Review.id)
        .join(Review, Review.id == ReviewItem.review_id)
        .where(ReviewItem.opportunity_id == opportunity_id, ReviewItem.decision != "")
        .where(Review.id < before)
        .order_by(Review.on.desc(), Review.id.desc())
        .limit(5)
    )
    return [Decided(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """Somebody who decides on, or stands against, the deals of an account."""

    id: int
    name: str
    title: str
    role: Role
    support: Support | None


def key_people(session: Session, account_id: int) -> list[KeyPerson]:
    """Who decides at an account, who stands against us, and how each was last seen."""
    rows = session.execute(
        select(Stakeholder.id, Stakeholder.name, Stakeholder.title, RoleHolding.role, SUPPORT)
        .join(Stakeholder, Stakeholder.id == RoleHolding.stakeholder_id)
        .where(RoleHolding.account_id == account_id, *HOLDS)
        .where(RoleHolding.role.in_((Role.DECIDER, Role.BLOCKER)))
        .where(Stakeholder.archived_at.is_(None), Stakeholder.left_on.is_(None))
        .order_by(RoleHolding.role.desc(), Stakeholder.name)
        .limit(8)
    )
    return [
        KeyPerson(id_, name, title, Role(role), None if support is None else Support(support))
        for id_, name, title, role, support in rows
    ]
