"""What is asked of the database for a change report: a fixed number of SELECTs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, union_all
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.rules import RelationshipStage
from app.history import Change
from app.plans.change_report import GoalChange, Happened, RivalChange, SalesChange
from app.plans.deal_change_queries import deal_changes
from app.plans.goal_queries import goal_rows, standings
from app.plans.models import Action, Goal
from app.plans.rules import Phase
from app.records.models import Feedback, Product, Sale
from app.stakeholders.map_differences import map_differences
from app.stakeholders.map_queries import map_facts_of
from app.stakeholders.relationship_stage import TradeFact, relationship_stage
from app.visits.models import Promise, Visit
from app.vocabulary import N_, Reason

READ = ("goal", "rival", "account", "phase_text")
EDITED = {"target": N_("target"), "baseline": N_("baseline"), "due_on": N_("due day")}
"""What of a goal is worth telling when it is changed."""


@dataclass(frozen=True, slots=True)
class Span:
    """An account and the time after one day, up to another."""

    account_id: int
    since: date
    until: date

    def holds(self, column: Any) -> ColumnElement[bool]:
        """That a day lies in it."""
        return and_(column > self.since, column <= self.until)

    @property
    def before(self) -> date:
        """The start of as long a time before."""
        return self.since - (self.until - self.since)


@dataclass(slots=True)
class _Story:
    """What the history tells of one row: its acts, and each column's first and last value."""

    title: str = ""
    acts: set[str] = field(default_factory=set)
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)

    @property
    def is_gone(self) -> bool:
        """Whether it was put away or deleted, and not brought back."""
        return "deleted" in self.acts or bool(self.new.get("archived_at"))

    @property
    def is_new(self) -> bool:
        """Whether it was made in this time."""
        return "created" in self.acts


def happened(session: Session, span: Span) -> Happened:
    """Everything that changed at an account in a span of time."""
    stories = _stories(session, span)
    map_changes, before, after = _people(session, span)
    kept, broken = _promises(session, span)
    heard, answered = _feedback(session, span)
    done, late = _actions(session, span)
    return Happened(
        people=tuple(one for one in map_changes if not _is_contact(one)),
        contacts=tuple(one for one in map_changes if _is_contact(one)),
        stage_before=_overruled(stories, span, before, first=True),
        stage=_overruled(stories, span, after, first=False),
        deals=deal_changes(session, span.account_id, span.since, span.until),
        sales=_sales(session, span),
        goals=tuple(_goals(session, span, stories["goal"])),
        done=done,
        late=late,
        kept=kept,
        broken=broken,
        heard=heard,
        answered=answered,
        rivals=tuple(_rivals(stories["rival"].values())),
        written=tuple(_written(stories["phase_text"].values())),
    )


def _stories(session: Session, span: Span) -> dict[str, dict[int, _Story]]:
    rows = session.execute(
        select(Change.entity, Change.entity_id, Change.act, Change.title, Change.columns)
        .where(
            Change.account_id == span.account_id,
            Change.entity.in_(READ),
            Change.at >= _midnight(span.since + timedelta(days=1)),
            Change.at < _midnight(span.until + timedelta(days=1)),
        )
        .order_by(Change.id)
    )
    found: dict[str, dict[int, _Story]] = defaultdict(lambda: defaultdict(_Story))
    for entity, entity_id, act, title, columns in rows:
        story = found[entity][entity_id]
        story.title = title
        story.acts.add(act)
        for name, (old, new) in columns.items():
            story.old.setdefault(name, old)
            story.new[name] = new
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _people(
    session: Session, span: Span
) -> tuple[tuple[Reason, ...], RelationshipStage, RelationshipStage]:
    """What changed on the map, and the stage that the contacts amount to before and after."""
    facts = [map_facts_of(session, span.account_id, day) for day in (span.since, span.until)]
    trades = _trades(session, span)
    before, after = (
        relationship_stage(one, trade).stage for one, trade in zip(facts, trades, strict=True)
    )
    return tuple(one.reason for one in map_differences(*facts)), before, after


def _is_contact(reason: Reason) -> bool:
    """Whether a change of the map is about one of ours and one of theirs."""
    return {"one", "name"} <= reason.values.keys()


def _trades(session: Session, span: Span) -> tuple[TradeFact, TradeFact]:
    earlier = case((Sale.on <= span.since, Sale.on))
    first, last_before, last = session.execute(
        select(func.min(Sale.on), func.max(earlier), func.max(Sale.on)).where(
            Sale.account_id == span.account_id, Sale.on <= span.until, Sale.amount > 0
        )
    ).one()
    known = TradeFact(first, last_before) if last_before else TradeFact()
    return known, TradeFact(first, last)


def _overruled(
    stories: dict[str, dict[int, _Story]], span: Span, told: RelationshipStage, *, first: bool
) -> RelationshipStage:
    """A person's word where the stage was overruled in this time; else what the contacts tell."""
    story = stories["account"].get(span.account_id)
    values = (story.old if first else story.new) if story else {}
    said = values.get("relationship_stage")
    return RelationshipStage(said) if said else told


