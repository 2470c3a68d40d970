"""What changed in a period's pipeline since a day: deal by deal, as a picture and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.charts import Words
from app.pictures import picture, sheet, unit_of
from app.pipeline.charts import Bar
from app.pipeline.charts import waterfall as drawn
from app.pipeline.remembered import remembered
from app.pipeline.snapshots import DAY
from app.pipeline.views.blueprint import pipeline
from app.pipeline.views.forecast import Question, asked, usual_periods
from app.pipeline.waterfall import Waterfall, waterfalls
from app.pipeline.waterfall_queries import locked_days, states_locked, states_on
from app.web import _, day, label, money, render, today


@dataclass(frozen=True, slots=True)
class Told:
    """What changed since the end of a day; ``is_locked`` when that day's forecast is kept."""

    question: Question
    since: date
    days: list[date]
    is_locked: bool
    found: list[Waterfall]


def _told() -> Told:
    question, session = asked(), db.session()
    key = (*question.key, "changes", request.args.get("since", ""))
    since, days, is_locked, found = remembered(session, key, lambda: _find(question))
    return Told(question, since, days, is_locked, found)


def _find(question: Question) -> tuple[date, list[date], bool, list[Waterfall]]:
    session = db.session()
    days = [one for one in locked_days(session, question.period) if one < today()]
    since = _since(question, days)
    is_locked = since in days
    before = (
        states_locked(session, visible(), question.wish, question.period, since)
        if is_locked
        else states_on(session, visible(), question.wish, since)
    )
    after = states_on(session, visible(), question.wish, ended_after=since)
    return since, days, is_locked, waterfalls(before, after, question.period.end)


def _since(question: Question, days: list[date]) -> date:
    """The day asked for, else the period's eve, else yesterday."""
    try:
        wanted = date.fromisoformat(request.args.get("since", ""))
    except ValueError:
        wanted = question.period.start - DAY
    return wanted if wanted < today() else days[-1] if days else today() - DAY


@pipeline.get("/pipeline/forecast/changes")
def changes() -> ResponseReturnValue:
    """From what was open on a day to what is: won, lost, new, pushed, pulled in, up, down."""
    told = _told()
    return render(
        "pipeline/changes.html",
        form=told.question.form,
        account=told.question.account,
        period=told.question.period,
        periods=usual_periods(),
        told=told,
    )


@pipeline.get("/pipeline/forecast/changes.<any(svg,png,pdf):file_kind>")
def changes_picture(file_kind: str) -> ResponseReturnValue:
    """The changes in one currency as a waterfall."""
    told = _told()
    currency = request.args.get("currency", "")
    one = next((one for one in told.found if one.currency == currency), None)
    if one is None:
        abort(404)
    bars = _bars(one, told.since)
    unit, unit_name = unit_of(max(float(abs(one.opening)), float(abs(one.closing))))
    period = told.question.period
    title = _("Open in %(start)s – %(end)s", start=day(period.start), end=day(period.end))
    since = _("What changed since the end of %(day)s", day=day(told.since))
    words = Words(title, since, up=f"{currency} {unit_name}".strip())
    return picture(file_kind, (words, bars, unit), partial(drawn, words, bars, unit), "changes")


def _bars(one: Waterfall, since: date) -> list[Bar]:
    def said(amount: Any) -> str:
        return money(amount, one.currency)

    steps = [
        Bar(label(change), float(amount), ("+" if amount > 0 else "") + said(amount))
        for change, amount in one.sums.items()
    ]
    return [
        Bar(day(since), float(one.opening), said(one.opening), is_whole=True),
        *steps,
        Bar(_("Today"), float(one.closing), said(one.closing), is_whole=True),
    ]


@pipeline.get("/pipeline/forecast/changes.<any(csv,xlsx):suffix>")
def changes_sheet(suffix: str) -> ResponseReturnValue:
    """Every deal that changed, and by how much."""
    header = (_("Deal"), _("Account"), _("Change"), _("Currency"), _("Difference"))
    currency = request.args.get("currency")
    rows = (
        (step.deal.name, step.deal.account, label(step.change), step.deal.currency, step.difference)
        for one in _told().found
        if currency in {None, one.currency}
        for step in one.steps
    )
    return sheet(suffix, "changes", header, rows)
