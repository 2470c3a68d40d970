"""The minutes as a PDF file, in the reader's language and with what they may see."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app.pipeline.review_queries import ActionRow, ItemRow
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.meeting import review_or_404, told_of
from app.typeset import pdf_of
from app.web import _, comma, day, label, moment, money, why


@pipeline.get("/pipeline/reviews/<int:review_id>/minutes.pdf")
def minutes_file(review_id: int) -> ResponseReturnValue:
    """The minutes of a closed review, to be sent round."""
    review, leader = review_or_404(review_id)
    if review.closed_at is None:
        abort(404)
    response = Response(pdf_of("minutes.typ", _told(told_of(review, leader))))
    response.mimetype = "application/pdf"
    name = f"review-{review.on}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _told(told: dict[str, Any]) -> dict[str, Any]:
    """What the template prints: plain text, every part of it."""
    review, items = told["review"], told["items"]
    about = _("Pipeline review led by %(name)s, looking back to %(day)s. Closed %(moment)s.",
              name=told["leader"] or _("somebody"), day=day(review.since, "long"),
              moment=moment(review.closed_at))  # fmt: skip
    notes = ((_("Who was there"), review.present), (_("Summary"), review.summary))
    return {
        "title": _("Minutes of %(day)s", day=day(review.on, "long")),
        "lang": get_locale().language,
        "about": about,
        "notes": [pair for pair in notes if pair[1]],
        "actions": [_action(one) for one in told["actions"]],
        "decided": [_decided(one) for one in items if one.decision],
        "others": [_other(one) for one in items if not one.decision],
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "actions": _("Actions"),
        "action_heads": [_("What"), _("Who"), _("By"), _("Done")],
        "no_actions": _("Nobody took anything on."),
        "decisions": _("Decisions"),
        "no_decisions": _("Nothing was decided."),
        "others": _("Also on the agenda"),
        "other_heads": [_("Deal"), _("Why"), _("Amount")],
    }


def _action(one: ActionRow) -> list[str]:
    what = f"{one.deal}: {one.what}" if one.deal else one.what
    done = f"{day(one.done_on)} {one.outcome}".strip()
    return [what, one.owner or _("nobody"), day(one.due), done]


def _amount(one: ItemRow) -> str:
    return money(one.amount, one.currency) or "?"


def _decided(one: ItemRow) -> dict[str, Any]:
    facts = [one.account, one.owner, label(one.stage), _amount(one), day(one.close_on)]
    return {
        "name": one.name,
        "facts": " · ".join(fact for fact in facts if fact),
        "topics": [[label(topic), why(reason)] for topic, reason in one.topics],
        "decision": one.decision,
    }


def _other(one: ItemRow) -> list[str]:
    topics = comma().join(label(topic) for topic, _reason in one.topics)
    return [f"{one.name} ({one.account})", topics, _amount(one)]
