"""What is asked of the database about approvals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Membership
from app.pipeline.deal_models import Approval
from app.pipeline.stage_rules import Subject
from app.users.models import User
from app.users.rules import UserRole


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A yes that was asked for, and what came of it."""

    id: int
    subject: Subject
    asked_on: date
    asker: str
    words: str
    approver_id: int | None
    approver: str
    is_granted: bool | None
    answer: str
    answered_on: date | None


def approvals_of(session: Session, deal_id: int) -> list[ApprovalRow]:
    """Every approval of a deal, newest first."""
    asker, approver = aliased(User), aliased(User)
    rows = session.execute(
        select(Approval, asker.name.label("asker"), approver.name.label("approver"))
        .outerjoin(asker, asker.id == Approval.user_id)
        .outerjoin(approver, approver.id == Approval.approver_id)
        .where(Approval.opportunity_id == deal_id)
        .order_by(Approval.id.desc())
    )
    return [
        ApprovalRow(
            row.id,
            Subject(row.subject),
            row.asked_at.date(),
            asked_by or "",
            row.words,
            row.approver_id,
            decided_by or "",
            row.is_granted,
            row.answer,
            row.answered_at.date() if row.answered_at else None,
        )
        for row, asked_by, decided_by in rows
    ]


def granted_in(approvals: Iterable[ApprovalRow]) -> frozenset[Subject]:
    """The subjects whose newest approval is a yes."""
    newest: dict[Subject, ApprovalRow] = {}
    for one in approvals:
        newest.setdefault(one.subject, one)
    return frozenset(subject for subject, one in newest.items() if one.is_granted)


def find_approval(session: Session, deal_id: int, approval_id: int) -> Approval | None:
    """An approval, if that deal's."""
    found = session.get(Approval, approval_id)
    return found if found is not None and found.opportunity_id == deal_id else None


def approver_choices(session: Session, account_id: int) -> list[tuple[int, str]]:
    """Who may say yes: directors who lead or are in the account's team, administrators in it."""
    team = select(Membership.user_id.label("id")).where(Membership.account_id == account_id)
    above = team.cte("above", recursive=True)
    leaders = above.union(
        select(User.manager_id)
        .join(above, above.c.id == User.id)
        .where(User.manager_id.is_not(None))
    )
    rows = session.execute(
        select(User.id, User.name)
        .where(
            User.archived_at.is_(None),
            or_(
                (User.role == UserRole.DIRECTOR) & User.id.in_(select(leaders.c.id)),
                (User.role == UserRole.ADMINISTRATOR) & User.id.in_(team),
            ),
        )
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in rows]
