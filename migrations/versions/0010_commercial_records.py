"""Contracts, credit, receivables, sales plans, service, support and communication"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    "contract",
    "contract_part",
    "contract_file",
    "credit",
    "receivable",
    "payment",
    "sales_plan",
    "service_case",
    "promotion",
    "expense",
    "loan",
    "communication",
)
MOMENT = sa.DateTime(timezone=True)
MONEY = sa.Numeric(precision=18, scale=2)
COUNT = sa.Numeric(precision=16, scale=3)
NAME = sa.String(length=255)
TERM = sa.String(length=20)

INDEXES = (
    ("contract", ("account_id", "number")),
    ("contract", ("ends_on", "account_id")),
    ("contract_file", ("contract_id",)),
    ("credit", ("account_id", "decided_on")),
    ("receivable", ("account_id", "number")),
    ("receivable", ("account_id", "on")),
    ("receivable", ("account_id", "settled_on")),
    ("payment", ("receivable_id", "on")),
    ("payment", ("account_id", "on")),
    ("sales_plan", ("account_id", "month", "product_id")),
    ("sales_plan", ("product_id",)),
    ("service_case", ("account_id", "closed_on", "on")),
    ("service_case", ("product_id",)),
    ("service_case", ("stakeholder_id",)),
    ("promotion", ("account_id", "starts_on")),
    ("promotion", ("product_id",)),
    ("expense", ("account_id", "on")),
    ("expense", ("promotion_id",)),
    ("loan", ("account_id", "returned_on")),
    ("communication", ("account_id", "due_on")),
)


def _to(table: str, name: str, parent: str, rule: str = "CASCADE", *, required: bool = True) -> Any:
    """A column that points to a row of another table, with its constraint's name."""
    link = sa.ForeignKey(f"{parent}.id", name=op.f(f"fk_{table}_{name}_{parent}"), ondelete=rule)
    return sa.Column(name, sa.Integer(), link, nullable=not required)


def _by(table: str, name: str, parent: str = "user") -> Any:
    return _to(table, name, parent, "SET NULL", required=False)


def _has(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=True)


def _versioned() -> list[Any]:
    return [_has("version", sa.Integer()), _may("archived_at", MOMENT)]


def _table(name: str, *columns: Any) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    of_account = _to(name, "account_id", "account")
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), of_account, *columns, key)


def upgrade() -> None:
    _contracts()
    _credit()
    _sales_and_service()
    _support()
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _contracts() -> None:
    _table(
        "contract",
        _has("number", NAME),
        _has("title", NAME),
        _may("signed_on", sa.Date()),
        _may("starts_on", sa.Date()),
        _may("ends_on", sa.Date()),
        _has("notice_days", sa.SmallInteger()),
        _has("renews", sa.Boolean()),
        _may("ended_on", sa.Date()),
        _may("amount", MONEY),
        _by("contract", "owner_id"),
        _has("notes", sa.Text()),
        *_versioned(),
    )
    _table(
        "contract_part",
        _to("contract_part", "contract_id", "contract"),
        _has("part", TERM),
        _has("points", sa.JSON()),
        _has("words", sa.Text()),
        _has("is_needless", sa.Boolean()),
        sa.UniqueConstraint("contract_id", "part", name=op.f("uq_contract_part_contract_id_part")),
    )
    _table(
        "contract_file",
        _to("contract_file", "contract_id", "contract"),
        _has("name", NAME),
        _has("kind", NAME),
        _has("size", sa.Integer()),
        _has("content", sa.LargeBinary()),
        _by("contract_file", "user_id"),
        _has("at", MOMENT),
    )


