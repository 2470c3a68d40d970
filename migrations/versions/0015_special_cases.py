"""Special cases: overbearing accounts, small ones worth support"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


TERM = sa.String(length=20)


def upgrade() -> None:
    op.create_table(
        "special_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", TERM, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("course", TERM, nullable=True),
        sa.Column("limit", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        _link("special_case", "account_id", "account", "CASCADE"),
        _link("special_case", "user_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_special_case"),
        sa.UniqueConstraint("account_id", "kind", name="uq_special_case_account_id_kind"),
    )
    op.create_table(
        "case_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("measure", TERM, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _link("case_measure", "account_id", "account", "CASCADE"),
        _link("case_measure", "case_id", "special_case", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_case_measure"),
        sa.UniqueConstraint("case_id", "measure", name="uq_case_measure_case_id_measure"),
    )
    op.create_index("ix_case_measure_account_id", "case_measure", ["account_id"])


def _link(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    op.drop_table("case_measure")
    op.drop_table("special_case")
