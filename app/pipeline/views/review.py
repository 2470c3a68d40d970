"""The review: the agenda that the product proposes."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.pipeline.agenda_queries import agenda
from app.pipeline.forms import ReviewFilter
from app.pipeline.views.blueprint import account_wanted, pipeline, wish_of
from app.users.queries import colleague_choices
from app.web import render, today

USUAL = timedelta(days=7)
LONGEST = timedelta(days=366)


def since_wanted(wanted: date | None) -> date:
    """The day asked for if it lies within the last year, else a week ago."""
    if wanted is not None and today() - LONGEST <= wanted < today():
        return wanted
    return today() - USUAL


@pipeline.get("/pipeline/review")
def review() -> ResponseReturnValue:
    """What to talk about: what happened since a day, and what stands still."""
    form, account, session = ReviewFilter(request.args), account_wanted(), db.session()
    form.offer_owners(colleague_choices(session))
    since = form.since.data = since_wanted(form.since.data)
    points = agenda(session, visible(), wish_of(form, account), since, today())
    return render("pipeline/review.html", form=form, account=account, since=since, points=points)
