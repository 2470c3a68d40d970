"""The board, the list, and an account's deals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import account_or_404, editable, sight
from app.paging import Place
from app.pictures import sheet
from app.pipeline.beside_rows import Beside
from app.pipeline.board_queries import MOST, board_rows
from app.pipeline.forms import BoardFilter, ListFilter
from app.pipeline.kept_views import ViewPage
from app.pipeline.queries import SORTS, DealRow, deal_rows, every_deal, pipeline_totals
from app.pipeline.rules import ENDED, LIVE, stage_named
from app.pipeline.standing_queries import DealWish
from app.pipeline.swimlane_queries import swimlane_rows
from app.pipeline.totals import by_currency, by_outcome
from app.pipeline.views.blueprint import account_wanted, offer_owners, pipeline, stage_rules
from app.pipeline.views.kept import views_here
from app.pipeline.wishes import board_wish, list_wish
from app.vocabulary import N_
from app.web import _, label, list_place, list_sort, render, today


def past_day(wanted: date | None) -> date | None:
    """A day before today; None for today, for the future, and for nothing."""
    return wanted if wanted is not None and wanted < today() else None


@pipeline.get("/pipeline/")
def board() -> ResponseReturnValue:
    """Six columns of deals, today or as they were at the end of a past day."""
    views, elsewhere = views_here(ViewPage.BOARD)
    if elsewhere is not None:
        return elsewhere
    form, account, session = BoardFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    on = past_day(form.as_of.data)
    wish = board_wish(form, account.id if account else None, on or today())
    asked = (session, sight(), editable(), wish, today())
    by, whole = form.by.data, stage_named(request.args.get("whole"))
    rules = stage_rules()
    lanes = board_rows(*asked, on=on, whole=whole, rules=rules, shows_cards=not by)
    return render(
        "pipeline/board.html",
        form=form,
        account=account,
        on=on,
        lanes=lanes,
        swimlanes=swimlane_rows(*asked, by=by, on=on) if by else None,
        rules=rules,
        sums_open=by_currency(total for lane in lanes[:-1] for total in lane.totals),
        count=sum(lane.count for lane in lanes),
        most=MOST,
        day_at=on or today(),
        views=views,
    )


@pipeline.get("/pipeline/list")
def index() -> ResponseReturnValue:
    """Every deal a person may see, filtered and sorted."""
    views, elsewhere = views_here(ViewPage.LIST)
    if elsewhere is not None:
        return elsewhere
    form, account, session = ListFilter(request.args), account_wanted(), db.session()
    offer_owners(form)
    sort, descending = list_sort(SORTS)
    wish = list_wish(form, account.id if account else None, today())
    page = deal_rows(session, sight(), wish, list_place(), sort=sort, descending=descending)
    return render(
        "pipeline/index.html",
        form=form,
        account=account,
        page=page,
        sort=sort,
        descending=descending,
        views=views,
        beside=Beside,
    )


@pipeline.get("/pipeline/list.<any(csv,xlsx):suffix>")
def list_file(suffix: str) -> ResponseReturnValue:
    """The list as it is filtered and sorted, as a file."""
    form, account = ListFilter(request.args), account_wanted()
    offer_owners(form)
    sort, descending = list_sort(SORTS)
    wish = list_wish(form, account.id if account else None, today())
    rows = every_deal(db.session(), sight(), wish, sort=sort, descending=descending)
    return sheet(suffix, "deals", [_(words) for words in COLUMNS], map(_cells, rows))


COLUMNS = (
    N_("Account"),
    N_("Name"),
    N_("Stage"),
    N_("Outcome"),
    N_("Amount"),
    N_("Currency"),
    N_("Probability"),
    N_("Closes on"),
    N_("In stage since"),
    N_("Opened on"),
    N_("Closed on"),
    N_("Grade"),
    N_("Next step"),
    N_("Next step on"),
    N_("Competitor"),
    N_("Owner"),
)


def _cells(row: DealRow) -> list[Any]:
    standing = [label(row.stage), label(row.outcome), row.amount, row.currency, row.probability]
    days = [row.close_on, row.since, row.opened_on, row.closed_on]
    steps = [row.grade, row.next_step, row.next_step_on, row.competitor, row.owner]
    return [row.account, row.name, *standing, *days, *steps]


@pipeline.get("/accounts/<int:account_id>/opportunities")
def of_account(account_id: int) -> ResponseReturnValue:
    """An account's deals: those that are live, those that ended, and their sums."""
    account, session = account_or_404(account_id), db.session()
    wish = DealWish(account_id=account_id)
    live, ended = replace(wish, outcomes=LIVE), replace(wish, outcomes=ENDED)
    return render(
        "pipeline/of_account.html",
        account=account,
        live=deal_rows(session, sight(), live, Place()),
        ended=deal_rows(session, sight(), ended, Place(), sort="closed", descending=True),
        totals=by_outcome(pipeline_totals(session, sight(), wish=wish)),
    )
