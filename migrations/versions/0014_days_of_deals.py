"""How each deal stood, from a day until a day"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FILL = """
INSERT INTO deal_span (opportunity_id, since, until, stage, outcome, moved_on,
                       amount, close_on, probability)
SELECT days.opportunity_id, days."on",
       coalesce(lead(days."on") OVER (PARTITION BY days.opportunity_id ORDER BY days."on"),
                '9999-12-31'),
       move.to_stage, move.outcome, move."on", told.amount, told.close_on, told.probability
FROM (SELECT opportunity_id, "on" FROM stage_move
      UNION SELECT opportunity_id, "on" FROM terms) AS days
JOIN stage_move AS move ON move.id = (
    SELECT last.id FROM stage_move AS last
    WHERE last.opportunity_id = days.opportunity_id AND last."on" <= days."on"
    ORDER BY last."on" DESC, last.id DESC LIMIT 1)
LEFT JOIN terms AS told ON told.id = (
    SELECT last.id FROM terms AS last
    WHERE last.opportunity_id = days.opportunity_id AND last."on" <= days."on"
    ORDER BY last."on" DESC, last.id DESC LIMIT 1)
"""
STOOD = [
    "outcome",
    "until",
    "since",
    "opportunity_id",
    "stage",
    "amount",
    "probability",
    "close_on",
]


def upgrade() -> None:
    op.create_table(
        "deal_span",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=255), nullable=False),
        sa.Column("outcome", sa.String(length=255), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("probability", sa.Numeric(precision=5, scale=4), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_deal_span_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "since", name=op.f("pk_deal_span")),
    )
    op.create_index("ix_deal_span_stood", "deal_span", STOOD)
    op.execute(FILL)


def downgrade() -> None:
    op.drop_index("ix_deal_span_stood", "deal_span")
    op.drop_table("deal_span")
