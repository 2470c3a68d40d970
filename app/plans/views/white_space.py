"""White space of an account: product line × buying unit, who decides there, a deal in one click."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404, me, visible
from app.accounts.models import Account
from app.accounts.profile_queries import rivals_of
from app.pipeline.changes import Act, open_opportunity
from app.pipeline.models import Opportunity
from app.pipeline.rules import Stage
from app.plans.diagnosis import Reach, deciders_in
from app.plans.views.blueprint import plans
from app.plans.white_forms import CellForm, cell_form
from app.records.white_changes import keep_shares
from app.records.white_models import WhiteCell
from app.records.white_queries import (
    CellRow,
    cell_rows,
    find_cell,
    find_cell_at,
    put_away,
    rival_shares,
    series_choices,
    unit_choices,
)
from app.records.white_space import problems_counting, problems_sharing, totals
from app.stakeholders.map_queries import map_facts_of
from app.web import _, _l, commit_or_stale, invalid, render, see, stale_page, today, why

FORM = "plans/white_cell.html"
TAKEN = _l("This product line is estimated there already.")
TAKEN_AWAY = _l("An estimate of this line was taken away there: bring it back and change it.")


@plans.get("/accounts/<int:account_id>/white-space")
def white_space(account_id: int) -> ResponseReturnValue:
    """What is still open at an account, as a grid and in figures."""
    account = account_or_404(account_id)
    session = db.session()
    cells = cell_rows(session, visible(), WhiteCell.account_id == account_id, on=today())
    lines = series_choices(session)
    at = {(cell.white.fact.unit, cell.white.fact.series): cell for cell in cells}
    units = sorted({"", *(cell.white.fact.unit for cell in cells)})
    return render(
        "plans/white_space.html",
        account=account,
        cells=cells,
        lines=sorted({*lines, *(cell.white.fact.series for cell in cells)}),
        units=units,
        at=at,
        totals=totals(cell.white for cell in cells),
        reach=_reach(account, units),
        away=put_away(session, account_id),
    )


def _reach(account: Account, units: list[str]) -> dict[str, list[Reach]]:
    """Who decides in each unit, and whether we can get to them."""
    facts = map_facts_of(db.session(), account.id, today())
    return {unit: deciders_in(facts, unit) for unit in units}


def cell_or_404(cell_id: int) -> tuple[WhiteCell, Account]:
    """A cell with its account, for someone who may change it."""
    cell = find_cell(db.session(), cell_id)
    if cell is None:
        abort(404)
    return cell, account_or_404(cell.account_id, EDIT)


def _form(account: Account, **more: Any) -> CellForm:
    rivals = [(one.id, one.name) for one in rivals_of(db.session(), account.id)]
    return cell_form(series_choices(db.session()), rivals, **more)


def _page(account: Account, cell: WhiteCell | None, form: CellForm | None = None) -> dict[str, Any]:
    """What the form's page shows; of a refused form also the estimate taken away at its place."""
    units = unit_choices(db.session(), account.id, visible())
    held = _held(form, account, cell.id if cell else None) if form else None
    away = held if held and held.archived_at else None
    return {"account": account, "cell": cell, "units": units, "away": away}


def _held(form: CellForm, account: Account, cell_id: int | None) -> WhiteCell | None:
    """Another estimate at the place that a form names, taken away or not."""
    unit, series = form.unit.data or "", form.series.data
    held = find_cell_at(db.session(), account.id, unit, series) if series else None
    return held if held and held.id != cell_id else None


