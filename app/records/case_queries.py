"""What is asked of the database about special cases, and what speaks for or against accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Appraisal
from app.accounts.rules import Aspect, Judgement
from app.records.case_models import CaseMeasure, SpecialCase
from app.records.portfolio import AccountFact, position
from app.records.special_cases import CaseFact, Course, Measure, SpecialKind


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open special case as lists show it."""

    account_id: int
    account: str
    kind: SpecialKind
    course: Course | None
    on: date
    review_on: date | None
    measures: int


def case_rows(session: Session, seen: Select[Any]) -> list[CaseRow]:
    """The open cases of accounts among those ``seen``, those to be reviewed first."""
    row = SpecialCase
    rows = session.execute(
        select(row.id, row.account_id, Account.name, row.kind, row.course, row.on, row.review_on)
        .join(Account, Account.id == row.account_id)
        .where(row.archived_at.is_(None), Account.archived_at.is_(None), row.account_id.in_(seen))
        .order_by(row.review_on.is_(None), row.review_on, Account.name)
    ).all()
    used = measures_of(session, [one.id for one in rows])
    return [
        CaseRow(
            one.account_id,
            one.name,
            SpecialKind(one.kind),
            Course(one.course) if one.course else None,
            one.on,
            one.review_on,
            len(used.get(one.id, ())),
        )
        for one in rows
    ]


def measures_of(session: Session, case_ids: Iterable[int]) -> dict[int, dict[Measure, str]]:
    """What is used in each case, and how."""
    row = CaseMeasure
    found: dict[int, dict[Measure, str]] = defaultdict(dict)
    query = select(row.case_id, row.measure, row.note).where(row.case_id.in_(list(case_ids)))
    for case_id, measure, note in session.execute(query):
        found[case_id][Measure(measure)] = note
    return found


def find_case(session: Session, account_id: int, kind: SpecialKind) -> SpecialCase | None:
    """An account's case of a kind, open or closed."""
    return session.scalar(
        select(SpecialCase).where(SpecialCase.account_id == account_id, SpecialCase.kind == kind)
    )


def judgements(
    session: Session, ids: Select[Any] | Sequence[int]
) -> dict[int, dict[Aspect, Judgement]]:
    """The newest judgement of every side of accounts."""
    row = Appraisal
    query = (
        select(row.account_id, row.aspect, row.judgement)
        .where(row.account_id.in_(ids), row.archived_at.is_(None))
        .order_by(row.on, row.id)
    )
    found: dict[int, dict[Aspect, Judgement]] = defaultdict(dict)
    for account_id, aspect, judgement in session.execute(query):
        found[account_id][Aspect(aspect)] = Judgement(judgement)
    return found


def case_fact(fact: AccountFact, judged: dict[Aspect, Judgement] | None) -> CaseFact:
    """What the portfolio knows of an account, as its special cases are judged by."""
    return CaseFact(
        fact.size_class,
        fact.sales,
        fact.before,
        fact.profit,
        position(fact.rivals),
        fact.scores.get("potential"),
        judged,
    )
