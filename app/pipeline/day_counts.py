"""Days between two days, counted by the database: what SQL does not share of dates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DaysBetween(FunctionElement[int]):
    """Whole days from one day to another."""

    type = Integer()
    inherit_cache = True

    def __init__(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> None:
        super().__init__(start, end)


@compiles(DaysBetween)
def _subtracted(element: Any, compiler: Any, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"(({end}) - ({start}))"


@compiles(DaysBetween, "sqlite")
def _by_julian_days(element: Any, compiler: Any, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)"
