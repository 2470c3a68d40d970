"""What people perceive, the posts they held, and what is kept of maps"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("value_reading", "action"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("stakeholder_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_stakeholder_id_stakeholder"),
                "stakeholder",
                ["stakeholder_id"],
                ["id"],
                ondelete="CASCADE",
            )
            batch.create_index(op.f(f"ix_{table}_stakeholder_id"), ["stakeholder_id"])
    _former_post()
    _map_summary()
    _map_file()
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )


def _former_post() -> None:
    op.create_table(
        "former_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("unit", sa.String(length=255), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        _hangs_on("former_post", "account_id", "account"),
        _hangs_on("former_post", "stakeholder_id", "stakeholder"),
        _hangs_on("former_post", "heir_id", "stakeholder", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_post")),
    )
    for column in ("account_id", "stakeholder_id", "heir_id"):
        op.create_index(f"ix_former_post_{column}", "former_post", [column])


def _map_summary() -> None:
    op.create_table(
        "map_summary",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("deciders", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("single_ties", sa.Integer(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("lean_low", sa.Double(), nullable=True),
        sa.Column("lean_known", sa.Double(), nullable=True),
        sa.Column("lean_high", sa.Double(), nullable=True),
        sa.Column("finding", sa.JSON(), nullable=False),
        sa.Column("need", sa.Double(), nullable=False),
        _hangs_on("map_summary", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_map_summary")),
    )
    op.create_index("ix_map_summary_need_account_id", "map_summary", ["need", "account_id"])


def _map_file() -> None:
    op.create_table(
        "map_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        _hangs_on("map_file", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_map_file_digest")),
    )
    op.create_index("ix_map_file_account_id", "map_file", ["account_id"])
    op.create_index("ix_map_file_at", "map_file", ["at"])


def _hangs_on(table: str, column: str, other: str, ondelete: str = "CASCADE"):
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    for table in ("lease", "map_file", "map_summary", "former_post"):
        op.drop_table(table)
    for table in ("value_reading", "action"):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_stakeholder_id"))
            batch.drop_constraint(
                op.f(f"fk_{table}_stakeholder_id_stakeholder"), type_="foreignkey"
            )
            batch.drop_column("stakeholder_id")
