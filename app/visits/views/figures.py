"""What visits say: effort against worth, faults, persistence, who was not seen; as a sheet too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from app import db
from app.access import visible
from app.paging import page_among
from app.pictures import is_narrow, shown
from app.sheets import write_xlsx
from app.visits.executive_queries import executive_pairs
from app.visits.executives import by_need, coverage_share
from app.visits.figure_queries import decided_noes, unseen_people
from app.visits.figures import (
    CITED_AT,
    CITED_GIVE_UP,
    CITED_NOES,
    Persistence,
    persistence,
    summary,
)
from app.visits.investment import Effort, Fault, efforts
from app.visits.investment_queries import effort_facts
from app.visits.rhythm_queries import visit_settings
from app.visits.views.blueprint import visits
from app.web import _, label, list_place, render, today, why

YEAR = timedelta(days=365)
TWO_YEARS = timedelta(days=730)
DRAWN = 14
"""Accounts in the picture; the table goes through all of them."""
SHOWN = 20
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@visits.get("/visits/figures")
def figures() -> ResponseReturnValue:
    """Twelve months of visits, and what they say."""
    session, on = db.session(), today()
    facts = effort_facts(session, visible(), on - YEAR, on)
    found = efforts(facts, on)
    unseen = unseen_people(session, visible(), on)
    pairs = by_need(
        executive_pairs(session, visible(), on), on, visit_settings(session).executive_days
    )
    return render(
        "visits/figures.html",
        page=page_among(found, list_place()),
        summary=summary(facts, on),
        faults=_by_fault(found),
        persistence=_curve(on),
        cited={"give_up": CITED_GIVE_UP, "noes": CITED_NOES, "at": CITED_AT},
        unseen=unseen[:SHOWN],
        unseen_count=len(unseen),
        executives=coverage_share(pairs),
    )


def _by_fault(found: list[Effort]) -> dict[Fault, list[Any]]:
    """The five faults in order, each with where it was found."""
    told: dict[Fault, list[Any]] = {fault: [] for fault in Fault}
    for one in found:
        for fault in one.faults:
            told[fault.fault].append(fault)
    return told


def _curve(on: date) -> Persistence:
    return persistence(decided_noes(db.session(), visible(), on - TWO_YEARS))


@visits.get("/visits/figures/effort.svg")
def effort_picture() -> ResponseReturnValue:
    """Each account's share of sales beside its share of contacts and of money."""
    on = today()
    found = efforts(effort_facts(db.session(), visible(), on - YEAR, on), on)[:DRAWN]
    shares = [
        share or 0.0
        for one in found
        for share in (one.worth_share, one.time_share, one.money_share)
    ]
    most = max(shares, default=0.0) or 1.0
    values = {"found": found, "most": most, "is_narrow": is_narrow()}
    return shown(render_template("visits/effort.svg", **values))


@visits.get("/visits/figures/persistence.svg")
def persistence_picture() -> ResponseReturnValue:
    """Our own curve of noes before yes, with its interval, beside the cited figure."""
    curve = _curve(today())
    values = {"curve": curve, "cited": CITED_NOES, "at": CITED_AT, "is_narrow": is_narrow()}
    return shown(render_template("visits/persistence.svg", **values))


@visits.get("/visits/figures.xlsx")
def figures_file() -> ResponseReturnValue:
    """The figures of every account as a workbook."""
    on = today()
    found = efforts(effort_facts(db.session(), visible(), on - YEAR, on), on)
    header = [
        _("Account"),
        _("Sales"),
        _("Share of sales"),
        _("Contacts"),
        _("Share of contacts"),
        _("Expense"),
        _("Share of expense"),
        _("Not planned"),
        _("Commitments given"),
        _("Faults"),
    ]
    file = BytesIO()
    write_xlsx(file, header, _rows(found))
    file.seek(0)
    name = f"visits-{on.isoformat()}.xlsx"
    return send_file(file, mimetype=SHEET, as_attachment=True, download_name=name)


def _rows(found: list[Effort]) -> Iterator[list[Any]]:
    for one in found:
        contacts = one.fact.contacts
        faults = "; ".join(f"{label(fault.fault)}: {why(fault.reason)}" for fault in one.faults)
        yield [
            one.fact.name,
            one.fact.worth,
            _percent(one.worth_share),
            len(contacts),
            _percent(one.time_share),
            one.fact.cost,
            _percent(one.money_share),
            sum(each.is_reactive for each in contacts),
            sum(each.given for each in contacts),
            faults,
        ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"
