"""Lessons with their watches, where these fired, and the bids of others' tenders"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NAME = sa.String(length=255)


def _to(table: str, name: str, parent: str, rule: str = "CASCADE", *, required: bool = True) -> Any:
    """A column that points to a row of another table, with its constraint's name."""
    link = sa.ForeignKey(f"{parent}.id", name=op.f(f"fk_{table}_{name}_{parent}"), ondelete=rule)
    return sa.Column(name, sa.Integer(), link, nullable=not required)


def _by(table: str, name: str = "user_id") -> Any:
    return _to(table, name, "user", "SET NULL", required=False)


def _has(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *columns: Any) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *columns, key)


def _alone(table: str, *columns: str) -> Any:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    _lessons()
    _firings()
    _bids()


def _lessons() -> None:
    _table(
        "lesson",
        _to("lesson", "account_id", "account"),
        _to("lesson", "opportunity_id", "opportunity"),
        _has("words", NAME),
        _may("factor", NAME),
        _has("cause", sa.Text()),
        _has("evidence", sa.JSON()),
        _has("action", NAME),
        _by("lesson", "owner_id"),
        _may("due_on", sa.Date()),
        _may("done_on", sa.Date()),
        _has("clauses", sa.JSON()),
        _has("is_any", sa.Boolean()),
        _has("advice", sa.Text()),
        _may("watched_since", sa.Date()),
        _may("retired_on", sa.Date()),
        _by("lesson"),
        _has("at", MOMENT),
        _has("version", sa.Integer()),
        _may("archived_at", MOMENT),
    )
    _index("lesson", "opportunity_id")
    _index("lesson", "account_id", "archived_at")
    _index("lesson", "owner_id", "done_on")
    _index("lesson", "watched_since")


def _firings() -> None:
    _table(
        "firing",
        _to("firing", "lesson_id", "lesson"),
        _to("firing", "account_id", "account"),
        _to("firing", "opportunity_id", "opportunity"),
        _has("on", sa.Date()),
        _may("cleared_on", sa.Date()),
        _may("is_helpful", sa.Boolean()),
        _by("firing"),
        _alone("firing", "lesson_id", "opportunity_id"),
    )
    _index("firing", "opportunity_id")
    _index("firing", "account_id")


def _bids() -> None:
    _table(
        "tender_bid",
        _has("tender", NAME),
        _has("bidder", NAME),
        _has("amount", sa.Numeric(precision=18, scale=2)),
        _has("is_won", sa.Boolean()),
        _by("tender_bid"),
        _has("at", MOMENT),
        _alone("tender_bid", "tender", "bidder"),
    )


def downgrade() -> None:
    for table in ("tender_bid", "firing", "lesson"):
        op.drop_table(table)
