"""The work behind an import's page: looking through and writing, by whichever worker took it.

All that another worker needs is in the batch's row: where it stands, how far it got and its
last sign of life. Small files are done at once; larger ones in a thread. A batch whose worker
went silent is taken over by whoever asks for it. SQLite has one writer at a time, so while
rows are written there a file beside it tells how far it got; nor could a second worker begin.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session
from structlog import get_logger

from app.db import now
from app.exchange.choices import BatchState
from app.exchange.importing import bring_in, look_through
from app.exchange.models import Batch, Upload
from app.exchange.progress import forget, heard, note, progress_file
from app.exchange.report import Report
from app.exchange.tables import UnreadableFile
from app.exchange.uploads import choices_for, open_upload
from app.users.models import User
from app.users.rules import UserRole
from app.vocabulary import N_, Reason, because

BUSY = (BatchState.CHECKING, BatchState.IMPORTING)
SILENT = timedelta(seconds=30)
BEAT_SECONDS = 1.0
AT_ONCE = 2_000
"""Rows that are read within a request; more are read in a thread."""
BROKEN = N_("Something broke on our side; nothing was imported. Try again.")
GONE = N_("The file is no longer kept. Send it again.")


def claim(session: Session, batch_id: int, at: datetime) -> bool:
    """Take a batch that waits for a worker, or whose worker went silent."""
    query = update(Batch).where(
        Batch.id == batch_id,
        Batch.state.in_(BUSY),
        or_(Batch.beat_at.is_(None), Batch.beat_at < at - SILENT),
    )
    taken = session.connection().execute(query.values(beat_at=at)).rowcount == 1
    session.commit()
    return taken


def advance(session: Session, batch: Batch, start: BatchState, state: BatchState) -> None:
    """Hand a batch on to its next work, once: a second press finds it there already."""
    session.flush()
    query = update(Batch).where(Batch.id == batch.id, Batch.state == start)
    session.execute(query.values(state=state, beat_at=None, done=0))


def how_far(engine: Engine, batch: Batch) -> tuple[int, bool]:
    """The rows done of a busy batch, and whether nothing was heard of it for a while."""
    done, beat_at = heard(progress_file(engine, batch.id)) or (batch.done, batch.beat_at)
    return done, beat_at is None or beat_at < now() - SILENT


def start(engine: Engine, batch_id: int, rows: int) -> None:
    """Do a batch's work: at once when it is small, else in a thread."""
    with Session(engine) as session:
        taken = claim(session, batch_id, now())
    if not taken:
        return
    if rows <= AT_ONCE:
        work(engine, batch_id)
    else:
        threading.Thread(target=work, args=(engine, batch_id), daemon=True).start()


def work(engine: Engine, batch_id: int) -> None:
    """Look a batch's file through, or write its rows; whatever goes wrong is told in the batch."""
    try:
        with Session(engine.execution_options(writes=False)) as session:
            state = session.scalar(select(Batch.state).where(Batch.id == batch_id))
        if state == BatchState.CHECKING:
            _check(engine, batch_id)
        else:
            _write(engine, batch_id)
    except UnreadableFile as error:
        _fail(engine, batch_id, error.reason)
    except Exception as error:
        get_logger().exception("import", kind=type(error).__name__)
        _fail(engine, batch_id, because(BROKEN))
    finally:
        forget(progress_file(engine, batch_id))


def _check(engine: Engine, batch_id: int) -> None:
    """Read beside everybody else; only the answer is written."""
    with Session(engine.execution_options(writes=False)) as session:
        upload, role = _file_of(session, session.get_one(Batch, batch_id))
        at = now()
        choices = choices_for(session, upload, role, on=at.date(), at=at)
        with open_upload(upload) as table:
            report = look_through(session, table, choices, Beat(engine, batch_id))
    _answer(engine, batch_id, report)


def _answer(engine: Engine, batch_id: int, report: Report) -> None:
    with Session(engine) as session:
        values = {"state": BatchState.CHECKED, "report": report.kept(), "beat_at": None,
                  "done": report.rows, "total": report.rows}  # fmt: skip
        session.execute(update(Batch).where(Batch.id == batch_id).values(values))
        session.commit()


def _write(engine: Engine, batch_id: int) -> None:
    """Write all rows in one transaction; the file goes with it."""
    with Session(engine) as session:
        batch = session.get_one(Batch, batch_id)
        upload, role = _file_of(session, batch)
        at = now()
        choices = choices_for(session, upload, role, on=at.date(), at=at)
        file = progress_file(engine, batch_id)
        step = Beat(engine, batch_id) if engine.dialect.name != "sqlite" else FileBeat(file)
        with open_upload(upload) as table:
            bring_in(session, table, choices, batch, step)
        batch.beat_at, batch.upload_id = None, None
        session.flush()
        session.delete(upload)
        session.commit()


def _file_of(session: Session, batch: Batch) -> tuple[Upload, UserRole]:
    upload = session.get(Upload, batch.upload_id) if batch.upload_id else None
    user = session.get(User, batch.user_id) if batch.user_id else None
    if upload is None or user is None:
        raise UnreadableFile(because(GONE))
    return upload, UserRole(user.role)


def _fail(engine: Engine, batch_id: int, reason: Reason) -> None:
    with Session(engine) as session:
        said = {name: str(value) for name, value in reason.values.items()}
        values = {"state": BatchState.FAILED, "beat_at": None,
                  "report": {"error": [reason.message, said]}}  # fmt: skip
        session.execute(update(Batch).where(Batch.id == batch_id).values(values))
        session.commit()


class Steps:
    """Counts the rows done and notes them once a second at the most."""

    def __init__(self) -> None:
        self.done = 0
        self.last = time.monotonic()

    def __call__(self, rows: int) -> None:
        """So many more rows are done."""
        self.done += rows
        if time.monotonic() - self.last >= BEAT_SECONDS:
            self.last = time.monotonic()
            self.note()

    def note(self) -> None:
        """Let others know."""
        raise NotImplementedError


class FileBeat(Steps):
    """Notes how far the work got in a file, if there is one."""

    def __init__(self, file: Path | None) -> None:
        super().__init__()
        self.file = file
        self.note()

    def note(self) -> None:
        """Write the file anew."""
        if self.file is not None:
            note(self.file, self.done)


class Beat(Steps):
    """Notes how far the work got in the batch's row."""

    def __init__(self, engine: Engine, batch_id: int) -> None:
        super().__init__()
        self.engine = engine
        self.batch_id = batch_id

    def note(self) -> None:
        """Update the row, in a transaction of its own."""
        with Session(self.engine) as session:
            values = {"done": self.done, "beat_at": now()}
            session.execute(update(Batch).where(Batch.id == self.batch_id).values(values))
            session.commit()
