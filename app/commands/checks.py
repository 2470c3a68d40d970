"""check: is what is kept sound."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Account, Membership
from app.commands.common import as_json, current, newest, open_engine, open_session
from app.pipeline.models import Opportunity, StageMove
from app.pipeline.spans import COLUMNS, told_spans
from app.stakeholders.last_contact import last_touched
from app.stakeholders.models import Stakeholder, Tie
from app.users.rules import Level


def _said(answer: dict[str, Any]) -> str:
    marks = [
        ("ok   " if one["found"] == 0 else "WRONG")
        + f"  {one['check']}"
        + (f": {one['found']:,}" if one["found"] else "")
        for one in answer["checks"]
    ]
    return "\n".join(marks)


@click.command("check")
@click.option("--json", "wants_json", is_flag=True, help="Print the answer as JSON.")
def check_verb(wants_json: bool) -> None:
    """Look whether what is kept is sound; exit code 1 when something is not."""
    engine = open_engine()
    with open_session(engine) as session:
        checks = [{"check": name, "found": found} for name, found in findings(engine, session)]
    answer = {"sound": not any(one["found"] for one in checks), "checks": checks}
    click.echo(as_json(answer) if wants_json else _said(answer))
    raise SystemExit(0 if answer["sound"] else 1)


def findings(engine: Engine, session: Session) -> list[tuple[str, int]]:
    """What is looked at, each with how many rows are not as they should be."""
    return [
        ("the schema is the newest", int(current(engine) != newest())),
        ("every link leads somewhere", _broken_links(session)),
        ("every account has an owner", _count(session, _unowned())),
        ("every opportunity stands where its last move put it", _count(session, _misplaced())),
        ("every tie is within one account", _count(session, _crossing())),
        ("every last contact is the newest", _count(session, _mistold())),
        ("every opportunity stood as its moves and terms tell", _misspanned(session)),
    ]


def _count(session: Session, query: Any) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _broken_links(session: Session) -> int:
    """SQLite can be made to forget its foreign keys; PostgreSQL cannot."""
    if session.get_bind().dialect.name != "sqlite":
        return 0
    return len(session.execute(text("PRAGMA foreign_key_check")).all())


def _unowned() -> Any:
    owned = select(Membership.account_id).where(Membership.level == Level.OWN)
    return select(Account.id).where(
        Account.archived_at.is_(None), Account.is_holding.is_(False), Account.id.not_in(owned)
    )


def _misplaced() -> Any:
    newest_move = (
        select(StageMove.id)
        .where(StageMove.opportunity_id == Opportunity.id)
        .order_by(StageMove.on.desc(), StageMove.id.desc())
        .limit(1)
        .correlate(Opportunity)
        .scalar_subquery()
    )
    move = aliased(StageMove)
    differs = (move.to_stage != Opportunity.stage) | (move.outcome != Opportunity.outcome)
    return (
        select(Opportunity.id)
        .outerjoin(move, move.id == newest_move)
        .where(differs | move.id.is_(None))
    )


def _mistold() -> Any:
    differs = Stakeholder.touched_on.is_distinct_from(last_touched())
    return select(Stakeholder.id).where(differs)


def _misspanned(session: Session) -> int:
    """Spans that are kept and not told, or told and not kept."""
    told, kept = told_spans(), select(*COLUMNS)
    return _count(session, told.except_(kept)) + _count(session, kept.except_(told))


def _crossing() -> Any:
    one, other = aliased(Stakeholder), aliased(Stakeholder)
    return (
        select(Tie.id)
        .join(one, one.id == Tie.from_id)
        .join(other, other.id == Tie.to_id)
        .where((one.account_id != Tie.account_id) | (other.account_id != Tie.account_id))
    )
