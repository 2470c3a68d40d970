"""The facts of a map as of any day, in five SELECTs whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.stakeholders.map_facts import CoverageFact, MapFacts, PersonFact, TieFact
from app.stakeholders.models import (
    ContactReading,
    Coverage,
    Observation,
    RoleHolding,
    Stakeholder,
    Tie,
)
from app.stakeholders.post_queries import OF_A_POST, post_then
from app.stakeholders.rules import (
    NO_ROLE,
    Confidence,
    Depth,
    Influence,
    Role,
    Support,
    TieKind,
)
from app.users.models import User

Day = date | BindParameter[date]


def map_facts_of(
    session: Session, account_id: int, on: date, opportunity_id: int | None = None
) -> MapFacts:
    """What was believed on a day of an account's people, or of them in one opportunity.

    Belief is dated by the day it is about: what is entered late counts from its own day.
    """
    roles = _roles(session, account_id, on, opportunity_id)
    judged = _judged(session, account_id, on, opportunity_id)
    return MapFacts(
        people=tuple(_people(session, account_id, on, roles, judged)),
        ties=tuple(_ties(session, account_id, on)),
        coverage=tuple(coverage_facts(session, account_id, on)),
        on=on,
    )


def holds(model: Any, on: Day) -> ColumnElement[bool]:
    """That a dated row holds on a day: since ≤ day < until."""
    return and_(model.since <= on, or_(model.until.is_(None), model.until > on))


def is_here(on: Day) -> ColumnElement[bool]:
    """That a person was known and had not left on a day; the archived never were."""
    return and_(
        Stakeholder.archived_at.is_(None),
        or_(Stakeholder.known_on.is_(None), Stakeholder.known_on <= on),
        or_(Stakeholder.left_on.is_(None), Stakeholder.left_on > on),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of support and of influence that count for a person."""

    support: Support | None = None
    support_on: date | None = None
    confidence: Confidence | None = None
    influence: Influence | None = None


UNJUDGED = Judged()
ACCOUNT: BindParameter[int] = bindparam("account_id", type_=Integer)
DAY: BindParameter[date] = bindparam("day", type_=Date)
DEAL: BindParameter[int] = bindparam("deal_id", type_=Integer)
"""Places in the statements below, which are built once: building costs more than asking."""


@cache
def _people_query() -> Any:
    columns = (
        Stakeholder.id,
        Stakeholder.name,
        Stakeholder.is_outside,
        Stakeholder.is_placeholder,
        Stakeholder.rhythm_days,
    )
    post = post_then(ACCOUNT, DAY)
    held = [
        case((post.c.stakeholder_id.is_(None), getattr(Stakeholder, name)), else_=post.c[name])
        for name in OF_A_POST
    ]
    here = (
        select(*columns, *(one.label(name) for name, one in zip(OF_A_POST, held, strict=True)))
        .outerjoin(post, and_(post.c.stakeholder_id == Stakeholder.id, post.c.place == 1))
        .where(Stakeholder.account_id == ACCOUNT, is_here(DAY))
    )
    return here.order_by(Stakeholder.id)


def _people(
    session: Session,
    account_id: int,
    on: date,
    roles: dict[int, frozenset[Role]],
    judged: dict[int, Judged],
) -> Iterable[PersonFact]:
    for row in session.execute(_people_query(), {"account_id": account_id, "day": on}):
        seen = judged.get(row.id, UNJUDGED)
        yield PersonFact(
            id=row.id,
            name=row.name,
            title=row.title,
            department=row.department,
            unit=row.unit,
            level=row.level,
            is_outside=row.is_outside,
            is_placeholder=row.is_placeholder,
            roles=roles.get(row.id, frozenset()),
            support=seen.support,
            support_on=seen.support_on,
            support_confidence=seen.confidence,
            influence=seen.influence,
            since=row.since,
            rhythm_days=row.rhythm_days,
        )


def _roles(
    session: Session, account_id: int, on: date, opportunity_id: int | None
) -> dict[int, frozenset[Role]]:
    """Roles by person; those on the opportunity stand in place of those on the account."""
    found: dict[tuple[int, bool], set[str]] = defaultdict(set)
    query = _roles_query(has_deal=opportunity_id is not None)
    for row in session.execute(query, _values(account_id, on, opportunity_id)):
        found[row.stakeholder_id, row.opportunity_id is not None].add(row.role)
    return {
        person_id: frozenset(Role(role) for role in names if role != NO_ROLE)
        for (person_id, is_own), names in found.items()
        if is_own or (person_id, True) not in found
    }


def _values(account_id: int, on: date, opportunity_id: int | None) -> dict[str, Any]:
    values = {"account_id": account_id, "day": on}
    return values if opportunity_id is None else {**values, "deal_id": opportunity_id}


