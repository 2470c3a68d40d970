"""What SQLite's planner knows of how full each table is.

Without it SQLite guesses, and goes through a whole company's deals for a person with forty
accounts. PostgreSQL looks at its tables by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

ROWS = 1000
"""Rows looked at of each index: enough for the planner, and quick however long the tables are."""

GROWN = 1.25
"""How much larger a file may get before it is looked at again."""


@dataclass
class Statistics:
    """Looks at the tables when a server has started, and again when the file has grown."""

    pages: int = 0

    def __call__(self, engine: Engine) -> None:
        """Look, if need be. Open connections are replaced, since only new ones see the result."""
        if engine.dialect.name != "sqlite":
            return
        with engine.connect().execution_options(writes=False) as connection:
            pages: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        if pages > self.pages * GROWN:
            look(engine)
            self.pages = pages


def look(engine: Engine) -> None:
    """Count a sample of each index of a SQLite file."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA analysis_limit={ROWS}")
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
