"""Warnings: what was raised, what became of it, thresholds of an account"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TERM = sa.String(length=20)
OPEN = sa.text("closed_on IS NULL AND archived_at IS NULL AND kind <> 'event'")
INDEXES = (
    ("account_id", "closed_on"),
    ("kind", "opened_on"),
    ("owner_id", "closed_on"),
    ("stakeholder_id",),
)


def _to(table: str, name: str, parent: str, rule: str = "SET NULL", **more: Any) -> Any:
    """A column that points to a row of another table, with its constraint's name."""
    link = sa.ForeignKey(f"{parent}.id", name=op.f(f"fk_{table}_{name}_{parent}"), ondelete=rule)
    return sa.Column(name, sa.Integer(), link, **more)


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("alert", "account_id", "account", "CASCADE", nullable=False),
        sa.Column("kind", TERM, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        _to("alert", "stakeholder_id", "stakeholder", "CASCADE"),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("event", TERM),
        sa.Column("words", sa.Text(), nullable=False),
        _to("alert", "reporter_id", "user"),
        _to("alert", "owner_id", "user"),
        sa.Column("investigation", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("verdict", TERM),
        sa.Column("showed_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        _to("alert", "closer_id", "user"),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.Date()),
        sa.Column("snooze_reason", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    for columns in INDEXES:
        op.create_index(op.f(f"ix_alert_{'_'.join(columns)}"), "alert", list(columns))
    op.create_index(
        "uq_alert_open",
        "alert",
        ["account_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "alert_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("alert_limit", "account_id", "account", "CASCADE", nullable=False),
        sa.Column("name", TERM, nullable=False),
        sa.Column("value", sa.Numeric(precision=10, scale=2)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_limit")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_alert_limit_account_id_name")),
    )
    op.create_table(
        "alert_check",
        _to("alert_check", "account_id", "account", "CASCADE", nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=255), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_alert_check")),
    )


def downgrade() -> None:
    for table in ("alert_check", "alert_limit", "alert"):
        op.drop_table(table)
