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


def upgrade() -> None:
    op.add_column("stakeholder", sa.Column("touched_on", sa.Date(), nullable=True))
    op.create_index("ix_stakeholder_touched_on_id", "stakeholder", ["touched_on", "id"])
    op.execute(FILL)


def downgrade() -> None:
    op.drop_index("ix_stakeholder_touched_on_id", "stakeholder")
    op.drop_column("stakeholder", "touched_on")
