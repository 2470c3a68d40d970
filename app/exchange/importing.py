"""A file into the workspace: looked through first, then written as one batch.

The same code looks and writes; a dry run only keeps from writing, so its report is the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.exchange.base import Importer
from app.exchange.choices import Choices
from app.exchange.into_accounts import AccountImport, ProductImport, TeamImport
from app.exchange.into_opportunities import OpportunityImport
from app.exchange.into_people import PeopleImport
from app.exchange.into_relationships import RelationshipImport
from app.exchange.into_sales import SaleImport
from app.exchange.models import Batch, Learnt
from app.exchange.parsing import Habit, learn_habits, read_row, row_readers
from app.exchange.report import Report, RowState
from app.exchange.tables import Table
from app.exchange.writing import Writer
from app.vocabulary import N_, because

IMPORTERS: dict[str, type[Importer]] = {
    "accounts": AccountImport,
    "team": TeamImport,
    "products": ProductImport,
    "people": PeopleImport,
    "relationships": RelationshipImport,
    "opportunities": OpportunityImport,
    "sales": SaleImport,
}
EVERY = 500

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: its report, and the batch that undoes it (None for a dry one)."""

    report: Report
    batch_id: int | None


def look_through(
    session: Session, table: Table, choices: Choices, step: Step = lambda _n: None
) -> Report:
    """What importing a file would do, row by row; nothing is written."""
    return _run(session, table, choices, None, step)


def bring_in(session: Session, table: Table, choices: Choices, step: Step = lambda _n: None) -> Run:
    """Import a file as one batch that can be undone; the caller commits."""
    batch_id = session.scalar(
        insert(Batch).returning(Batch.id).values(
            user_id=choices.user_id, at=choices.at, kind=choices.kind,
            filename=choices.source, state="running", done=0, total=table.about_rows, report={},
        )
    )  # fmt: skip
    assert batch_id is not None
    report = _run(session, table, choices, batch_id, step)
    session.execute(
        update(Batch)
        .where(Batch.id == batch_id)
        .values(state="done", done=report.rows, total=report.rows, report=report.as_dict())
    )
    _remember(session, choices)
    return Run(report, batch_id)


def _run(
    session: Session, table: Table, choices: Choices, batch_id: int | None, step: Step
) -> Report:
    report = Report(choices.kind)
    habits: dict[str, str | Habit] = dict(learn_habits(choices.mapping, table.rows()))
    habits |= choices.habits
    readers = row_readers(choices.kind, choices.mapping, table.columns, habits)
    importer = IMPORTERS[choices.kind](session, choices, report, Writer(session, batch_id))
    waiting = 0
    for number, cells in table.rows():
        values, problems = read_row(readers, cells)
        if problems:
            report.refuse(number, importer.called(values), problems.values())
        else:
            importer.row(number, values)
        waiting += 1
        if waiting == EVERY:
            step(waiting)
            waiting = 0
    importer.finish()
    step(waiting)
    _tell_odd_rows(report, table)
    return report


def _tell_odd_rows(report: Report, table: Table) -> None:
    for odd in table.odd_rows:
        if odd.is_kept:
            report.warn(odd.number, "", odd.reason)
        else:
            report.refuse(odd.number, "", [odd.reason])
    if not report.rows:
        report.notes.append(because(N_("The file has a header and no rows.")))


def _remember(session: Session, choices: Choices) -> None:
    """What was answered is offered ever after."""
    for subject, answers in (("stage", choices.stages), ("product", choices.products)):
        known = learnt(session, subject)
        for word, meaning in answers.items():
            if known.get(word) != meaning:
                session.merge(_learnt_row(session, subject, word, meaning))


def _learnt_row(session: Session, subject: str, word: str, meaning: str) -> Learnt:
    row = session.query(Learnt).filter_by(subject=subject, word=word).one_or_none()
    return Learnt(id=row.id if row else None, subject=subject, word=word[:255], meaning=meaning)


def learnt(session: Session, subject: str) -> dict[str, str]:
    """What was answered before, by foreign word."""
    rows: Any = session.query(Learnt.word, Learnt.meaning).filter_by(subject=subject)
    return dict(rows.all())


__all__ = ["IMPORTERS", "RowState", "Run", "bring_in", "learnt", "look_through"]
