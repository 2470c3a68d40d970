"""What is asked of the database about deals: lists, totals, one deal with all that happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import Seen
from app.paging import SIZE, Page, Place, count_up_to, page_of
from app.pipeline.closing_order import first_listed
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.rules import STAGES, Outcome, Stage, place_of
from app.pipeline.spans import FAR
from app.pipeline.standing_queries import (
    DealWish,
    deals_anywhere,
    deals_listed,
    deals_on,
    is_wide,
    stood_listed,
    stood_on,
)
from app.pipeline.sums import Numbers, kept_sums
from app.users.models import User

LONG_AGO = date(1, 1, 1)
PIECE = 1_000


@dataclass(frozen=True, slots=True)
class Total:
    """What stands in one stage with one outcome, in one currency; ``amount`` None if unknown."""

    stage: Stage
    outcome: Outcome
    currency: str
    count: int
    amount: Decimal | None
    weighted: Decimal | None
    rated: int


def pipeline_totals(
    session: Session,
    seen: Seen | None = None,
    on: date | None = None,
    wish: DealWish | None = None,
) -> list[Total]:
    """Counts and sums by stage, outcome and currency, today or at the end of a day.

    ``seen`` narrows to account ids; None means all. ``weighted`` sums amount × the seller's
    probability over the ``rated`` deals that have both.
    """
    wish = wish or DealWish()
    deals = deals_on(seen, wish) if on is None else stood_on(seen, wish, on)
    near = partial(_near, seen, wish, on)
    found = kept_sums(session, seen, wish, deals, "stage", "outcome", "currency", near=near)
    outcomes = list(Outcome)
    return sorted(
        (total_of(key, numbers) for key, numbers in found.items()),
        key=lambda one: (place_of(one.stage), outcomes.index(one.outcome), one.currency),
    )


def _near(seen: Seen | None, wish: DealWish, on: date | None) -> Subquery:
    return deals_listed(seen, wish) if on is None else stood_listed(seen, wish, on)


def total_of(standing: Sequence[str], numbers: Numbers) -> Total:
    """The total that numbers of a stage, outcome and currency are."""
    stage, outcome, currency = standing
    sums = (numbers.amount, numbers.expected, numbers.rated)
    return Total(Stage(stage), Outcome(outcome), currency, numbers.deals, *sums)


@dataclass(frozen=True, slots=True)
class DealRow:
    """A line of a list of deals."""

    id: int
    name: str
    account_id: int
    account: str
    owner: str
    stage: Stage
    outcome: Outcome
    amount: Decimal | None
    currency: str
    close_on: date | None
    since: date
    closed_on: date | None
    opened_on: date
    probability: Decimal | None
    grade: str
    next_step: str
    next_step_on: date | None
    competitor: str

    @property
    def place(self) -> int:
        """The place of its stage, 1…6."""
        return place_of(self.stage)


SORTS = (
    "close",
    "name",
    "account",
    "stage",
    "amount",
    "owner",
    "since",
    "closed",
    "grade",
    "step",
    "probability",
)


def deal_rows(
    session: Session,
    seen: Seen,
    wish: DealWish,
    place: Place,
    *,
    sort: str = "close",
    descending: bool = False,
) -> Page[DealRow]:
    """A page of the deals among the accounts ``seen`` that a person wishes for, counted.

    Their ids are sorted first and the page's own rows read after: what is sorted stays narrow.
    """
    deals = deals_listed(seen, wish)
    key, some = _sort_keys(deals)[sort], select(deals.c.id)
    is_usual = (sort, descending, place.before) == ("close", False, None)
    if is_usual and is_wide(seen) and wish.is_by_outcome:
        some = some.where(deals.c.id.in_(first_listed(seen, wish, place.after, SIZE + 1)))
    page = page_of(session, some, key, deals.c.id, place, descending=descending)
    ids = [row.id for row in page.rows]
    every = deals_anywhere()
    named = {row.id: row for row in session.execute(_named(every).where(every.c.id.in_(ids)))}
    rows = [_deal_row(named[one]) for one in ids]
    return replace(
        page, rows=rows, counted=count_up_to(session, select(deals.c.id).select_from(deals))
    )


@lru_cache(maxsize=32)
def _named(deals: Subquery) -> Select[Any]:
    return (
        select(deals, Account.name.label("account"), User.name.label("owner"))
        .join(Account, Account.id == deals.c.account_id)
        .outerjoin(User, User.id == deals.c.owner_id)
    )


def every_deal(
    session: Session, seen: Seen, wish: DealWish, *, sort: str, descending: bool
) -> Iterator[DealRow]:
    """All the deals that a person wishes for, read in pieces, for a file."""
    deals = deals_on(seen, wish)
    key = _sort_keys(deals)[sort]
    order = (key.desc(), deals.c.id.desc()) if descending else (key, deals.c.id)
    query = _named(deals).order_by(*order).execution_options(yield_per=PIECE)
    for row in session.execute(query):
        yield _deal_row(row)


def _sort_keys(deals: Subquery) -> dict[str, ColumnElement[Any]]:
    places = {stage.value: place for place, stage in enumerate(STAGES)}
    account = select(Account.name).where(Account.id == deals.c.account_id)
    owner = select(User.name).where(User.id == deals.c.owner_id)
    return {
        "close": func.coalesce(deals.c.close_on, FAR),
        "name": deals.c.name,
        "account": account.correlate(deals).scalar_subquery(),
        "stage": case(places, value=deals.c.stage, else_=len(places)),
        "amount": func.coalesce(deals.c.amount, -1),
        "owner": func.coalesce(owner.correlate(deals).scalar_subquery(), ""),
        "since": deals.c.since,
        "closed": func.coalesce(deals.c.closed_on, LONG_AGO),
        "grade": func.coalesce(deals.c.grade, "Z"),
        "step": func.coalesce(deals.c.next_step_on, FAR),
        "probability": func.coalesce(deals.c.probability, -1),
    }


def _deal_row(row: Any) -> DealRow:
    return DealRow(
        row.id,
        row.name,
        row.account_id,
        row.account,
        row.owner or "",
        Stage(row.stage),
        Outcome(row.outcome),
        row.amount,
        row.currency,
        row.close_on,
        row.since,
        row.closed_on,
        row.opened_on,
        row.probability,
        row.grade or "",
        row.next_step,
        row.next_step_on,
        row.competitor,
    )


def find_opportunity(session: Session, opportunity_id: int) -> Opportunity | None:
    """A deal, archived or not."""
    return session.get(Opportunity, opportunity_id)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move as it is shown."""

    id: int
    on: date
    at: datetime
    who: str
    from_stage: Stage | None
    to_stage: Stage
    outcome: Outcome
    evidence: str
    reason: str
    is_override: bool


