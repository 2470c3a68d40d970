"""The meeting: deal by deal, with decisions and actions taken there, closed with minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me, visible
from app.accounts.queries import find_account
from app.pipeline.board_queries import stage_norms
from app.pipeline.meeting import is_late
from app.pipeline.queries import find_opportunity, moves_of, terms_of
from app.pipeline.review_forms import ActionForm, DecisionForm, SummaryForm
from app.pipeline.review_models import Review
from app.pipeline.review_queries import (
    ActionRow,
    ItemRow,
    actions_of,
    decisions_on,
    find_review,
    items_of,
    key_people,
    last_review,
    neighbours,
)
from app.pipeline.rules import Stage, place_of
from app.pipeline.views.blueprint import pipeline, stage_rules
from app.users.queries import colleague_choices
from app.users.rules import UserRole
from app.web import render, today


def review_or_404(review_id: int) -> tuple[Review, str]:
    """A review that the person at hand may see, with its leader's name."""
    found = find_review(db.session(), review_id, visible(), me().id)
    if found is None:
        abort(404)
    return found


def may_lead(review: Review) -> bool:
    """Whether the person at hand leads this meeting; a director may lead any they see."""
    return review.user_id == me().id or me().role is UserRole.DIRECTOR


def open_review_or_403(review_id: int) -> Review:
    """A review that is still going on; a closed one can no longer be written to."""
    review, _leader = review_or_404(review_id)
    if review.closed_at is not None:
        abort(403)
    return review


def item_or_404(review_id: int, place: int) -> ItemRow:
    """A deal of a review that the person at hand may see."""
    found = items_of(db.session(), review_id, visible(), place)
    if not found:
        abort(404)
    return found[0]


@pipeline.get("/pipeline/reviews/<int:review_id>")
def meeting(review_id: int) -> ResponseReturnValue:
    """A meeting's opening with what the last one decided; once it is closed, its minutes."""
    review, leader = review_or_404(review_id)
    if review.closed_at is not None:
        return render("pipeline/minutes.html", **told_of(review, leader))
    form = SummaryForm(formdata=None, obj=review)
    return meeting_page(review, leader, form, action_form())


def meeting_page(
    review: Review, leader: str, form: SummaryForm, task: ActionForm, status: int = 200
) -> ResponseReturnValue:
    """The meeting's opening with its two forms."""
    told = told_of(review, leader)
    return render("pipeline/meeting.html", status, form=form, action_form=task, **told)


def told_of(review: Review, leader: str) -> dict[str, Any]:
    """What a meeting and the one before it came to, as the person at hand may see it."""
    session = db.session()
    last = last_review(session, visible(), me().id, before=review.id)
    return {
        "review": review,
        "leader": leader,
        "items": items_of(session, review.id, visible()),
        "actions": actions_of(session, visible(), review_ids=[review.id]),
        "last": last,
        "last_items": _decided(items_of(session, last.id, visible())) if last else [],
        "last_actions": actions_of(session, visible(), review_ids=[last.id]) if last else [],
        "older": actions_of(session, visible(), before=last.id, is_open=True) if last else [],
        "is_late": is_late,
        "may_lead": may_lead(review),
    }


def _decided(items: Iterable[ItemRow]) -> list[ItemRow]:
    return [item for item in items if item.decision]


def action_form(place: int | None = None, owner_id: int | None = None) -> ActionForm:
    """Who does what by when, still to be filled in."""
    form = ActionForm(formdata=None, place=place or "", owner_id=owner_id)
    form.offer_owners(colleague_choices(db.session()))
    return form


@pipeline.get("/pipeline/reviews/<int:review_id>/deals/<int:place>")
def discuss(review_id: int, place: int) -> ResponseReturnValue:
    """One deal of the meeting: why it is on the agenda, its facts, what is decided."""
    review, _leader = review_or_404(review_id)
    item = item_or_404(review_id, place)
    form = DecisionForm(formdata=None, decision=item.decision, version=item.version)
    return discuss_page(review, item, form, action_form(place, item.owner_id))


def discuss_page(
    review: Review, item: ItemRow, form: DecisionForm, task: ActionForm, status: int = 200
) -> ResponseReturnValue:
    """One deal of the meeting with its two forms."""
    session = db.session()
    deal = find_opportunity(session, item.opportunity_id)
    assert deal is not None
    before, after = neighbours(session, review.id, visible(), item.place)
    stage = Stage(deal.stage)
    return render(
        "pipeline/discuss.html",
        status,
        review=review,
        item=item,
        deal=deal,
        stage=stage,
        place=place_of(stage),
        form=form,
        action_form=task,
        before=before,
        after=after,
        items=items_of(session, review.id, visible()),
        may_write=review.closed_at is None and may_change(item.account_id),
        moves=[move for move in moves_of(session, deal.id) if move.on > review.since][::-1],
        terms=terms_of(session, deal.id)[::-1],
        norm=stage_norms(session, None, stage_rules()).get(stage),
        days=(today() - deal.stage_since).days,
        people=key_people(session, item.account_id),
        earlier=decisions_on(session, deal.id, review.id),
        **_taken(review, item),
    )


def _taken(review: Review, item: ItemRow) -> dict[str, Any]:
    """What was taken on for a deal, in this meeting and in earlier ones and still open."""
    listed = actions_of(db.session(), visible(), opportunity_id=item.opportunity_id)
    here: list[ActionRow] = [one for one in listed if one.review_id == review.id]
    older = [one for one in listed if one.review_id != review.id and one.done_on is None]
    return {"actions": here, "older": older, "is_late": is_late}


def may_change(account_id: int) -> bool:
    """Whether the person at hand may change an account they see."""
    found = find_account(db.session(), account_id, me().id, me().role)
    return found is not None and found[1] >= EDIT


@pipeline.get("/pipeline/reviews/<int:review_id>/deals/<int:place>/taken")
def taken(review_id: int, place: int) -> ResponseReturnValue:
    """What others decided and took on meanwhile: a part of the page, asked again and again."""
    review, _leader = review_or_404(review_id)
    item = item_or_404(review_id, place)
    may_write = review.closed_at is None and may_change(item.account_id)
    return render(
        "pipeline/taken.html", review=review, item=item, may_write=may_write, **_taken(review, item)
    )
