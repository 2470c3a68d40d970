"""White space over the portfolio: filtered, summed by line and channel, a deal in one click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import editable, me, sight, visible
from app.accounts.list_queries import owners, regions, wished
from app.accounts.queries import ids_among
from app.pictures import rounded, sheet
from app.records.changes import yardstick
from app.records.views.blueprint import records
from app.records.white_filter import WhiteFilter
from app.records.white_portfolio import openness
from app.records.white_queries import CellRow, lines_estimated, where_cells
from app.records.white_room_queries import RoomWish, every_room, room_page, room_sums
from app.users.company import HOME
from app.web import _, label, list_place, render, today


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as it was filled in, the cells it asks for, and CNY for one of each currency."""

    form: WhiteFilter
    wish: RoomWish
    rates: dict[str, Decimal]


def _asked() -> Asked:
    session = db.session()
    form = WhiteFilter(request.args)
    form.offer(regions(session, sight()), owners(session, sight()))
    lines = lines_estimated(session)
    form.offer_lines(lines)
    line = form.line.data if form.line.data in lines else ""
    wanted = wished(sight(), form.wish(me().id))
    wanted += where_cells(line, form.unit.data or "", form.channel.data)
    wish = RoomWish(visible(), tuple(wanted), form.state.data, form.lack.data)
    return Asked(form, wish, {HOME: Decimal(1), **yardstick(session).company.rates})


@records.get("/portfolio/white-space")
def white_portfolio() -> ResponseReturnValue:
    """Where there is room, over all accounts a person may see."""
    question, session, on = _asked(), db.session(), today()
    page = room_page(session, question.wish, question.rates, on, list_place())
    return render(
        "records/white_portfolio.html",
        form=question.form,
        grid=room_sums(session, question.wish, question.rates, on),
        page=page,
        openness=openness,
        editable=ids_among(session, editable(), {one.account_id for one in page.rows}),
    )


@records.get("/portfolio/white-space.<any(csv,xlsx):suffix>")
def white_sheet(suffix: str) -> ResponseReturnValue:
    """Every cell asked for, with its letters and the competitors' shares."""
    header = (_("Account"), _("Channel"), _("Buying unit"), _("Product line"), _("Currency"),
              _("A could"), _("B do"), _("C sales"), _("D mean"), _("E potential"), "B/A", "C/E",
              "A − B", "E − C", _("Room"), _("Competitors"), _("As of"),
              _("How you know"))  # fmt: skip
    question = _asked()
    cells = every_room(db.session(), question.wish, question.rates, today())
    return sheet(suffix, "white-space", header, map(_cells, cells))


def _cells(one: CellRow) -> tuple[Any, ...]:
    it, fact = one.white, one.white.fact
    return (one.account, label(one.channel), fact.unit, fact.series, one.currency,
            fact.buyers, fact.developed, it.sales, it.mean, it.potential,
            *(None if share is None else rounded(share, 4)
              for share in (it.coverage_count, it.coverage_sales)),
            it.open_count, it.open_sales, label(openness(it)), "; ".join(_shares(one)), one.on,
            one.note)  # fmt: skip


def _shares(one: CellRow) -> Iterator[str]:
    return (f"{name} {share:.0%}" for name, share in one.shares)
