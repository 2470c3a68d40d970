"""Visits: goals, questions, each colleague's account, promises, feeds; snoozes and the digest"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def new_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("external_id", sa.String(length=255), nullable=True),
        sa.Column("series", sa.String(length=32), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("place", sa.String(length=255), nullable=False, server_default=""),
        sa.Column("goals", sa.Text(), nullable=False, server_default=""),
        sa.Column("materials", sa.Text(), nullable=False, server_default=""),
        sa.Column("went", sa.String(length=255), nullable=True),
        sa.Column("noes", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("asked_on", sa.Date(), nullable=True),
    )


def upgrade() -> None:
    # column by column: a table rebuilt on SQLite would take what hangs on it along
    for column in new_columns():
        op.add_column("visit", column)
    op.create_index("ix_visit_series", "visit", ["series"])
    op.create_index(
        "ix_visit_external_id_user_id", "visit", ["external_id", "user_id"], unique=True
    )
    _questions()
    _reports()
    _promises()
    _personal()
    op.execute("UPDATE visit SET goals = purpose")
    _split_questions()
    op.drop_column("visit", "questions")
    op.execute(
        "INSERT INTO visit_report (account_id, visit_id, user_id, at, commitment, outcome,"
        " feedback, noes)"
        " SELECT account_id, id, user_id, logged_at, commitment, outcome, '', 0 FROM visit"
        " WHERE held_on IS NOT NULL AND logged_at IS NOT NULL"
    )


def _questions() -> None:
    op.create_table(
        "visit_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_visit_question_account_id_account",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name="fk_visit_question_visit_id_visit", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stakeholder_id"],
            ["stakeholder.id"],
            name="fk_visit_question_stakeholder_id_stakeholder",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_visit_question_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visit_question"),
    )
    op.create_index("ix_visit_question_account_id_key", "visit_question", ["account_id", "key"])
    op.create_index("ix_visit_question_visit_id", "visit_question", ["visit_id"])
    op.create_index("ix_visit_question_stakeholder_id", "visit_question", ["stakeholder_id"])


def _reports() -> None:
    op.create_table(
        "visit_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("went", sa.String(length=255), nullable=True),
        sa.Column("commitment", sa.String(length=255), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("noes", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_visit_report_account_id_account",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name="fk_visit_report_visit_id_visit", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_visit_report_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_visit_report"),
        sa.UniqueConstraint("visit_id", "user_id", name="uq_visit_report_visit_id_user_id"),
        sa.UniqueConstraint("key", name="uq_visit_report_key"),
    )
    op.create_index("ix_visit_report_account_id", "visit_report", ["account_id"])


def _promises() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=255), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_promise_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name="fk_promise_visit_id_visit", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_promise_owner_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
    )
    op.create_index("ix_promise_account_id", "promise", ["account_id"])
    op.create_index("ix_promise_visit_id", "promise", ["visit_id"])
    op.create_index(
        "ix_promise_owner_id_done_on_due_on", "promise", ["owner_id", "done_on", "due_on"]
    )


def _personal() -> None:
    """What is one person's own: the feed, lines put off, the weekly e-mail."""
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_calendar_feed_user_id_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_snooze_user_id_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
        sa.UniqueConstraint("user_id", "kind", "row_id", name="uq_snooze_user_id_kind_row_id"),
    )
    op.create_table(
        "digest",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("sent_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_digest_user_id_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_digest"),
    )


def _split_questions() -> None:
    """Questions were one text; each line becomes a question of its own."""
    connection = op.get_bind()
    question = sa.table(
        "visit_question",
        *(sa.column(name) for name in ("account_id", "visit_id", "place", "words", "answer")),
    )
    kept = connection.execute(
        sa.text("SELECT id, account_id, questions FROM visit WHERE questions <> ''")
    ).all()
    rows = [
        {"account_id": account_id, "visit_id": visit_id, "place": place, "words": line.strip()}
        for visit_id, account_id, text in kept
        for place, line in enumerate(text.splitlines())
        if line.strip()
    ]
    if rows:
        connection.execute(question.insert(), [{**row, "answer": ""} for row in rows])


def downgrade() -> None:
    op.add_column("visit", sa.Column("questions", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    kept: dict[int, list[str]] = {}
    for visit_id, words in connection.execute(
        sa.text("SELECT visit_id, words FROM visit_question ORDER BY visit_id, place")
    ):
        kept.setdefault(visit_id, []).append(words)
    for visit_id, lines in kept.items():
        connection.execute(
            sa.text("UPDATE visit SET questions = :text WHERE id = :id"),
            {"text": "\n".join(lines), "id": visit_id},
        )
    for name in (
        "digest",
        "snooze",
        "calendar_feed",
        "promise",
        "visit_report",
        "visit_question",
    ):
        op.drop_table(name)
    op.drop_index("ix_visit_external_id_user_id", "visit")
    op.drop_index("ix_visit_series", "visit")
    for column in reversed(new_columns()):
        op.drop_column("visit", column.name)
