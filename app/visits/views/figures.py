"""What visits say: effort against worth, faults, persistence, who was not seen; as a sheet too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue

from app import db
from app.access import sight, visible
from app.beside import Work
from app.paging import page_among
from app.pictures import is_narrow, shown
from app.sheets import write_xlsx
from app.visits.figure_queries import decided_noes
from app.visits.figures import (
    CITED_AT,
    CITED_GIVE_UP,
    CITED_NOES,
    Persistence,
    persistence,
)
from app.visits.investment import Effort, Fault, efforts
from app.visits.investment_queries import effort_facts
from app.visits.told_queries import STEPS, TWO_YEARS, YEAR, Told, kept_told, tell
from app.visits.views.blueprint import visits
from app.web import _, label, list_place, render, today, why

FILE_PATIENCE = 120.0
DRAWN = 14
"""Accounts in the picture; the table goes through all of them."""
SHOWN = 20
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _kept_for_file() -> Told | None:
    """What is kept for a picture or a file, which has no place to say how far it is."""
    told = kept_told(db.session(), sight(), visible(), today(), FILE_PATIENCE)
    return abort(503) if isinstance(told, Work) else told


@visits.get("/visits/figures")
def figures() -> ResponseReturnValue:
    """Twelve months of visits, and what they say."""
    session, on = db.session(), today()
    told = kept_told(session, sight(), visible(), on)
    if isinstance(told, Work):
        return render("visits/figures_begun.html", work=told)
    told = told or tell(visible(), on, session, Work(STEPS))
    return render(
        "visits/figures.html",
        page=page_among(told.efforts, list_place()),
        summary=told.summary,
        faults=_by_fault(told.efforts),
        persistence=told.curve,
        cited={"give_up": CITED_GIVE_UP, "noes": CITED_NOES, "at": CITED_AT},
        unseen=told.unseen[:SHOWN],
        unseen_count=len(told.unseen),
        executives=told.executives,
    )


def _by_fault(found: list[Effort]) -> dict[Fault, list[Any]]:
    """The five faults in order, each with where it was found."""
    told: dict[Fault, list[Any]] = {fault: [] for fault in Fault}
    for one in found:
        for fault in one.faults:
            told[fault.fault].append(fault)
    return told


def _efforts() -> list[Effort]:
    told, on = _kept_for_file(), today()
    if told is not None:
        return told.efforts
    return efforts(effort_facts(db.session(), visible(), on - YEAR, on), on)


def _curve() -> Persistence:
    told = _kept_for_file()
    since = today() - TWO_YEARS
    return told.curve if told else persistence(decided_noes(db.session(), visible(), since))


@visits.get("/visits/figures/effort.svg")
def effort_picture() -> ResponseReturnValue:
    """Each account's share of sales beside its share of contacts and of money."""
    found = _efforts()[:DRAWN]
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
    curve = _curve()
    values = {"curve": curve, "cited": CITED_NOES, "at": CITED_AT, "is_narrow": is_narrow()}
    return shown(render_template("visits/persistence.svg", **values))


@visits.get("/visits/figures.xlsx")
def figures_file() -> ResponseReturnValue:
    """The figures of every account as a workbook."""
    found = _efforts()
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
    name = f"visits-{today().isoformat()}.xlsx"
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
