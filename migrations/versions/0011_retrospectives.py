"""Retrospectives: who takes part, what was written, weighed and decided"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = (
    "retrospective",
    "retro_member",
    "retro_note",
    "retro_vote",
    "retro_interview",
    "retro_view",
    "retro_why",
    "retro_decision",
)
MOMENT = sa.DateTime(timezone=True)
SHORT = sa.String(length=20)


def _to(table: str, name: str, parent: str, rule: str = "CASCADE", *, required: bool = True) -> Any:
    """A column that points to a row of another table, with its constraint's name."""
    link = sa.ForeignKey(f"{parent}.id", name=op.f(f"fk_{table}_{name}_{parent}"), ondelete=rule)
    return sa.Column(name, sa.Integer(), link, nullable=not required)


def _of(table: str) -> Any:
    return _to(table, "retrospective_id", "retrospective")


def _by(table: str) -> Any:
    return _to(table, "user_id", "user", "SET NULL", required=False)


def _has(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> Any:
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *columns: Any) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *columns, key)


def _alone(table: str, *columns: str) -> Any:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


INDEXES = (
    ("retrospective", ("account_id",)),
    ("retrospective", ("made_at", "id")),
    ("retro_member", ("user_id",)),
    ("retro_note", ("leader_id",)),
    ("retro_note", ("retrospective_id",)),
    ("retro_vote", ("user_id",)),
    ("retro_interview", ("stakeholder_id",)),
    ("retro_interview", ("retrospective_id",)),
    ("retro_view", ("user_id",)),
    ("retro_why", ("parent_id",)),
    ("retro_why", ("retrospective_id",)),
    ("retro_decision", ("action_id",)),
    ("retro_decision", ("retrospective_id",)),
)


def upgrade() -> None:
    _retrospective()
    _written()
    _asked()
    _decided()
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _retrospective() -> None:
    _table(
        "retrospective",
        _to("retrospective", "account_id", "account"),
        _to("retrospective", "opportunity_id", "opportunity"),
        _has("kind", SHORT),
        _by("retrospective"),
        _has("made_at", MOMENT),
        _may("begun_at", MOMENT),
        _may("opened_at", MOMENT),
        _may("closed_at", MOMENT),
        _may("ends_at", MOMENT),
        _has("acted_at", MOMENT),
        _has("summary", sa.Text()),
        _has("version", sa.Integer()),
        _may("archived_at", MOMENT),
        _alone("retrospective", "opportunity_id", "kind"),
    )
    _table(
        "retro_member",
        _of("retro_member"),
        _to("retro_member", "user_id", "user"),
        _has("is_ready", sa.Boolean()),
        _has("joined_at", MOMENT),
        _alone("retro_member", "retrospective_id", "user_id"),
    )


def _written() -> None:
    _table(
        "retro_note",
        _of("retro_note"),
        _by("retro_note"),
        _to("retro_note", "leader_id", "retro_note", "SET NULL", required=False),
        _has("factor", SHORT),
        _has("words", sa.Text()),
        _has("is_shared", sa.Boolean()),
        _may("came_true", sa.Boolean()),
        _may("key", sa.String(length=64)),
        _has("at", MOMENT),
        _alone("retro_note", "key"),
    )
    _table(
        "retro_vote",
        _to("retro_vote", "note_id", "retro_note"),
        _to("retro_vote", "user_id", "user"),
        _has("dots", sa.SmallInteger()),
        _alone("retro_vote", "note_id", "user_id"),
    )


def _asked() -> None:
    _table(
        "retro_interview",
        _of("retro_interview"),
        _to("retro_interview", "stakeholder_id", "stakeholder", required=False),
        _has("who", sa.String(length=255)),
        _has("on", sa.Date()),
        _by("retro_interview"),
        _has("has_consent", sa.Boolean()),
        _has("answers", sa.JSON()),
        sa.CheckConstraint("has_consent", name=op.f("ck_retro_interview_has_consent")),
    )
    _table(
        "retro_view",
        _of("retro_view"),
        _to("retro_view", "user_id", "user", required=False),
        _to("retro_view", "interview_id", "retro_interview", required=False),
        _has("factor", SHORT),
        _has("counted", sa.Boolean()),
        _alone("retro_view", "retrospective_id", "user_id", "factor"),
        _alone("retro_view", "interview_id", "factor"),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (interview_id IS NULL)", name=op.f("ck_retro_view_one_voice")
        ),
    )


def _decided() -> None:
    _table(
        "retro_why",
        _of("retro_why"),
        _to("retro_why", "parent_id", "retro_why", required=False),
        _has("factor", SHORT),
        _has("words", sa.Text()),
        _has("evidence", sa.JSON()),
        _by("retro_why"),
        _has("at", MOMENT),
    )
    _table(
        "retro_decision",
        _of("retro_decision"),
        _to("retro_decision", "action_id", "action", "SET NULL", required=False),
        _has("words", sa.Text()),
        _by("retro_decision"),
        _has("at", MOMENT),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
