"""What the period will bring, and how good such forecasts were."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.pipeline.forecast import Judged, Opinion, Period, forecasts, quarter_of, quarters_before
from app.pipeline.forecast_queries import judged_on, score_of, won_between
from app.pipeline.forms import ForecastFilter
from app.pipeline.views.blueprint import account_wanted, pipeline, wish_of
from app.users.queries import colleague_choices
from app.web import render, today

CARRIERS = 15
"""How many deals the page names: those that a period hangs on."""
PAST_QUARTERS = 4


def period_wanted(form: ForecastFilter) -> Period:
    """The days asked for, if they make a period; else the quarter at hand."""
    start, end = form.start.data, form.end.data
    if start is not None and end is not None and start <= end:
        return Period(start, end)
    return quarter_of(today())


def carriers_of(deals: list[Judged]) -> list[Judged]:
    """The deals of which most is expected, among those that any opinion expects something of."""
    hopeful = [one for one in deals if one.seller or one.history]
    return sorted(hopeful, key=lambda one: -one.worth)[:CARRIERS]


@pipeline.get("/pipeline/forecast")
def forecast() -> ResponseReturnValue:
    """Won so far, and what open deals may add by each opinion, as ranges."""
    form, account, session = ForecastFilter(request.args), account_wanted(), db.session()
    form.offer_owners(colleague_choices(session))
    period, wish = period_wanted(form), wish_of(form, account)
    form.start.data, form.end.data = period.start, period.end
    deals = judged_on(session, visible(), wish, end=period.end, today=today())
    won = won_between(session, visible(), wish, period.start, min(period.end, today()))
    return render(
        "pipeline/forecast.html",
        form=form,
        account=account,
        period=period,
        is_over=period.end < today(),
        forecasts=forecasts(deals, won),
        carriers=carriers_of(deals),
        opinions=Opinion,
    )


@pipeline.get("/pipeline/accuracy")
def accuracy() -> ResponseReturnValue:
    """The last quarters as they would have been forecast on their eve, and what came."""
    form, account, session = ForecastFilter(request.args), account_wanted(), db.session()
    form.offer_owners(colleague_choices(session))
    periods = quarters_before(today(), PAST_QUARTERS)
    score = score_of(session, visible(), wish_of(form, account), periods, today())
    return render(
        "pipeline/accuracy.html", form=form, account=account, score=score, opinions=Opinion
    )
