"""What is decided and taken on in a meeting, and how it ends."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, visible
from app.pipeline.review_changes import close_review, decide, reopen_review, take_on, tick
from app.pipeline.review_forms import ActionForm, DecisionForm, SummaryForm, TickForm
from app.pipeline.review_models import Review, ReviewAction, ReviewItem
from app.pipeline.review_queries import ItemRow, neighbours
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.meeting import (
    action_form,
    discuss_page,
    item_or_404,
    may_lead,
    meeting_page,
    open_review_or_403,
    review_or_404,
)
from app.row_ids import possible_row
from app.users.queries import colleague_choices
from app.web import _, commit_or_stale, see, stale_page, today


@pipeline.post("/pipeline/reviews/<int:review_id>/deals/<int:place>")
def decide_on(review_id: int, place: int) -> ResponseReturnValue:
    """Keep what is decided about a deal; a script sends it while one types."""
    review = open_review_or_403(review_id)
    item = item_or_404(review_id, place)
    account_or_404(item.account_id, EDIT)
    session, form = db.session(), DecisionForm()
    row = session.get_one(ReviewItem, item.id)
    if not form.validate():
        return discuss_page(review, item, form, action_form(place, item.owner_id), 422)
    if form.is_stale(row):
        return _outrun(review, item, form)
    decide(row, form.decision.data or "", user_id=me().id, at=db.now())
    return commit_or_stale(form, row) or _decided(row)


def _decided(item: ReviewItem) -> ResponseReturnValue:
    if _is_script():
        return {"version": item.version, "said": _("Saved")}
    _before, after = neighbours(db.session(), item.review_id, visible(), item.place)
    if request.form.get("next") and after is not None:
        return see("pipeline.discuss", review_id=item.review_id, place=after)
    if request.form.get("next"):
        return see("pipeline.meeting", review_id=item.review_id)
    return see("pipeline.discuss", _("Saved."), review_id=item.review_id, place=item.place)


def _is_script() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _outrun(review: Review, item: ItemRow, form: DecisionForm) -> ResponseReturnValue:
    """Somebody else wrote meanwhile: their words are shown, nobody's are lost."""
    form.version.data = item.version
    words = _("Meanwhile %(name)s wrote: “%(words)s”. Save again to put yours in its place.",
              name=item.decided_by or _("somebody"), words=item.decision)  # fmt: skip
    if _is_script():
        return {"version": item.version, "said": words}, 409
    form.decision.errors = [words]
    return discuss_page(review, item, form, action_form(item.place, item.owner_id), 409)


@pipeline.post("/pipeline/reviews/<int:review_id>/actions")
def add_task(review_id: int) -> ResponseReturnValue:
    """Note who does what by when, for a deal or for all."""
    review, form, session = open_review_or_403(review_id), ActionForm(), db.session()
    form.offer_owners(colleague_choices(session))
    place = possible_row(form.place.data)
    item = item_or_404(review_id, place) if place is not None else None
    if item is not None:
        account_or_404(item.account_id, EDIT)
    elif not may_lead(review):
        abort(403)
    if not form.validate():
        return _task_again(review, item, form)
    row = session.get_one(ReviewItem, item.id) if item else None
    what, owner_id, due = form.what.data, form.owner_id.data, form.due.data
    take_on(session, review, row, what=what, owner_id=owner_id, due=due)
    session.commit()
    return _back(review_id, place)


def _task_again(review: Review, item: ItemRow | None, form: ActionForm) -> ResponseReturnValue:
    if item is None:
        _review, leader = review_or_404(review.id)
        return meeting_page(review, leader, SummaryForm(formdata=None, obj=review), form, 422)
    decision = DecisionForm(formdata=None, decision=item.decision, version=item.version)
    return discuss_page(review, item, decision, form, 422)


def _back(review_id: int, place: int | None) -> ResponseReturnValue:
    if place is None:
        return see("pipeline.meeting", _("Noted."), review_id=review_id)
    return see("pipeline.discuss", _("Noted."), review_id=review_id, place=place, anchor="taken")


def task_or_404(task_id: int) -> ReviewAction:
    """An action that the person at hand may change: of a deal they may edit, or their own."""
    action = db.session().get(ReviewAction, task_id)
    if action is None or action.archived_at is not None:
        abort(404)
    review, _leader = review_or_404(action.review_id)
    if action.account_id is not None:
        account_or_404(action.account_id)
    is_mine = me().id in {action.owner_id, review.user_id}
    if action.account_id is None and not (is_mine or may_lead(review)):
        abort(403)
    if action.account_id is not None and not is_mine:
        account_or_404(action.account_id, EDIT)
    return action


@pipeline.post("/pipeline/review-actions/<int:task_id>/done")
def tick_task(task_id: int) -> ResponseReturnValue:
    """Mark an action as done, with what came of it; or as open again."""
    action, form = task_or_404(task_id), TickForm()
    if not form.validate():
        abort(422)
    tick(action, today() if form.is_done.data != "no" else None, form.outcome.data or "")
    db.session().commit()
    return _again(action, _("Noted."))


def _again(action: ReviewAction, words: str) -> ResponseReturnValue:
    """To the meeting one is in, or to its deal at hand; else to the action's own review."""
    at, place = (possible_row(request.args.get(name)) for name in ("at", "place"))
    if at is None or at == action.review_id:
        review_id, anchor = action.review_id, "actions"
    else:
        review_id, anchor = review_or_404(at)[0].id, "before"
    if place is not None:
        return see("pipeline.discuss", words, review_id=review_id, place=place, anchor="taken")
    return see("pipeline.meeting", words, review_id=review_id, anchor=anchor)


@pipeline.post("/pipeline/review-actions/<int:task_id>/remove")
def drop_task(task_id: int) -> ResponseReturnValue:
    """Take an action back; of a closed review nothing is taken back."""
    action = task_or_404(task_id)
    open_review_or_403(action.review_id)
    action.archived_at = db.now()
    db.session().commit()
    return _again(action, _("The action is removed."))


@pipeline.post("/pipeline/reviews/<int:review_id>/summary")
def summarise(review_id: int) -> ResponseReturnValue:
    """Keep who was there and what holds for the whole meeting; ``close`` ends it."""
    review, form = open_review_or_403(review_id), SummaryForm()
    if not may_lead(review):
        abort(403)
    if not form.validate():
        _review, leader = review_or_404(review_id)
        return meeting_page(review, leader, form, action_form(), 422)
    if form.is_stale(review):
        said = {"version": review.version, "said": _("Somebody else wrote here meanwhile.")}
        return (said, 409) if _is_script() else stale_page(form, review)
    form.fill(review)
    if request.form.get("close"):
        close_review(review, db.now())
    return commit_or_stale(form, review) or _summarised(review)


def _summarised(review: Review) -> ResponseReturnValue:
    if _is_script():
        return {"version": review.version, "said": _("Saved")}
    words = _("The review is closed; these are its minutes.") if review.closed_at else _("Saved.")
    return see("pipeline.meeting", words, review_id=review.id)


@pipeline.post("/pipeline/reviews/<int:review_id>/reopen")
def take_up_again(review_id: int) -> ResponseReturnValue:
    """Take a meeting up again that was closed by mistake, on its own day."""
    review, _leader = review_or_404(review_id)
    if not may_lead(review) or review.on != today():
        abort(403)
    reopen_review(review)
    db.session().commit()
    return see("pipeline.meeting", _("The review goes on."), review_id=review_id)
