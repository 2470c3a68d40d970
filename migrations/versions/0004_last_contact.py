"""The day of the last contact is kept beside each person"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FILL = """
UPDATE stakeholder SET touched_on = coalesce(
    (SELECT max(reading."on") FROM contact_reading AS reading
        JOIN coverage ON coverage.id = reading.coverage_id
        WHERE coverage.stakeholder_id = stakeholder.id AND reading.is_contact),
    (SELECT min(coverage.since) FROM coverage WHERE coverage.stakeholder_id = stakeholder.id)
)
"""

INDEXES = (
    ("ix_goal_due_on_id", "goal", ["due_on", "id"]),
    ("ix_opportunity_outcome_close_on", "opportunity", ["outcome", "close_on"]),
    ("ix_opportunity_outcome_next_step_on", "opportunity", ["outcome", "next_step_on"]),
    ("ix_account_archived_at_region", "account", ["archived_at", "region"]),
)


def upgrade() -> None:
    op.add_column("stakeholder", sa.Column("touched_on", sa.Date(), nullable=True))
    op.create_index("ix_stakeholder_touched_on_id", "stakeholder", ["touched_on", "id"])
    op.execute(FILL)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table)
    op.drop_index("ix_stakeholder_touched_on_id", "stakeholder")
    op.drop_column("stakeholder", "touched_on")
