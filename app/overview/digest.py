"""The week's letter to each of ours: what needs them, and whom they will see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import force_locale
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.accounts.queries import sight_of
from app.mail import letter, post_office
from app.overview.asker import Asker
from app.overview.digest_changes import claim, give_back
from app.overview.digest_queries import Reader, digest_readers
from app.overview.needs import Group, ranked
from app.overview.today_queries import needs_of
from app.visits.models import Visit
from app.visits.queries import VisitRow, visit_rows, visits_of
from app.visits.rules import monday_of
from app.web import _, comma, day, label, why

LINES = 5
"""Of each group: a letter is read on the way."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Whom the letters went to, and whom they did not reach."""

    monday: date
    sent: tuple[str, ...]
    failed: tuple[str, ...]


def send_digests(app: Flask, session: Session, at: datetime, *, only: str = "") -> Sent:
    """Send this week's letter to everyone who has not had it; each is claimed first, so that
    two schedulers never send it twice. What fails may be sent again."""
    config = app.config["BANYAN"]
    monday = monday_of(at.astimezone(ZoneInfo(config.timezone)).date())
    sent, failed = [], []
    readers = [one for one in digest_readers(session) if not only or one.email == only]
    with post_office(config) as office:
        for reader in readers:
            if not claim(session, reader.id, monday):
                continue
            session.commit()
            told = _letter(app, session, reader, at)
            try:
                office.send_message(letter(config, reader.email, *told))
            except OSError:
                give_back(session, reader.id)
                failed.append(reader.email)
            else:
                sent.append(reader.email)
            session.commit()
    return Sent(monday, tuple(sent), tuple(failed))


def _letter(app: Flask, session: Session, reader: Reader, at: datetime) -> tuple[str, str, str]:
    """Subject, text, and the address that stops the letters, in the reader's language."""
    config = app.config["BANYAN"]
    zone = reader.timezone or config.timezone
    on = at.astimezone(ZoneInfo(zone)).date()
    stop = f"{config.address}/digest/off/{stop_token(app, reader.id)}"
    with app.app_context(), force_locale(reader.language or config.language):
        sight = sight_of(session, reader.id, reader.role, reader.manager_id)
        groups = ranked(needs_of(session, Asker(reader.id, sight, at), on), LINES)
        week = visit_rows(
            session,
            visits_of(reader.id),
            sight.of(Visit.account_id),
            Visit.on.between(on, on + timedelta(days=6)),
            Visit.held_on.is_(None),
        )
        body = "\n".join(_body(reader, [*_visits(week), *_needs(groups)], config.address, stop))
        return _("Your week from %(day)s", day=day(on)), body, stop


def _body(reader: Reader, lines: list[str], address: str, stop: str) -> Iterator[str]:
    yield _("Good morning, %(name)s.", name=reader.name)
    yield ""
    yield from lines or [_("Nothing is late and nobody waits. A good week to see somebody new.")]
    yield ""
    yield f"{_('Today')}: {address}/"
    yield f"{_('No more of these letters')}: {stop}"


def _visits(week: list[VisitRow]) -> Iterator[str]:
    if week:
        yield _("Visits this week").upper()
    for row in week:
        people = f" ({comma().join(row.people)})" if row.people else ""
        yield f"- {day(row.on)} {row.account}: {row.purpose}{people}"
    if week:
        yield ""


def _needs(groups: list[Group]) -> Iterator[str]:
    for group in groups:
        yield f"{label(group.kind).upper()} ({len(group.needs) + len(group.rest)})"
        for need in group.needs:
            yield f"- {need.title or need.account} – {need.account}. {why(need.reason)}"
        yield ""


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="digest off")


def stop_token(app: Flask, user_id: int) -> str:
    """What a letter's stop address ends with."""
    return str(_signer(app).dumps(user_id))


def stopped_by(app: Flask, token: str) -> int | None:
    """Whose letters a stop address stops; None for one that we never wrote."""
    try:
        return int(_signer(app).loads(token))
    except (BadSignature, ValueError, TypeError):
        return None