def _sales(session: Session, span: Span) -> SalesChange:
    inside, before = span.holds(Sale.on), and_(Sale.on > span.before, Sale.on <= span.since)
    rows = session.execute(
        select(
            Product.name,
            func.coalesce(func.sum(case((inside, Sale.amount))), 0),
            func.coalesce(func.sum(case((before, Sale.amount))), 0),
            func.min(Sale.on),
        )
        .select_from(Sale)
        .outerjoin(Product, Product.id == Sale.product_id)
        .where(Sale.account_id == span.account_id, Sale.on <= span.until)
        .group_by(Product.id, Product.name)
    ).all()
    currency = session.scalar(select(Account.currency).where(Account.id == span.account_id))
    return SalesChange(
        amount=sum((Decimal(row[1]) for row in rows), Decimal(0)),
        before=sum((Decimal(row[2]) for row in rows), Decimal(0)),
        currency=currency or "CNY",
        new=tuple(sorted(row[0] for row in rows if row[0] and row[3] > span.since)),
        gone=tuple(sorted(row[0] for row in rows if row[0] and row[2] > 0 and row[1] <= 0)),
    )


def _goals(session: Session, span: Span, stories: dict[int, _Story]) -> Iterable[GoalChange]:
    rows = goal_rows(
        session,
        Goal.account_id == span.account_id,
        Goal.starts_on <= span.until,
        Goal.due_on >= span.since,
    )
    stood = {one.goal.id: one.progress.standing for one in standings(session, rows, span.since)}
    stands = {one.goal.id: one for one in standings(session, rows, span.until)}
    for goal_id, story in stories.items():
        if goal_id not in stands and story.is_new is not story.is_gone:
            yield GoalChange(story.title, is_new=story.is_new, is_gone=story.is_gone)
    for goal_id, report in stands.items():
        known = stories.get(goal_id, _Story())
        yield GoalChange(
            report.goal.statement,
            before=None if known.is_new else stood[goal_id],
            after=report.progress.standing,
            is_new=known.is_new,
            edits=() if known.is_new else _edits(known),
        )


def _edits(story: _Story) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (message, _plain(story.old[name]), _plain(story.new[name]))
        for name, message in EDITED.items()
        if name in story.new and story.old[name] != story.new[name]
    )


def _plain(value: Any) -> str:
    """A value of the history as a person reads it: without the zeros that a column adds."""
    text = "–" if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _actions(session: Session, span: Span) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    rows = session.execute(
        select(Action.title, Action.result, Action.done_on)
        .where(
            Action.account_id == span.account_id,
            Action.archived_at.is_(None),
            span.holds(func.coalesce(Action.done_on, Action.due_on)),
        )
        .order_by(func.coalesce(Action.done_on, Action.due_on), Action.id)
    ).all()
    done = tuple((row.title, row.result) for row in rows if row.done_on)
    return done, tuple(row.title for row in rows if not row.done_on)


def _promises(session: Session, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Next steps and promises kept, and those due by the end that were not."""
    rows = session.execute(
        union_all(
            _promised(Visit, Visit.next_step, Visit.next_step_on, Visit.next_step_done_on, span),
            _promised(Promise, Promise.words, Promise.due_on, Promise.done_on, span),
        ).order_by("day")
    ).all()
    kept = tuple(row.words for row in rows if row.done_on)
    return kept, tuple(row.words for row in rows if not row.done_on)


def _promised(model: Any, words: Any, due: Any, done: Any, span: Span) -> Select[Any]:
    day = func.coalesce(done, due)
    return select(words.label("words"), done.label("done_on"), day.label("day")).where(
        model.account_id == span.account_id,
        model.archived_at.is_(None),
        words != "",
        span.holds(day),
    )


def _feedback(session: Session, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    heard, answered = span.holds(Feedback.on), span.holds(Feedback.answered_on)
    rows = session.execute(
        select(Feedback.words, heard.label("heard"), answered.label("answered"))
        .where(
            Feedback.account_id == span.account_id,
            Feedback.archived_at.is_(None),
            heard | answered,
        )
        .order_by(Feedback.on, Feedback.id)
    ).all()
    return (
        tuple(row.words for row in rows if row.heard),
        tuple(row.words for row in rows if row.answered),
    )


def _rivals(stories: Iterable[_Story]) -> Iterable[RivalChange]:
    for story in stories:
        if story.is_new and story.is_gone:
            continue
        yield RivalChange(
            story.title,
            is_new=story.is_new,
            is_gone=story.is_gone,
            share_before=_decimal(story.old.get("share")),
            share=_decimal(story.new.get("share")),
        )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _written(stories: Iterable[_Story]) -> Iterable[Phase]:
    return dict.fromkeys(Phase(story.title) for story in stories if "body" in story.new)