def moves_of(session: Session, opportunity_id: int) -> list[MoveRow]:
    """Every move of a deal, oldest first, with who made it."""
    rows = session.execute(
        select(StageMove, User.name.label("who"))
        .outerjoin(User, User.id == StageMove.user_id)
        .where(StageMove.opportunity_id == opportunity_id)
        .order_by(StageMove.on, StageMove.id)
    )
    return [_move_row(move, who) for move, who in rows]


def _move_row(move: StageMove, who: str | None) -> MoveRow:
    return MoveRow(
        move.id,
        move.on,
        move.at,
        who or "",
        Stage(move.from_stage) if move.from_stage else None,
        Stage(move.to_stage),
        Outcome(move.outcome),
        move.evidence,
        move.reason,
        move.is_override,
    )


def last_move_on(session: Session, deal: Opportunity) -> date:
    """The day of a deal's last move."""
    newest = select(func.max(StageMove.on)).where(StageMove.opportunity_id == deal.id)
    return session.scalar(newest) or deal.opened_on


@dataclass(frozen=True, slots=True)
class TermsRow:
    """What was expected from a day on."""

    on: date
    who: str
    amount: Decimal | None
    close_on: date | None
    probability: Decimal | None


def terms_of(session: Session, opportunity_id: int) -> list[TermsRow]:
    """Every change of a deal's terms, oldest first."""
    rows = session.execute(
        select(Terms.on, User.name.label("who"), Terms.amount, Terms.close_on, Terms.probability)
        .outerjoin(User, User.id == Terms.user_id)
        .where(Terms.opportunity_id == opportunity_id)
        .order_by(Terms.on, Terms.id)
    )
    return [
        TermsRow(row.on, row.who or "", row.amount, row.close_on, row.probability) for row in rows
    ]
