"""What the verbs share: a session, answers as text or JSON, failures in one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import read_config
from app.migrate import current, newest, prepare


class Failure(click.ClickException):
    """What cannot be done, said in a line; exit code 1."""

    exit_code = 1


def open_engine() -> Engine:
    """The configured database, in its newest shape."""
    return prepare(read_config())


@contextmanager
def open_session(engine: Engine | None = None) -> Iterator[Session]:
    """A session on the configured database; committed at the end, rolled back on a failure."""
    engine = engine or open_engine()
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()


def plain(value: Any) -> Any:
    """A value as JSON takes it: dates as ISO, whole Decimals as integers, others as numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def as_json(answer: Any) -> str:
    """An answer as JSON that people can read too."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=plain)


def answers(text: Callable[[Any], str]) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Give a verb ``--json``: it returns its answer, printed by ``text`` or as JSON."""

    def wrap(command: Callable[..., Any]) -> Callable[..., None]:
        @click.option("--json", "wants_json", is_flag=True, help="Print the answer as JSON.")
        @wraps(command)
        def run(*args: Any, wants_json: bool, **kwargs: Any) -> None:
            answer = command(*args, **kwargs)
            click.echo(as_json(answer) if wants_json else text(answer))

        return run

    return wrap


def columns(rows: list[tuple[Any, ...]]) -> str:
    """Rows as aligned text; numbers to the right."""
    printed = [
        [f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell or "") for cell in row]
        for row in rows
    ]
    widths = (
        [max(len(row[place]) for row in printed) for place in range(len(printed[0]))]
        if rows
        else []
    )
    lines = []
    for row, raw in zip(printed, rows, strict=True):
        cells = [
            cell.rjust(width) if isinstance(value, int | Decimal) else cell.ljust(width)
            for cell, width, value in zip(row, widths, raw, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


__all__ = [
    "Failure",
    "answers",
    "as_json",
    "columns",
    "current",
    "newest",
    "open_engine",
    "open_session",
]
