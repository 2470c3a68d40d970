"""Imports for Ada."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.exchange.runs import Runs


@pytest.fixture
def runs(session, ada) -> Runs:
    """Imports that Ada makes."""
    return Runs(session, ada.id)


@pytest.fixture
def statements(app):
    """Notes the statements that reach the database meanwhile."""

    @contextmanager
    def note():
        engine, made = app.extensions["engine"], []

        def keep(_connection, _cursor, statement, *_rest):
            made.append(statement)

        event.listen(engine, "before_cursor_execute", keep)
        try:
            yield made
        finally:
            event.remove(engine, "before_cursor_execute", keep)

    return note
