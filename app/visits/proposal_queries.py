"""Everyone a person might visit, at all their accounts at once: a fixed number of SELECTs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Date, Integer, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Membership
from app.paging import Query
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome, Stage
from app.stakeholders.layers import power_map
from app.stakeholders.map_facts import MapFacts, PersonFact, TieFact
from app.stakeholders.map_settings import MapSettings
from app.stakeholders.models import Coverage, Observation, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import Role, Support, TieKind
from app.stakeholders.sway import Sway
from app.users.rules import Level
from app.visits.models import Visit, VisitPerson
from app.visits.priority import Candidate, Priority, ranked
from app.visits.proposal import Wish, wishes
from app.visits.rhythm_queries import visit_settings

MOST_ACCOUNTS = 200
NEEDED_WITHIN = timedelta(days=60)
"""A deal that closes within two months needs its people now; house convention."""

NEEDED_ROLES: dict[Stage, frozenset[Role]] = {
    Stage.PROSPECTING: frozenset({Role.GUIDE}),
    Stage.QUALIFICATION: frozenset({Role.GUIDE, Role.INFLUENCER}),
    Stage.PROPOSAL: frozenset({Role.DECIDER, Role.INFLUENCER, Role.PROPOSER}),
    Stage.BIDDING: frozenset({Role.PROPOSER, Role.EXECUTOR, Role.BLOCKER}),
    Stage.NEGOTIATION: frozenset({Role.DECIDER, Role.BLOCKER}),
    Stage.DELIVERY: frozenset({Role.EXECUTOR}),
}
"""Whose word each stage's milestone needs; house convention after [002]."""


ROLES = {one.value: one for one in Role}
SUPPORTS = {one.value: one for one in Support}
KINDS = {one.value: one for one in (TieKind.INFLUENCES, TieKind.REPORTS_TO)}
"""Terms by what the database has for them: looked up by the thousand."""

PERSON, TIE = Stakeholder.__table__.c, Tie.__table__.c
HELD, COVER, SEEN = RoleHolding.__table__.c, Coverage.__table__.c, Observation.__table__.c
"""The tables' own columns: by the thousand, the mapper costs more than the database."""

IDS = bindparam("ids", expanding=True, type_=Integer)
DAY = bindparam("day", type_=Date)
"""Which accounts, and which day, are filled in: a statement is built once."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose visits are proposed, from which accounts, seen from which day."""

    user_id: int
    on: date
    seen: Any


def priorities(session: Session, sought: Sought) -> tuple[list[Wish], dict[int, list[Priority]]]:
    """The accounts that have somebody to be seen, and everyone's priority by account."""
    accounts = _accounts(session, sought)
    ids = [row.id for row in accounts]
    people = _candidates(session, accounts, sought.on) if ids else {}
    order = {account_id: ranked(found, sought.on) for account_id, found in people.items()}
    waiting = _planned(session, ids, sought.on)
    free = {
        account_id: [one for one in found if one.person_id not in waiting]
        for account_id, found in order.items()
    }
    return wishes(((row.id, row.name, row.city) for row in accounts), free), order


