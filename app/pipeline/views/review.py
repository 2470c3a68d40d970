"""Reviews: the agenda that the product proposes, the meeting's beginning, those held so far."""

from __future__ import annotations

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import allowed, me, sight, visible
from app.accounts.models import Account
from app.pipeline.agenda_queries import Point, agenda
from app.pipeline.forms import ReviewFilter
from app.pipeline.meeting import entries, since_day
from app.pipeline.remembered import remembered
from app.pipeline.review_changes import open_review
from app.pipeline.review_models import Review
from app.pipeline.review_queries import actions_of, last_review, open_reviews, review_rows
from app.pipeline.views.blueprint import (
    account_wanted,
    offer_owners,
    pipeline,
    stage_rules,
    wish_of,
)
from app.web import _, list_place, render, see, today


def proposed(form: ReviewFilter, account: Account | None, last: Review | None) -> list[Point]:
    """The agenda that a filter bar asks for; notes in the form the day that it looks back to."""
    session = db.session()
    since = since_day(form.since.data, last.on if last else None, today())
    form.since.data = since
    wish, rules = wish_of(form, account), stage_rules()
    key = ("agenda", me().id, me().role, wish, since, today(), str(rules))
    find = partial(agenda, session, sight(), wish, since, today(), rules=rules)
    return remembered(session, key, find)


@pipeline.get("/pipeline/review")
def review() -> ResponseReturnValue:
    """What to talk about: what happened since a day, and what stands still."""
    form, account, session = ReviewFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    last = last_review(session, visible(), me().id)
    points = proposed(form, account, last)
    waiting = actions_of(session, visible(), review_ids=[last.id], is_open=True) if last else []
    return render(
        "pipeline/review.html",
        form=form,
        account=account,
        since=form.since.data,
        points=points,
        deals=len(entries(points)),
        last=last,
        waiting=waiting,
        under_way=open_reviews(session, visible(), me().id),
    )


@pipeline.post("/pipeline/review")
@allowed("lead reviews")
def start_review() -> ResponseReturnValue:
    """Begin the meeting with the agenda as it stands."""
    form, account, session = ReviewFilter(request.form), account_wanted(), db.session()
    offer_owners(form)
    last = last_review(session, visible(), me().id)
    listed = entries(proposed(form, account, last))
    if not listed or form.since.data is None:
        return see("pipeline.review", _("There is nothing to talk about yet."))
    begun = open_review(
        session, listed, user_id=me().id, since=form.since.data, on=today(), at=db.now()
    )
    session.commit()
    return see("pipeline.meeting", review_id=begun.id)


@pipeline.get("/pipeline/reviews")
def reviews() -> ResponseReturnValue:
    """The reviews held so far, and what came of them."""
    page = review_rows(db.session(), visible(), me().id, list_place())
    return render("pipeline/reviews.html", page=page)
