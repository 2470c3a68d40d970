"""What a brief gathers about the people, the deal and the account of a visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.pipeline.deal_models import DealCriterion
from app.pipeline.models import Opportunity
from app.pipeline.rules import Stage
from app.stakeholders.map_queries import last_contact, newest_depth
from app.stakeholders.models import Coverage, Criterion, Observation, Stakeholder, Tie
from app.stakeholders.rules import (
    Confidence,
    DecisionStyle,
    Depth,
    Influence,
    Role,
    Support,
    TieKind,
    Value,
)
from app.users.models import User
from app.visits.log_queries import PromiseRow, promise_rows
from app.visits.models import Promise, Visit, VisitPerson
from app.visits.queries import VisitRow, held_before, roles_held
from app.visits.question_queries import QuestionRow, question_rows


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement of somebody's support, and how we know it."""

    support: Support
    on: date
    confidence: Confidence
    source: str
    author: str


@dataclass(frozen=True, slots=True)
class OurTie:
    """One of ours who knows the person."""

    name: str
    depth: Depth | None
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class BriefPerson:
    """One of theirs, as whoever goes there must know them."""

    id: int
    name: str
    title: str
    department: str
    roles: tuple[Role, ...]
    judged: Judged | None
    influence: Influence | None
    style: DecisionStyle | None
    values: tuple[Value, ...]
    interests: str
    pressures: str
    criteria: tuple[str, ...]
    at_odds: tuple[str, ...]
    ours: tuple[OurTie, ...]


@dataclass(frozen=True, slots=True)
class BriefDeal:
    """The deal that a visit is about; what it will be decided by, first things first."""

    id: int
    name: str
    stage: Stage
    amount: Decimal | None
    close_on: date | None
    next_step: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything on the page that somebody takes along."""

    people: list[BriefPerson]
    deal: BriefDeal | None
    before: list[VisitRow]
    promises: list[PromiseRow]
    steps: list[VisitRow]
    questions: list[QuestionRow] = field(default_factory=list)

    @property
    def opposed(self) -> list[BriefPerson]:
        """Those in the room who are against us, or could stop it."""
        return [
            one
            for one in self.people
            if Role.BLOCKER in one.roles or (one.judged and one.judged.support < Support.NEUTRAL)
        ]


def brief_of(session: Session, visit: Visit, on: date) -> Brief:
    """The brief of a visit, in a dozen SELECTs whatever the number of people."""
    open_ones = (Promise.account_id == visit.account_id, Promise.done_on.is_(None))
    before = held_before(session, visit)
    return Brief(
        people=brief_people(session, visit, on),
        deal=_deal(session, visit),
        before=before,
        promises=promise_rows(session, *open_ones),
        steps=[row for row in before if row.next_step and not row.next_step_done_on],
        questions=question_rows(session, visit.id),
    )


def brief_people(session: Session, visit: Visit, on: date) -> list[BriefPerson]:
    """Whom the visit is to, those with most influence first."""
    people = session.scalars(
        select(Stakeholder)
        .join(VisitPerson, VisitPerson.stakeholder_id == Stakeholder.id)
        .where(VisitPerson.visit_id == visit.id)
        .order_by(Stakeholder.level.is_(None), Stakeholder.level, Stakeholder.name)
    ).all()
    return _brief_of(session, people, on) if people else []


def _brief_of(session: Session, people: Sequence[Stakeholder], on: date) -> list[BriefPerson]:
    ids = [one.id for one in people]
    roles, judged = roles_held(session, ids), _judged(session, ids)
    influence, criteria = _influence(session, ids), _criteria(session, ids)
    at_odds, ours = _at_odds(session, ids), _ours(session, ids, on)
    return [
        BriefPerson(
            id=one.id,
            name=one.name,
            title=one.title,
            department=one.department,
            roles=roles.get(one.id, ()),
            judged=judged.get(one.id),
            influence=influence.get(one.id),
            style=DecisionStyle(one.style) if one.style else None,
            values=tuple(Value(value) for value in one.values),
            interests=one.interests,
            pressures=one.pressures,
            criteria=tuple(criteria[one.id]),
            at_odds=tuple(at_odds[one.id]),
            ours=tuple(ours[one.id]),
        )
        for one in people
    ]


def _judged(session: Session, ids: Sequence[int]) -> dict[int, Judged]:
    place = func.row_number().over(
        partition_by=Observation.stakeholder_id,
        order_by=(Observation.on.desc(), Observation.id.desc()),
    )
    newest = (
        select(Observation.id, place.label("place"))
        .where(Observation.stakeholder_id.in_(ids), Observation.support.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(Observation, User.name)
        .join(newest, newest.c.id == Observation.id)
        .outerjoin(User, User.id == Observation.user_id)
        .where(newest.c.place == 1)
    )
    return {seen.stakeholder_id: _judged_by(seen, name or "") for seen, name in rows}


def _judged_by(seen: Observation, name: str) -> Judged:
    confidence = Confidence(seen.confidence)
    return Judged(Support(seen.support or 0), seen.on, confidence, seen.source, name)


def _influence(session: Session, ids: Sequence[int]) -> dict[int, Influence]:
    rows = session.execute(
        select(Observation.stakeholder_id, Observation.influence)
        .where(Observation.stakeholder_id.in_(ids), Observation.influence.is_not(None))
        .order_by(Observation.on, Observation.id)
    )
    return {row.stakeholder_id: Influence(row.influence) for row in rows}


def _criteria(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Criterion.stakeholder_id, Criterion.words)
        .where(Criterion.stakeholder_id.in_(ids))
        .order_by(Criterion.rank, Criterion.id)
    )
    for person_id, words in rows:
        found[person_id].append(words)
    return found


def _at_odds(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    one, other = aliased(Stakeholder), aliased(Stakeholder)
    rows = session.execute(
        select(Tie.from_id, one.name.label("from_name"), Tie.to_id, other.name.label("to_name"))
        .join(one, one.id == Tie.from_id)
        .join(other, other.id == Tie.to_id)
        .where(
            Tie.kind == TieKind.AT_ODDS,
            Tie.until.is_(None),
            or_(Tie.from_id.in_(ids), Tie.to_id.in_(ids)),
        )
        .order_by(Tie.id)
    )
    for row in rows:
        found[row.from_id].append(row.to_name)
        found[row.to_id].append(row.from_name)
    return found


def _ours(session: Session, ids: Sequence[int], on: date) -> dict[int, list[OurTie]]:
    found: dict[int, list[OurTie]] = defaultdict(list)
    rows = session.execute(
        select(
            Coverage.stakeholder_id,
            User.name,
            newest_depth(on).label("depth"),
            last_contact(on).label("last"),
        )
        .join(User, User.id == Coverage.user_id)
        .where(Coverage.stakeholder_id.in_(ids), Coverage.until.is_(None))
        .order_by(Coverage.is_owner.desc(), Coverage.id)
    )
    for person_id, name, depth, last in rows:
        found[person_id].append(OurTie(name, None if depth is None else Depth(depth), last))
    return found


def _deal(session: Session, visit: Visit) -> BriefDeal | None:
    if visit.opportunity_id is None:
        return None
    deal = session.get(Opportunity, visit.opportunity_id)
    if deal is None:
        return None
    criteria = session.scalars(
        select(DealCriterion.words)
        .where(DealCriterion.opportunity_id == deal.id)
        .order_by(DealCriterion.rank, DealCriterion.id)
    )
    return BriefDeal(
        deal.id,
        deal.name,
        Stage(deal.stage),
        deal.amount,
        deal.close_on,
        deal.next_step,
        tuple(criteria),
    )