def _accounts(session: Session, sought: Sought) -> Sequence[Any]:
    """Those of whose team the person is and may change; the ones left longest come first."""
    mine = select(Membership.account_id).where(
        Membership.user_id == sought.user_id, Membership.level >= Level.EDIT
    )
    query = (
        select(Account.id, Account.name, Account.city, Account.size_class)
        .where(Account.id.in_(mine), Account.id.in_(sought.seen), Account.archived_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return session.execute(query.limit(MOST_ACCOUNTS)).all()


def _planned(session: Session, ids: Sequence[int], on: date) -> set[int]:
    """Those whom a visit ahead is to already."""
    rows = session.scalars(
        select(VisitPerson.stakeholder_id)
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(
            Visit.account_id.in_(ids),
            Visit.on >= on,
            Visit.held_on.is_(None),
            Visit.archived_at.is_(None),
        )
    )
    return set(rows)


def _candidates(session: Session, accounts: Sequence[Any], on: date) -> dict[int, list[Candidate]]:
    sizes = {row.id: row.size_class for row in accounts}
    ids, settings = list(sizes), visit_settings(session)
    people, roles, known = _people(session, ids, on), _roles(session, ids), _known(session, ids)
    support, needed = _support(session, ids), _needed(session, ids, on)
    holders = Counter((row.account_id, role) for row in people for role in roles.get(row.id, ()))
    sway = _sway(people, roles, _ties(session, ids))
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in people:
        account_id, held = row.account_id, roles.get(row.id, frozenset())
        found[account_id].append(
            Candidate(
                row.id,
                row.name,
                sway[row.id],
                held,
                row.touched_on if known[row.id] else None,
                settings.rhythm(held, sizes[account_id], row.rhythm_days),
                any(holders[account_id, role] == 1 for role in held),
                known[row.id],
                *support.get(row.id, (None, None)),
                is_needed_for=_need(needed.get(account_id, ()), held),
            )
        )
    return found


def _sway(
    people: Sequence[Any], roles: dict[int, frozenset[Role]], ties: dict[int, list[TieFact]]
) -> dict[int, float]:
    """Everyone's share of their account's sway: all alike where no decider is known."""
    by_account: dict[int, list[Any]] = defaultdict(list)
    for row in people:
        by_account[row.account_id].append(row)
    found: dict[int, float] = {}
    for account_id, here in by_account.items():
        held = tuple((row.id, roles.get(row.id, frozenset())) for row in here)
        shares = _shares(held, tuple(ties.get(account_id, ())))
        alike = 0.0 if shares else 1 / len(here)
        found |= {row.id: shares.get(row.id, alike) for row in here}
    return found


def _people(session: Session, ids: Sequence[int], on: date) -> Sequence[Any]:
    return session.execute(_people_asked(), {"ids": ids, "day": on}).all()


@cache
def _people_asked() -> Query:
    columns = (PERSON.id, PERSON.account_id, PERSON.name, PERSON.rhythm_days, PERSON.touched_on)
    return (
        select(*columns)
        .where(
            PERSON.account_id.in_(IDS),
            PERSON.archived_at.is_(None),
            PERSON.is_placeholder.is_(False),
            or_(PERSON.left_on.is_(None), PERSON.left_on > DAY),
        )
        .order_by(PERSON.account_id, PERSON.id)
    )


def _roles(session: Session, ids: Sequence[int]) -> dict[int, frozenset[Role]]:
    found: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in session.execute(_roles_asked(), {"ids": ids}):
        found[person_id].add(ROLES[role])
    return {person_id: frozenset(held) for person_id, held in found.items()}


@cache
def _roles_asked() -> Query:
    return select(HELD.stakeholder_id, HELD.role).where(
        HELD.account_id.in_(IDS), HELD.until.is_(None), HELD.opportunity_id.is_(None)
    )


def _ties(session: Session, ids: Sequence[int]) -> dict[int, list[TieFact]]:
    found: dict[int, list[TieFact]] = defaultdict(list)
    rows = session.execute(_ties_asked(), {"ids": ids})
    for account_id, kind, from_id, to_id, weight in rows:
        found[account_id].append(TieFact(KINDS[kind], from_id, to_id, weight))
    return found


@cache
def _ties_asked() -> Query:
    return (
        select(TIE.account_id, TIE.kind, TIE.from_id, TIE.to_id, TIE.weight)
        .where(TIE.account_id.in_(IDS), TIE.until.is_(None), TIE.kind.in_(list(KINDS)))
        .order_by(TIE.id)
    )


def _known(session: Session, ids: Sequence[int]) -> Counter[int]:
    """How many of ours know each person."""
    return Counter({row[0]: row[1] for row in session.execute(_known_asked(), {"ids": ids})})


@cache
def _known_asked() -> Query:
    return (
        select(COVER.stakeholder_id, func.count())
        .where(COVER.account_id.in_(IDS), COVER.until.is_(None))
        .group_by(COVER.stakeholder_id)
    )


def _support(
    session: Session, ids: Sequence[int]
) -> dict[int, tuple[Support | None, Support | None]]:
    """The last two judgements of support: now, and before."""
    found: dict[int, dict[int, Support]] = defaultdict(dict)
    for person_id, support, at in session.execute(_support_asked(), {"ids": ids}):
        found[person_id][at] = SUPPORTS[support]
    return {one: (seen.get(1), seen.get(2)) for one, seen in found.items()}


@cache
def _support_asked() -> Query:
    place = func.row_number().over(
        partition_by=SEEN.stakeholder_id, order_by=(SEEN.on.desc(), SEEN.id.desc())
    )
    newest = (
        select(SEEN.stakeholder_id, SEEN.support, place.label("place"))
        .where(SEEN.account_id.in_(IDS), SEEN.support.is_not(None))
        .subquery()
    )
    return select(newest).where(newest.c.place <= 2)


def _needed(session: Session, ids: Sequence[int], on: date) -> dict[int, list[tuple[str, Stage]]]:
    """Open deals that are to close soon, by account, the first to close in front.

    Looked for by account and sorted here: by day, everybody's would be gone through.
    """
    found: dict[int, list[tuple[str, Stage]]] = defaultdict(list)
    close_on = func.coalesce(Opportunity.close_on, date.max)
    rows = session.execute(
        select(
            close_on, Opportunity.id, Opportunity.account_id, Opportunity.name, Opportunity.stage
        ).where(
            Opportunity.account_id.in_(ids),
            Opportunity.outcome == Outcome.OPEN,
            Opportunity.archived_at.is_(None),
            close_on <= on + NEEDED_WITHIN,
        )
    )
    for row in sorted(rows, key=lambda row: row[:2]):
        found[row.account_id].append((row.name, Stage(row.stage)))
    return found


def _need(deals: Iterable[tuple[str, Stage]], held: frozenset[Role]) -> str:
    return next((name for name, stage in deals if NEEDED_ROLES[stage] & held), "")


@lru_cache(maxsize=2048)
def _shares(
    held: tuple[tuple[int, frozenset[Role]], ...], ties: tuple[TieFact, ...]
) -> dict[int, float]:
    """Everyone's sway by roles and ties, on any day; nothing while no decider is known."""
    people = tuple(PersonFact(person_id, "", roles=roles) for person_id, roles in held)
    here = {person_id for person_id, _roles in held}
    within = tuple(tie for tie in ties if tie.from_id in here and tie.to_id in here)
    return Sway(power_map(MapFacts(people, within, (), date.min)), MapSettings()).shares
