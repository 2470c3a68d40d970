"""White space over the portfolio: filtered, summed by line and channel, a deal in one click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from app.records.white_portfolio import Placed, lacking, openness, room_grid
from app.records.white_queries import CellRow, cell_rows, lines_estimated, where_cells
from app.web import _, label, render, today

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as it was filled in, and the cells it leaves, those with the most room first."""

    form: WhiteFilter
    cells: list[CellRow]
    placed: list[Placed]


def _asked() -> Asked:
    session = db.session()
    form = WhiteFilter(request.args)
    form.offer(regions(session, sight()), owners(session, sight()))
    lines = lines_estimated(session)
    form.offer_lines(lines)
    line = form.line.data if form.line.data in lines else ""
    wanted = wished(sight(), form.wish(me().id))
    wanted += where_cells(line, form.unit.data or "", form.channel.data)
    cells = [
        one for one in cell_rows(session, visible(), *wanted, on=today()) if _is_wanted(form, one)
    ]
    company = yardstick(session).company
    placed = [
        Placed(one.account_id, one.channel, company.rate(one.currency), one.white) for one in cells
    ]
    pairs = sorted(zip(cells, placed, strict=True), key=lambda pair: _order(*pair))
    return Asked(form, [cell for cell, _place in pairs], placed)


def _is_wanted(form: WhiteFilter, one: CellRow) -> bool:
    state, lack = form.state.data, form.lack.data
    return (state is None or openness(one.white) is state) and (
        lack is None or lack in lacking(one.white)
    )


def _order(cell: CellRow, placed: Placed) -> tuple[Any, ...]:
    amount = cell.white.open_sales
    known = amount is not None and placed.rate is not None
    return (not known, -(amount or 0) * (placed.rate or 0) if known else 0, cell.account, cell.id)


@records.get("/portfolio/white-space")
def white_portfolio() -> ResponseReturnValue:
    """Where there is room, over all accounts a person may see."""
    question = _asked()
    shown = question.cells[:MOST_LISTED]
    return render(
        "records/white_portfolio.html",
        form=question.form,
        grid=room_grid(question.placed),
        cells=shown,
        counted=len(question.cells),
        openness=openness,
        editable=ids_among(db.session(), editable(), {one.account_id for one in shown}),
    )


@records.get("/portfolio/white-space.<any(csv,xlsx):suffix>")
def white_sheet(suffix: str) -> ResponseReturnValue:
    """Every cell asked for, with its letters and the competitors' shares."""
    header = (_("Account"), _("Channel"), _("Buying unit"), _("Product line"), _("Currency"),
              _("A could"), _("B do"), _("C sales"), _("D mean"), _("E potential"), "B/A", "C/E",
              "A − B", "E − C", _("Room"), _("Competitors"), _("As of"),
              _("How you know"))  # fmt: skip
    return sheet(suffix, "white-space", header, map(_cells, _asked().cells))


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
