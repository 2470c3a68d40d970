"""What changed at an account between two days, warnings included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app

from app import db
from app.plans.change_queries import Span, happened
from app.plans.change_report import ChangeLine, change_report
from app.vocabulary import Reason

Warned = Callable[[Any, int, date, date], Sequence[Reason]]
"""What was warned of at an account between two days: asked of a feature above."""


def change_lines(account_id: int, since: date, until: date) -> list[ChangeLine]:
    """Every change as a line, by topic."""
    session = db.session()
    warned: Warned = current_app.extensions["warned"]
    found = happened(session, Span(account_id, since, until))
    return change_report(replace(found, warned=tuple(warned(session, account_id, since, until))))
