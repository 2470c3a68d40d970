"""Actions know their kind and rhythm; feedback, measures watched, reviews and versions of a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _feedback()
    _watches()
    _reviews()
    _versions()
    with op.batch_alter_table("action") as batch:
        batch.add_column(sa.Column("begun_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("kind", sa.String(20), nullable=True))
        batch.add_column(sa.Column("contract_phase", sa.String(20), nullable=True))
        batch.add_column(sa.Column("repeats", sa.String(20), nullable=True))
        batch.add_column(sa.Column("review_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_action_review_id_plan_review",
            "plan_review",
            ["review_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_index("ix_action_review_id", ["review_id"])


def _key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _versioned() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("voice", sa.String(20), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("use", sa.String(20), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        *_versioned(),
        _key("feedback", "account_id", "account", "CASCADE"),
        _key("feedback", "stakeholder_id", "stakeholder", "SET NULL"),
        _key("feedback", "speaker_id", "user", "SET NULL"),
        _key("feedback", "user_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_account_id_on", "feedback", ["account_id", "on"])
    op.create_index("ix_feedback_stakeholder_id", "feedback", ["stakeholder_id"])


def _watches() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(30), nullable=False),
        sa.Column("limit", sa.Numeric(18, 4), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("follow_up", sa.String(255), nullable=False),
        *_versioned(),
        _key("watch", "account_id", "account", "CASCADE"),
        _key("watch", "plan_id", "account_plan", "CASCADE"),
        _key("watch", "owner_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("plan_id", "measure", name=op.f("uq_watch_plan_id_measure")),
    )
    op.create_index("ix_watch_account_id", "watch", ["account_id"])


def _reviews() -> None:
    op.create_table(
        "plan_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        *_versioned(),
        _key("plan_review", "account_id", "account", "CASCADE"),
        _key("plan_review", "plan_id", "account_plan", "CASCADE"),
        _key("plan_review", "user_id", "user", "SET NULL"),
        _key("plan_review", "approver_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
    )
    op.create_index("ix_plan_review_plan_id_on", "plan_review", ["plan_id", "on"])
    op.create_index("ix_plan_review_account_id", "plan_review", ["account_id"])


def _versions() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        _key("plan_version", "account_id", "account", "CASCADE"),
        _key("plan_version", "plan_id", "account_plan", "CASCADE"),
        _key("plan_version", "review_id", "plan_review", "SET NULL"),
        _key("plan_version", "user_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_index("ix_plan_version_account_id", "plan_version", ["account_id"])
    op.create_index("ix_plan_version_review_id", "plan_version", ["review_id"])


def downgrade() -> None:
    with op.batch_alter_table("action") as batch:
        batch.drop_index("ix_action_review_id")
        batch.drop_constraint("fk_action_review_id_plan_review", type_="foreignkey")
        for column in ("review_id", "repeats", "contract_phase", "kind", "begun_on"):
            batch.drop_column(column)
    for table in ("plan_version", "plan_review", "watch", "feedback"):
        op.drop_table(table)