@cache
def _roles_query(*, has_deal: bool) -> Any:
    return select(RoleHolding.stakeholder_id, RoleHolding.role, RoleHolding.opportunity_id).where(
        RoleHolding.account_id == ACCOUNT,
        holds(RoleHolding, DAY),
        _in_scope(RoleHolding, has_deal=has_deal),
    )


def _judged(
    session: Session, account_id: int, on: date, opportunity_id: int | None
) -> dict[int, Judged]:
    """The newest judgement of support and of influence; the opportunity's own come first."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    query = _judged_query(has_deal=opportunity_id is not None)
    for row in session.execute(query, _values(account_id, on, opportunity_id)):
        if row.what == "support":
            found[row.stakeholder_id] |= {
                "support": Support(row.value),
                "support_on": row.on,
                "confidence": Confidence(row.confidence),
            }
        else:
            found[row.stakeholder_id]["influence"] = Influence(row.value)
    return {person_id: Judged(**values) for person_id, values in found.items()}


@cache
def _judged_query(*, has_deal: bool) -> Any:
    return union_all(_newest("support", has_deal=has_deal), _newest("influence", has_deal=has_deal))


def _newest(what: str, *, has_deal: bool) -> Any:
    value = getattr(Observation, what)
    own_first = Observation.opportunity_id.is_not(None).desc()
    place = func.row_number().over(
        partition_by=Observation.stakeholder_id,
        order_by=(own_first, Observation.on.desc(), Observation.at.desc(), Observation.id.desc()),
    )
    ranked = (
        select(
            literal(what).label("what"),
            Observation.stakeholder_id,
            value.label("value"),
            Observation.on,
            Observation.confidence,
            place.label("place"),
        )
        .where(
            Observation.account_id == ACCOUNT,
            Observation.on <= DAY,
            value.is_not(None),
            _in_scope(Observation, has_deal=has_deal),
        )
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1)


def _in_scope(model: Any, *, has_deal: bool) -> ColumnElement[bool]:
    account: ColumnElement[bool] = model.opportunity_id.is_(None)
    return account | (model.opportunity_id == DEAL) if has_deal else account


@cache
def _ties_query() -> Any:
    held = select(Tie.kind, Tie.from_id, Tie.to_id, Tie.weight)
    return held.where(Tie.account_id == ACCOUNT, holds(Tie, DAY)).order_by(Tie.id)


def _ties(session: Session, account_id: int, on: date) -> Iterable[TieFact]:
    for row in session.execute(_ties_query(), {"account_id": account_id, "day": on}):
        yield TieFact(TieKind(row.kind), row.from_id, row.to_id, row.weight)


@cache
def _coverage_query() -> Any:
    held = (
        select(
            Coverage.user_id,
            User.name,
            Coverage.stakeholder_id,
            newest_depth(DAY).label("depth"),
            last_contact(DAY).label("last"),
            User.office,
        )
        .join(User, User.id == Coverage.user_id)
        .where(Coverage.account_id == ACCOUNT, holds(Coverage, DAY))
    )
    return held.order_by(Coverage.id)


def coverage_facts(session: Session, account_id: int, on: date) -> Iterable[CoverageFact]:
    """Our ties to the people of an account as they were on a day."""
    for row in session.execute(_coverage_query(), {"account_id": account_id, "day": on}):
        depth = None if row.depth is None else Depth(row.depth)
        yield CoverageFact(row.user_id, row.name, row.stakeholder_id, depth, row.last, row.office)


def newest_depth(on: Day) -> Any:
    """The depth judged last, by a day, of the coverage at hand; a scalar subquery."""
    return (
        select(ContactReading.depth)
        .where(
            ContactReading.coverage_id == Coverage.id,
            ContactReading.on <= on,
            ContactReading.depth.is_not(None),
        )
        .order_by(ContactReading.on.desc(), ContactReading.id.desc())
        .limit(1)
        .correlate(Coverage)
        .scalar_subquery()
    )


def last_contact(on: Day) -> Any:
    """The last day, by a day, on which the coverage at hand was in touch; a scalar subquery."""
    return (
        select(func.max(ContactReading.on))
        .where(
            ContactReading.coverage_id == Coverage.id,
            ContactReading.on <= on,
            ContactReading.is_contact.is_(True),
        )
        .correlate(Coverage)
        .scalar_subquery()
    )


def tie_facts(session: Session, account_id: int, on: date) -> MapFacts:
    """People by name and ties alone: enough to ask whether a tie may be drawn."""
    here = select(Stakeholder.id, Stakeholder.name).where(
        Stakeholder.account_id == account_id, is_here(on)
    )
    people = tuple(PersonFact(row.id, row.name) for row in session.execute(here))
    return MapFacts(people, tuple(_ties(session, account_id, on)), (), on)
