"""A file into the workspace: looked through first, then written as one batch.

The same code looks and writes; a dry run only keeps from writing, so its report is the truth.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exchange.base import Importer
from app.exchange.choices import BatchState, Choices
from app.exchange.into_accounts import AccountImport
from app.exchange.into_bids import BidImport
from app.exchange.into_moves import MoveImport
from app.exchange.into_opportunities import OpportunityImport
from app.exchange.into_people import PeopleImport
from app.exchange.into_products import ProductImport
from app.exchange.into_records import (
    ContractImport,
    CreditImport,
    ReceivableImport,
    SalesPlanImport,
)
from app.exchange.into_relationships import RelationshipImport
from app.exchange.into_sales import SaleImport
from app.exchange.into_team import TeamImport
from app.exchange.models import Batch, Learnt
from app.exchange.parsing import Habit, Reader, learn_habits, read_row, row_readers
from app.exchange.report import Report
from app.exchange.tables import Table
from app.exchange.writing import Writer
from app.records.imported import note_import
from app.vocabulary import N_, because

IMPORTERS: dict[str, type[Importer]] = {
    "accounts": AccountImport,
    "team": TeamImport,
    "products": ProductImport,
    "people": PeopleImport,
    "relationships": RelationshipImport,
    "opportunities": OpportunityImport,
    "moves": MoveImport,
    "sales": SaleImport,
    "bids": BidImport,
    "contracts": ContractImport,
    "credits": CreditImport,
    "receivables": ReceivableImport,
    "sales_plans": SalesPlanImport,
}
EVERY = 500

Step = Callable[[int], None]


def look_through(
    session: Session, table: Table, choices: Choices, step: Step = lambda _n: None
) -> Report:
    """What importing a file would do, row by row; nothing is written."""
    return _run(session, table, choices, None, step)


def bring_in(
    session: Session, table: Table, choices: Choices, batch: Batch, step: Step = lambda _n: None
) -> Report:
    """Import a file as one batch that can be undone; the caller commits."""
    report = _run(session, table, choices, batch.id, step)
    # The batch's row is touched last: until then others note in it how far the work got.
    batch.at, batch.state = choices.at, BatchState.DONE
    batch.done, batch.total = report.rows, report.rows
    batch.report = report.kept()
    _remember(session, choices, report)
    note_import(session, batch.id, choices.at)
    return report


def new_batch(session: Session, choices: Choices, state: BatchState, total: int = 0) -> Batch:
    """The record of an import that is about to begin."""
    batch = Batch(user_id=choices.user_id, at=choices.at, kind=choices.kind, state=state,
                  filename=choices.source[:255], done=0, total=total, report={})  # fmt: skip
    session.add(batch)
    session.flush()
    return batch


def _run(
    session: Session, table: Table, choices: Choices, batch_id: int | None, step: Step
) -> Report:
    report = Report(choices.kind)
    writer = Writer(session, batch_id, choices.at, choices.user_id)
    importer = IMPORTERS[choices.kind](session, choices, report, writer)
    readers = _readers(table, choices)
    waiting = 0
    for number, cells in table.rows():
        values, problems = read_row(readers, cells)
        importer.column = table.column_of(cells) if table.column_of else ""
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


def _readers(table: Table, choices: Choices) -> tuple[Reader, ...]:
    habits: dict[str, str | Habit] = dict(learn_habits(choices.mapping, table.rows()))
    habits |= choices.habits
    return row_readers(choices.kind, choices.mapping, table.columns, habits)


def _tell_odd_rows(report: Report, table: Table) -> None:
    for odd in table.odd_rows:
        if odd.is_kept:
            report.warn(odd.number, "", odd.reason)
        else:
            report.refuse(odd.number, "", [odd.reason])
    if not report.rows:
        report.notes.append(because(N_("The file has a header and no rows.")))


def _remember(session: Session, choices: Choices, report: Report) -> None:
    """What was answered, or proposed and taken, is offered ever after."""
    for subject, answers in (("stage", choices.stages), ("product", choices.products)):
        known = learnt(session, subject)
        for word, meaning in (report.used[subject] | answers).items():
            if known.get(word) != meaning:
                _learn(session, subject, word[:255], meaning)


def _learn(session: Session, subject: str, word: str, meaning: str) -> None:
    row = session.scalar(select(Learnt).where(Learnt.subject == subject, Learnt.word == word))
    if row is None:
        session.add(Learnt(subject=subject, word=word, meaning=meaning))
    else:
        row.meaning = meaning


def learnt(session: Session, subject: str) -> dict[str, str]:
    """What was answered before, by foreign word."""
    query = select(Learnt.word, Learnt.meaning).where(Learnt.subject == subject)
    return {row.word: row.meaning for row in session.execute(query)}
