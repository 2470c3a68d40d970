"""One ground for many tests: made once, and made again only after a test that wrote to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from flask import Flask
from sqlalchemy import event

from tests.factories import Factory
from tests.pages import WRITES

Made = TypeVar("Made")


class Standing(Generic[Made]):
    """What ``prepare`` makes in an empty database, as long as nothing touches it.

    ``clear`` takes every row out of the database.
    """

    def __init__(
        self, app: Flask, clear: Callable[[], None], prepare: Callable[[Factory], Made]
    ) -> None:
        self.app = app
        self.clear = clear
        self.prepare = prepare
        self.is_fresh = False
        event.listen(app.extensions["engine"], "before_cursor_execute", self._notice)

    def fresh(self) -> Made:
        """It, as it was made."""
        if not self.is_fresh:
            self.clear()
            with self.app.extensions["write"]() as session:
                make = Factory(session)
                with make.at_once():
                    self.made = self.prepare(make)
            self.is_fresh = True
        return self.made

    def end(self) -> None:
        """Leave the database empty."""
        event.remove(self.app.extensions["engine"], "before_cursor_execute", self._notice)
        self.clear()

    def _notice(self, _connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.lstrip().startswith(WRITES):
            self.is_fresh = False
