"""How a deal stood, with its account and currency; indexes that tell all that sums ask"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FILL = """
INSERT INTO deal_span (opportunity_id, since, until, stage, outcome, moved_on,
                       amount, close_on, probability{names})
SELECT days.opportunity_id, days."on",
       coalesce(lead(days."on") OVER (PARTITION BY days.opportunity_id ORDER BY days."on"),
                '9999-12-31'),
       move.to_stage, move.outcome, move."on", told.amount, told.close_on, told.probability{values}
FROM (SELECT opportunity_id, "on" FROM stage_move
      UNION SELECT opportunity_id, "on" FROM terms) AS days
JOIN opportunity AS deal ON deal.id = days.opportunity_id
JOIN stage_move AS move ON move.id = (
    SELECT last.id FROM stage_move AS last
    WHERE last.opportunity_id = days.opportunity_id AND last."on" <= days."on"
    ORDER BY last."on" DESC, last.id DESC LIMIT 1)
LEFT JOIN terms AS told ON told.id = (
    SELECT last.id FROM terms AS last
    WHERE last.opportunity_id = days.opportunity_id AND last."on" <= days."on"
    ORDER BY last."on" DESC, last.id DESC LIMIT 1)
"""
STOOD_BEFORE = [
    "outcome",
    "until",
    "since",
    "opportunity_id",
    "stage",
    "amount",
    "probability",
    "close_on",
]
STOOD = [
    "stage",
    "outcome",
    "until",
    "since",
    "currency",
    "account_id",
    "amount",
    "probability",
    "close_on",
    "opportunity_id",
]
THEIRS = ["account_id", "until", "since"]
CLOSING = [
    "outcome",
    "close_on",
    "id",
    "archived_at",
    "account_id",
    "currency",
    "amount",
    "probability",
    "owner_id",
    "stage",
]
OWNED = ["owner_id", "outcome", "archived_at", "account_id", "stage", "close_on", "id"]
OPENED = ["opened_on", "archived_at", "account_id", "stage", "id"]


def upgrade() -> None:
    op.drop_table("deal_span")
    _create(sa.Column("account_id", sa.Integer(), nullable=False),
            sa.Column("currency", sa.String(length=255), nullable=False))  # fmt: skip
    op.create_index("ix_deal_span_stood", "deal_span", STOOD)
    op.create_index("ix_deal_span_account_id_until_since", "deal_span", THEIRS)
    kept = "WHERE deal.archived_at IS NULL"
    more = {"names": ", account_id, currency", "values": ", deal.account_id, deal.currency"}
    op.execute(FILL.format(**more) + kept)
    op.drop_index("ix_opportunity_outcome_close_on", "opportunity")
    op.create_index("ix_opportunity_closing", "opportunity", CLOSING)
    op.drop_index("ix_opportunity_owner_id_outcome", "opportunity")
    op.create_index("ix_opportunity_owned", "opportunity", OWNED)
    op.create_index("ix_opportunity_opened", "opportunity", OPENED)


def downgrade() -> None:
    op.drop_index("ix_opportunity_opened", "opportunity")
    op.drop_index("ix_opportunity_owned", "opportunity")
    op.create_index("ix_opportunity_owner_id_outcome", "opportunity", ["owner_id", "outcome"])
    op.drop_index("ix_opportunity_closing", "opportunity")
    op.create_index("ix_opportunity_outcome_close_on", "opportunity", ["outcome", "close_on"])
    op.drop_table("deal_span")
    _create()
    op.create_index("ix_deal_span_stood", "deal_span", STOOD_BEFORE)
    op.execute(FILL.format(names="", values=""))


def _create(*more: sa.Column) -> None:
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
        *more,
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_deal_span_opportunity_id_opportunity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "since", name=op.f("pk_deal_span")),
    )