@plans.route("/accounts/<int:account_id>/white-space/add", methods=["GET", "POST"])
def add_cell(account_id: int) -> ResponseReturnValue:
    """Estimate a product line at a unit; ``?unit=`` and ``?series=`` name them."""
    account = account_or_404(account_id, EDIT)
    if request.method == "GET":
        fresh = {name: request.args.get(name, "") for name in ("unit", "series")}
        return render(FORM, form=_form(account, formdata=None, **fresh), **_page(account, None))
    form = _form(account)
    if not form.validate() or not _fits(form, account):
        return invalid(FORM, form=form, **_page(account, None, form))
    cell = WhiteCell(account_id=account_id)
    form.put(cell)
    cell.on, cell.user_id = today(), me().id
    db.session().add(cell)
    keep_shares(db.session(), cell, form.shares())
    db.session().commit()
    return see("plans.white_space", _("Kept."), account_id=account_id)


def _fits(form: CellForm, account: Account, cell_id: int | None = None) -> bool:
    """Whether the figures go together and the place is free; says why not at the field."""
    counts = problems_counting(form.buyers.data, form.developed.data)
    form.developed.errors = [*form.developed.errors, *map(why, counts)]
    held = _held(form, account, cell_id)
    if held is not None:
        form.series.errors = [*form.series.errors, TAKEN_AWAY if held.archived_at else TAKEN]
    shares = problems_sharing(form.shares())
    form.form_errors += [why(problem) for problem in shares]
    return not counts and not shares and held is None


@plans.route("/white-space/<int:cell_id>/edit", methods=["GET", "POST"])
def edit_cell(cell_id: int) -> ResponseReturnValue:
    """Change an estimate."""
    cell, account = cell_or_404(cell_id)
    kept = {f"share_{one}": share for one, share in rival_shares(db.session(), cell_id).items()}
    form = _form(account, obj=cell, **kept)
    if request.method == "GET":
        return render(FORM, form=form, **_page(account, cell))
    if not form.validate() or not _fits(form, account, cell_id):
        return invalid(FORM, form=form, **_page(account, cell, form))
    if form.is_stale(cell):
        return stale_page(form, cell)
    form.put(cell)
    cell.on, cell.user_id = today(), me().id
    keep_shares(db.session(), cell, form.shares())
    return commit_or_stale(form, cell) or see(
        "plans.white_space", _("Saved."), account_id=account.id
    )


@plans.post("/white-space/<int:cell_id>/archive")
def put_cell_away(cell_id: int) -> ResponseReturnValue:
    """Take an estimate away; the toast brings it back."""
    cell, account = cell_or_404(cell_id)
    cell.archived_at = db.now()
    db.session().commit()
    undo = url_for("plans.bring_cell_back", cell_id=cell_id)
    return see("plans.white_space", _("Taken away."), undo=undo, account_id=account.id)


@plans.post("/white-space/<int:cell_id>/restore")
def bring_cell_back(cell_id: int) -> ResponseReturnValue:
    """Bring an estimate back."""
    cell, account = cell_or_404(cell_id)
    cell.archived_at = None
    db.session().commit()
    return see("plans.white_space", _("It is back."), account_id=account.id)


@plans.post("/white-space/<int:cell_id>/open")
def open_deal(cell_id: int) -> ResponseReturnValue:
    """Open an opportunity on what is still open, with its amount where that is known."""
    cell, account = cell_or_404(cell_id)
    session = db.session()
    if cell.opportunity_id is not None:
        return see("pipeline.show", opportunity_id=cell.opportunity_id)
    row = cell_rows(session, visible(), WhiteCell.id == cell_id, on=today())[0]
    deal = open_opportunity(session, _deal(account, row), Act(today(), db.now(), me().id))
    session.flush()
    cell.opportunity_id = deal.id
    session.commit()
    return see("pipeline.show", _("The opportunity is open."), opportunity_id=deal.id)


def _deal(account: Account, row: CellRow) -> Opportunity:
    fact, amount = row.white.fact, row.white.open_sales
    return Opportunity(
        account_id=account.id,
        owner_id=me().id,
        name=" · ".join(part for part in (fact.series, fact.unit or account.name) if part)[:255],
        stage=Stage.PROSPECTING,
        amount=amount.quantize(amount.__class__("0.01")) if amount else None,
        currency=account.currency,
    )
