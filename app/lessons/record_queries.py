"""The records of deals: every fact with its day, in a fixed number of SELECTs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Session

from app.history import Change
from app.lessons.facts import Expected, Facts, Moved, Quote, Record, facts_on, looks
from app.paging import Query
from app.pipeline.around import AccountFacts
from app.pipeline.around_queries import facts_of
from app.pipeline.deal_models import Contender, DealCriterion, DealNote, DealReading
from app.pipeline.deal_queries import REFUSED, VISITS, day_of
from app.pipeline.mirroring import BUYER
from app.pipeline.models import Opportunity, StageMove, Terms
from app.pipeline.noting import NoteKind
from app.pipeline.rules import Outcome, Stage

STAGE_OF = {one.value: one for one in Stage}
OUTCOME_OF = {one.value: one for one in Outcome}
NOBODY = AccountFacts()


@dataclass(slots=True)
class Found:
    """What is found of some deals, by deal."""

    moves: dict[int, list[Moved]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[int, list[Expected]] = field(default_factory=lambda: defaultdict(list))
    buyer: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    noes: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    criteria: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    visits: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    quotes: dict[int, list[Quote]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))


def records_of(session: Session, deals: Select[Any], until: date) -> list[tuple[Any, Record]]:
    """Deals, chosen by a SELECT of their ids, each with its record until a day.

    What the record holds without a day (a competitor brought in by an import, a next step) is
    known from that day on and no earlier; where the history tells since when, it is believed.
    """
    rows = session.execute(_deals(deals)).all()
    found = Found()
    for gather in (_moves, _terms, _buyer, _noes, _criteria, _visits):
        gather(session, deals, until, found)
    _quotes(session, deals, until, found, rows)
    _steps(session, deals, until, found, rows)
    accounts = facts_of(session, _accounts(deals), until)
    contacts = {account: sorted(facts.contacts) for account, facts in accounts.items()}
    return [(row, _record(row, found, accounts, contacts)) for row in rows]


def _deals(deals: Select[Any]) -> Query:
    return select(
        Opportunity.id,
        Opportunity.version,
        Opportunity.account_id,
        Opportunity.outcome,
        Opportunity.opened_on,
        Opportunity.closed_on,
        Opportunity.competitor,
        Opportunity.next_step,
    ).where(Opportunity.id.in_(deals))


def _accounts(deals: Select[Any]) -> Select[Any]:
    return select(Opportunity.account_id).where(Opportunity.id.in_(deals))


def _record(
    row: Any,
    found: Found,
    accounts: Mapping[int, AccountFacts],
    contacts: Mapping[int, list[date]],
) -> Record:
    return Record(
        row.id,
        accounts.get(row.account_id, NOBODY),
        contacts.get(row.account_id, []),
        found.moves[row.id],
        found.terms[row.id],
        found.buyer[row.id],
        sorted(found.noes[row.id]),
        sorted(found.criteria[row.id]),
        sorted(found.visits[row.id]),
        found.quotes[row.id],
        found.steps[row.id],
    )


def _moves(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    move = StageMove
    rows = session.execute(
        select(move.opportunity_id, move.on, move.to_stage, move.outcome, move.is_override)
        .where(move.opportunity_id.in_(deals), move.on <= until)
        .order_by(move.on, move.id)
    )
    for deal, on, stage, outcome, over in rows:
        found.moves[deal].append(Moved(on, STAGE_OF[stage], OUTCOME_OF[outcome], over))


def _terms(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    rows = session.execute(
        select(Terms.opportunity_id, Terms.on, Terms.amount, Terms.close_on)
        .where(Terms.opportunity_id.in_(deals), Terms.on <= until)
        .order_by(Terms.on, Terms.id)
    )
    for deal, on, amount, close_on in rows:
        found.terms[deal].append(Expected(on, amount, close_on))


def _buyer(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    row = DealReading
    rows = session.execute(
        select(row.opportunity_id, row.on, row.value)
        .where(row.opportunity_id.in_(deals), row.subject == BUYER, row.on <= until)
        .order_by(row.on, row.id)
    )
    for deal, on, value in rows:
        found.buyer[deal].append((on, STAGE_OF.get(value)))


def _noes(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    row = DealNote
    rows = session.execute(
        select(row.opportunity_id, row.on).where(
            row.opportunity_id.in_(deals), row.kind == NoteKind.NO, row.on <= until
        )
    )
    for deal, on in rows:
        found.noes[deal].append(on)


def _criteria(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    row = DealCriterion
    rows = session.execute(
        select(row.opportunity_id, row.set_on).where(
            row.opportunity_id.in_(deals), row.set_on <= until
        )
    )
    for deal, on in rows:
        if on is not None:
            found.criteria[deal].append(on)


def _visits(session: Session, deals: Select[Any], until: date, found: Found) -> None:
    """Visits held, and among the noes those whose commitment was refused."""
    rows = session.execute(
        select(VISITS.c.opportunity_id, VISITS.c.held_on, VISITS.c.commitment).where(
            VISITS.c.opportunity_id.in_(deals),
            VISITS.c.held_on <= until,
            VISITS.c.archived_at.is_(None),
        )
    )
    for deal, held, commitment in rows:
        on = day_of(held)
        assert on is not None
        found.visits[deal].append(on)
        if commitment == REFUSED:
            found.noes[deal].append(on)


def _quotes(
    session: Session, deals: Select[Any], until: date, found: Found, rows: Iterable[Any]
) -> None:
    contenders = session.execute(
        select(Contender.id, Contender.opportunity_id, Contender.name, Contender.price,
               Contender.archived_at).where(Contender.opportunity_id.in_(deals))
    ).all()  # fmt: skip
    ids = select(Contender.id).where(Contender.opportunity_id.in_(deals))
    changes = _changes(session, "contender", ids, "price", until)
    for one in contenders:
        gone = one.archived_at.date() if one.archived_at else None
        found.quotes[one.opportunity_id] += _told(one, changes.get(one.id, []), until, gone)
    for row in rows:
        if row.competitor:
            found.quotes[row.id].append(Quote(row.competitor, None, until))


def _told(
    contender: Any, changes: list[tuple[date, str, Any]], until: date, gone: date | None
) -> list[Quote]:
    """A competitor's prices one after the other, each from the day it was typed in."""
    if not changes or changes[0][1] != "created":
        return [Quote(contender.name, contender.price, until, gone)]
    ends = [on for on, _act, _price in changes[1:]] + [gone]
    return [
        Quote(contender.name, None if price is None else Decimal(price), on, end)
        for (on, _act, price), end in zip(changes, ends, strict=True)
    ]


