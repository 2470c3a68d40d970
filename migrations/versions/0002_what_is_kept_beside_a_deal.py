"""What is kept beside a deal: checklists, readings, notes, contenders, criteria, files,
approvals, reasons of a loss; and the filters that people keep under a name."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "checklist_tick",
    "deal_reading",
    "deal_note",
    "contender",
    "deal_criterion",
    "deal_file",
    "approval",
    "loss_factor",
)
MOMENT = sa.DateTime(timezone=True)


def _to(table: str, name: str, parent: str, rule: str = "CASCADE", *, required: bool = True) -> Any:
    """A column that points to a row of another table, with its constraint's name."""
    link = sa.ForeignKey(f"{parent}.id", name=op.f(f"fk_{table}_{name}_{parent}"), ondelete=rule)
    return sa.Column(name, sa.Integer(), link, nullable=not required)


def _by(table: str, name: str = "user_id") -> Any:
    return _to(table, name, "user", "SET NULL", required=False)


def _words(name: str, kind: Any = None, *, required: bool = True) -> Any:
    return sa.Column(name, kind or sa.String(length=255), nullable=not required)


def _table(name: str, *columns: Any) -> None:
    """A table whose rows belong to a deal and its account."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        _to(name, "account_id", "account"),
        _to(name, "opportunity_id", "opportunity"),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _alone(table: str, *columns: str) -> Any:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    op.add_column("opportunity", sa.Column("buyer_stage", sa.String(length=255), nullable=True))
    op.add_column("opportunity", sa.Column("price_gap", sa.Numeric(6, 4), nullable=True))
    _said_and_done()
    _rivalry()
    _handed_in()
    _views()


def _said_and_done() -> None:
    _table(
        "checklist_tick",
        _words("stage"),
        _words("item"),
        sa.Column("on", sa.Date(), nullable=False),
        _words("evidence"),
        _by("checklist_tick"),
        _alone("checklist_tick", "opportunity_id", "stage", "item"),
    )
    _table(
        "deal_reading",
        _words("subject"),
        _words("value"),
        _words("evidence", sa.Text()),
        sa.Column("on", sa.Date(), nullable=False),
        _by("deal_reading"),
        sa.Column("at", MOMENT, nullable=False),
    )
    _table(
        "deal_note",
        _words("kind"),
        sa.Column("on", sa.Date(), nullable=False),
        _words("words", sa.Text()),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        _by("deal_note"),
        sa.Column("at", MOMENT, nullable=False),
    )
    for name in ("deal_reading", "deal_note"):
        op.create_index(f"ix_{name}_opportunity_id_on_id", name, ["opportunity_id", "on", "id"])


def _rivalry() -> None:
    _table(
        "contender",
        _words("name"),
        _words("position", required=False),
        sa.Column("price", sa.Numeric(18, 2), nullable=True),
        _words("strengths", sa.Text()),
        _words("weaknesses", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", MOMENT, nullable=True),
    )
    _table(
        "deal_criterion",
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        _words("words"),
        _to("deal_criterion", "stakeholder_id", "stakeholder", "SET NULL", required=False),
        _words("favours", required=False),
        sa.Column("set_on", sa.Date(), nullable=True),
    )
    op.create_index("ix_deal_criterion_stakeholder_id", "deal_criterion", ["stakeholder_id"])
    _table("loss_factor", _words("factor"), _alone("loss_factor", "opportunity_id", "factor"))


def _handed_in() -> None:
    _table(
        "deal_file",
        _words("name"),
        _words("kind"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _by("deal_file"),
        sa.Column("at", MOMENT, nullable=False),
    )
    _table(
        "approval",
        _words("subject"),
        _words("words", sa.Text()),
        _by("approval"),
        sa.Column("asked_at", MOMENT, nullable=False),
        _by("approval", "approver_id"),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        _words("answer", sa.Text()),
        sa.Column("answered_at", MOMENT, nullable=True),
    )
    op.create_index(
        "ix_approval_approver_id_answered_at", "approval", ["approver_id", "answered_at"]
    )
    for name in ("contender", "deal_criterion", "deal_file", "approval"):
        op.create_index(f"ix_{name}_opportunity_id", name, ["opportunity_id"])


def _views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("saved_view", "user_id", "user"),
        _words("page"),
        _words("name"),
        _words("query", sa.Text()),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index("ix_saved_view_user_id", "saved_view", ["user_id"])
    op.create_index("ix_saved_view_page_user_id", "saved_view", ["page", "user_id"])


def downgrade() -> None:
    op.drop_table("saved_view")
    for name in reversed(TABLES):
        op.drop_table(name)
    # not by a batch: it would copy the table, and dropping the old one takes what hangs on it
    op.drop_column("opportunity", "price_gap")
    op.drop_column("opportunity", "buyer_stage")