def _credit() -> None:
    _table(
        "credit",
        _has("on", sa.Date()),
        _by("credit", "user_id"),
        _may("asked", MONEY),
        _may("asked_days", sa.SmallInteger()),
        _has("request", sa.Text()),
        _may("surveyed_on", sa.Date()),
        _by("credit", "surveyor_id"),
        _has("survey", sa.Text()),
        _may("analysed_on", sa.Date()),
        _has("analysis", sa.Text()),
        _may("payment_score", sa.SmallInteger()),
        _may("growth_score", sa.SmallInteger()),
        _may("size_class", TERM),
        _may("grade", TERM),
        _may("limit", MONEY),
        _may("days", sa.SmallInteger()),
        _may("decided_on", sa.Date()),
        _by("credit", "decider_id"),
        _has("reason", sa.Text()),
        _may("until", sa.Date()),
        *_versioned(),
    )
    _table(
        "receivable",
        _has("number", NAME),
        _has("on", sa.Date()),
        _may("due_on", sa.Date()),
        _has("amount", MONEY),
        _has("note", NAME),
        _may("settled_on", sa.Date()),
        *_versioned(),
    )
    _table(
        "payment",
        _to("payment", "receivable_id", "receivable"),
        _has("on", sa.Date()),
        _has("amount", MONEY),
    )


def _sales_and_service() -> None:
    _table(
        "sales_plan",
        _has("month", sa.Date()),
        _by("sales_plan", "product_id", "product"),
        _has("spec", NAME),
        _may("quantity", COUNT),
        _has("amount", MONEY),
        *_versioned(),
    )
    _table(
        "service_case",
        _has("kind", TERM),
        _has("number", NAME),
        _has("on", sa.Date()),
        _has("title", NAME),
        _has("words", sa.Text()),
        _by("service_case", "product_id", "product"),
        _may("quantity", COUNT),
        _may("amount", MONEY),
        _by("service_case", "stakeholder_id", "stakeholder"),
        _by("service_case", "owner_id"),
        _may("answer_by", sa.Date()),
        _may("investigated_on", sa.Date()),
        _has("findings", sa.Text()),
        _may("decided_on", sa.Date()),
        _may("verdict", TERM),
        _has("decision", sa.Text()),
        _may("cost", MONEY),
        _may("answered_on", sa.Date()),
        _has("answer", sa.Text()),
        _may("closed_on", sa.Date()),
        *_versioned(),
        sa.CheckConstraint(
            "closed_on IS NULL OR answered_on IS NOT NULL",
            name=op.f("ck_service_case_answered_first"),
        ),
    )


def _support() -> None:
    _table(
        "promotion",
        _has("name", NAME),
        _has("starts_on", sa.Date()),
        _has("ends_on", sa.Date()),
        _by("promotion", "product_id", "product"),
        _has("plan", sa.Text()),
        _may("budget", MONEY),
        _by("promotion", "owner_id"),
        _may("is_approved", sa.Boolean()),
        _by("promotion", "approver_id"),
        _may("approved_on", sa.Date()),
        _has("answer", sa.Text()),
        _may("appraised_on", sa.Date()),
        _has("appraisal", sa.Text()),
        _may("is_worth", sa.Boolean()),
        *_versioned(),
    )
    _table(
        "expense",
        _by("expense", "promotion_id", "promotion"),
        _has("kind", TERM),
        _has("on", sa.Date()),
        _has("amount", MONEY),
        _has("words", NAME),
        _by("expense", "user_id"),
        *_versioned(),
    )
    _table(
        "loan",
        _has("kind", TERM),
        _has("name", NAME),
        _has("purpose", NAME),
        _by("loan", "owner_id"),
        _has("starts_on", sa.Date()),
        _may("due_on", sa.Date()),
        _may("returned_on", sa.Date()),
        _may("monthly_cost", MONEY),
        *_versioned(),
    )
    _table(
        "communication",
        _has("kind", TERM),
        _has("title", NAME),
        _has("due_on", sa.Date()),
        _may("months", sa.SmallInteger()),
        _by("communication", "owner_id"),
        _may("done_on", sa.Date()),
        _has("outcome", sa.Text()),
        *_versioned(),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
