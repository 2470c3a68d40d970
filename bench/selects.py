"""What a page asks of the database and how large it is: counted in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.client import LONGEST, PAUSE, Visitor, is_begun
from bench.subjects import Subject

READS = ("SELECT", "WITH")


@dataclass(frozen=True, slots=True)
class Weight:
    """SELECTs, all statements, and KiB of the answer."""

    selects: int
    statements: int
    kib: float


def weigh(app: Flask, visitor: Visitor, subject: Subject) -> Weight:
    """Ask once, counting, when asking before has filled caches and the answer is there."""
    client = app.test_client()
    name, _sign, value = visitor.cookie.partition("=")
    client.set_cookie(name, value)
    until = time.monotonic() + LONGEST
    while is_begun(_send(client, visitor, subject)) and time.monotonic() < until:
        time.sleep(PAUSE)
    with _counting(app) as statements:
        page = _send(client, visitor, subject)
    selects = sum(sql.lstrip().startswith(READS) for sql in statements)
    return Weight(selects, len(statements), len(page) / 1024)


def _send(client: FlaskClient, visitor: Visitor, subject: Subject) -> bytes:
    ask = subject.take()
    method = "GET" if ask.form is None else "POST"
    form = {**ask.form, "csrf_token": visitor.token} if ask.form else None
    response = client.open(ask.path, method=method, data=form)
    if response.status_code != ask.status:
        raise RuntimeError(f"{ask.path} answered {response.status}")
    ask.done()
    return response.data


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    engine, statements = app.extensions["engine"], list[str]()

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        statements.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
