"""What a plan thinks: answers, insights, features, white space, templates"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account_plan") as plan:
        plan.add_column(sa.Column("position", sa.Text(), nullable=False, server_default=""))
    _answers()
    _insights()
    _features()
    _white_space()
    _templates()


def _answers() -> None:
    op.create_table(
        "plan_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("account_id", "account", table="plan_answer"),
        _column("plan_id", "account_plan", table="plan_answer"),
        sa.Column("phase", sa.String(20), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _user("owner_id", "plan_answer"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_plan_answer"),
        sa.UniqueConstraint("plan_id", "question", name="uq_plan_answer_plan_id_question"),
    )
    op.create_index("ix_plan_answer_account_id", "plan_answer", ["account_id"])


def _insights() -> None:
    op.create_table(
        "insight",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("account_id", "account", table="insight"),
        _column("plan_id", "account_plan", table="insight"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("facet", sa.String(20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("direction", sa.SmallInteger(), nullable=True),
        sa.Column("weight", sa.SmallInteger(), nullable=True),
        sa.Column("amount", sa.Numeric(18, 2), nullable=True),
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        _user("user_id", "insight"),
        *_versioned(),
        sa.CheckConstraint("direction BETWEEN -1 AND 1", name="ck_insight_direction"),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name="ck_insight_weight"),
        sa.PrimaryKeyConstraint("id", name="pk_insight"),
    )
    op.create_index("ix_insight_account_id", "insight", ["account_id"])
    op.create_index("ix_insight_plan_id_kind", "insight", ["plan_id", "kind"])


def _features() -> None:
    op.create_table(
        "feature_rank",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("plan_id", "account_plan", table="feature_rank"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("feature", sa.String(40), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feature_rank"),
        sa.UniqueConstraint(
            "plan_id", "role", "feature", name="uq_feature_rank_plan_id_role_feature"
        ),
    )
    op.create_table(
        "feature_score",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("plan_id", "account_plan", table="feature_score"),
        sa.Column("feature", sa.String(40), nullable=False),
        _column("rival_id", "rival", table="feature_score", nullable=True),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="ck_feature_score_score"),
        sa.PrimaryKeyConstraint("id", name="pk_feature_score"),
    )
    op.create_index("ix_feature_score_plan_id", "feature_score", ["plan_id"])
    op.create_index("ix_feature_score_rival_id", "feature_score", ["rival_id"])


def _white_space() -> None:
    op.create_table(
        "white_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("account_id", "account", table="white_cell"),
        sa.Column("unit", sa.String(255), nullable=False),
        sa.Column("series", sa.String(255), nullable=False),
        sa.Column("buyers", sa.Integer(), nullable=True),
        sa.Column("developed", sa.Integer(), nullable=True),
        sa.Column("sales", sa.Numeric(18, 2), nullable=True),
        sa.Column("mean", sa.Numeric(18, 2), nullable=True),
        sa.Column("note", sa.String(255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        _user("user_id", "white_cell"),
        sa.Column(
            "opportunity_id",
            sa.Integer(),
            sa.ForeignKey(
                "opportunity.id",
                name="fk_white_cell_opportunity_id_opportunity",
                ondelete="SET NULL",
            ),
            nullable=True,
        ),
        *_versioned(),
        sa.CheckConstraint("developed <= buyers", name="ck_white_cell_developed"),
        sa.PrimaryKeyConstraint("id", name="pk_white_cell"),
        sa.UniqueConstraint(
            "account_id", "unit", "series", name="uq_white_cell_account_id_unit_series"
        ),
    )
    op.create_index("ix_white_cell_opportunity_id", "white_cell", ["opportunity_id"])
    op.create_table(
        "white_share",
        sa.Column("id", sa.Integer(), nullable=False),
        _column("cell_id", "white_cell", table="white_share"),
        _column("rival_id", "rival", table="white_share"),
        sa.Column("share", sa.Numeric(5, 4), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_white_share"),
        sa.UniqueConstraint("cell_id", "rival_id", name="uq_white_share_cell_id_rival_id"),
    )
    op.create_index("ix_white_share_rival_id", "white_share", ["rival_id"])


def _templates() -> None:
    op.create_table(
        "plan_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("industry", sa.String(255), nullable=False),
        sa.Column("size_class", sa.String(255), nullable=True),
        sa.Column("stance", sa.String(255), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        *_versioned(),
        sa.PrimaryKeyConstraint("id", name="pk_plan_template"),
    )


def _column(name: str, of: str, *, table: str, nullable: bool = False) -> sa.Column:
    """A link to a row that takes this one with it when it goes."""
    key = sa.ForeignKey(f"{of}.id", name=f"fk_{table}_{name}_{of}", ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), key, nullable=nullable)


def _user(name: str, table: str) -> sa.Column:
    key = sa.ForeignKey("user.id", name=f"fk_{table}_{name}_user", ondelete="SET NULL")
    return sa.Column(name, sa.Integer(), key, nullable=True)


def _versioned() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
    ]


def downgrade() -> None:
    for table in (
        "plan_template",
        "white_share",
        "white_cell",
        "feature_score",
        "feature_rank",
        "insight",
        "plan_answer",
    ):
        op.drop_table(table)
    with op.batch_alter_table("account_plan") as plan:
        plan.drop_column("position")
