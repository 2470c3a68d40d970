"""Rows out of the workspace as CSV or XLSX, so written that they import back the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from sqlalchemy.orm import Session

from app.exchange.export_rows import EXPORTS, Seen
from app.sheets import TooManyRows, cell, csv_lines, write_xlsx


def export_csv(
    session: Session, kind: str, seen: Seen = None, header: Sequence[str] | None = None
) -> Iterator[str]:
    """A kind's rows that a person may see, as CSV in pieces; ``header`` in other words."""
    names, rows = EXPORTS[kind]
    return csv_lines(header or names, rows(session, seen))


def export_xlsx(
    session: Session,
    kind: str,
    file: IO[bytes],
    seen: Seen = None,
    header: Sequence[str] | None = None,
) -> int:
    """A kind's rows that a person may see, as a workbook; gives their number."""
    names, rows = EXPORTS[kind]
    return write_xlsx(file, header or names, rows(session, seen))


__all__ = ["TooManyRows", "cell", "csv_lines", "export_csv", "export_xlsx", "write_xlsx"]
