"""Posts change hands: people leave, come back, move to another post, are succeeded [001].

The post that was left is kept with its days and its heir; everything else ends on the day.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.stakeholders.map_facts import TieFact
from app.stakeholders.models import Coverage, FormerPost, RoleHolding, Stakeholder, Tie
from app.stakeholders.rules import TieKind
from app.stakeholders.tie_changes import add_tie, report_to

HOLDINGS: tuple[Any, ...] = (RoleHolding, Tie, Coverage)


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the organisation."""

    title: str
    department: str = ""
    unit: str = ""
    level: int | None = None


def leave(session: Session, person: Stakeholder, on: date) -> None:
    """A person leaves on a day: what they hold, and every tie to them, ends with it."""
    _keep_post(session, person, on)
    person.left_on = on
    for model in HOLDINGS:
        held = select(model).where(of_person(model, person), model.until.is_(None))
        for row in session.scalars(held):
            row.until = on


def come_back(session: Session, person: Stakeholder) -> None:
    """Undo a leaving: what ended with it goes on, but for ties to others who left."""
    left_on, person.left_on = person.left_on, None
    _resume(session, person, left_on, *HOLDINGS)
    _forget_post(session, person, left_on)


def move(
    session: Session,
    person: Stakeholder,
    post: Post,
    on: date,
    *,
    manager_id: int | None = None,
    keeps_roles: bool = False,
) -> None:
    """A person takes another post on a day.

    Reporting lines go with the old post, and so do roles unless they are kept; what joins
    people as people (influence, alliances, our ties to them) goes on.
    """
    _keep_post(session, person, on)
    for row in [] if keeps_roles else session.scalars(_roles(person)):
        row.until = max(on, row.since)
    for line in session.scalars(_lines(person).where(Tie.until.is_(None))):
        line.until = max(on, line.since)
    for name, value in asdict(post).items():
        setattr(person, name, value)
    person.since = on
    report_to(session, person, manager_id, on)


def move_back(session: Session, person: Stakeholder) -> None:
    """Undo the last move: the old post, its roles and lines are theirs again."""
    post = _newest_post(session, person)
    if post is None:
        return
    mine = Tie.from_id == person.id
    for line in session.scalars(_lines(person).where(mine, Tie.until.is_(None))):
        session.delete(line)
    session.flush()
    for name in ("title", "department", "unit", "level", "since"):
        setattr(person, name, getattr(post, name))
    _resume(session, person, post.until, RoleHolding, Tie)
    session.delete(post)


def succeed(session: Session, person: Stakeholder, heir: Stakeholder, on: date) -> None:
    """The heir takes over the post that a person gave up on a day, and its reporting lines."""
    session.execute(
        update(FormerPost)
        .where(FormerPost.stakeholder_id == person.id, FormerPost.until == on)
        .values(heir_id=heir.id)
    )
    for line in session.scalars(_lines(person).where(Tie.until == on)).all():
        ends = [heir.id if one == person.id else one for one in (line.from_id, line.to_id)]
        add_tie(session, person.account_id, TieFact(TieKind.REPORTS_TO, *ends), on)


def unfollow(session: Session, person: Stakeholder, at: datetime) -> None:
    """Undo a succession: who took over the post given up last is put away, with their lines."""
    post = _newest_post(session, person)
    heir = session.get(Stakeholder, post.heir_id) if post and post.heir_id else None
    if post is None or heir is None:
        return
    for line in session.scalars(_lines(heir).where(Tie.until.is_(None))):
        line.until = max(post.until, line.since)
    heir.archived_at, post.heir_id = at, None
    session.flush()


def of_person(model: Any, person: Stakeholder) -> Any:
    """That a row is about a person, at either end of a tie."""
    if model is Tie:
        return or_(Tie.from_id == person.id, Tie.to_id == person.id)
    return model.stakeholder_id == person.id


def _newest_post(session: Session, person: Stakeholder) -> FormerPost | None:
    newest = (
        select(FormerPost)
        .where(FormerPost.stakeholder_id == person.id)
        .order_by(FormerPost.until.desc(), FormerPost.id.desc())
    )
    return session.scalar(newest.limit(1))


def _lines(person: Stakeholder) -> Any:
    return select(Tie).where(of_person(Tie, person), Tie.kind == TieKind.REPORTS_TO)


def _roles(person: Stakeholder) -> Any:
    return select(RoleHolding).where(
        RoleHolding.stakeholder_id == person.id, RoleHolding.until.is_(None)
    )


def _keep_post(session: Session, person: Stakeholder, until: date) -> None:
    post = Post(person.title, person.department, person.unit, person.level)
    here = {"account_id": person.account_id, "stakeholder_id": person.id}
    session.add(FormerPost(**here, **asdict(post), since=person.since, until=until))
    session.flush()


def _forget_post(session: Session, person: Stakeholder, until: date | None) -> None:
    session.execute(
        delete(FormerPost).where(FormerPost.stakeholder_id == person.id, FormerPost.until == until)
    )


def _resume(session: Session, person: Stakeholder, on: date | None, *models: Any) -> None:
    """Let what ended for a person on a day go on, but for ties to others who left."""
    gone = select(Stakeholder.id).where(Stakeholder.left_on.is_not(None))
    for model in models:
        ended = select(model).where(of_person(model, person), model.until == on)
        if model is Tie:
            others = gone.where(Stakeholder.id != person.id)
            ended = ended.where(Tie.from_id.not_in(others), Tie.to_id.not_in(others))
            ended = ended.where(~_has_new_manager())
        for row in session.scalars(ended):
            row.until = None


def _has_new_manager() -> Any:
    """That the report of a reporting line has another manager by now."""
    other = aliased(Tie)
    return and_(
        Tie.kind == TieKind.REPORTS_TO,
        exists().where(
            other.from_id == Tie.from_id,
            other.kind == TieKind.REPORTS_TO,
            other.until.is_(None),
            other.id != Tie.id,
        ),
    )
