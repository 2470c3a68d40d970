"""The funnel, and what moved between two days: picture, table and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import me, sight
from app.accounts.models import Account
from app.charts import Words
from app.pictures import picture as drawn
from app.pictures import plain, rounded, sheet
from app.pipeline.flow import HEIGHT, WIDTH, Step, Stream, picture
from app.pipeline.flow_charts import Named, funnel_drawn, streams_drawn
from app.pipeline.flow_queries import funnel, streams
from app.pipeline.forms import FlowFilter
from app.pipeline.remembered import remembered
from app.pipeline.rules import Stage
from app.pipeline.views.blueprint import account_wanted, offer_owners, pipeline, wish_of
from app.vocabulary import N_
from app.web import _, day, label, percent, render, today

USUAL = timedelta(days=30)
YEAR = timedelta(days=365)
"""Whose deals the funnel counts: of a month's, few have had the time to go anywhere."""


def days_wanted(form: FlowFilter) -> tuple[date, date]:
    """The two days asked for, in order and not ahead; else the last month."""
    end = min(form.end.data or today(), today())
    start = form.start.data or end - USUAL
    return (start, end) if start < end else (end - USUAL, end)


def _asked() -> tuple[FlowFilter, Account | None, date, date, list[Stream]]:
    form, account, session = FlowFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    start, end = form.start.data, form.end.data = days_wanted(form)
    wish, until = wish_of(form, account), end if end < today() else None
    key = ("flow", me().id, me().role, wish, start, until)
    find = partial(streams, session, sight(), wish, start, until)
    return form, account, start, end, remembered(session, key, find)


@pipeline.get("/pipeline/flow")
def flow() -> ResponseReturnValue:
    """From where to where deals went, and how far those opened meanwhile have come."""
    form, account, start, end, found = _asked()
    return render(
        "pipeline/flow.html",
        form=form,
        account=account,
        start=start,
        end=end,
        streams=sorted(found, key=lambda one: (not one.has_moved, -one.count)),
        picture=picture(found),
        height=HEIGHT,
        width=WIDTH,
        steps=_steps(form, account, end),
        since=end - YEAR,
    )


def _steps(form: FlowFilter, account: Account | None, end: date) -> list[Step]:
    session, wish = db.session(), wish_of(form, account)
    find = partial(funnel, session, sight(), wish, end - YEAR, end)
    return remembered(session, ("funnel", me().id, me().role, wish, end), find)


TOLD = {
    "on": N_("moved on"),
    "done": N_("signed or delivered"),
    "new": N_("new"),
    "back": N_("moved back"),
    "lost": N_("lost or withdrawn"),
    "stay": N_("stayed"),
}


@pipeline.get("/pipeline/flow.<any(svg,png,pdf):file_kind>")
def flow_picture(file_kind: str) -> ResponseReturnValue:
    """What moved as a picture for a meeting."""
    _form, _account, start, end, found = _asked()
    shown = picture(found)
    words = Words(
        _("What moved"),
        plain(_("From %(start)s to %(end)s", start=day(start), end=day(end))),
    )
    bars = [
        Named(bar, f"{label(bar.place)}  {bar.count}", is_left)
        for is_left, side in ((True, shown.left), (False, shown.right))
        for bar in side
    ]
    content = (words, bars, shown.ribbons, {tone: _(said) for tone, said in TOLD.items()})
    return drawn(file_kind, content, lambda _is_narrow: streams_drawn(*content), "flow")


@pipeline.get("/pipeline/funnel.<any(svg,png,pdf):file_kind>")
def funnel_picture(file_kind: str) -> ResponseReturnValue:
    """How far deals came as a picture for a meeting."""
    form, account, _start, end, _found = _asked()
    steps = [(label(one.stage), one.reached, _further(one)) for one in _steps(form, account, end)]
    since = _("How far the deals opened since %(day)s have come", day=day(end - YEAR))
    content = (Words(_("Funnel"), plain(since)), steps)
    return drawn(file_kind, content, lambda _is_narrow: funnel_drawn(*content), "funnel")


def _further(step: Step) -> str:
    """How many reached a stage, and what share of them went on."""
    if step.share is None or step.stage is Stage.DELIVERY:
        return f"{step.reached}"
    went_on = _("%(share)s went further", share=percent(step.share))
    return f"{step.reached}  {went_on}"


@pipeline.get("/pipeline/flow.<any(csv,xlsx):suffix>")
def flow_file(suffix: str) -> ResponseReturnValue:
    """What moved as a file."""
    *_rest, found = _asked()
    header = [_("From"), _("To"), _("Deals"), _("Amount"), _("Currency")]
    return sheet(suffix, "flow", header, _rows(found))


def _rows(found: list[Stream]) -> Iterator[list[Any]]:
    for one in found:
        yield [label(one.start), label(one.end), one.count, one.amount, one.currency]


@pipeline.get("/pipeline/funnel.<any(csv,xlsx):suffix>")
def funnel_file(suffix: str) -> ResponseReturnValue:
    """How far deals came as a file."""
    form, account, _start, end, _found = _asked()
    header = [_("Stage"), _("Deals"), _("Went further"), _("Share")]
    rows = (
        [label(one.stage), one.reached, one.further, _share(one)]
        for one in _steps(form, account, end)
    )
    return sheet(suffix, "funnel", header, rows)


def _share(step: Step) -> Decimal | None:
    return None if step.share is None else rounded(step.share, 4)
