"""What of goals, actions and feedback the customer may see"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


SHARED = ("goal", "action", "feedback")


def upgrade() -> None:
    for table in SHARED:
        op.add_column(
            table, sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    for table in SHARED:
        op.drop_column(table, "is_shared")
