"""Everything that happened to a deal, on one line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.pipeline.approval_queries import approvals_of
from app.pipeline.deal_queries import (
    VISITS,
    day_of,
    files_of,
    notes_of,
    readings_of,
    ticks_of,
)
from app.pipeline.mirroring import BUYER
from app.pipeline.noting import NoteKind
from app.pipeline.qualifying import Answer, Question
from app.pipeline.queries import MoveRow, TermsRow, moves_of, terms_of
from app.pipeline.rules import Outcome, Stage
from app.pipeline.stage_rules import StageRules
from app.users.models import User
from app.vocabulary import N_, Reason, because


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``mark`` is a word to notice, ``url`` where more is told."""

    on: date
    icon: str
    text: Reason
    who: str = ""
    note: str = ""
    mark: Reason | None = None
    url: str = ""


def story_of(session: Session, deal_id: int, currency: str, rules: StageRules) -> list[Event]:
    """Every move, change of terms, judgement, tick, note, file, yes and visit, newest first."""
    events = [
        *map(_moved, moves_of(session, deal_id)),
        *_retermed(terms_of(session, deal_id), currency),
        *_judged(session, deal_id),
        *_noted(session, deal_id),
        *_ticked(session, deal_id, rules),
        *_handed_in(session, deal_id),
        *_approved(session, deal_id),
        *_visited(session, deal_id),
    ]
    return sorted(events, key=lambda event: event.on, reverse=True)


ENDS = {Outcome.WON: "check-circle", Outcome.CLOSED: "check-circle", Outcome.OPEN: "flag"}


def _moved(move: MoveRow) -> Event:
    note = " · ".join(words for words in (move.evidence, move.reason) if words)
    mark = because(N_("without milestone")) if move.is_override else None
    icon = ENDS.get(move.outcome, "x-circle")
    return Event(move.on, icon, _move_words(move), move.who, note, mark)


def _move_words(move: MoveRow) -> Reason:
    if move.from_stage is None:
        return because(N_("Opened in %(stage)s"), stage=move.to_stage)
    if move.from_stage is move.to_stage:
        return because("%(outcome)s", outcome=move.outcome)
    words = {"start": move.from_stage, "end": move.to_stage}
    if move.outcome is Outcome.OPEN:
        return because("%(start)s → %(end)s", **words)
    return because("%(start)s → %(end)s · %(outcome)s", **words, outcome=move.outcome)


def _retermed(terms: Iterable[TermsRow], currency: str) -> Iterable[Event]:
    for old, new in pairwise(terms):
        if old.close_on != new.close_on:
            yield Event(new.on, "calendar3", _close_words(old.close_on, new.close_on), new.who)
        if old.amount != new.amount:
            values = {"old": _known(old.amount), "new": _known(new.amount), "currency": currency}
            text = because(N_("Amount: %(old)s → %(new)s %(currency)s"), **values)
            yield Event(new.on, "pencil", text, new.who)


def _known(value: object) -> object:
    return because(N_("unknown")) if value is None else value


def _close_words(old: date | None, new: date | None) -> Reason:
    if old is None or new is None:
        return because(N_("Close date: %(old)s → %(new)s"), old=_known(old), new=_known(new))
    days = (new - old).days
    message = (
        N_("Close date pushed by %(days)s days, to %(new)s")
        if days > 0
        else N_("Close date pulled in by %(days)s days, to %(new)s")
    )
    return because(message, days=abs(days), new=new)


def _judged(session: Session, deal_id: int) -> Iterable[Event]:
    for one in readings_of(session, deal_id):
        if one.subject == BUYER:
            stage = Stage(one.value) if one.value else because(N_("unknown"))
            text = because(N_("The buyer is in: %(stage)s"), stage=stage)
        else:
            said = Answer(one.value) if one.value else because(N_("unknown"))
            text = because(
                N_("%(question)s: %(answer)s"), question=Question(one.subject), answer=said
            )
        yield Event(one.on, "search", text, one.who, one.evidence)


def _noted(session: Session, deal_id: int) -> Iterable[Event]:
    for one in notes_of(session, deal_id):
        icon = "x-circle" if one.kind is NoteKind.NO else "journal-check"
        yield Event(one.on, icon, because("%(kind)s", kind=one.kind), one.who, one.words)


def _ticked(session: Session, deal_id: int, rules: StageRules) -> Iterable[Event]:
    words = {(stage, item.key): item.words for stage in Stage for item in rules.of(stage).items}
    for (stage, key), tick in ticks_of(session, deal_id).items():
        text = because("✓ %(item)s", item=because(words.get((stage, key), key)))
        yield Event(tick.on, "check-lg", text, tick.who, tick.evidence)


def _handed_in(session: Session, deal_id: int) -> Iterable[Event]:
    for one in files_of(session, deal_id):
        text = because(N_("File: %(name)s"), name=one.name)
        yield Event(one.at.date(), "box-arrow-in-down", text, one.who)


def _approved(session: Session, deal_id: int) -> Iterable[Event]:
    for one in approvals_of(session, deal_id):
        asked = because(N_("Asked: %(subject)s"), subject=one.subject)
        yield Event(one.asked_on, "person", asked, one.asker, one.words)
        if one.answered_on is not None:
            message = N_("Granted: %(subject)s") if one.is_granted else N_("Refused: %(subject)s")
            text = because(message, subject=one.subject)
            icon = "check-circle" if one.is_granted else "x-circle"
            yield Event(one.answered_on, icon, text, one.approver, one.answer)


def _visited(session: Session, deal_id: int) -> Iterable[Event]:
    rows = session.execute(
        select(VISITS, func.coalesce(User.name, "").label("who"))
        .outerjoin(User, User.id == VISITS.c.user_id)
        .where(
            VISITS.c.opportunity_id == deal_id,
            VISITS.c.held_on.is_not(None),
            VISITS.c.archived_at.is_(None),
        )
    )
    for row in rows:
        text = because(N_("Visit: %(purpose)s"), purpose=row.purpose or "–")
        on = day_of(row.held_on) or day_of(row.on)
        assert on is not None
        yield Event(on, "chat-left-text", text, row.who, row.outcome or "", url=f"/visits/{row.id}")
