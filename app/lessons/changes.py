"""What happens to lessons and their watches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.lessons.facts import facts_on
from app.lessons.models import Firing, Lesson
from app.lessons.record_queries import records_of
from app.lessons.watch_queries import Watching, find_firing, firings_among, served_since_on
from app.lessons.watching import Watch, clauses_text
from app.pipeline.models import Opportunity


def settle(lesson: Lesson, on: date | None) -> None:
    """What a lesson asks for is done on a day, or (None) open again."""
    lesson.done_on = on


def put_together(lesson: Lesson, watch: Watch, advice: str) -> None:
    """Give a lesson its watch; whether it is on stays as it is."""
    lesson.clauses = clauses_text(watch.clauses)
    lesson.is_any = watch.is_any
    lesson.advice = advice


def switch_on(lesson: Lesson, on: date) -> None:
    """From now on the watch speaks up."""
    lesson.watched_since, lesson.retired_on = lesson.watched_since or on, None


def retire(lesson: Lesson, on: date) -> None:
    """The watch says nothing any more; what it did stays on record."""
    lesson.watched_since, lesson.retired_on = None, on


def retire_wolves(session: Session, on: date) -> int:
    """Retire the watches that cry wolf by what they did since they were last switched on; how
    many did. Whoever switches one on again has it counted afresh."""
    wolves = [lesson for lesson, did in served_since_on(session).items() if did.cries_wolf]
    for lesson_id in wolves:
        retire(session.get_one(Lesson, lesson_id), on)
    return len(wolves)


def look_at(session: Session, watches: Iterable[Watching], deals: Select[int], on: date) -> int:
    """Let watches look at open deals, chosen by a SELECT of ids; how many fired for the first time.

    A watch fires once on a deal: when the deal no longer meets it that is noted, and should it
    meet it again the old firing counts on. The deal that taught a lesson is left alone.
    """
    on_duty, kept, fired = list(watches), firings_among(session, deals), 0
    for row, record in records_of(session, deals, on) if on_duty else ():
        facts = facts_on(record, on)
        for one in on_duty:
            fires = one.deal_id != row.id and one.watch.fires(facts)
            known = kept.get((one.lesson_id, row.id))
            if known is not None:
                _keep_up(known, on, fires=fires)
            elif fires:
                session.add(_fired(one.lesson_id, row.account_id, row.id, on))
                fired += 1
    return fired


def _keep_up(firing: Firing, on: date, *, fires: bool) -> None:
    if fires:
        firing.cleared_on = None
    elif firing.cleared_on is None:
        firing.cleared_on = on


def _fired(lesson_id: int, account_id: int, deal_id: int, on: date) -> Firing:
    return Firing(lesson_id=lesson_id, account_id=account_id, opportunity_id=deal_id, on=on)


def say_whether(
    session: Session, lesson_id: int, deal: Opportunity, *, helped: bool, user_id: int, on: date
) -> None:
    """Note whether a lesson helped on a deal that its watch fires on."""
    firing = find_firing(session, lesson_id, deal.id)
    if firing is None:
        firing = _fired(lesson_id, deal.account_id, deal.id, on)
        session.add(firing)
    firing.is_helpful, firing.user_id = helped, user_id
