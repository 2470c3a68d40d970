"""Reviews with their decisions, targets, sellers' calls and locked forecasts"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "review",
    "review_item",
    "review_action",
    "forecast_call",
    "target",
    "forecast_snapshot",
    "snapshot_deal",
)
MOMENT = sa.DateTime(timezone=True)
MONEY = sa.Numeric(precision=18, scale=2)
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


def _versioned() -> list[Any]:
    return [_has("version", sa.Integer()), _may("archived_at", MOMENT)]


def _table(name: str, *columns: Any) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *columns, key)


def _alone(table: str, *columns: str) -> Any:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    _reviews()
    _forecasts()
    for table, columns in INDEXES:
        _index(table, *columns)


INDEXES = (
    ("review", ("user_id", "closed_at")),
    ("review_item", ("account_id", "review_id")),
    ("review_item", ("opportunity_id",)),
    ("review_action", ("review_id",)),
    ("review_action", ("account_id",)),
    ("review_action", ("opportunity_id", "done_on")),
    ("review_action", ("owner_id", "done_on")),
    ("forecast_call", ("account_id",)),
    ("forecast_call", ("opportunity_id", "on", "id")),
    ("target", ("user_id",)),
    ("snapshot_deal", ("snapshot_id", "account_id")),
    ("snapshot_deal", ("opportunity_id",)),
    ("snapshot_deal", ("account_id",)),
)


def _reviews() -> None:
    _table(
        "review",
        _by("review"),
        _has("since", sa.Date()),
        _has("on", sa.Date()),
        _has("present", sa.Text()),
        _has("summary", sa.Text()),
        _has("opened_at", MOMENT),
        _may("closed_at", MOMENT),
        *_versioned(),
    )
    _table(
        "review_item",
        _to("review_item", "review_id", "review"),
        _to("review_item", "account_id", "account"),
        _to("review_item", "opportunity_id", "opportunity"),
        _has("place", sa.Integer()),
        _has("topics", sa.JSON()),
        _has("stage", NAME),
        _may("amount", MONEY),
        _has("currency", NAME),
        _may("close_on", sa.Date()),
        _has("decision", sa.Text()),
        _by("review_item"),
        _may("discussed_at", MOMENT),
        *_versioned(),
        _alone("review_item", "review_id", "place"),
    )
    _table(
        "review_action",
        _to("review_action", "review_id", "review"),
        _to("review_action", "account_id", "account", required=False),
        _to("review_action", "opportunity_id", "opportunity", required=False),
        _has("what", NAME),
        _by("review_action", "owner_id"),
        _may("due", sa.Date()),
        _may("done_on", sa.Date()),
        _has("outcome", NAME),
        *_versioned(),
    )


def _forecasts() -> None:
    _table(
        "forecast_call",
        _to("forecast_call", "account_id", "account"),
        _to("forecast_call", "opportunity_id", "opportunity"),
        _has("on", sa.Date()),
        _has("call", NAME),
        _by("forecast_call"),
        _has("at", MOMENT),
    )
    _table(
        "target",
        _to("target", "user_id", "user"),
        _has("is_team", sa.Boolean()),
        _has("starts_on", sa.Date()),
        _has("ends_on", sa.Date()),
        _has("currency", NAME),
        _has("amount", MONEY),
        *_versioned(),
        _alone("target", "starts_on", "ends_on", "currency", "user_id", "is_team"),
    )
    _table(
        "forecast_snapshot",
        _has("starts_on", sa.Date()),
        _has("ends_on", sa.Date()),
        _has("on", sa.Date()),
        _has("at", MOMENT),
        _alone("forecast_snapshot", "starts_on", "on"),
    )
    _table(
        "snapshot_deal",
        _to("snapshot_deal", "snapshot_id", "forecast_snapshot"),
        _to("snapshot_deal", "account_id", "account", "SET NULL", required=False),
        _to("snapshot_deal", "opportunity_id", "opportunity", "SET NULL", required=False),
        _by("snapshot_deal", "owner_id"),
        _has("stage", NAME),
        _has("currency", NAME),
        _may("amount", MONEY),
        _may("close_on", sa.Date()),
        _may("call", NAME),
        _may("seller", sa.Double()),
        _may("history", sa.Double()),
        _may("pattern", sa.Double()),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
