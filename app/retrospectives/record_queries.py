"""Everything that happened around a deal, gathered in a fixed number of SELECTs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.history import Change
from app.pipeline.calls import Call
from app.pipeline.deal_models import Contender
from app.pipeline.deal_queries import criteria_of
from app.pipeline.forecast_models import ForecastCall
from app.pipeline.models import Opportunity
from app.pipeline.noting import Favours, Position
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.stage_rules import StageRules
from app.pipeline.story_queries import Event, story_of
from app.retrospectives.people_events_queries import people_events
from app.retrospectives.record import AFTERMATH, Entry
from app.users.models import User
from app.vocabulary import N_, because

WHO = func.coalesce(User.name, "").label("who")


def record_of(session: Session, deal: Opportunity, rules: StageRules, on: date) -> list[Entry]:
    """Every event of a deal until a day, at the latest a quarter after it was decided: its own
    story, what was thought of its people, competitors, criteria, calls and reviews."""
    until = min(on, deal.closed_on + AFTERMATH) if deal.closed_on else on
    story = story_of(session, deal.id, deal.currency, rules)
    entries = [
        *map(Entry, story),
        *people_events(session, deal, until),
        *_rivals(session, deal),
        *_criteria(session, deal.id),
        *_called(session, deal.id),
        *_reviewed(session, deal.id),
    ]
    return [entry for entry in entries if entry.event.on <= until]


def _rivals(session: Session, deal: Opportunity) -> Iterable[Entry]:
    """Who joined as a competitor, and what was learnt of them, by the history of changes."""
    rows = session.execute(
        select(Change.at, Change.columns, Contender.name, WHO)
        .join(Contender, Contender.id == Change.entity_id)
        .outerjoin(User, User.id == Change.user_id)
        .where(Change.entity == Contender.__tablename__, Contender.opportunity_id == deal.id)
        .where(Change.account_id == deal.account_id)
        .order_by(Change.id)
    )
    for row in rows:
        for event in _rival(row.at.date(), row.name, row.columns, deal.currency, row.who):
            yield Entry(event)


def _rival(
    on: date, name: str, columns: dict[str, list[object]], currency: str, who: str
) -> Iterable[Event]:
    if "name" in columns and columns["name"][0] is None:
        yield Event(on, "flag", because(N_("Competitor noted: %(name)s"), name=name), who)
    position, price = (columns.get(key, [None, None])[1] for key in ("position", "price"))
    if position:
        said = because(N_("%(name)s: %(what)s"), name=name, what=Position(str(position)))
        yield Event(on, "flag", said, who)
    if price:
        values = {"name": name, "price": price, "currency": currency}
        yield Event(on, "tag", because(N_("%(name)s asks %(price)s %(currency)s"), **values), who)


FAVOURING = {Favours.US: N_("for us"), Favours.RIVAL: N_("for a competitor")}


def _criteria(session: Session, deal_id: int) -> Iterable[Entry]:
    for one in criteria_of(session, deal_id):
        if one.set_on is not None:
            text = because(N_("They set a criterion: %(words)s"), words=one.words)
            mark = because(FAVOURING[one.favours]) if one.favours in FAVOURING else None
            yield Entry(Event(one.set_on, "list-check", text, one.person, mark=mark))


def _called(session: Session, deal_id: int) -> Iterable[Entry]:
    rows = session.execute(
        select(ForecastCall.on, ForecastCall.call, WHO)
        .outerjoin(User, User.id == ForecastCall.user_id)
        .where(ForecastCall.opportunity_id == deal_id)
        .order_by(ForecastCall.id)
    )
    for row in rows:
        text = because(N_("The seller’s call: %(call)s"), call=Call(row.call))
        yield Entry(Event(row.on, "graph-up", text, row.who))


def _reviewed(session: Session, deal_id: int) -> Iterable[Entry]:
    decided = session.execute(
        select(Review.on, ReviewItem.decision, WHO)
        .join(ReviewItem, ReviewItem.review_id == Review.id)
        .outerjoin(User, User.id == ReviewItem.user_id)
        .where(ReviewItem.opportunity_id == deal_id, ReviewItem.decision != "")
        .order_by(Review.id)
    )
    for row in decided:
        text = because(N_("Decided in the review: %(words)s"), words=row.decision)
        yield Entry(Event(row.on, "journal-check", text, row.who))
    taken = session.execute(
        select(Review.on, ReviewAction.what, ReviewAction.done_on, WHO)
        .join(ReviewAction, ReviewAction.review_id == Review.id)
        .outerjoin(User, User.id == ReviewAction.owner_id)
        .where(ReviewAction.opportunity_id == deal_id, ReviewAction.archived_at.is_(None))
        .order_by(ReviewAction.id)
    )
    for on, what, done_on, who in taken:
        text = because(N_("Taken on in the review: %(what)s"), what=what)
        yield Entry(Event(on, "check2-square", text, who))
        if done_on is not None:
            yield Entry(Event(done_on, "check-lg", because(N_("Done: %(what)s"), what=what), who))
