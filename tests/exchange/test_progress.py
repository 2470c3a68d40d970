"""While SQLite's one writer is at it, a file beside the database tells how far an import got."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import create_engine

from app.db import now
from app.exchange.choices import BatchState
from app.exchange.jobs import FileBeat, how_far
from app.exchange.models import Batch
from app.exchange.progress import forget, heard, progress_file


def engine_at(folder):
    return create_engine(f"sqlite:///{folder}/made.db")


def test_progress_is_told_while_rows_are_written(tmp_path):
    engine = engine_at(tmp_path)
    batch = Batch(id=7, state=BatchState.IMPORTING, done=0, beat_at=None)
    step = FileBeat(progress_file(engine, 7))
    step.last -= 2

    step(500)

    assert how_far(engine, batch) == (500, False)


def test_it_is_noted_once_a_second_at_the_most(tmp_path):
    file = progress_file(engine_at(tmp_path), 7)
    step = FileBeat(file)

    step(500)

    assert heard(file)[0] == 0


def test_a_worker_not_heard_of_for_half_a_minute_is_silent(tmp_path):
    engine = engine_at(tmp_path)
    long_ago = now() - timedelta(seconds=31)

    assert how_far(engine, Batch(id=7, done=3, beat_at=long_ago)) == (3, True)
    assert how_far(engine, Batch(id=7, done=3, beat_at=now())) == (3, False)


def test_nothing_stays_when_the_work_is_over(tmp_path):
    file = progress_file(engine_at(tmp_path), 7)
    FileBeat(file)

    forget(file)

    assert heard(file) is None
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_has_no_file():
    assert progress_file(create_engine("sqlite://"), 7) is None
