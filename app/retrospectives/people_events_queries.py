"""What was thought of a deal's people, and who of them came, changed and left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.pipeline.models import Opportunity
from app.pipeline.story_queries import Event
from app.retrospectives.record import Entry
from app.stakeholders.models import (
    Coverage,
    FormerPost,
    Observation,
    RoleHolding,
    Stakeholder,
)
from app.stakeholders.rules import NO_ROLE, Role, Support
from app.users.models import User
from app.vocabulary import N_, because

WHO = func.coalesce(User.name, "").label("who")


def people_events(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    """Readings, roles, comings and goings, posts and contacts while a deal ran, in five SELECTs."""
    yield from _readings(session, deal, until)
    yield from _roles(session, deal, until)
    yield from _comings(session, deal, until)
    yield from _posts(session, deal, until)
    yield from _contacts(session, deal, until)


def _of(deal: Opportunity, model: Any) -> ColumnElement[bool]:
    """Rows of a deal's account that are the deal's own or the account's, of people still kept."""
    return (
        (model.account_id == deal.account_id)
        & or_(model.opportunity_id.is_(None), model.opportunity_id == deal.id)
        & Stakeholder.archived_at.is_(None)
    )


def _readings(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    rows = session.execute(
        select(Stakeholder.name, Observation.on, Observation.at, Observation.support,
               Observation.source, Observation.note, WHO)
        .join(Stakeholder, Stakeholder.id == Observation.stakeholder_id)
        .outerjoin(User, User.id == Observation.user_id)
        .where(_of(deal, Observation), Observation.support.is_not(None))
        .where(Observation.on.between(deal.opened_on, until))
        .order_by(Observation.on, Observation.id)
    )  # fmt: skip
    for row in rows:
        values = {"name": row.name, "what": Support(row.support)}
        note = " · ".join(words for words in (row.source, row.note) if words)
        event = Event(row.on, "person", because(N_("%(name)s: %(what)s"), **values), row.who, note)
        yield Entry(event, is_personal=True, written_on=row.at.date())


def _roles(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    rows = session.execute(
        select(Stakeholder.name, RoleHolding.role, RoleHolding.since, RoleHolding.until)
        .join(Stakeholder, Stakeholder.id == RoleHolding.stakeholder_id)
        .where(_of(deal, RoleHolding), RoleHolding.role != NO_ROLE)
        .order_by(RoleHolding.since, RoleHolding.id)
    )
    for row in rows:
        values = {"name": row.name, "role": Role(row.role)}
        if deal.opened_on <= row.since <= until:
            text = because(N_("%(name)s is seen as %(role)s"), **values)
            yield Entry(Event(row.since, "person", text), is_personal=True)
        if row.until is not None and deal.opened_on <= row.until <= until:
            text = because(N_("%(name)s is no longer seen as %(role)s"), **values)
            yield Entry(Event(row.until, "person", text), is_personal=True)


def _comings(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    span = (deal.opened_on, until)
    rows = session.execute(
        select(Stakeholder.name, Stakeholder.known_on, Stakeholder.left_on)
        .where(Stakeholder.account_id == deal.account_id, Stakeholder.archived_at.is_(None))
        .where(or_(Stakeholder.known_on.between(*span), Stakeholder.left_on.between(*span)))
        .order_by(Stakeholder.id)
    )
    said = (N_("%(name)s comes onto the map"), N_("%(name)s leaves"))
    for name, *days in rows:
        for message, day in zip(said, days, strict=True):
            if day is not None and span[0] <= day <= until:
                event = Event(day, "people", because(message, name=name))
                yield Entry(event, is_personal=True)


def _posts(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    rows = session.execute(
        select(Stakeholder.name, FormerPost.title, FormerPost.until)
        .join(Stakeholder, Stakeholder.id == FormerPost.stakeholder_id)
        .where(FormerPost.account_id == deal.account_id, Stakeholder.archived_at.is_(None))
        .where(FormerPost.until.between(deal.opened_on, until))
        .order_by(FormerPost.id)
    )
    for name, title, day in rows:
        text = because(N_("%(name)s gives up a post: %(title)s"), name=name, title=title or "–")
        yield Entry(Event(day, "people", text), is_personal=True)


def _contacts(session: Session, deal: Opportunity, until: date) -> Iterable[Entry]:
    span = (deal.opened_on, until)
    rows = session.execute(
        select(Stakeholder.name, User.name.label("who"), Coverage.since, Coverage.until)
        .join(Stakeholder, Stakeholder.id == Coverage.stakeholder_id)
        .join(User, User.id == Coverage.user_id)
        .where(Coverage.account_id == deal.account_id, Stakeholder.archived_at.is_(None))
        .where(or_(Coverage.since.between(*span), Coverage.until.between(*span)))
        .order_by(Coverage.since, Coverage.id)
    )
    said = (N_("Contact with %(name)s taken up"), N_("Contact with %(name)s ended"))
    for name, who, *days in rows:
        for message, day in zip(said, days, strict=True):
            if day is not None and span[0] <= day <= until:
                yield Entry(Event(day, "telephone", because(message, name=name), who))
