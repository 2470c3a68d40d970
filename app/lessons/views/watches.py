"""Watches: put together, tried on the past, switched on, answered, retired."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me, visible
from app.accounts.models import Account
from app.lessons.changes import put_together, retire, say_whether, switch_on
from app.lessons.forms import HelpForm, WatchForm
from app.lessons.models import Lesson
from app.lessons.past_queries import tried_on_past
from app.lessons.queries import watch_of
from app.lessons.rules import problems_watching
from app.lessons.trying import Served, Tried, served
from app.lessons.views.blueprint import deal_of, deal_or_404, lesson_or_404, lessons
from app.lessons.watch_queries import fired_rows, how_served, speaking, watches_ever
from app.lessons.watching import Watch
from app.web import _, commit_or_stale, render, see, stale_page, today, why

TRY, KEEP, ON = "try", "keep", "on"
NOTHING: Served = served([])


@lessons.get("/lessons/watches")
def watches() -> ResponseReturnValue:
    """Every watch of the lessons one may see, with its record on the past and since."""
    session, on = db.session(), today()
    known = set(session.scalars(visible()))
    found = [one for one in watches_ever(session) if one.account_id in known]
    past = tried_on_past(session, (one.watch for one in found), on) if found else []
    did = how_served(session)
    return render(
        "lessons/watches.html",
        rows=[
            (one, told, did.get(one.lesson_id, NOTHING))
            for one, told in zip(found, past, strict=True)
        ],
    )


@lessons.get("/lessons/<int:lesson_id>/watch")
def watch(lesson_id: int) -> ResponseReturnValue:
    """A lesson's watch: its conditions, its record on the past, what it fired on."""
    lesson, account = lesson_or_404(lesson_id)
    form, kept = WatchForm(formdata=None, obj=lesson), watch_of(lesson)
    form.show(kept)
    return _watch_page(form, lesson, account, kept)


def _watch_page(
    form: WatchForm, lesson: Lesson, account: Account, asked: Watch, status: int = 200
) -> ResponseReturnValue:
    session = db.session()
    return render(
        "lessons/watch.html",
        status,
        form=form,
        lesson=lesson,
        account=account,
        deal=deal_of(lesson),
        asked=asked,
        tried=_tried(asked),
        did=how_served(session).get(lesson.id, NOTHING),
        fired=fired_rows(session, visible(), lesson.id),
    )


def _tried(asked: Watch) -> Tried | None:
    return tried_on_past(db.session(), [asked], today())[0] if asked.clauses else None


@lessons.post("/lessons/<int:lesson_id>/watch")
def put_watch(lesson_id: int) -> ResponseReturnValue:
    """Try a watch on the past, keep it, or keep it and switch it on."""
    lesson, account = lesson_or_404(lesson_id, EDIT)
    form, act = WatchForm(), request.form.get("act", KEEP)
    if not form.validate():
        return _watch_page(form, lesson, account, Watch(()), 422)
    asked, advice = form.watch, form.advice.data or ""
    if act == TRY:
        return _watch_page(form, lesson, account, asked)
    problems = problems_watching(not asked.clauses, advice) if act == ON else []
    if problems:
        form.form_errors = [why(one) for one in problems]
        return _watch_page(form, lesson, account, asked, 422)
    if form.is_stale(lesson):
        return stale_page(form, lesson)
    put_together(lesson, asked, advice)
    if act == ON:
        switch_on(lesson, today())
    said = _("The watch is on.") if act == ON else _("The watch is kept.")
    return commit_or_stale(form, lesson) or see("lessons.watch", said, lesson_id=lesson_id)


@lessons.post("/lessons/<int:lesson_id>/watch/retire")
def retire_watch(lesson_id: int) -> ResponseReturnValue:
    """Switch a watch off; what it did stays on record."""
    lesson, _account = lesson_or_404(lesson_id, EDIT)
    retire(lesson, today())
    db.session().commit()
    return see("lessons.watch", _("The watch is retired."), lesson_id=lesson_id)


@lessons.post("/pipeline/<int:opportunity_id>/lessons/<int:lesson_id>/helped")
def helped(opportunity_id: int, lesson_id: int) -> ResponseReturnValue:
    """Say whether a lesson that spoke up helped on a deal."""
    deal, _account = deal_or_404(opportunity_id, EDIT)
    session, form, on = db.session(), HelpForm(), today()
    speaks = any(one.watching.lesson_id == lesson_id for one in speaking(session, deal.id, on))
    if not form.validate() or form.is_helpful.data not in {"yes", "no"}:
        abort(422)
    if not speaks:
        abort(404)
    did = form.is_helpful.data == "yes"
    say_whether(session, lesson_id, deal, helped=did, user_id=me().id, on=on)
    session.commit()
    return see("pipeline.show", _("Noted, thank you."), opportunity_id=deal.id)
