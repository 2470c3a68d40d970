"""How far an import on SQLite got, told by a small file beside the database.

SQLite has one writer at a time: while rows are written there, nothing can be noted in the
database itself. Whoever asks stands on the same machine, so a file reaches every worker.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine


def progress_file(engine: Engine, batch_id: int) -> Path | None:
    """Where a batch's progress is noted; None where the database itself can tell it."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    return Path(f"{database}-import-{batch_id}")


def note(file: Path, rows: int) -> None:
    """Note how many rows are done; the file's own time is the sign of life."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(str(rows))
    fresh.replace(file)


def heard(file: Path | None) -> tuple[int, datetime] | None:
    """The rows done and when that was noted; None when nothing is."""
    try:
        if file is None:
            return None
        return int(file.read_text()), datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None


def forget(file: Path | None) -> None:
    """The work is over."""
    if file is not None:
        file.unlink(missing_ok=True)
