"""The funnel, and what moved between two days: picture, table and files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight
from app.accounts.models import Account
from app.pipeline.flow import HEIGHT, WIDTH, Stream, picture
from app.pipeline.flow_queries import funnel, streams
from app.pipeline.forms import FlowFilter
from app.pipeline.views.blueprint import account_wanted, pipeline, wish_of
from app.pipeline.views.pictures import sheet
from app.users.queries import colleague_choices
from app.web import _, label, render, today

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
    form.offer_owners(colleague_choices(session))
    start, end = form.start.data, form.end.data = days_wanted(form)
    until = end if end < today() else None
    found = streams(session, sight(), wish_of(form, account), start, until)
    return form, account, start, end, found


@pipeline.get("/pipeline/flow")
def flow() -> ResponseReturnValue:
    """From where to where deals went, and how far those opened meanwhile have come."""
    form, account, start, end, found = _asked()
    wish, since = wish_of(form, account), end - YEAR
    steps = funnel(db.session(), sight(), wish, since, end)
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
        steps=steps,
        since=since,
    )


@pipeline.get("/pipeline/flow.<any(csv,xlsx):suffix>")
def flow_file(suffix: str) -> ResponseReturnValue:
    """The same as a file."""
    *_rest, found = _asked()
    header = [_("From"), _("To"), _("Deals"), _("Amount"), _("Currency")]
    return sheet(suffix, "flow", header, _rows(found))


def _rows(found: list[Stream]) -> Iterator[list[Any]]:
    for one in found:
        yield [label(one.start), label(one.end), one.count, one.amount, one.currency]