def _steps(
    session: Session, deals: Select[Any], until: date, found: Found, rows: Iterable[Any]
) -> None:
    changes = _changes(session, "opportunity", deals, "next_step", until)
    for row in rows:
        told = [(on, bool(step)) for on, _act, step in changes.get(row.id, [])]
        found.steps[row.id] = told or [(until, bool(row.next_step))]


def _changes(
    session: Session, entity: str, ids: Select[Any], column: str, until: date
) -> dict[int, list[tuple[date, str, Any]]]:
    """Since when rows have held what, by the history: (day, act, the column's new value)."""
    rows = session.execute(
        select(Change.entity_id, Change.at, Change.act, Change.columns)
        .where(Change.entity == entity, Change.entity_id.in_(ids))
        .where((Change.act == "created") | cast(Change.columns, Text).contains(f'"{column}"'))
        .order_by(Change.id)
    )
    found: dict[int, list[tuple[date, str, Any]]] = defaultdict(list)
    for entity_id, at, act, columns in rows:
        if at.date() <= until:
            new = columns.get(column, [None, None])[1]
            found[entity_id].append((at.date(), act, new))
    return found


def open_deals(*wanted: Any) -> Select[Any]:
    """The ids of deals that are open and put away by nobody."""
    return select(Opportunity.id).where(
        Opportunity.outcome == Outcome.OPEN, Opportunity.archived_at.is_(None), *wanted
    )


def deal_facts(session: Session, deal_id: int, closed_on: date | None, on: date) -> Facts | None:
    """A deal as it stands, or as it stood when it was last looked at before its end."""
    found = records_of(session, select(Opportunity.id).where(Opportunity.id == deal_id), on)
    if not found:
        return None
    ((_row, record),) = found
    days = [day for day in looks(record) if closed_on and day < closed_on]
    return facts_on(record, days[-1] if days else on)
