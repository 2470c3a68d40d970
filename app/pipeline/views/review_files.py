"""The agenda of a review and what came of it as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, visible
from app.pictures import sheet
from app.pipeline.agenda_queries import Point
from app.pipeline.forms import ReviewFilter
from app.pipeline.review_queries import ActionRow, ItemRow, last_review
from app.pipeline.views.blueprint import account_wanted, offer_owners, pipeline
from app.pipeline.views.meeting import review_or_404, told_of
from app.pipeline.views.review import proposed
from app.vocabulary import N_
from app.web import _, comma, label, why

AGENDA = (
    N_("Topic"),
    N_("Deal"),
    N_("Account"),
    N_("Owner"),
    N_("Stage"),
    N_("Amount"),
    N_("Currency"),
    N_("Closes on"),
    N_("Reason"),
)
MINUTES = (
    N_("Kind"),
    N_("Deal"),
    N_("Account"),
    N_("Why"),
    N_("What"),
    N_("Who"),
    N_("By"),
    N_("Done"),
    N_("Result"),
)


@pipeline.get("/pipeline/review.<any(csv,xlsx):suffix>")
def agenda_file(suffix: str) -> ResponseReturnValue:
    """The proposed agenda: each deal once for every reason."""
    form, account, session = ReviewFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    points = proposed(form, account, last_review(session, visible(), me().id))
    return sheet(suffix, "agenda", [_(words) for words in AGENDA], _listed(points))


def _listed(points: list[Point]) -> Iterator[list[Any]]:
    for point in points:
        for one in point.items:
            whose = [label(point.topic), one.name, one.account, one.owner, label(one.stage)]
            yield [*whose, one.amount, one.currency, one.close_on, why(one.why)]


@pipeline.get("/pipeline/reviews/<int:review_id>/minutes.<any(csv,xlsx):suffix>")
def minutes_sheet(review_id: int, suffix: str) -> ResponseReturnValue:
    """What a review decided and who took what on, whether it is closed or still going on."""
    review, leader = review_or_404(review_id)
    told = told_of(review, leader)
    accounts = {item.opportunity_id: item.account for item in told["items"]}
    rows = [
        *map(_decided, told["items"]),
        *(_taken(one, accounts.get(one.opportunity_id, "")) for one in told["actions"]),
    ]
    response = sheet(suffix, "minutes", [_(words) for words in MINUTES], rows)
    name = f"review-{review.on}.{suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _decided(one: ItemRow) -> list[Any]:
    topics = comma().join(label(topic) for topic, _reason in one.topics)
    day = one.discussed_at.date() if one.discussed_at else None
    said = [one.decision, one.decided_by if one.decision else "", None, day, ""]
    return [_("Decision"), one.name, one.account, topics, *said]


def _taken(one: ActionRow, account: str) -> list[Any]:
    said = [one.what, one.owner, one.due, one.done_on, one.outcome]
    return [_("Action"), one.deal, account, "", *said]
