"""Whatever a person or a program sends, the answer says what is wrong: it is never a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from wtforms.fields.core import UnboundField

from app.forms import Form
from tests.access_table import TABLE, Row, World, address
from tests.pages import Browser
from tests.postgres import ON_POSTGRESQL

VALUES = {
    "a null byte": "a\x00b",
    "a long text": "很长的名字 " * 60,
    "a huge number": "9" * 30,
    "below zero": "-1",
    "not a number": "NaN",
    "endless": "Infinity",
    "an exponent": "1e400",
    "beyond all measure": "1e30",
    "no such day": "2026-02-31",
    "a year too far": "99999-01-01",
    "the first day": "0001-01-01",
    "a script": "<script>alert(1)</script>",
    "turned round": "‮gnp.exe",
    "half a letter": "\ud83d",
    "a small number": "1",
    "nothing": "",
}
TURNS = 2 if ON_POSTGRESQL else 4
ARGUMENTS = (
    "q", "sort", "after", "before", "as_of", "on", "account", "owner", "kind", "stage",
    "outcome", "layer", "opportunity", "by", "view", "year", "month", "week", "person", "next",
    "role", "support", "compare", "page", "from", "to", "status", "department", "format",
    "days", "mine", "team", "day", "plan", "region",
)  # fmt: skip


def field_names() -> list[str]:
    """Every field of every form there is."""
    found, queue = set(), [Form]
    while queue:
        form = queue.pop()
        queue += form.__subclasses__()
        found |= {name for name in dir(form) if hasattr(getattr(form, name), "field_class")}
    return sorted(found - {"csrf_token"})


def nonsense(turn: int, name: str) -> str:
    """Another value for each field, and for each field another one every turn."""
    value = list(VALUES.values())[(crc32(name.encode()) + turn * 4) % len(VALUES)]
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def coercions() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """What makes a value of what was chosen, for every field that is a choice."""
    queue = [Form]
    while queue:
        form = queue.pop()
        queue += form.__subclasses__()
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and "coerce" in field.kwargs:
                yield f"{form.__qualname__}.{name}", field.kwargs["coerce"]


def test_a_row_that_no_database_keeps_is_no_choice(one_app: Flask):
    kept = []
    for name, coerce in coercions():
        with suppress(ValueError):
            if isinstance(coerce(VALUES["a huge number"]), int):
                kept.append(name)

    assert not kept


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.endpoint}")
def test_nothing_that_is_sent_is_a_fault(row: Row, one_app: Flask, world: World):
    browser = Browser(one_app, world.users["ada"])
    names = ARGUMENTS if row.method == "GET" else field_names()

    for turn in range(TURNS):
        target = address(one_app, row, world)
        given = {name: nonsense(turn, name) for name in names}
        if row.method == "GET":
            reply = browser.client.get(target, query_string=given)
        else:
            reply = browser.client.open(target, method=row.method, data=given)
        reply.close()
        assert reply.status_code < 500, f"{given} to {target}"
