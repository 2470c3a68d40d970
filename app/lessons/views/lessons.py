"""Lessons: listed, written after a deal, done, put away."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, sight
from app.accounts.models import Account
from app.forms import chosen
from app.lessons.changes import settle
from app.lessons.forms import LessonFilter, LessonForm
from app.lessons.models import Lesson
from app.lessons.queries import (
    LessonWish,
    evidence_in,
    lesson_rows,
    mark_of,
    watch_of,
)
from app.lessons.rules import problems_acting
from app.lessons.views.blueprint import deal_of, deal_or_404, lesson_or_404, lessons
from app.pipeline.choice_queries import user_name
from app.pipeline.deal_queries import factors_of
from app.pipeline.losing import Factor
from app.pipeline.models import Opportunity
from app.pipeline.rules import Outcome
from app.pipeline.stage_rules import STAGE_RULES, stage_rules_from
from app.pipeline.story_queries import Event, story_of
from app.users.queries import colleague_choices, find_setting
from app.web import (
    _,
    commit_or_stale,
    day,
    list_place,
    render,
    see,
    stale_page,
    today,
    why,
)

FORM = "lessons/form.html"


@lessons.get("/lessons/")
def index() -> ResponseReturnValue:
    """The lessons of the deals one may see, newest first."""
    form, session = LessonFilter(request.args), db.session()
    form.offer_owners(colleague_choices(session))
    form.validate()
    wish = LessonWish(
        text=form.q.data or "",
        factor=form.factor.data,
        owner_id=form.owner.data,
        standing=form.standing.data,
    )
    page = lesson_rows(session, sight(), wish, list_place())
    return render("lessons/index.html", form=form, page=page, chosen=chosen(form), on=today())


def _story(deal: Opportunity) -> list[Event]:
    session = db.session()
    rules = stage_rules_from(find_setting(session, STAGE_RULES))
    return story_of(session, deal.id, deal.currency, rules)


def _offer(form: LessonForm, deal: Opportunity) -> LessonForm:
    events = [(mark_of(event), f"{day(event.on)} · {why(event.text)}") for event in _story(deal)]
    form.offer(colleague_choices(db.session()), dict(events).items())
    return form


@lessons.route("/pipeline/<int:opportunity_id>/lessons/add", methods=["GET", "POST"])
def add(opportunity_id: int) -> ResponseReturnValue:
    """Write down what a deal taught."""
    deal, account = deal_or_404(opportunity_id, EDIT)
    if request.method == "GET":
        known = factors_of(db.session(), deal.id)
        form = LessonForm(formdata=None, factor=known[0] if known else None, owner_id=me().id)
    else:
        form = LessonForm()
    _offer(form, deal)
    if request.method == "GET":
        return _form_page(form, deal, account)
    if not _stands(form):
        return _form_page(form, deal, account, 422)
    lesson = Lesson(account_id=account.id, opportunity_id=deal.id, user_id=me().id, at=db.now())
    _fill(form, lesson)
    db.session().add(lesson)
    db.session().commit()
    return see("lessons.show", _("The lesson is kept."), lesson_id=lesson.id)


def _stands(form: LessonForm) -> bool:
    """Whether a lesson can be kept so; says at the field why not."""
    if not form.validate():
        return False
    typed = form.action.data, form.owner_id.data if form.due_on.data else None, form.due_on.data
    field = form.due_on if form.action.data else form.action
    field.errors = [why(one) for one in problems_acting(*typed)]
    return not field.errors


def _fill(form: LessonForm, lesson: Lesson) -> None:
    form.fill(lesson)
    if not lesson.action:
        lesson.owner_id = lesson.done_on = None


def _form_page(
    form: LessonForm,
    deal: Opportunity,
    account: Account,
    status: int = 200,
    lesson: Lesson | None = None,
) -> ResponseReturnValue:
    return render(FORM, status, form=form, deal=deal, account=account, lesson=lesson)


@lessons.get("/lessons/<int:lesson_id>")
def show(lesson_id: int) -> ResponseReturnValue:
    """A lesson: the deal it came from, what shows it, what is done about it, its watch."""
    lesson, account = lesson_or_404(lesson_id)
    deal = deal_of(lesson)
    return render("lessons/show.html", **_shown(lesson, account, deal))


def _shown(lesson: Lesson, account: Account, deal: Opportunity) -> dict[str, Any]:
    session = db.session()
    return {
        "lesson": lesson,
        "account": account,
        "deal": deal,
        "outcome": Outcome(deal.outcome),
        "factor": Factor(lesson.factor) if lesson.factor else None,
        "evidence": evidence_in(_story(deal), lesson.evidence) if lesson.evidence else [],
        "owner": user_name(session, lesson.owner_id),
        "writer": user_name(session, lesson.user_id),
        "watch": watch_of(lesson),
        "on": today(),
    }


@lessons.route("/lessons/<int:lesson_id>/edit", methods=["GET", "POST"])
def edit(lesson_id: int) -> ResponseReturnValue:
    """Change a lesson."""
    lesson, account = lesson_or_404(lesson_id, EDIT)
    deal = deal_of(lesson)
    form = _offer(LessonForm(obj=lesson), deal)
    if request.method == "GET":
        return _form_page(form, deal, account, lesson=lesson)
    if not _stands(form):
        return _form_page(form, deal, account, 422, lesson)
    if form.is_stale(lesson):
        return stale_page(form, lesson)
    _fill(form, lesson)
    return commit_or_stale(form, lesson) or see("lessons.show", _("Saved."), lesson_id=lesson_id)


@lessons.post("/lessons/<int:lesson_id>/done")
def done(lesson_id: int) -> ResponseReturnValue:
    """What the lesson asks for is done; once more, and it is open again."""
    lesson, _account = lesson_or_404(lesson_id, EDIT)
    settle(lesson, None if lesson.done_on else today())
    db.session().commit()
    said = _("Done.") if lesson.done_on else _("It is to be done again.")
    undo = url_for("lessons.done", lesson_id=lesson_id)
    return see("lessons.show", said, undo=undo, lesson_id=lesson_id)


@lessons.post("/lessons/<int:lesson_id>/archive")
def put_away(lesson_id: int) -> ResponseReturnValue:
    """Put a lesson away, its watch with it; the toast offers to bring it back."""
    lesson, _account = lesson_or_404(lesson_id, EDIT)
    lesson.archived_at = db.now()
    db.session().commit()
    undo = url_for("lessons.bring_back", lesson_id=lesson_id)
    return see("lessons.index", _("The lesson is archived."), undo=undo)


@lessons.post("/lessons/<int:lesson_id>/restore")
def bring_back(lesson_id: int) -> ResponseReturnValue:
    """Bring an archived lesson back."""
    lesson, account = lesson_or_404(lesson_id)
    account_or_404(account.id, EDIT)
    lesson.archived_at = None
    db.session().commit()
    return see("lessons.show", _("The lesson is back."), lesson_id=lesson_id)
